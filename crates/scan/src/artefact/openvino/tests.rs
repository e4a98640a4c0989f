//! Documents written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{
    bytes::{Beside, ReadAt, SliceBytes},
    inspect, inspect_in,
};

/// Numbers beside the model.
struct Numbers(&'static [u8]);

impl Beside for Numbers {
    fn names(&self) -> Vec<String> {
        vec!["m.bin".into(), "m.xml".into()]
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        (name == "m.bin").then(|| Box::new(SliceBytes(self.0)) as Box<dyn ReadAt>)
    }
}

fn document(kind: &str, set: &str, data: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<net name=\"n\" version=\"11\"><layers><layer id=\"0\" name=\"x\" type=\"{kind}\" version=\"{set}\"><data {data}/></layer></layers><rt_info><anything value=\"1\"/></rt_info></net>"
    )
}

fn verdict(text: &str) -> ArtefactVerdict {
    let artefact = inspect("m.xml", &SliceBytes(text.as_bytes())).unwrap();
    assert_eq!(artefact.format, "openvino");
    artefact.verdict
}

#[test]
fn layers_of_the_library_are_clean_and_others_are_not() {
    assert_eq!(verdict(&document("Parameter", "opset1", "shape=\"1,3\"")), Clean);
    assert_eq!(verdict(&document("VocabEncoder", "extension", "")), Clean);
    assert_eq!(verdict(&document("Helper", "extension", "")), Unknown);
    assert_eq!(verdict(&document("Add", "extension", "")), Unknown);
    assert_eq!(verdict(&document("Add", "opset1", "library=\"x.so\"")), Unknown);
    assert_eq!(verdict("<CustomLayer name=\"Helper\" type=\"SimpleGPU\"/>"), Unknown);
    let more = document("Add", "opset1", "").replace("<layers>", "<layers><plugin/>");
    assert_eq!(verdict(&more), Unknown);
}

#[test]
fn numbers_lie_within_their_file() {
    let text = document("Const", "opset1", "element_type=\"f32\" offset=\"4\" size=\"8\"");
    assert_eq!(verdict(&text), Undecided);
    let beside = |numbers| {
        inspect_in("m.xml", &SliceBytes(text.as_bytes()), &Numbers(numbers)).unwrap().verdict
    };
    assert_eq!(beside(&[0; 12]), Clean);
    assert_eq!(beside(&[0; 11]), Malformed);
    let wide = text.replace("size=\"8\"", "size=\"18446744073709551615\"");
    assert_eq!(verdict(&wide), Malformed);
}

#[test]
fn a_constant_has_as_many_bytes_as_its_shape_and_type_say() {
    let look = |kind: &str, shape: &str, size: u64| {
        let data =
            format!("element_type=\"{kind}\" shape=\"{shape}\" offset=\"0\" size=\"{size}\"");
        let text = document("Const", "opset1", &data);
        inspect_in("m.xml", &SliceBytes(text.as_bytes()), &Numbers(&[0; 64])).unwrap().verdict
    };
    for (kind, shape, size) in [
        ("f32", "2,3", 24),
        ("f32", "", 4),
        ("i64", "0", 0),
        ("u4", "3", 2),
        ("u1", "9", 2),
        ("boolean", "5", 5),
        ("string", "2", 21),
    ] {
        assert_eq!(look(kind, shape, size), Clean, "{kind} {shape} {size}");
    }
    for (kind, shape, size) in [
        ("f32", "2,3", 23),
        ("f32", "2,3", 12),
        ("f32", "2,3", 28),
        ("f32", "4294967296,4294967296", 16),
        ("f32", "99999999999999999999", 16),
        ("f32", "-1,4", 16),
        ("f32", "two", 8),
        ("f99", "1", 4),
        ("f32", "", 0),
    ] {
        assert_eq!(look(kind, shape, size), Malformed, "{kind} {shape} {size}");
    }
}

#[test]
fn document_types_are_never_read() {
    let laughs = "<!DOCTYPE net [<!ENTITY a \"x\">]><net name=\"&a;\"><layers/></net>";
    assert_eq!(verdict(laughs), Malformed);
    let outside = "<!DOCTYPE net [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><net name=\"&a;\"/>";
    assert_eq!(verdict(outside), Malicious);
    assert!(inspect("m.xml", &SliceBytes(b"<network><a/></network>")).is_none());
}

#[test]
fn text_in_front_of_a_model_is_not_passed_over() {
    let whole = document("Parameter", "opset1", "shape=\"1,3\"");
    assert_eq!(verdict(&format!("words\n{whole}")), Malformed);
    assert_eq!(verdict(&format!("#!/bin/sh\nid\n{whole}")), Unknown);
    assert_eq!(verdict(&format!("cposix\nsystem\n(S'id'\ntR.{whole}")), Malicious);
}
