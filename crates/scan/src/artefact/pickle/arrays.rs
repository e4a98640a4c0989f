//! Arrays between the opcodes, as joblib writes them, and what must be said of them.

use coseal_core::fact::ArtefactVerdict;

use crate::{bytes::SliceBytes, inspect};

const WRAPPER: &[u8] = b"cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81";
const NUMBERS: &[u8] = b"cnumpy\ndtype\nVu1\n\x89\x88\x87R";

fn text(text: &str) -> Vec<u8> {
    [&[0x8c, text.len() as u8], text.as_bytes()].concat()
}

/// The state of a wrapper: so many elements of a type, and more pairs.
fn state(count: u8, dtype: &[u8], more: &[u8]) -> Vec<u8> {
    let pairs = [
        text("subclass"),
        b"cnumpy\nndarray\n".to_vec(),
        text("shape"),
        vec![b'K', count, 0x85],
        text("order"),
        text("C"),
        text("dtype"),
        dtype.to_vec(),
        text("allow_mmap"),
        vec![0x89],
    ];
    [b"}(", pairs.concat().as_slice(), more, b"u"].concat()
}

fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
    let bytes = [b"\x80\x04" as &[u8], &parts.concat(), b"."].concat();
    inspect("m.joblib", &SliceBytes(&bytes)).unwrap().verdict
}

#[test]
fn the_bytes_of_an_array_are_jumped_over() {
    let read = verdict(&[WRAPPER, &state(3, NUMBERS, b""), b"b", b"\0\0\0"]);
    assert_eq!(read, ArtefactVerdict::Clean);
    let short = verdict(&[WRAPPER, &state(9, NUMBERS, b""), b"b", b"\0\0\0"]);
    assert_eq!(short, ArtefactVerdict::Malformed);
}

#[test]
fn arrays_of_scikit_learns_own_joblib_are_jumped_over_too() {
    let own: &[u8] = b"csklearn.externals.joblib.numpy_pickle\nNumpyArrayWrapper\n)\x81";
    let read = |bytes: &[u8]| verdict(&[own, &state(3, NUMBERS, b""), b"b", bytes]);
    assert_eq!(read(b"\0\0\0"), ArtefactVerdict::Clean);
    assert_eq!(read(b"\0\0\0cos\nsystem\n"), ArtefactVerdict::Malicious);
    let elsewhere: &[u8] = b"csklearn.external.joblib.numpy_pickle\nNumpyArrayWrapper\n)\x81";
    let other = verdict(&[elsewhere, &state(3, NUMBERS, b""), b"b", b"\0\0\0"]);
    assert_eq!(other, ArtefactVerdict::Unknown);
}

#[test]
fn a_wrapper_says_what_joblib_says_and_once() {
    let more = [text("read"), b"cpathlib\nPath\n".to_vec()].concat();
    let shadowed = verdict(&[WRAPPER, &state(3, NUMBERS, &more), b"b", b"\0\0\0"]);
    assert_eq!(shadowed, ArtefactVerdict::Unknown);
    let aligned = [text("numpy_array_alignment_bytes"), vec![b'K', 16]].concat();
    let first = state(0, NUMBERS, &aligned);
    let twice = [WRAPPER, b"\x94", &first, b"b\x000h\x00", &state(1, NUMBERS, b""), b"b\0"];
    assert_eq!(verdict(&twice), ArtefactVerdict::Undecided);
}

#[test]
fn only_an_element_type_of_numpys_says_how_long_an_array_is() {
    let other = [WRAPPER, b"\x940", WRAPPER, &state(1, b"h\x00", b""), b"b\0\0\0\0\0\0\0\0"];
    assert_eq!(verdict(&other), ArtefactVerdict::Undecided);
}

#[test]
fn what_a_plain_loader_would_do_with_the_bytes_is_tried() {
    let array = |bytes: &[u8]| {
        let count = u8::try_from(bytes.len()).unwrap();
        verdict(&[WRAPPER, &state(count, NUMBERS, b""), b"b", bytes])
    };
    assert_eq!(array(b"0N0N0N0"), ArtefactVerdict::Clean);
    // A module that is only imported runs as well.
    assert_eq!(array(b"cthis\ns\n00N."), ArtefactVerdict::Unknown);
    // Letters are opcodes too, which give items to what takes none.
    assert_eq!(array(b"s\0\0\0u\0\0\0c\0\0\0"), ArtefactVerdict::Clean);
    // Noise that calls a known type in a wrong way does nothing; what looks things up by name may do anything.
    let dtype = b"cnumpy\ndtype\n\x940";
    let known = |bytes: &[u8]| {
        let count = u8::try_from(bytes.len()).unwrap();
        verdict(&[dtype, WRAPPER, &state(count, NUMBERS, b""), b"b", bytes])
    };
    assert_eq!(known(b"h\0K\x01K\x02\x86R00N."), ArtefactVerdict::Clean);
    assert_eq!(array(b"cbuiltins\ngetattr\nNN\x86R00N."), ArtefactVerdict::Unknown);
    assert_eq!(array(b"cfunctools\npartial\nN\x85R00N."), ArtefactVerdict::Unknown);
    // A loader ends where it imports by an array or calls one, as numbers that are taken for opcodes ask it to.
    assert_eq!(known(b"NN\x93h\0K\x01K\x02\x86R00N."), ArtefactVerdict::Clean);
}

#[test]
fn numbers_that_import_by_arrays_or_call_them_end_a_plain_loader() {
    let first = [b"](", WRAPPER, &state(0, NUMBERS, b""), b"b"].concat();
    let then = |bytes: &[u8]| {
        let count = u8::try_from(bytes.len()).unwrap();
        verdict(&[&first, WRAPPER, &state(count, NUMBERS, b""), b"b", bytes, b"e"])
    };
    // The wrapper and the array before it.
    assert_eq!(then(b"\x93)R00N."), ArtefactVerdict::Clean);
    assert_eq!(then(b")R00N."), ArtefactVerdict::Clean);
    assert_eq!(then(b")\x8100N."), ArtefactVerdict::Clean);
    assert_eq!(then(b"K\x01\x85R00N."), ArtefactVerdict::Clean);
    // Before that end, or by what may be a name, it does what it does.
    assert_eq!(then(b"cmy\nbuild\n)R)R00N."), ArtefactVerdict::Unknown);
    assert_eq!(then(b"cmy\nbuild\n\x93)R00N."), ArtefactVerdict::Unknown);
    assert_eq!(then(b"0\x8c\x02my\x8c\x05build\x93)R00N."), ArtefactVerdict::Unknown);
    let text = b"cbuiltins\nstr\n\x8c\x02my\x85R\x8c\x05build\x93)R00N.";
    assert_eq!(then(text), ArtefactVerdict::Unknown);
    let text = b"cbuiltins\nstr\n\x8c\x02my\x85\x81\x8c\x05build\x93)R00N.";
    assert_eq!(then(text), ArtefactVerdict::Unknown);
    // What has `__call__` is called.
    let called = b"csklearn.gaussian_process.kernels\nRBF\n)\x81)R00N.";
    assert_eq!(then(called), ArtefactVerdict::Unknown);
}
