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
