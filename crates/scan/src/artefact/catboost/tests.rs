//! Models written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{bytes::SliceBytes, encoding::flatbuffer::written::*, inspect};

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.cbm", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "catboost");
    artefact.verdict
}

fn numbers(count: u32, width: usize) -> Value {
    Value::List(count, vec![0; count as usize * width])
}

fn model(size: i32, values: u32, said: &str, parts: Vec<Value>) -> Vec<u8> {
    let mut trees = vec![
        Value::Number(1_u32.to_le_bytes().to_vec()),
        numbers(1, 4),
        Value::List(1, size.to_le_bytes().to_vec()),
    ];
    trees.extend((0..5).map(|_| Value::Default));
    trees.push(numbers(values, 8));
    let pair = Value::Table(vec![Value::text("params"), Value::text(said)]);
    let core = written(&[
        Value::text("FlabuffersModel_v1"),
        Value::Table(trees),
        Value::Offsets(vec![pair]),
        Value::Offsets(parts),
    ]);
    [b"CBM1".as_slice(), &(core.len() as u32).to_le_bytes(), &core].concat()
}

#[test]
fn an_honest_model_is_clean() {
    assert_eq!(verdict(&model(1, 2, "{}", Vec::new())), Clean);
    let mut categories = model(1, 2, "{}", vec![Value::text("static_provider_v1")]);
    let table = written(&[Value::Default, numbers(8, 1), numbers(4, 1)]);
    categories.extend(1_u32.to_le_bytes());
    categories.extend((table.len() as u32).to_le_bytes());
    categories.extend(&table);
    assert_eq!(verdict(&categories), Clean);
    assert_eq!(verdict(&model(1, 2, "{}", vec![Value::text("something_v1")])), Undecided);
    for name in ["text_process_v2", "embed_process_1"] {
        let listed = model(1, 2, "{}", vec![Value::text(name)]);
        let part = |content: &[u8]| [&listed, name.as_bytes(), b"\0", content].concat();
        assert_eq!(verdict(&part(&[96, 0, 0, 0, 0, 0, 0, 0, 12])), Clean);
        assert_eq!(verdict(&part(b"cposix\nsystem\n(S'true'\ntR.")), Malicious);
        assert_eq!(verdict(&listed), Malformed);
        assert_eq!(verdict(&[&listed, b"other_part_v2\0\0\0".as_slice()].concat()), Malformed);
    }
}

#[test]
fn what_does_not_fit_is_malformed() {
    assert_eq!(verdict(&model(2, 4, "{}", Vec::new())), Malformed);
    assert_eq!(verdict(&model(1, 3, "{}", Vec::new())), Malformed);
    assert_eq!(verdict(&model(-1, 2, "{}", Vec::new())), Malformed);
    assert_eq!(verdict(b"CBM1\x80\0\0\0\0\0\0\0"), Malformed);
    assert_eq!(verdict(&[b"CBM1\x10\0\0\0".as_slice(), &[0; 16]].concat()), Malformed);
    let mut more = model(1, 2, "{}", Vec::new());
    more.push(0);
    assert_eq!(verdict(&more), Malformed);
    let whole = model(1, 2, "{}", Vec::new());
    for cut in 0..whole.len() - 8 {
        let mut broken = whole.clone();
        broken[8 + cut] ^= 0xff;
        verdict(&broken);
    }
}

#[test]
fn a_pickle_in_or_behind_it_is_malicious() {
    let evil = "cposix\nsystem\n(S'true'\ntR.";
    assert_eq!(verdict(&model(1, 2, evil, Vec::new())), Malicious);
    let behind = [&model(1, 2, "{}", Vec::new()), evil.as_bytes()].concat();
    assert_eq!(verdict(&behind), Malicious);
}

#[test]
fn a_model_as_json_holds_known_parts_once() {
    let read = |text: &str| {
        let artefact = inspect("m.json", &SliceBytes(text.as_bytes())).unwrap();
        assert_eq!(artefact.format, "catboost-json");
        artefact.verdict
    };
    let with = |more: &str| {
        format!(
            r#"{{"features_info": {{}}, "model_info": {{"x": "y"}}, "oblivious_trees": [{{"leaf_values": [1.5, -2]}}]{more}}}"#
        )
    };
    assert_eq!(read(&with("")), Clean);
    assert_eq!(read(&with(r#", "plugin": 1"#)), Unknown);
    assert_eq!(read(&with(r#", "trees": [], "trees": []"#)), Malformed);
    assert_eq!(read(&with(r#", "ctr_data": "cposix\nsystem\n(Vtrue\ntR.""#)), Malicious);
    assert_eq!(read(&format!("{} x", with(""))), Malformed);
    let maps = |count: usize| {
        let keys: String = (0..count).map(|key| format!(r#""{key:0200}": 0, "#)).collect();
        with(&format!(r#", "ctr_data": {{"a": {{{keys}"b": {{{keys}"c": 0}}}}}}"#))
    };
    assert_eq!(read(&maps(1000)), Clean);
    assert_eq!(read(&maps(35_000)), Undecided, "keys are kept within bounds");
}
