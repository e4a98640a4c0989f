//! Models that are larger, or longer, than they look.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed};

use super::tests::{bytes, model, number, verdict};

fn named(operator: &str, inputs: &[&str], outputs: &[&str], more: &[u8]) -> Vec<u8> {
    let names = |field: u64, names: &[&str]| -> Vec<u8> {
        names.iter().flat_map(|name| bytes(field, name)).collect()
    };
    [names(1, inputs), names(2, outputs), bytes(4, operator), more.to_vec()].concat()
}

fn node(operator: &str, inputs: &[&str], output: &str) -> Vec<u8> {
    bytes(1, named(operator, inputs, &[output], &[]))
}

/// An initialiser of whole numbers.
fn list(name: &str, numbers: &[i64]) -> Vec<u8> {
    let held: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let sizes = number(1, numbers.len() as u64);
    bytes(5, [sizes, number(2, 7), bytes(8, name), bytes(9, held)].concat())
}

/// An initialiser that is one truth.
fn truth(name: &str, value: u8) -> Vec<u8> {
    bytes(5, [number(2, 9), bytes(8, name), bytes(9, [value])].concat())
}

fn judged(parts: &[Vec<u8>]) -> ArtefactVerdict {
    verdict(&model(&parts.concat(), &[]))
}

#[test]
fn what_is_made_of_constants_stays_in_proportion() {
    for (operator, inputs, numbers, expected) in [
        ("ConstantOfShape", &["s"][..], &[1 << 14, 1 << 14][..], Clean),
        ("ConstantOfShape", &["s"], &[1 << 20, 1 << 20], Malformed),
        ("ConstantOfShape", &["s"], &[1_000_000_000], Malformed),
        ("Expand", &["x", "s"], &[1 << 20, 1 << 20], Malformed),
        ("Tile", &["x", "s"], &[1 << 40], Malformed),
        ("Tile", &["x", "s"], &[16], Clean),
        ("Pad", &["x", "s"], &[0, 1 << 40], Malformed),
        ("Pad", &["x", "s"], &[1, 1], Clean),
        ("OneHot", &["x", "s", "x"], &[1 << 40], Malformed),
        ("Range", &["x", "s", "x"], &[1 << 40], Clean),
        ("Resize", &["x", "", "", "s"], &[1, 3, 1 << 20, 1 << 20], Malformed),
        ("Resize", &["x", "", "", "s"], &[1, 3, 1024, 1024], Clean),
        ("HannWindow", &["s"], &[1 << 40], Malformed),
        ("Reshape", &["x", "s"], &[1 << 40], Clean),
    ] {
        let found = judged(&[node(operator, inputs, "y"), list("s", numbers)]);
        assert_eq!(found, expected, "{operator} {numbers:?}");
    }
}

#[test]
fn what_is_computed_of_constants_is_known() {
    let steps = [
        node("Mul", &["a", "a"], "b"),
        node("Concat", &["b", "b"], "c"),
        node("ConstantOfShape", &["c"], "y"),
        list("a", &[1 << 10]),
    ];
    assert_eq!(judged(&steps), Malformed);
    // The order in the file does not count.
    let [first, second, third, held] = steps;
    assert_eq!(judged(&[third, second, first, held]), Malformed);
    let given = [node("ConstantOfShape", &["x"], "y"), list("a", &[1 << 40])];
    assert_eq!(judged(&given), Clean);
}

#[test]
fn what_doubles_again_and_again_is_out_of_proportion() {
    let chain = |length: usize| {
        let step = |at: usize| {
            let (from, to) = (format!("v{at}"), format!("v{}", at + 1));
            node("Concat", &[&from, &from], &to)
        };
        judged(&(0..length).map(step).collect::<Vec<_>>())
    };
    assert_eq!((chain(12), chain(40)), (Clean, Malformed));
}

/// A loop of so many turns, whose body is these nodes and gives `c` as its condition.
fn looped(turns: Option<i64>, body: &[Vec<u8>]) -> ArtefactVerdict {
    let inputs = [bytes(11, bytes(1, "i")), bytes(11, bytes(1, "k")), bytes(11, bytes(1, "v"))];
    let outputs = [bytes(12, bytes(1, "c")), bytes(12, bytes(1, "w"))];
    let graph = [body.concat(), inputs.concat(), outputs.concat()].concat();
    let body = bytes(5, [bytes(1, "body"), bytes(6, graph), number(20, 5)].concat());
    let held = turns.map_or_else(Vec::new, |turns| list("m", &[turns]));
    let most = if turns.is_some() { "m" } else { "" };
    let whole = bytes(1, named("Loop", &[most, "", "x"], &["y"], &body));
    judged(&[whole, held, truth("yes", 1), list("ten", &[10]), list("none", &[-1])])
}

