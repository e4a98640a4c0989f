//! Models written by hand.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{
    bytes::{Alone, Beside, ReadAt, SliceBytes},
    inspect_in,
};

struct Folder(BTreeMap<&'static str, Vec<u8>>);

impl Beside for Folder {
    fn names(&self) -> Vec<String> {
        self.0.keys().map(|name| (*name).to_owned()).collect()
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        self.0.get(name).map(|bytes| Box::new(SliceBytes(bytes)) as Box<dyn ReadAt>)
    }
}

pub(super) fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 127 {
        out.push((number & 127 | 128) as u8);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

pub(super) fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

pub(super) fn bytes(field: u64, value: impl AsRef<[u8]>) -> Vec<u8> {
    let value = value.as_ref();
    [varint(field << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

fn tensor(size: u64, content: &[u8]) -> Vec<u8> {
    [number(1, size), number(2, 1), bytes(9, content)].concat()
}

fn outside(entries: &[(&str, &str)]) -> Vec<u8> {
    let entry = |(key, value): &(&str, &str)| bytes(13, [bytes(1, key), bytes(2, value)].concat());
    let entries: Vec<u8> = entries.iter().flat_map(entry).collect();
    [number(1, 4), number(2, 1), entries, number(14, 1)].concat()
}

fn node(domain: &str, operator: &str, more: &[u8]) -> Vec<u8> {
    bytes(1, [bytes(4, operator), bytes(7, domain), more.to_vec()].concat())
}

pub(super) fn model(graph: &[u8], more: &[u8]) -> Vec<u8> {
    let set = bytes(8, number(2, 17));
    [number(1, 8), bytes(2, "by hand"), bytes(7, graph), set, more.to_vec()].concat()
}

pub(super) fn verdict(content: &[u8]) -> ArtefactVerdict {
    inspect_in("m.onnx", &SliceBytes(content), &Alone).unwrap().verdict
}

fn graph_of(tensor: &[u8]) -> Vec<u8> {
    model(&[node("", "Add", &[]), bytes(5, tensor)].concat(), &[])
}

#[test]
fn a_model_of_standard_operators_is_clean_under_any_name() {
    let content = graph_of(&tensor(4, &[0; 16]));
    assert_eq!(verdict(&content), Clean);
    let artefact = inspect_in("weights.dat", &SliceBytes(&content), &Alone).unwrap();
    assert_eq!((artefact.format.as_str(), artefact.verdict), ("onnx", Clean));
    assert!(inspect_in("x.dat", &SliceBytes(&number(1, 8)), &Alone).is_none());
}

#[test]
fn shapes_must_fit() {
    for (size, content) in [(4, 15), (4, 17), (u64::MAX, 16), (1 << 62, 16)] {
        assert_eq!(verdict(&graph_of(&tensor(size, &vec![0; content]))), Malformed, "{size}");
    }
    let typed = [number(1, 2), number(2, 7), bytes(7, [1, 2])].concat();
    assert_eq!(verdict(&graph_of(&typed)), Clean);
    let typed = [number(1, 3), number(2, 7), bytes(7, [1, 2])].concat();
    assert_eq!(verdict(&graph_of(&typed)), Malformed);
}

#[test]
fn content_elsewhere_stays_in_the_folder() {
    for (place, expected) in [
        ("../w", Malicious),
        ("/w", Malicious),
        ("a\\w", Malicious),
        ("C:w", Malicious),
        (".../w", Malicious),
        ("*/_ORT_MEM_ADDR_/*", Malicious),
        ("", Malformed),
        ("a//w", Malformed),
        ("w", Undecided),
        ("./w", Undecided),
    ] {
        assert_eq!(verdict(&graph_of(&outside(&[("location", place)]))), expected, "{place}");
    }
    for (key, value, expected) in [
        ("offset", "-1", Malformed),
        ("length", "17", Malformed),
        ("location", "w", Malformed),
        ("mode", "x", Unknown),
        ("__class__", "x", Malicious),
        ("checksum", "abc", Undecided),
    ] {
        let content = graph_of(&outside(&[("location", "w"), (key, value)]));
        assert_eq!(verdict(&content), expected, "{key}");
    }
}

#[test]
fn a_file_beside_is_looked_at() {
    let content = graph_of(&outside(&[("location", "w"), ("offset", "4"), ("length", "16")]));
    let look = |held: Option<usize>| {
        let mut files = BTreeMap::from([("m.onnx", content.clone())]);
        files.extend(held.map(|size| ("w", vec![0; size])));
        inspect_in("m.onnx", &SliceBytes(&content), &Folder(files)).unwrap().verdict
    };
    assert_eq!((look(Some(20)), look(Some(19)), look(None)), (Clean, Malformed, Unknown));
}

#[test]
fn operators_are_known_or_functions_of_the_model() {
    for (domain, operator, expected) in [
        ("ai.onnx", "Relu", Clean),
        ("ai.onnx.ml", "Scaler", Clean),
        ("com.microsoft", "FusedGemm", Clean),
        ("", "ReadFile", Unknown),
        ("own", "Relu", Unknown),
        ("ai.onnx.contrib", "PyOp", Malicious),
    ] {
        let content = model(&node(domain, operator, &[]), &[]);
        assert_eq!(verdict(&content), expected, "{domain}.{operator}");
    }
    let function = |name: &str, domain: &str, inner: &str| {
        let node = [bytes(4, inner), bytes(7, domain)].concat();
        bytes(25, [bytes(1, name), bytes(7, node), bytes(10, domain)].concat())
    };
    let called = |more: &[u8]| verdict(&model(&node("own", "f", &[]), more));
    assert_eq!(called(&function("f", "own", "f")), Malformed);
    assert_eq!(called(&[function("f", "own", "g"), function("g", "own", "f")].concat()), Malformed);
    assert_eq!(called(&function("f", "own", "h")), Unknown);
    let standard =
        bytes(25, [bytes(1, "f"), bytes(7, bytes(4, "Relu")), bytes(10, "own")].concat());
    assert_eq!(called(&standard), Clean);
    let shadow = bytes(25, [bytes(1, "Relu"), bytes(7, bytes(4, "Neg"))].concat());
    assert_eq!(verdict(&model(&node("", "Relu", &[]), &shadow)), Unknown);
}

#[test]
fn structure_is_strict() {
    let good = graph_of(&tensor(4, &[0; 16]));
    for (more, expected) in [
        (number(99, 1), Unknown),
        (number(1, 8), Malformed),
        (vec![0x0b], Malformed),
        (vec![0x0e], Malformed),
        (vec![0], Malformed),
        (vec![0x08, 0x80, 0], Malformed),
        (bytes(1, "x"), Malformed),
        (bytes(6, [0xff]), Malformed),
    ] {
        assert_eq!(verdict(&[good.clone(), more.clone()].concat()), expected, "{more:?}");
    }
    for cut in 1..good.len() - 4 {
        assert_ne!(verdict(&good[..cut]), Clean, "{cut}");
    }
    assert_eq!(
        verdict(&[good, b"\x80\x02cposix\nsystem\nX\x02\0\0\0id\x85R.".to_vec()].concat()),
        Malicious
    );
}

#[test]
fn settings_of_the_session_do_nothing_but_set_its_pace() {
    let look = |key: &str, value: &str| {
        verdict(&model(&[], &bytes(14, [bytes(1, key), bytes(2, value)].concat())))
    };
    let config =
        |options: &str| look("ort_config", &format!(r#"{{"session_options": {{{options}}}}}"#));
    assert_eq!(config(r#""inter_op_num_threads": 5, "graph_optimization_level": 99"#), Clean);
    assert_eq!(config(r#""enable_profiling": 0"#), Clean);
    assert_eq!(config(r#""enable_profiling": 1, "log_severity_level": 0"#), Malicious);
    assert_eq!(config(r#""enable_profiling": true"#), Malicious);
    assert_eq!(config(r#""optimized_model_filepath": "/tmp/x""#), Malicious);
    assert_eq!(config(r#""other": 3"#), Unknown);
    assert_eq!(look("ort_config", "x"), Unknown);
    assert_eq!(look("session.optimized_model_filepath", "x"), Unknown);
    assert_eq!(look("names", "{0: 'person'}"), Clean);
}
