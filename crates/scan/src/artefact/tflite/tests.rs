//! Models written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{bytes::SliceBytes, encoding::flatbuffer::written::*, inspect};

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.tflite", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "tflite");
    artefact.verdict
}

fn number(number: u32) -> Value {
    Value::Number(number.to_le_bytes().to_vec())
}

fn model(code: u32, name: Value, tensor: i32, buffer: u32, settings: &[u8]) -> Vec<u8> {
    let settings = Value::List(settings.len() as u32, settings.to_vec());
    let operator = Value::Table(vec![
        Value::Default,
        Value::List(1, tensor.to_le_bytes().to_vec()),
        Value::Default,
        Value::Default,
        Value::Default,
        settings,
    ]);
    let tensor = Value::Table(vec![Value::Default, Value::Default, number(buffer)]);
    let graph = Value::Table(vec![
        Value::Offsets(vec![tensor]),
        Value::Default,
        Value::Default,
        Value::Offsets(vec![operator]),
    ]);
    let code = Value::Table(vec![Value::Default, name, Value::Default, number(code)]);
    let buffers = vec![Value::Table(vec![Value::List(4, vec![0; 4])])];
    written(&[
        number(3),
        Value::Offsets(vec![code]),
        Value::Offsets(vec![graph]),
        Value::Default,
        Value::Offsets(buffers),
    ])
}

#[test]
fn operators_of_the_library_are_clean_and_others_are_not() {
    assert_eq!(verdict(&model(3, Value::Default, 0, 0, b"")), Clean);
    assert_eq!(verdict(&model(32, Value::text("TFLite_Detection_PostProcess"), -1, 0, b"")), Clean);
    for code in [51, 173, 999] {
        assert_eq!(verdict(&model(code, Value::Default, 0, 0, b"")), Unknown);
    }
    assert_eq!(verdict(&model(32, Value::text("helper"), 0, 0, b"")), Unknown);
    assert_eq!(verdict(&model(32, Value::Default, 0, 0, b"")), Unknown);
    assert_eq!(verdict(&model(32, Value::text("FlexMine"), 0, 0, b"")), Unknown);
    assert_eq!(verdict(&model(32, Value::text("FlexWriteFile"), 0, 0, b"")), Malicious);
}

/// A `FlexBuffer` of two texts.
fn flexible(name: &[u8], node: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut places = Vec::new();
    for text in [name, node] {
        out.push(text.len() as u8);
        places.push(out.len());
        out.extend(text);
        out.push(0);
    }
    out.push(2);
    let vector = out.len();
    for place in places {
        out.push((out.len() - place) as u8);
    }
    out.extend([20, 20]);
    out.push((out.len() - vector) as u8);
    out.extend([40, 1]);
    out
}

#[test]
fn operators_of_tensorflow_are_judged_by_their_own_node() {
    let run = |name: &str, said: &[u8], node: &[u8]| {
        verdict(&model(32, Value::text(name), 0, 0, &flexible(said, node)))
    };
    assert_eq!(run("FlexErf", b"Erf", b"\x0a\x01e\x12\x03Erf"), Clean);
    assert_eq!(run("FlexErf", b"Erf", b"\x12\x11WholeFileReaderV2"), Malicious);
    assert_eq!(run("FlexErf", b"Erf", b"\x12\x8a\0SqlDataset"), Unknown);
    assert_eq!(run("FlexErf", b"Erf", b"\x12\x03Erf\x12\x08ReadFile"), Malicious);
    assert_eq!(run("FlexErf", b"Erf", b"\x12\x0bRecordInput"), Unknown);
    assert_eq!(run("FlexErf", b"Erf", b"\x12\x03Exp"), Unknown);
    assert_eq!(run("FlexErf", b"Exp", b"\x12\x03Erf"), Unknown);
    assert_eq!(run("FlexFlexErf", b"Erf", b"\x12\x03Erf"), Unknown);
    for settings in [&b""[..], b"Erf", b"\x12\x03Erf", b"\x00\x28\x01"] {
        assert_eq!(verdict(&model(32, Value::text("FlexErf"), 0, 0, settings)), Unknown);
    }
}

