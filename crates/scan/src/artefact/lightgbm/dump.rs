//! A model as JSON, as `LightGBM` dumps it for other programs: the library itself never loads one.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::rules::{BROKEN, KEY};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::Pickle,
        report::Report,
        room::Room,
        stop::{Step, settle},
    },
    encoding::json::{Limits, Open, Token, Tokens},
};

/// What is read: trees nest as deep as they are.
const LIMITS: Limits = Limits { size: 256 << 20, text: 1 << 20, depth: 4096, infinite: true };
/// Keys of a dump.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "average_output", "decision_type", "default_left", "feature_importances", "feature_infos", "feature_names", "internal_count",
    "internal_value", "internal_weight", "label_index", "leaf_coeff", "leaf_const", "leaf_count", "leaf_features", "leaf_index",
    "leaf_value", "leaf_weight", "left_child", "max_feature_idx", "max_value", "min_value", "missing_type", "monotone_constraints",
    "name", "num_cat", "num_class", "num_leaves", "num_tree_per_iteration", "objective", "pandas_categorical", "right_child",
    "shrinkage", "split_feature", "split_gain", "split_index", "threshold", "tree_index", "tree_info", "tree_structure", "values",
    "version",
];
/// Maps whose keys are names of features.
const NAMED: &[&str] = &["feature_importances", "feature_infos"];

/// A model as JSON.
pub(crate) const DUMP: Room = Room {
    id: "lightgbm-json",
    family: Some(ModelFormat::Trees),
    recognises: |look: &Look<'_>| {
        let holds = |mark: &[u8]| memchr::memmem::find(look.head, mark).is_some();
        look.head.trim_ascii_start().starts_with(b"{")
            && holds(b"\"num_tree_per_iteration\"")
            && (holds(b"\"name\": \"tree\"") || holds(b"\"name\":\"tree\""))
    },
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = read(input, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

fn read(input: Input<'_>, report: &mut Report) -> Step {
    let mut tokens = Tokens::new(input.bytes, LIMITS);
    let mut open = Open::default();
    // Of each list or map that is open, whether its keys are names of features.
    let mut named = Vec::new();
    let mut last = false;
    while let Some(token) = tokens.next()? {
        let at = tokens.offset();
        match token {
            Token::List | Token::Map => {
                open.open();
                named.push(token == Token::Map && std::mem::take(&mut last));
            }
            Token::End => {
                open.close();
                named.pop();
            }
            Token::Key => {
                let key = tokens.text();
                open.key(at, key)?;
                last = NAMED.contains(&key);
                if named.last() == Some(&false) && !KEYS.contains(&key) {
                    report.find(&KEY, Unknown, at, &format!("the key {key}"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