#[test]
fn loops_end() {
    let step = node("Add", &["v", "ten"], "w");
    let with = |condition: Vec<u8>| vec![condition, step.clone()];
    let always = with(node("Identity", &["yes"], "c"));
    assert_eq!(looped(Some(100), &always), Clean);
    assert_eq!(looped(Some(1 << 40), &always), Malformed);
    assert_eq!(looped(None, &always), Malformed);
    assert_eq!(looped(None, &with(node("Identity", &["k"], "c"))), Malformed);
    assert_eq!(looped(None, &with(node("Greater", &["i", "none"], "c"))), Malformed);
    assert_eq!(looped(None, &with(node("Less", &["i", "ten"], "c"))), Clean);
    assert_eq!(looped(Some(i64::MAX), &with(node("Less", &["w", "x"], "c"))), Clean);
    assert_eq!(looped(None, &with(node("RandomUniform", &[], "c"))), Clean);
    let other = node("Less", &["w", "x"], "l");
    let either = vec![step.clone(), other, node("Or", &["l", "yes"], "c")];
    assert_eq!(looped(None, &either), Malformed);
    let grows = vec![node("Identity", &["yes"], "c"), node("Concat", &["v", "v"], "w")];
    assert_eq!((looped(Some(8), &grows), looped(Some(40), &grows)), (Clean, Malformed));
}

#[test]
fn functions_do_not_multiply_without_end() {
    let all = |count: usize| {
        let function = |at: usize| {
            let call = |from: &str, to: &str| {
                let called = if at + 1 < count { format!("f{}", at + 1) } else { "Relu".into() };
                let own = bytes(7, if at + 1 < count { "own" } else { "" });
                bytes(7, named(&called, &[from], &[to], &own))
            };
            let nodes = [call("a", "b"), call("b", "c")].concat();
            let name = [bytes(1, format!("f{at}")), bytes(4, "a"), bytes(5, "c"), bytes(10, "own")];
            bytes(25, [name.concat(), nodes].concat())
        };
        let functions: Vec<u8> = (0..count).flat_map(function).collect();
        let call = bytes(1, named("f0", &["x"], &["y"], &bytes(7, "own")));
        verdict(&model(&call, &functions))
    };
    assert_eq!((all(8), all(40)), (Clean, Malformed));
    let inner = bytes(7, named("ConstantOfShape", &["a"], &["b"], &[]));
    let name = [bytes(1, "f"), bytes(4, "a"), bytes(5, "b"), bytes(10, "own")].concat();
    let filled = |numbers: &[i64]| {
        let call = bytes(1, named("f", &["s"], &["y"], &bytes(7, "own")));
        let function = bytes(25, [name.clone(), inner.clone()].concat());
        verdict(&model(&[call, list("s", numbers)].concat(), &function))
    };
    assert_eq!((filled(&[4, 4]), filled(&[1 << 20, 1 << 20])), (Clean, Malformed));
}

#[test]
fn nodes_do_not_wait_for_each_other() {
    let line = [node("Relu", &["x"], "a"), node("Add", &["a", "x"], "b")];
    assert_eq!(judged(&line), Clean);
    let round = [node("Add", &["x", "b"], "a"), node("Relu", &["a"], "b")];
    assert_eq!(judged(&round), Malformed);
    assert_eq!(judged(&[node("Add", &["x", "a"], "a")]), Malformed);
    // Through a graph within a node.
    let branch = |takes: &str| {
        let inner = [node("Relu", &[takes], "r"), bytes(12, bytes(1, "r"))].concat();
        let part =
            |name: &str| bytes(5, [bytes(1, name), bytes(6, &inner), number(20, 5)].concat());
        let more = [part("then_branch"), part("else_branch")].concat();
        [bytes(1, named("If", &["c"], &["y"], &more)), node("Relu", &["y"], "z")]
    };
    assert_eq!((judged(&branch("x")), judged(&branch("z"))), (Clean, Malformed));
}
