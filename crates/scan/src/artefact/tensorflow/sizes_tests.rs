//! Graphs that are larger, or longer, than they look.

use coseal_core::fact::ArtefactVerdict::{Clean, Malformed};

use super::tests::{attribute, bytes, graph, node, number, verdict};

/// A constant of whole numbers.
fn list(name: &str, numbers: &[i64]) -> Vec<u8> {
    let held: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let shape = bytes(2, bytes(2, number(1, numbers.len() as u64)));
    constant(name, &[number(1, 9), shape, bytes(4, held)].concat())
}

fn single(name: &str, kind: u64, field: u64, value: u64) -> Vec<u8> {
    constant(name, &[number(1, kind), bytes(2, []), bytes(field, [value as u8])].concat())
}

fn constant(name: &str, tensor: &[u8]) -> Vec<u8> {
    node(name, "Const", &attribute("value", &bytes(8, tensor)))
}

fn takes(inputs: &[&str]) -> Vec<u8> {
    inputs.iter().flat_map(|input| bytes(3, input)).collect()
}

#[test]
fn what_is_made_of_constants_stays_in_proportion() {
    for (operation, inputs, numbers, expected) in [
        ("Fill", &["s", "one"][..], &[1 << 20, 1 << 20][..], Malformed),
        ("Fill", &["s", "one"], &[64, 64], Clean),
        ("Tile", &["x", "s"], &[1 << 40], Malformed),
        ("BroadcastTo", &["x", "s"], &[1 << 40], Malformed),
        ("RandomUniform", &["s"], &[1 << 40], Malformed),
        ("ResizeBilinear", &["x", "s"], &[1 << 20, 1 << 20], Malformed),
        ("Reshape", &["x", "s"], &[1 << 40], Clean),
    ] {
        let nodes = [
            list("s", numbers),
            single("one", 3, 7, 1),
            node("x", "Placeholder", &[]),
            node("y", operation, &takes(inputs)),
        ];
        assert_eq!(verdict("m.pb", &graph(&nodes)), expected, "{operation} {numbers:?}");
    }
    let splat = [number(1, 3), bytes(2, bytes(2, number(1, 1 << 35))), bytes(7, [1])].concat();
    assert_eq!(verdict("m.pb", &graph(&[constant("c", &splat)])), Malformed);
}

#[test]
fn frames_go_on_only_as_long_as_something_changes() {
    let look = |condition: Vec<u8>, back: &str| {
        let nodes = [
            single("zero", 3, 7, 0),
            single("ten", 3, 7, 10),
            single("yes", 10, 11, 1),
            node("enter", "Enter", &takes(&["zero"])),
            node("merge", "Merge", &takes(&["enter", "next"])),
            condition,
            node("loop", "LoopCond", &takes(&["c"])),
            node("switch", "Switch", &takes(&["merge", "loop"])),
            node("add", "Add", &takes(&["switch:1", "ten"])),
            node("next", "NextIteration", &takes(&[back])),
        ];
        verdict("m.pb", &graph(&nodes))
    };
    let less = || node("c", "Less", &takes(&["merge", "ten"]));
    assert_eq!(look(less(), "add"), Clean);
    assert_eq!(look(less(), "switch:1"), Malformed);
    assert_eq!(look(node("c", "Identity", &takes(&["yes"])), "add"), Malformed);
    assert_eq!(look(node("c", "RandomUniform", &takes(&["ten"])), "add"), Clean);
}

/// A function of one argument, `a`, whose value is that of `node`.
fn function(name: &str, nodes: &[Vec<u8>], value: &str) -> Vec<u8> {
    let given = bytes(2, [bytes(1, "a"), number(3, 3)].concat());
    let gives = bytes(3, [bytes(1, "r"), number(3, 3)].concat());
    let signature = bytes(1, [bytes(1, name), given, gives].concat());
    let nodes: Vec<u8> = nodes.iter().flat_map(|node| bytes(3, node)).collect();
    let result = bytes(4, [bytes(1, "r"), bytes(2, value)].concat());
    bytes(1, [signature, nodes, result].concat())
}

fn library(nodes: &[Vec<u8>], functions: &[Vec<u8>]) -> Vec<u8> {
    [graph(nodes), bytes(2, functions.concat())].concat()
}

