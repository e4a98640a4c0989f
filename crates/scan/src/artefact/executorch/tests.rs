//! Programs written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{bytes::SliceBytes, encoding::flatbuffer::written::*, inspect};

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.pte", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "executorch");
    artefact.verdict
}

fn long(number: u64) -> Value {
    Value::Number(number.to_le_bytes().to_vec())
}

fn program(operator: &str, delegate: Option<&str>, size: i32, segment: u64) -> Vec<u8> {
    let sizes = Value::List(2, [size.to_le_bytes(), size.to_le_bytes()].concat());
    let tensor = Value::Table(vec![Value::Default, Value::Default, sizes]);
    let value = Value::Table(vec![Value::Number(vec![5]), tensor]);
    let delegates = delegate.map(|id| Value::Table(vec![Value::text(id)])).into_iter().collect();
    let plan = Value::Table(vec![
        Value::text("forward"),
        Value::Default,
        Value::Offsets(vec![value]),
        Value::List(1, vec![0; 4]),
        Value::Default,
        Value::Default,
        Value::Offsets(vec![Value::Table(vec![Value::text(operator)])]),
        Value::Offsets(delegates),
    ]);
    let inner = written(&[
        Value::Default,
        Value::Offsets(vec![plan]),
        Value::Default,
        Value::Default,
        Value::Offsets(vec![Value::Table(vec![long(0), long(segment)])]),
    ]);
    // The header stands between the offset of the root and the root.
    let mut out = (32_u32 + 4 - 4).to_le_bytes().to_vec();
    let length = (inner.len() - 4 + 32) as u64;
    out.extend(b"ET12eh00");
    out.extend(24_u32.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(length.to_le_bytes());
    out[..4].copy_from_slice(&32_u32.to_le_bytes());
    out.extend(&inner[4..]);
    out.extend([0; 16]);
    out
}

#[test]
fn programs_of_known_operators_are_clean_and_others_are_not() {
    assert_eq!(verdict(&program("aten::add", None, 4, 16)), Clean);
    assert_eq!(verdict(&program("mine::add", None, 4, 16)), Unknown);
    assert_eq!(verdict(&program("aten::add", Some("XnnpackBackend"), 4, 16)), Undecided);
    assert_eq!(verdict(&program("aten::add", Some("Helper"), 4, 16)), Unknown);
}

#[test]
fn what_leads_out_is_malformed() {
    assert_eq!(verdict(&program("aten::add", None, i32::MAX, 16)), Malformed);
    assert_eq!(verdict(&program("aten::add", None, -1, 16)), Malformed);
    assert_eq!(verdict(&program("aten::add", None, 4, 17)), Malformed);
    assert_eq!(verdict(&program("aten::add", None, 4, u64::MAX)), Malformed);
    assert_eq!(
        verdict(b"\xf0\xff\xff\xffET12eh00\x18\0\0\0\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0\x80"),
        Malformed
    );
    let whole = program("aten::add", Some("Helper"), 4, 16);
    for place in 0..whole.len() {
        let mut broken = whole.clone();
        broken[place] ^= 0xff;
        let _artefact = inspect("m.pte", &SliceBytes(&broken));
    }
}

#[test]
fn what_follows_the_segments_is_for_another_loader() {
    let whole = program("aten::add", None, 4, 16);
    let pickle = b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.".as_slice();
    assert_eq!(verdict(&[whole.as_slice(), pickle].concat()), Malicious);
    assert_eq!(verdict(&[whole.as_slice(), b"#!/bin/sh\n"].concat()), Malformed);
    assert_eq!(verdict(&[whole.as_slice(), &[0; 99]].concat()), Clean);
}
