//! Headers written by hand.

use coseal_core::fact::ArtefactVerdict;

use super::json::LIMITS;
use crate::{bytes::SliceBytes, inspect};

fn file(header: &str, data: usize) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.bytes());
    bytes.extend(vec![7; data]);
    bytes
}

fn verdict(header: &str, data: usize) -> ArtefactVerdict {
    inspect("m.safetensors", &SliceBytes(&file(header, data))).unwrap().verdict
}

const GOOD: &str = r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}          "#;

#[test]
fn a_file_that_its_tensors_cover_is_clean_and_measured() {
    let artefact = inspect("x.weights", &SliceBytes(&file(GOOD, 8))).unwrap();
    assert_eq!(artefact.verdict, ArtefactVerdict::Clean);
    assert!(artefact.coverage.complete);
    assert_eq!(artefact.format, "safetensors");
    assert_eq!(artefact.coverage.payload, 0, "the first look saw all of so small a file");
    assert_eq!(artefact.measures["parameters"], "2");
    assert_eq!(verdict("{}", 0), ArtefactVerdict::Clean);
}

#[test]
fn data_need_not_be_aligned() {
    // Writers before 2023 did not pad the header, and the format asks for no alignment.
    for blanks in 0..8 {
        let header = format!("{}{}", GOOD.trim(), " ".repeat(blanks));
        assert_eq!(verdict(&header, 8), ArtefactVerdict::Clean, "{blanks}");
    }
}

#[test]
fn anything_else_is_malformed() {
    for (header, data) in [
        (GOOD, 9),
        (GOOD, 7),
        (&GOOD.replace("[0,8]", "[1,9]"), 9),
        (&GOOD.replace("[0,8]", "[8,0]"), 8),
        (&GOOD.replace("[2]", "[3]"), 8),
        (&GOOD.replace("F32", "F33"), 8),
        (&GOOD.replace("[2]", "[18446744073709551615,2]"), 8),
        (&GOOD.replace(r#""shape""#, r#""shape":[2],"shape""#), 8),
        (&GOOD.replace(r#"{"a""#, r#"{"__metadata__":{"x":1},"a""#), 8),
        (&GOOD.replace("}}", "}}x"), 8),
        (&GOOD.replace(r#"{"a""#, r#" {"a""#), 8),
        ("[]", 0),
    ] {
        assert_eq!(verdict(header, data), ArtefactVerdict::Malformed, "{header} {data}");
    }
}

#[test]
fn a_pickles_name_or_effect_is_never_clean() {
    let verdict = |path, bytes: &[u8]| inspect(path, &SliceBytes(bytes)).unwrap().verdict;
    assert_eq!(verdict("x.bin", &file(GOOD, 8)), ArtefactVerdict::Malformed);
    // The length is an opcode that jumps over the header; the data is what follows.
    let evil = b"0cposix\nsystem\nX\x04\0\0\0true\x85R.";
    let entry =
        format!(r#"{{"a":{{"dtype":"U8","shape":[{0}],"data_offsets":[0,{0}]}}}}"#, evil.len());
    let header = format!("{entry:<85}");
    let mut bytes = file(&header, 0);
    bytes.extend(evil);
    // `U`, then a length of 0: the NULs after it are no opcodes, so this one does nothing.
    assert_eq!(verdict("x.safetensors", &bytes), ArtefactVerdict::Clean);
    let (long, inner) = (format!("{entry:<22101}"), 0x56 - 1);
    let mut bytes = file(&long, 0);
    assert_eq!(bytes[..2], [b'U', inner + 1]);
    // The jump ends within the blanks of the header, where a chain of strings leads to the data.
    let mut at = 2 + usize::from(inner) + 1;
    while at < bytes.len() {
        let left = bytes.len() - at - 5;
        bytes[at] = b'X';
        bytes[at + 1..at + 5].copy_from_slice(&(left as u32).to_le_bytes());
        at = bytes.len();
    }
    bytes.extend(evil);
    for path in ["x.safetensors", "x.pkl", "x.bin"] {
        assert_eq!(verdict(path, &bytes), ArtefactVerdict::Malicious, "{path}");
    }
}

#[test]
fn a_string_beyond_the_limit_is_not_read() {
    let long = "z".repeat(LIMITS.text + 1);
    let header = GOOD.replace(r#"{"a""#, &format!(r#"{{"__metadata__":{{"x":"{long}"}},"a""#));
    assert_eq!(verdict(&header, 8), ArtefactVerdict::Undecided);
}