#[test]
fn loops_end() {
    let look = |condition: &[Vec<u8>], result: &str, step: &str| {
        let named = |key: &str, name: &str| attribute(key, &bytes(10, bytes(1, name)));
        let held = [takes(&["x"]), named("cond", "c"), named("body", "b")].concat();
        let nodes = [single("x", 3, 7, 0), node("w", "StatelessWhile", &held)];
        let body = [single("one", 3, 7, 1), node("n", "AddV2", &takes(&["a", "one:output:0"]))];
        let functions = [function("c", condition, result), function("b", &body, step)];
        verdict("m.pb", &library(&nodes, &functions))
    };
    let less = [single("ten", 3, 7, 10), node("l", "Less", &takes(&["a", "ten:output:0"]))];
    let always = [single("yes", 10, 11, 1)];
    assert_eq!(look(&less, "l:z:0", "n:z:0"), Clean);
    assert_eq!(look(&less, "l:z:0", "a"), Malformed);
    assert_eq!(look(&always, "yes:output:0", "n:z:0"), Malformed);
    let above = [single("ten", 3, 7, 0), node("l", "GreaterEqual", &takes(&["a", "ten:output:0"]))];
    assert_eq!(look(&above, "l:z:0", "n:z:0"), Malformed);
    // What reads a variable may change.
    let read = [node("l", "ReadVariableOp", &takes(&["a"]))];
    assert_eq!(look(&read, "l:value:0", "n:z:0"), Clean);
}

#[test]
fn a_function_that_calls_itself_is_malformed() {
    let nodes = [node("x", "Placeholder", &[]), node("y", "f", &takes(&["x"]))];
    let call = |name: &str| [node("n", name, &takes(&["a"]))];
    let two = [function("f", &call("g"), "n:r:0"), function("g", &call("f"), "n:r:0")];
    assert_eq!(verdict("m.pb", &library(&nodes, &two)), Malformed);
    let plain = [function("f", &call("g"), "n:r:0"), function("g", &call("Relu"), "n:r:0")];
    assert_eq!(verdict("m.pb", &library(&nodes, &plain)), Clean);
}

#[test]
fn nodes_wait_for_each_other_in_loops_only() {
    let of = |first: &str, second: &str, operation: &str| {
        let nodes = [
            node("x", "Placeholder", &[]),
            node("a", "AddV2", &takes(&["x", first])),
            node("b", operation, &takes(&[second])),
        ];
        verdict("m.pb", &graph(&nodes))
    };
    assert_eq!(of("b", "x", "Identity"), Clean);
    assert_eq!(of("b", "a", "Identity"), Malformed);
    assert_eq!(of("b:1", "a", "Identity"), Malformed);
    assert_eq!(of("^b", "^a", "NoOp"), Malformed);
    assert_eq!(of("a", "x", "Identity"), Malformed);
    assert_eq!(of("b", "a", "NextIteration"), Clean);
    let round = |operation: &str| {
        [node("n", "AddV2", &takes(&["a", "m:z:0"])), node("m", operation, &takes(&["n:z:0"]))]
    };
    let called = [node("x", "Placeholder", &[]), node("y", "f", &takes(&["x"]))];
    let look = |operation: &str| {
        verdict("m.pb", &library(&called, &[function("f", &round(operation), "n:z:0")]))
    };
    assert_eq!((look("NextIteration"), look("Identity")), (Clean, Malformed));
}

#[test]
fn a_condition_that_holds_for_all_that_can_come_never_ends() {
    let look = |given: &str, step: &str, compared: &str| {
        let named = |key: &str, name: &str| attribute(key, &bytes(10, bytes(1, name)));
        let held = [takes(&["s"]), named("cond", "c"), named("body", "b")].concat();
        let nodes = [
            node("x", "Placeholder", &[]),
            node("y", given, &takes(&["x"])),
            list("axis", &[0]),
            node("s", "Sum", &takes(&["y", "axis"])),
            node("w", "StatelessWhile", &held),
        ];
        let body = [single("two", 3, 7, 2), node("n", step, &takes(&["a", "two:output:0"]))];
        let condition =
            [single("zero", 3, 7, 0), node("l", compared, &takes(&["a", "zero:output:0"]))];
        let functions = [function("c", &condition, "l:z:0"), function("b", &body, "n:z:0")];
        verdict("m.pb", &library(&nodes, &functions))
    };
    assert_eq!(look("Abs", "Mul", "GreaterEqual"), Malformed);
    assert_eq!(look("Square", "AddV2", "GreaterEqual"), Malformed);
    assert_eq!(look("Relu", "Maximum", "GreaterEqual"), Malformed);
    // It may be zero, or get below.
    assert_eq!(look("Abs", "Mul", "Greater"), Clean);
    assert_eq!(look("Abs", "Sub", "GreaterEqual"), Clean);
    assert_eq!(look("Neg", "Mul", "GreaterEqual"), Clean);
    assert_eq!(look("Identity", "Mul", "GreaterEqual"), Clean);
}
