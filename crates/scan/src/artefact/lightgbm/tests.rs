//! Models written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Unknown};

use crate::{bytes::SliceBytes, inspect};

const TREE: &str = "Tree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\nthreshold=0.5\nleft_child=-1\nright_child=-2\nleaf_value=1 2\nshrinkage=1\n\n\n";

fn model(tree: &str) -> String {
    let sizes =
        if tree.is_empty() { String::new() } else { format!("tree_sizes={}\n", tree.len()) };
    format!(
        "tree\nversion=v4\nnum_class=1\nmax_feature_idx=0\n{sizes}\n{tree}end of trees\n\nfeature_importances:\na=1\n\nparameters:\n[boosting: gbdt]\nend of parameters\n\npandas_categorical:null\n"
    )
}

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.txt", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "lightgbm-text");
    artefact.verdict
}

#[test]
fn an_honest_model_is_clean() {
    assert_eq!(verdict(model(TREE).as_bytes()), Clean);
    assert_eq!(verdict(model("").as_bytes()), Clean);
}

#[test]
fn trees_that_do_not_fit_are_malformed() {
    for (from, to) in [
        ("num_leaves=2", "num_leaves=2147483647"),
        ("threshold=0.5", "threshold=0.5 0.5"),
        ("left_child=-1", "left_child=0"),
        ("left_child=-1", "left_child=-3"),
        ("right_child=-2", "right_child=-1"),
        ("leaf_value=1 2", "leaf_value=1 x"),
        ("num_cat=0", "num_cat=1"),
        ("split_feature=0", "split_feature=300000000"),
        ("split_feature=0", "split_feature=-1"),
        ("num_cat=0", "num_leaves=2"),
        ("Tree=0", "Tree=1"),
    ] {
        assert_eq!(verdict(model(&TREE.replace(from, to)).as_bytes()), Malformed, "{to}");
    }
    assert_eq!(verdict(model(TREE).replace("tree_sizes=1", "tree_sizes=2").as_bytes()), Malformed);
    assert_eq!(verdict(b"tree\nversion=v4\nnum_class=1\n"), Malformed);
    assert_eq!(verdict(b"tree\nversion=v4\nend of trees\n\x80\x02."), Malformed);
}

#[test]
fn what_the_library_does_not_write_is_never_clean() {
    assert_eq!(verdict(model(TREE).replace("num_class", "plugin").as_bytes()), Unknown);
    assert_eq!(verdict(format!("{}more\n", model(TREE)).as_bytes()), Unknown);
    let evil = [model(TREE).as_bytes(), b"cposix\nsystem\nX\x04\0\0\0true\x85R."].concat();
    assert_eq!(verdict(&evil), Unknown);
}

#[test]
fn a_dump_has_the_keys_of_one_and_names_of_features() {
    let dump = |feature: &str, key: &str| {
        let text = format!(
            r#"{{"name": "tree", "version": "v4", "num_tree_per_iteration": 1, "feature_infos": {{"{feature}": {{"min_value": 0}}}},
            "tree_info": [{{"tree_index": 0, "tree_structure": {{"{key}": {{"leaf_value": 1.5}}}}}}]}}"#
        );
        let artefact = inspect("m.json", &SliceBytes(text.as_bytes())).unwrap();
        assert_eq!(artefact.format, "lightgbm-json");
        artefact.verdict
    };
    assert_eq!(dump("plugin", "left_child"), Clean);
    assert_eq!(dump("age", "plugin"), Unknown);
    assert_eq!(dump("age\", \"age", "left_child"), Malformed);
}
