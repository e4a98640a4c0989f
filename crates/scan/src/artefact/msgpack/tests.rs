//! Files written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.msgpack", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "flax-msgpack");
    artefact.verdict
}

/// A map with one value.
fn map(value: &[u8]) -> Vec<u8> {
    [b"\x81\xa1w".as_slice(), value].concat()
}

fn extension(kind: u8, content: &[u8]) -> Vec<u8> {
    map(&[&[0xc7, content.len() as u8, kind], content].concat())
}

#[test]
fn honest_weights_are_clean() {
    for value in [
        extension(1, b"\x93\x92\x01\x02\xa7float32\xc4\x08\0\0\0\0\0\0\0\0"),
        extension(3, b"\x93\x90\xa5int32\xc4\x04\0\0\0\x01"),
        extension(2, b"\x92\xcb\0\0\0\0\0\0\0\0\xcb\0\0\0\0\0\0\0\0"),
        map(b"\xc4\x04\0\0\0\0"),
        map(b"\x93\xc0\xc3\xff"),
    ] {
        assert_eq!(verdict(&value), Clean, "{value:?}");
    }
}

#[test]
fn what_does_not_fit_is_malformed() {
    for value in [
        extension(1, b"\x93\x92\x01\x03\xa7float32\xc4\x08\0\0\0\0\0\0\0\0"),
        extension(1, b"\x93\x91\xcf\xff\xff\xff\xff\xff\xff\xff\xff\xa7float32\xc4\x00"),
        extension(1, b"\x93\x91\x01\xa6object\xc4\x08\0\0\0\0\0\0\0\0"),
        extension(1, b"\x93\x91\x00\xa4int8\xc4\x00\x00"),
        map(b"\xdb\xff\xff\xff\xff"),
        map(b"\xc1"),
        map(b"\xc0\xc0"),
        vec![0x91; 50_000],
        b"\xdf\xff\xff\xff\xff".to_vec(),
    ] {
        assert_eq!(verdict(&value), Malformed);
    }
}

#[test]
fn an_extension_of_somebody_is_never_clean() {
    assert_eq!(verdict(&extension(9, b"abc")), Unknown);
    assert_eq!(verdict(&extension(0x63, b"cposix\nsystem\nX\x04\0\0\0true\x85R.")), Malicious);
}

const PICKLE: &[u8] = b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.";

fn binary(content: &[u8]) -> Vec<u8> {
    map(&[&[0xc4, content.len() as u8], content].concat())
}

#[test]
fn a_pickle_with_effects_is_never_a_clean_value() {
    assert_eq!(verdict(&binary(PICKLE)), Malicious);
    assert_eq!(verdict(&binary(&[b"state", PICKLE].concat())), Malicious);
    assert_eq!(verdict(&binary(b"\x80\x02cmine\nthing\nX\x04\0\0\0true\x85R.")), Unknown);
    let text = b"cposix\nsystem\n(S'true'\ntR.";
    assert_eq!(verdict(&map(&[&[0xd9, text.len() as u8], &text[..]].concat())), Malicious);
    let array = [&[0x93, 0x91, PICKLE.len() as u8], &b"\xa5uint8\xc4"[..]].concat();
    let array = [&array[..], &[PICKLE.len() as u8], PICKLE].concat();
    assert_eq!(verdict(&extension(1, &array)), Malicious);
    // What makes nothing but values of the language is what a state may be.
    assert_eq!(verdict(&binary(b"\x80\x02}X\x01\0\0\0aK\x01s.")), Clean);
    assert_eq!(verdict(&map(b"\xabstep\nother\n")), Clean);
}

#[test]
fn chunks_fill_the_shape_of_their_array() {
    let array = |shape: &[u8], chunks: &[u8]| {
        let marked = b"\xb9__msgpack_chunked_array__\xc3";
        map(&[b"\x83", &marked[..], b"\xa5shape", shape, b"\xa6chunks", chunks].concat())
    };
    let chunk = b"\xc7\x15\x01\x93\x91\x02\xa7float32\xc4\x08\0\0\0\0\0\0\0\0";
    let two = [&b"\x82\xa10"[..], chunk, b"\xa11", chunk].concat();
    assert_eq!(verdict(&array(b"\x82\xa10\x02\xa11\x02", &two)), Clean);
    assert_eq!(verdict(&array(b"\x92\x02\x02", &two)), Clean);
    for shape in
        [&b"\x82\xa10\x02\xa11\x03"[..], b"\x82\xa10\xce\0\x10\0\0\xa11\xce\0\x10\0\0", b"\xc0"]
    {
        assert_eq!(verdict(&array(shape, &two)), Malformed, "{shape:?}");
    }
    assert_eq!(verdict(&array(b"\x81\xa10\x04", b"\x80")), Malformed);
    // Other maps may have such keys.
    assert_eq!(verdict(&map(b"\x81\xa5shape\x03")), Clean);
}
