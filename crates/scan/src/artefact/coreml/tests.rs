//! Models written by hand.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{
    bytes::{Beside, ReadAt, SliceBytes},
    inspect, inspect_in,
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

fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 127 {
        out.push((number & 127 | 128) as u8);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

fn bytes(field: u64, value: impl AsRef<[u8]>) -> Vec<u8> {
    let value = value.as_ref();
    [varint(field << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

fn model(kind: u64, content: &[u8]) -> Vec<u8> {
    let description = bytes(2, bytes(1, bytes(1, "x")));
    [vec![8, 7], description, bytes(kind, content)].concat()
}

fn verdict(content: &[u8]) -> ArtefactVerdict {
    inspect("m.mlmodel", &SliceBytes(content)).unwrap().verdict
}

/// A program of one operation, whose constant is in a file.
fn program(operation: &str, path: &str) -> Vec<u8> {
    let value = bytes(5, bytes(1, path));
    let attribute = bytes(5, [bytes(1, "val"), bytes(2, value)].concat());
    let block = bytes(3, [bytes(1, operation), attribute].concat());
    let function = bytes(3, [bytes(1, "CoreML7"), bytes(2, block)].concat());
    model(502, &[vec![8, 1], bytes(2, [bytes(1, "main"), bytes(2, function)].concat())].concat())
}

#[test]
fn kinds_of_models_are_told_apart() {
    let identity = model(900, &[]);
    assert_eq!(verdict(&identity), Clean);
    let artefact = inspect("m.bin", &SliceBytes(&identity)).unwrap();
    assert_eq!((artefact.format.as_str(), artefact.verdict), ("coreml", Clean));
    assert_eq!(verdict(&model(555, &bytes(10, "Own"))), Unknown);
    let layer = bytes(1, [bytes(1, "x"), bytes(500, bytes(10, "Own"))].concat());
    assert_eq!(verdict(&model(500, &layer)), Unknown);
    let linked = |path| model(556, &bytes(1, bytes(1, bytes(1, path))));
    assert_eq!(verdict(&linked("other.mlmodel")), Unknown);
    assert_eq!(verdict(&linked("../other.mlmodel")), Malicious);
    assert_eq!(verdict(&model(2004, &bytes(100, "x"))), Undecided);
    assert_eq!(verdict(&[8, 1]), Malformed);
    assert_eq!(verdict(&identity[..identity.len() - 1]), Malformed);
    assert_eq!(verdict(&model(77, b"x")), Unknown.max(Malformed));
}

#[test]
fn programs_take_constants_from_their_package() {
    let look = |operation, path: &str, held: &'static str| {
        let content = program(operation, path);
        let files = BTreeMap::from([("m.mlmodel", content.clone()), (held, vec![0; 64])]);
        inspect_in("m.mlmodel", &SliceBytes(&content), &Folder(files)).unwrap().verdict
    };
    let path = "@model_path/weights/weight.bin";
    assert_eq!(look("const", path, "weights/weight.bin"), Clean);
    assert_eq!(look("const", path, "other"), Unknown);
    assert_eq!(look("own", path, "weights/weight.bin"), Unknown);
    for path in ["@model_path/../w", "/w", "w", "@model_path//w"] {
        assert_eq!(look("const", path, "w"), Malicious, "{path}");
    }
    assert_eq!(verdict(&program("const", path)), Undecided);
}

#[test]
fn a_package_holds_what_its_manifest_names() {
    let look = |path: &str| {
        let text = format!(
            r#"{{"fileFormatVersion": "1.0.0", "itemInfoEntries": {{"A": {{"path": "{path}"}}}}, "rootModelIdentifier": "A"}}"#
        );
        let files = BTreeMap::from([("Data/c/model.mlmodel", Vec::new())]);
        let text = SliceBytes(text.as_bytes());
        inspect_in("m.mlpackage/Manifest.json", &text, &Folder(files)).unwrap().verdict
    };
    assert_eq!(look("c/model.mlmodel"), Clean);
    assert_eq!(look("c/other.mlmodel"), Unknown);
    assert_eq!(look("../c/model.mlmodel"), Malicious);
}
