//! Models written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn verdict(path: &str, bytes: &[u8], format: &str) -> ArtefactVerdict {
    let artefact = inspect(path, &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, format);
    artefact.verdict
}

fn booster(learner: &str, tree: &str) -> String {
    format!(
        r#"{{"version": [2, 1, 0], "learner": {{{learner} "gradient_booster": {{"name": "gbtree", "model": {{"trees": [{tree}]}}}}}}}}"#
    )
}

const TREE: &str = r#"{"tree_param": {"num_nodes": "3"}, "left_children": [1, -1, -1], "right_children": [2, -1, -1], "split_indices": [0, 0, 0]}"#;

fn json(text: &str) -> ArtefactVerdict {
    verdict("m.json", text.as_bytes(), "xgboost-json")
}

#[test]
fn an_honest_model_is_clean_as_either() {
    assert_eq!(json(&booster(r#""attributes": {"scikit_learn": "{}"},"#, TREE)), Clean);
    assert_eq!(json(&booster("", "")), Clean);
    assert_eq!(verdict("m.ubj", &ubjson(&[1, -1, -1]), "xgboost-ubjson"), Clean);
}

#[test]
fn a_booster_as_it_is_in_memory_is_clean() {
    let settings = r#"{"version": [3, 2, 0], "learner": {"metrics": [{"name": "auc"}, {"name": "aft-nloglik", "aft_loss_param": {}}], "gradient_booster":
        {"name": "gbtree", "gbtree_train_param": {}, "updater": [{"name": "grow_quantile_histmaker", "hist_train_param": {}}], "specified_updater": false}}}"#;
    let whole = format!(r#"{{"Config": {settings}, "Model": {}}}"#, booster("", TREE));
    assert_eq!(json(&whole), Clean);
    let other = whole.replace("\"hist_train_param\"", "\"reads\"");
    assert_eq!(json(&other), Unknown);
    // Settings alone are no model.
    assert!(json(&format!(r#"{{"Config": {settings}}}"#)) > Clean);
}

#[test]
fn trees_that_do_not_fit_are_malformed() {
    for tree in [
        TREE.replace("\"3\"", "\"4\""),
        TREE.replace("[0, 0, 0]", "[0, 0]"),
        TREE.replace("[1, -1, -1]", "[0, -1, -1]"),
        TREE.replace("[1, -1, -1]", "[2, -1, -1]"),
        TREE.replace("[1, -1, -1]", "[7, -1, -1]"),
        TREE.replace("[1, -1, -1]", "[1, -1, -1"),
        TREE.replace("left_children", "right_children"),
    ] {
        assert_eq!(json(&booster("", &tree)), Malformed, "{tree}");
    }
    assert_eq!(verdict("m.ubj", &ubjson(&[7, -1, -1]), "xgboost-ubjson"), Malformed);
    let features = r#""learner_model_param": {"num_feature": "4"},"#;
    let split = |feature| TREE.replace("[0, 0, 0]", &format!("[{feature}, 0, 0]"));
    assert_eq!(json(&booster(features, &split("3"))), Clean);
    assert_eq!(json(&booster(features, &split("4"))), Malformed);
    assert_eq!(json(&booster(features, &split("400000000"))), Malformed);
    let trees = |said: &str, tree: &str| {
        let model = format!(r#""model": {{"gbtree_model_param": {{"num_trees": "{said}"}}, "#);
        json(&booster("", tree).replacen("\"model\": {", &model, 1))
    };
    assert_eq!(trees("1", TREE), Clean);
    assert_eq!(trees("2000000000", TREE), Malformed);
    for text in ["{\"learner\": {}} x", "{\"learner\": {\"attributes\": {}", "{\"learner\"}"] {
        assert_eq!(json(text), Malformed, "{text}");
    }
    let deep = format!("{{\"learner\": {}", "[".repeat(9999));
    assert_eq!(json(&deep), Malformed);
}

#[test]
fn what_the_library_does_not_write_is_never_clean() {
    assert_eq!(json(&booster(r#""plugin": {"path": "x.so"},"#, TREE)), Unknown);
    assert_eq!(json(&booster(r#""objective": {"name": "custom:mine"},"#, TREE)), Unknown);
    let pickle = "63706f7369780a73797374656d0a5804000000747275658552 2e".replace(' ', "");
    let hidden = format!(r#""attributes": {{"state": "{pickle}"}},"#);
    assert_eq!(json(&booster(&hidden, TREE)), Malicious);
    let hidden = r#""attributes": {"state": "Y3Bvc2l4CnN5c3RlbQpYBAAAAHRydWWFUi4="},"#;
    assert_eq!(json(&booster(hidden, TREE)), Malicious);
    assert_eq!(verdict("m.model", b"binf\0\0\0\0", "xgboost-binary"), Malformed);
}

fn key(name: &str) -> Vec<u8> {
    [b"L".as_slice(), &(name.len() as u64).to_be_bytes(), name.as_bytes()].concat()
}

fn numbers(name: &str, numbers: &[i32]) -> Vec<u8> {
    let count = (numbers.len() as u64).to_be_bytes();
    let held: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    [&key(name), b"[$l#L".as_slice(), &count, &held].concat()
}

fn ubjson(left: &[i32]) -> Vec<u8> {
    let open = |name: &str| [&key(name), b"{".as_slice()].concat();
    [
        b"{".as_slice(),
        &open("learner"),
        &open("gradient_booster"),
        &open("model"),
        &key("trees"),
        b"[#L\0\0\0\0\0\0\0\x01{",
        &numbers("left_children", left),
        &numbers("right_children", &[2, -1, -1]),
        b"}}}}}",
    ]
    .concat()
}

/// The older form, of one tree: its name of an objective, its children, and an attribute.
fn old(objective: &str, left: i32, right: i32, attribute: &str) -> Vec<u8> {
    let text = |text: &str| [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat();
    let block = |size: usize, words: &[(usize, i32)]| {
        let mut block = vec![0; size];
        for (place, word) in words {
            block[place * 4..place * 4 + 4].copy_from_slice(&word.to_le_bytes());
        }
        block
    };
    let leaf = block(20, &[(1, -1), (2, -1)]);
    [
        b"binf".to_vec(),
        block(136, &[(3, 1)]),
        text(objective),
        text("gbtree"),
        block(160, &[(0, 1)]),
        block(148, &[(1, 3), (5, 1)]),
        block(20, &[(1, left), (2, right)]),
        leaf.clone(),
        leaf,
        vec![0; 48],
        vec![0; 4],
        1_u64.to_le_bytes().to_vec(),
        text("state"),
        text(attribute),
    ]
    .concat()
}

#[test]
fn the_older_form_is_read_to_its_end() {
    let read = |bytes: &[u8]| verdict("m.bst", bytes, "xgboost-binary");
    let honest = old("reg:linear", 1, 2, "{}");
    assert_eq!(read(&honest), Clean);
    assert_eq!(read(&honest[4..]), Clean);
    assert_eq!(read(&old("custom:mine", 1, 2, "{}")), Unknown);
    assert_eq!(read(&old("reg:linear", 1, 2, "Y3Bvc2l4CnN5c3RlbQpYBAAAAHRydWWFUi4=")), Malicious);
    for (left, right) in [(1, 1), (0, 2), (1, 3), (1, -1)] {
        assert_eq!(read(&old("reg:linear", left, right, "{}")), Malformed, "{left} {right}");
    }
    assert_eq!(read(&[honest.clone(), b"x".to_vec()].concat()), Malformed);
    for end in 200..honest.len() {
        assert_ne!(read(&honest[..end]), Clean, "{end}");
    }
}

#[test]
fn a_dump_holds_trees_and_nothing_else() {
    let dump = "booster[0]:\n0:[a b<0.5] yes=1,no=2,missing=1,gain=1.5,cover=3\n\t1:leaf=-0.5\n\t2:leaf=1e-3\n";
    assert_eq!(verdict("m.txt", dump.as_bytes(), "xgboost-dump"), Clean);
    for more in ["0:run=1\n", "import os\n", "3:leaf=x\n"] {
        let text = format!("{dump}{more}");
        assert_eq!(verdict("m.txt", text.as_bytes(), "xgboost-dump"), Unknown, "{more}");
    }
}