/// A model with a constant of a type, a shape and bytes.
fn constant(kind: u8, shape: &[i32], bytes: &[u8]) -> Vec<u8> {
    let sizes: Vec<u8> = shape.iter().flat_map(|size| size.to_le_bytes()).collect();
    let shape = Value::List(shape.len() as u32, sizes);
    let tensor = Value::Table(vec![shape, Value::Number(vec![kind]), number(1)]);
    let graph = Value::Table(vec![Value::Offsets(vec![tensor])]);
    let held = Value::Table(vec![Value::List(bytes.len() as u32, bytes.to_vec())]);
    let buffers = vec![Value::Table(vec![]), held];
    written(&[
        number(3),
        Value::Default,
        Value::Offsets(vec![graph]),
        Value::Default,
        Value::Offsets(buffers),
    ])
}

#[test]
fn a_constant_has_as_many_bytes_as_its_shape_and_type_say() {
    let texts = b"\x01\0\0\0\x0c\0\0\0\x0e\0\0\0hi";
    for (kind, shape, bytes) in [
        (0, &[2, 3][..], &[0; 24][..]),
        (0, &[], &[0; 4]),
        (9, &[5], &[0; 5]),
        (4, &[0], &[]),
        (17, &[3], &[0; 2]),
        (17, &[3], &[0; 3]),
        (5, &[1], texts),
        (0, &[-1, 4], &[]),
    ] {
        assert_eq!(verdict(&constant(kind, shape, bytes)), Clean, "{kind} {shape:?}");
    }
    for (kind, shape, bytes) in [
        (0, &[2, 3][..], &[0; 23][..]),
        (0, &[2, 3], &[0; 48]),
        (0, &[1 << 30, 1 << 30, 1 << 30], &[0; 16]),
        (0, &[1 << 30, 1 << 30, 1 << 30], &[]),
        (0, &[1 << 16, 1 << 15], &[]),
        (0, &[-4], &[0; 16]),
        (0, &[-1, 4], &[0; 16]),
        (99, &[4], &[0; 16]),
        (5, &[2], texts),
        (5, &[1], b"\x01\0\0\0\x0c\0\0\0\xff\0\0\0hi"),
        (5, &[1], b"\xff\xff\xff\xff"),
    ] {
        assert_eq!(verdict(&constant(kind, shape, bytes)), Malformed, "{kind} {shape:?}");
    }
}

#[test]
fn a_pickle_behind_the_model_is_malicious() {
    let mut bytes = model(3, Value::Default, 0, 0, b"");
    bytes.extend(b"\0\0\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.");
    assert_eq!(verdict(&bytes), Malicious);
}

#[test]
fn only_zeros_stand_behind_the_model() {
    let whole = model(3, Value::Default, 0, 0, b"");
    assert_eq!(verdict(&[whole.as_slice(), &[0; 64]].concat()), Clean);
    for rest in [b"\x7fELF\x02\x01\x01".as_slice(), b"#!/bin/sh\nid\n", b"\n"] {
        assert_eq!(verdict(&[whole.as_slice(), rest].concat()), Malformed);
    }
}

#[test]
fn indices_that_lead_out_are_malformed() {
    assert_eq!(verdict(&model(3, Value::Default, 1, 0, b"")), Malformed);
    assert_eq!(verdict(&model(3, Value::Default, -2, 0, b"")), Malformed);
    assert_eq!(verdict(&model(3, Value::Default, 0, 1, b"")), Malformed);
    assert_eq!(verdict(b"\xff\xff\xff\x7fTFL3\0\0\0\0"), Malformed);
    let whole = model(3, Value::Default, 0, 0, b"");
    for place in 0..whole.len() {
        let mut broken = whole.clone();
        broken[place] ^= 0xff;
        verdict(&broken);
    }
}

fn numbers(numbers: &[i32]) -> Value {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    Value::List(numbers.len() as u32, bytes)
}

/// The index of an operator's kind, its inputs, its outputs, and numbers of its settings.
type Operator<'a> = (u32, &'a [i32], &'a [i32], &'a [u32]);

