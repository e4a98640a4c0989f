//! Keys by which a loader takes something from another place than the folder.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    keys::texts,
    rules::{CLIMBS, ELSEWHERE},
};
use crate::{artefact::report::Report, encoding::json::Json};

/// Keys that hold these words name where computation is taken from; a slash in one is a repository of a hub.
const KERNELS: &[&str] =
    &["attn_implementation", "experts_implementation", "kernel_config", "hub_kernels"];
/// Keys of other models that are fetched.
#[rustfmt::skip]
const FETCHED: &[&str] = &[
    "mm_vision_tower", "vision_tower", "speech_encoder", "assistant_model", "assistant_tokenizer", "draft_model", "speculative_model",
];
/// What a name of another model begins with, whatever the key.
const HUBS: &[&str] = &["hf_hub:", "hf-hub:", "hf://", "local-dir:", "ms://", "modelscope://"];
/// Ends of keys of files and folders.
const PATHS: &[&str] = &[
    "_file",
    "_files",
    "_path",
    "_paths",
    "_dir",
    "_filename",
    "_folder",
    "file",
    "filename",
    "path",
    "_spm",
    "sp_model",
];
/// Keys so called that tell where a model was made, and that no loader reads. What else begins so is of training.
#[rustfmt::skip]
const HISTORY: &[&str] = &[
    "special_tokens_map_file", "name_or_path", "added_tokens_file", "tokenizer_config_file", "full_tokenizer_file",
];
const TRAINING: &[&str] = &[
    "train",
    "eval",
    "valid",
    "test",
    "output",
    "log",
    "cache",
    "data",
    "save",
    "resume",
    "checkpoint_dir",
    "work",
    "run",
    "model_name",
];

/// Judges a key. `code`: whether sources lie in the folder.
pub(super) fn judge(key: &str, value: &Json, code: bool, report: &mut Report) {
    if is_trust(key, code) && is_truthy(value) {
        let text = format!("{key}: the configuration asks for remote code to be trusted");
        report.find(&ELSEWHERE, Unknown, 0, &text);
    } else if KERNELS.iter().any(|word| key.contains(word)) || key == "kernels" {
        for text in texts(value).into_iter().filter(|text| text.contains(['/', ':'])) {
            let text = format!("{key} takes native code from {text}");
            report.find(&ELSEWHERE, Unknown, 0, &text);
        }
    } else if key == "custom_generate" {
        for text in texts(value) {
            let text = format!("{key} takes its code from {text}");
            report.find(&ELSEWHERE, Unknown, 0, &text);
        }
    } else if FETCHED.contains(&key) || key == "tokenizer" {
        // A tokenizer can be named by its kind too.
        let named = |text: &&str| !text.is_empty() && (key != "tokenizer" || text.contains('/'));
        if let Some(text) = value.text().filter(named) {
            report.find(&ELSEWHERE, Unknown, 0, &format!("{key} is taken from {text}"));
        }
    } else if is_path(key) {
        direct(value).into_iter().for_each(|text| path(key, text, report));
    }
    for text in direct(value) {
        let lower = text.to_ascii_lowercase();
        if HUBS.iter().any(|hub| lower.starts_with(hub)) {
            report.find(&ELSEWHERE, Unknown, 0, &format!("{key} is fetched from {text}"));
        }
    }
}

/// A text, or the texts of a list.
fn direct(value: &Json) -> Vec<&str> {
    match value {
        Json::Text(text) => vec![text],
        Json::List(items) => items.iter().filter_map(Json::text).collect(),
        _ => Vec::new(),
    }
}

fn is_trust(key: &str, code: bool) -> bool {
    key.contains("trust_remote") || key == "trust_repo" || key == "allow_remote" && code
}

/// Whether Python takes a value for true.
fn is_truthy(value: &Json) -> bool {
    match value {
        Json::True => true,
        Json::Text(text) => !text.is_empty(),
        Json::List(items) => !items.is_empty(),
        Json::Map(entries) => !entries.is_empty(),
        Json::Plain => false,
    }
}

fn is_path(key: &str) -> bool {
    PATHS.iter().any(|end| key.ends_with(end))
        && !key.ends_with("name_or_path")
        && !HISTORY.contains(&key)
        && !TRAINING.iter().any(|start| key.trim_start_matches('_').starts_with(start))
}

/// A path that leads out of the folder.
fn path(key: &str, text: &str, report: &mut Report) {
    let climbs = text.split(['/', '\\']).any(|part| part == "..");
    let drive = matches!(text.as_bytes(), [b'A'..=b'Z' | b'a'..=b'z', b':', b'/' | b'\\', ..]);
    if climbs {
        report.find(&CLIMBS, Malicious, 0, &format!("{key} names {text}"));
    } else if drive || text.starts_with(['/', '\\', '~']) || text.contains("://") {
        report.find(&CLIMBS, Unknown, 0, &format!("{key} names {text}"));
    }
}
