//! Programs and parameters written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn bytes(field: u8, value: impl AsRef<[u8]>) -> Vec<u8> {
    let value = value.as_ref();
    [vec![field << 3 | 2, value.len() as u8], value.to_vec()].concat()
}

fn program(operations: &[&str]) -> Vec<u8> {
    let operations: Vec<u8> = operations.iter().flat_map(|name| bytes(4, bytes(3, name))).collect();
    let block = [vec![8, 0, 16], vec![0xff; 9], vec![1], operations].concat();
    [bytes(1, block), bytes(4, [8, 0])].concat()
}

fn verdict(path: &str, content: &[u8]) -> ArtefactVerdict {
    inspect(path, &SliceBytes(content)).unwrap().verdict
}

#[test]
fn operations_are_known_or_not() {
    for (operation, expected) in [
        ("matmul_v2", Clean),
        ("softmax_grad", Clean),
        ("py_func", Malicious),
        ("save_combine", Malicious),
        ("tensorrt_engine", Unknown),
        ("own", Unknown),
    ] {
        let content = program(&["feed", operation, "fetch"]);
        assert_eq!(verdict("m.pdmodel", &content), expected, "{operation}");
        assert_eq!(verdict("model/__model__", &content), expected);
        assert_eq!(inspect("m", &SliceBytes(&content)).unwrap().format, "paddle-program");
    }
    let whole = program(&["relu"]);
    assert_eq!(verdict("m.pdmodel", &whole[..whole.len() - 3]), Malformed);
    assert_eq!(verdict("m.pdmodel", &[whole, bytes(9, "x")].concat()), Unknown);
    assert_eq!(verdict("m.pdmodel", b"\x22\x02\x08\0"), Malformed);
}

fn number(field: u8, value: u64) -> Vec<u8> {
    let mut out = vec![field << 3];
    let mut value = value;
    while value > 127 {
        out.push((value & 127 | 128) as u8);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

fn block(index: u8, operations: &[Vec<u8>]) -> Vec<u8> {
    let operations: Vec<u8> = operations.iter().flat_map(|each| bytes(4, each)).collect();
    bytes(1, [vec![8, index, 16], vec![0xff; 9], vec![1], operations].concat())
}

fn variable(field: u8, parameter: &str, name: &str) -> Vec<u8> {
    bytes(field, [bytes(1, parameter), bytes(2, name)].concat())
}

#[test]
fn what_is_made_of_settings_stays_in_proportion() {
    let filled = |sizes: [u64; 2]| {
        let longs: Vec<u8> = sizes
            .iter()
            .flat_map(|size| {
                let tag = [0x78].to_vec();
                [tag, number(1, *size)[1..].to_vec()].concat()
            })
            .collect();
        let shape = bytes(4, [bytes(1, "shape"), number(2, 11), longs].concat());
        let operation = [bytes(3, "fill_constant"), shape].concat();
        verdict("m.pdmodel", &[block(0, &[operation]), bytes(4, [8, 0])].concat())
    };
    assert_eq!(filled([64, 64]), Clean);
    assert_eq!(filled([1 << 20, 1 << 20]), Malformed);
    assert_eq!(filled([u64::MAX, 1 << 20]), Clean);
}

#[test]
fn a_loop_changes_its_condition() {
    let look = |result: &str| {
        let inner = bytes(4, [bytes(1, "sub_block"), number(2, 8), number(12, 1)].concat());
        let whole = [variable(1, "Condition", "c"), bytes(3, "while"), inner].concat();
        let step = [variable(2, "Out", result), bytes(3, "less_than")].concat();
        let blocks = [block(0, &[whole]), block(1, &[step])].concat();
        verdict("m.pdmodel", &[blocks, bytes(4, [8, 0])].concat())
    };
    assert_eq!((look("c"), look("d")), (Clean, Malformed));
}

#[test]
fn parameters_are_as_long_as_they_say() {
    let tensor = |size: u8, content: usize| {
        let description = [8, 5, 16, size];
        let head = [vec![0; 16], vec![4, 0, 0, 0], description.to_vec()].concat();
        [head, vec![0; content]].concat()
    };
    let two = [tensor(2, 8), tensor(1, 4)].concat();
    assert_eq!(verdict("m.pdiparams", &two), Clean);
    assert_eq!(verdict("m/__params__", &two), Clean);
    assert_eq!(verdict("m.pdiparams", &tensor(2, 7)), Malformed);
    assert_eq!(verdict("m.pdiparams", &tensor(2, 9)), Malformed);
    assert_eq!(verdict("m.pdiparams", &[1; 40]), Malformed);
}