/// A graph: its inputs and outputs, and operators with the index of their kind, inputs, outputs and numbers of their settings. The
/// tensor 0 is computed, 1 is a number, 2 is a list, 3 is a truth; the further are computed.
fn subgraph(ends: [&[i32]; 2], operators: &[Operator<'_>]) -> Value {
    let tensor = |shape: &[i32], kind: u8, buffer: u32| {
        Value::Table(vec![numbers(shape), Value::Number(vec![kind]), number(buffer)])
    };
    let computed = || tensor(&[], 2, 0);
    let tensors =
        vec![computed(), tensor(&[], 2, 1), tensor(&[2], 2, 2), tensor(&[], 6, 3), computed()];
    let operator = |(code, inputs, outputs, settings): &Operator<'_>| {
        let settings = settings.iter().map(|setting| number(*setting)).collect();
        let none = Value::Default;
        Value::Table(vec![
            number(*code),
            numbers(inputs),
            numbers(outputs),
            none,
            Value::Table(settings),
        ])
    };
    let operators = operators.iter().map(operator).collect();
    let [given, gives] = ends.map(numbers);
    Value::Table(vec![Value::Offsets(tensors), given, gives, Value::Offsets(operators)])
}

fn graphs(list: &[i32], codes: &[u32], graphs: Vec<Value>) -> ArtefactVerdict {
    let code = |code: &u32| {
        Value::Table(vec![Value::Default, Value::Default, Value::Default, number(*code)])
    };
    let list: Vec<u8> = list.iter().flat_map(|number| number.to_le_bytes()).collect();
    let buffers = [vec![], vec![10, 0, 0, 0], list, vec![1]]
        .map(|bytes| Value::Table(vec![Value::List(bytes.len() as u32, bytes)]));
    verdict(&written(&[
        number(3),
        Value::Offsets(codes.iter().map(code).collect()),
        Value::Offsets(graphs),
        Value::Default,
        Value::Offsets(buffers.into()),
    ]))
}

#[test]
fn what_is_made_of_constants_stays_in_proportion() {
    let fill = |list: &[i32]| {
        let graph = subgraph([&[], &[4]], &[(0, &[2, 1], &[4], &[])]);
        graphs(list, &[94], vec![graph])
    };
    assert_eq!((fill(&[4, 4]), fill(&[1 << 20, 1 << 20])), (Clean, Malformed));
}

#[test]
fn loops_end() {
    let codes = [119, 58, 0];
    let whole = || subgraph([&[0], &[4]], &[(0, &[1], &[4], &[1, 2])]);
    let less = || subgraph([&[0], &[4]], &[(1, &[0, 1], &[4], &[])]);
    let step = || subgraph([&[0], &[4]], &[(2, &[0, 1], &[4], &[])]);
    let always = || subgraph([&[0], &[3]], &[]);
    let still = || subgraph([&[0], &[0]], &[]);
    let look = |parts: Vec<Value>| graphs(&[1, 1], &codes, parts);
    assert_eq!(look(vec![whole(), less(), step()]), Clean);
    assert_eq!(look(vec![whole(), always(), step()]), Malformed);
    // What it is given is never changed.
    let other = subgraph([&[0], &[4]], &[(0, &[0], &[4], &[1, 2])]);
    assert_eq!(look(vec![other, less(), still()]), Malformed);
    let itself = subgraph([&[0], &[4]], &[(0, &[0], &[4], &[1, 0])]);
    assert_eq!(look(vec![itself, less()]), Malformed);
}

#[test]
fn a_condition_on_what_is_never_changed_never_ends() {
    // ABS and SUM of what the model is given, which the loop leaves as it is; or a variable, which may change.
    let look = |code: u32| {
        let whole = subgraph([&[0], &[4]], &[(0, &[0], &[4], &[1, 2])]);
        let sum = subgraph([&[0], &[3]], &[(1, &[0, 2], &[4], &[]), (2, &[4, 1], &[3], &[])]);
        let still = subgraph([&[0], &[0]], &[]);
        graphs(&[0, 0], &[119, code, 61], vec![whole, sum, still])
    };
    assert_eq!((look(74), look(36), look(143)), (Malformed, Malformed, Clean));
    let grows = |compared: u32| {
        let whole = subgraph([&[0], &[3]], &[(3, &[0], &[4], &[]), (0, &[4], &[3], &[1, 2])]);
        let ask = subgraph([&[0], &[3]], &[(1, &[0, 4], &[3], &[])]);
        let ask_constant = subgraph([&[0], &[3]], &[(2, &[0], &[4], &[]), (1, &[0, 1], &[3], &[])]);
        let step = subgraph([&[0], &[4]], &[(4, &[0, 1], &[4], &[])]);
        let asked = if compared == 62 { ask } else { ask_constant };
        graphs(&[1, 1], &[119, compared, 8, 101, 18], vec![whole, asked, step])
    };
    assert_eq!((grows(62), grows(61)), (Clean, Clean));
}
