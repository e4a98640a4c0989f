//! Files written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.t7", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "torch7");
    artefact.verdict
}

fn int(number: i32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

fn text(text: &str) -> Vec<u8> {
    [int(text.len() as i32), text.as_bytes().to_vec()].concat()
}

/// A table with one tensor in it.
fn table(class: &str) -> Vec<u8> {
    let long = |number: i64| number.to_le_bytes().to_vec();
    let storage =
        [int(4), int(3), text("V 1"), text("torch.FloatStorage"), long(2), vec![0; 8]].concat();
    let tensor =
        [int(4), int(2), text("V 1"), text(class), int(1), long(2), long(1), long(1), storage]
            .concat();
    [int(3), int(1), int(1), int(2), text("weight"), tensor].concat()
}

#[test]
fn tables_of_tensors_are_clean() {
    assert_eq!(verdict(&table("torch.FloatTensor")), Clean);
    assert_eq!(verdict(b"3\n1\n2\n2\n1\na\n1\n0.5\n2\n2\nb \n5\n1\n"), Clean);
    let module =
        [int(4), int(9), text("V 1"), text("nn.Linear"), table("torch.FloatTensor")].concat();
    assert_eq!(verdict(&module), Clean);
}

#[test]
fn functions_and_other_classes_are_not() {
    let other = [int(4), int(9), text("V 1"), text("mine.Linear"), int(0)].concat();
    assert_eq!(verdict(&other), Unknown);
    assert_eq!(verdict(&[int(6), text("\u{1b}Lua"), int(0)].concat()), Unknown);
    assert_eq!(verdict(&[int(8), int(1), text("\u{1b}LJ os execute"), int(0)].concat()), Malicious);
    assert_eq!(verdict(b"8\n1\n10\nos.execute\n0\n"), Malicious);
}

#[test]
fn what_does_not_fit_is_malformed() {
    assert_eq!(verdict(&[int(3), int(1), int(0x4000_0000)].concat()), Malformed);
    assert_eq!(verdict(&[int(2), int(-1)].concat()), Malformed);
    assert_eq!(verdict(&int(77)), Malformed);
    assert_eq!(verdict(&[int(0), int(0)].concat()), Malformed);
    assert_eq!(verdict(&table("torch.FloatTensor")[..60]), Malformed);
    let deep: Vec<u8> = (0..9999).flat_map(|place| [int(3), int(place), int(1)].concat()).collect();
    assert_ne!(verdict(&deep), Clean);
}
