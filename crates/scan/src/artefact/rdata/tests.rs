//! Data written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn word(number: u32) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

fn text(text: &str) -> Vec<u8> {
    [word(0x0004_0009), word(text.len() as u32), text.as_bytes().to_vec()].concat()
}

fn symbol(name: &str) -> Vec<u8> {
    [word(1), text(name)].concat()
}

/// A call of a function with one argument.
fn call(name: &str, argument: &[u8]) -> Vec<u8> {
    [&word(6), &symbol(name), &word(2), argument, &word(254)].concat()
}

fn data(value: &[u8]) -> Vec<u8> {
    [b"X\n".as_slice(), &word(2), &word(0x0004_0301), &word(0x0002_0300), value].concat()
}

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.rds", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "r-data");
    artefact.verdict
}

fn list(values: &[Vec<u8>]) -> Vec<u8> {
    [word(19), word(values.len() as u32), values.concat()].concat()
}

#[test]
fn numbers_texts_and_formulas_are_clean() {
    let numbers = [word(14), word(2), vec![0; 16]].concat();
    assert_eq!(verdict(&data(&list(&[numbers, [word(16), word(1), text("x")].concat()]))), Clean);
    assert_eq!(verdict(&data(&call("~", &call("log", &symbol("x"))))), Clean);
    assert_eq!(verdict(&data(&call("lm", &symbol("x")))), Clean);
    assert_eq!(
        verdict(b"A\n3\n262656\n197888\n5\nUTF-8\n16\n2\n262153\n3\n\\303\\251x\n262153\n-1\n"),
        Clean
    );
    let image = [b"RDX2\n".as_slice(), &data(&word(254))].concat();
    assert_eq!(verdict(&image), Clean);
}

#[test]
fn code_is_not() {
    let promise = |value: u32| [word(5), word(value), call("system", &text("true"))].concat();
    assert_eq!(verdict(&data(&promise(252))), Malicious);
    assert_eq!(verdict(&data(&promise(254))), Unknown);
    assert_eq!(verdict(&data(&call("lm", &promise(254)))), Clean);
    assert_eq!(verdict(&data(&call("lm", &promise(252)))), Malicious);
    let open = [word(5), word(252), call("log", &symbol("x"))].concat();
    assert_eq!(verdict(&data(&call("lm", &open))), Unknown);
    assert_eq!(verdict(&data(&call("~", &call("sapply", &symbol("x"))))), Unknown);
    let environment = |value: &[u8]| {
        [
            &word(4),
            &word(0),
            &word(242),
            &word(0x402),
            &symbol("x"),
            value,
            &word(254),
            &word(254),
            &word(254),
        ]
        .concat()
    };
    assert_eq!(verdict(&data(&environment(&promise(252)))), Malicious);
    assert_eq!(verdict(&data(&environment(&promise(254)))), Clean);
    let closure = [word(0x403), word(253), word(254), symbol("x")].concat();
    assert_eq!(verdict(&data(&closure)), Unknown);
    assert_eq!(verdict(&data(&call("~", &call("system", &text("true"))))), Malicious);
    assert_eq!(verdict(&data(&call("system", &text("true")))), Malicious);
    assert_eq!(verdict(&data(&call("~", &call("mine", &symbol("x"))))), Unknown);
    let space = |name: &str| [word(249), word(0), word(1), text(name)].concat();
    assert_eq!(verdict(&data(&space("stats"))), Clean);
    assert_eq!(verdict(&data(&space("mine"))), Unknown);
}

#[test]
fn what_does_not_fit_is_malformed() {
    for value in [
        [word(14), word(0xffff_fff7)].concat(),
        [word(14), word(3), vec![0; 16]].concat(),
        [word(19), word(0x7fff_ffff)].concat(),
        [word(254), word(254)].concat(),
        [word(9), word(99)].concat(),
        word(0x1ff),
        word(100),
        Vec::new(),
    ] {
        assert_eq!(verdict(&data(&value)), Malformed, "{value:?}");
    }
    let deep = [word(19), word(1)].concat().repeat(9999);
    assert_ne!(verdict(&data(&deep)), Clean);
    assert_eq!(verdict(b"X\n\0\0\0\x09\0\x04\x03\x01\0\x02\x03\0"), Malformed);
}
