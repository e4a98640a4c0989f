//! Element types of NumPy, and what must be said of them.

use coseal_core::fact::ArtefactVerdict;

use super::dtype::{Kind, kind_of_code};
use crate::{bytes::SliceBytes, inspect};

#[test]
fn codes_are_those_that_numpy_writes() {
    assert_eq!(kind_of_code("f8"), Some(Kind::Fixed(8)));
    assert_eq!(kind_of_code(">i4"), Some(Kind::Fixed(4)));
    assert_eq!(kind_of_code("U5"), Some(Kind::Text(20)));
    assert_eq!(kind_of_code("S0"), Some(Kind::Bytes(0)));
    assert_eq!(kind_of_code("V16"), Some(Kind::Void(Some(16))));
    assert_eq!(kind_of_code("M8"), Some(Kind::Fixed(8)));
    for code in ["", "<", "i", "i3", "f08", "S+8", "<<i8", "i8,i8", "2i8", "?1", "M8[ns]x", "X"] {
        assert_eq!(kind_of_code(code), None, "{code}");
    }
}

fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
    let bytes = [b"\x80\x04" as &[u8], &parts.concat(), b"."].concat();
    inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
}

/// A copy of a type, given a state of these flags, of no fields and of a size of its own.
fn typed(code: &str, size: i32, flags: u8) -> Vec<u8> {
    let size = size.to_le_bytes();
    let code = [b"cnumpy\ndtype\nV", code.as_bytes(), b"\n\x89\x88\x87R"].concat();
    let state =
        [b"(K\x03\x8c\x01<NNNJ" as &[u8], &size, b"J\xff\xff\xff\xffK", &[flags], b"tb"].concat();
    [code, state].concat()
}

#[test]
fn the_state_of_a_type_fits_its_code() {
    for (code, size, flags) in
        [("f8", -1, 0), ("O8", -1, 63), ("U5", 20, 8), ("S5", 5, 0), ("V8", 8, 0)]
    {
        assert_eq!(verdict(&[&typed(code, size, flags)]), ArtefactVerdict::Clean, "{code}");
    }
    for (code, size, flags) in
        [("f8", -1, 63), ("O8", -1, 0), ("U5", 16, 8), ("S5", 4, 0), ("V8", 4, 0), ("V8", 8, 27)]
    {
        assert_eq!(verdict(&[&typed(code, size, flags)]), ArtefactVerdict::Unknown, "{code}");
    }
}

#[test]
fn a_type_is_a_copy_and_is_given_a_state_once_before_it_is_used() {
    let whole = typed("f8", -1, 0);
    let state = whole.windows(3).position(|part| part == b"R(K").unwrap() + 1;
    let (made, state) = whole.split_at(state);
    assert_eq!(verdict(&[made, state]), ArtefactVerdict::Clean);
    assert_eq!(verdict(&[made, state, state]), ArtefactVerdict::Unknown);
    assert_eq!(verdict(&[made, b"\x94\x85h\x00", state]), ArtefactVerdict::Unknown);
    let singleton: &[u8] = b"cnumpy\ndtype\nVf8\n\x85R";
    assert_eq!(verdict(&[singleton, state]), ArtefactVerdict::Unknown);
    let class: &[u8] = b"cnumpy.dtypes\nFloat64DType\n)R";
    assert_eq!(verdict(&[class]), ArtefactVerdict::Clean);
    assert_eq!(verdict(&[class, state]), ArtefactVerdict::Unknown);
}

/// A record of one field at an offset, of 16 bytes.
fn record(field: &[u8], offset: u8, flags: u8) -> Vec<u8> {
    let head: &[u8] =
        b"cnumpy\ndtype\nVV16\n\x89\x88\x87R(K\x03\x8c\x01|N\x8c\x01a\x85}\x94\x8c\x01a";
    let tail: &[u8] = &[b'K', offset, 0x86, b's', b'K', 16, b'K', 1, b'K', flags, b't', b'b'];
    [head, field, tail].concat()
}

#[test]
fn the_fields_of_a_record_lie_in_it_and_stay_as_they_are() {
    let (number, object) = (typed("f8", -1, 0), typed("O8", -1, 63));
    assert_eq!(verdict(&[&record(&number, 8, 16)]), ArtefactVerdict::Clean);
    assert_eq!(verdict(&[&record(&object, 8, 27)]), ArtefactVerdict::Clean);
    assert_eq!(verdict(&[&record(&object, 8, 16)]), ArtefactVerdict::Unknown);
    assert_eq!(verdict(&[&record(&number, 9, 16)]), ArtefactVerdict::Unknown);
    let later = [b"h\x00\x8c\x01a" as &[u8], &object, b"K\x08\x86s0"].concat();
    assert_eq!(verdict(&[&record(&number, 8, 16), &later]), ArtefactVerdict::Unknown);
}

#[test]
fn a_number_is_made_of_bytes() {
    let scalar = |dtype: &[u8], content: &[u8]| {
        verdict(&[b"cnumpy.core.multiarray\nscalar\n", dtype, content, b"\x86R"])
    };
    assert_eq!(scalar(&typed("i8", -1, 0), b"C\x08\0\0\0\0\0\0\0\0"), ArtefactVerdict::Clean);
    assert_eq!(scalar(&typed("O8", -1, 63), b"C\x01a"), ArtefactVerdict::Unknown);
    let wrapper: &[u8] = b"cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81";
    assert_eq!(scalar(&typed("i8", -1, 0), wrapper), ArtefactVerdict::Unknown);
}
