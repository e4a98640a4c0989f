//! Settings of the session that a model brings along: the runtime takes them from its metadata where its user asks for that.
//!
//! Source: `onnxruntime/core/session/inference_session_utils.cc`.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules::{KEY, OUTSIDE};
use crate::{
    artefact::report::Report,
    bytes::SliceBytes,
    encoding::json::{Json, Limits},
};

/// The key of the metadata.
const CONFIG: &str = "ort_config";
/// How keys of single settings begin.
const PREFIXES: &[&str] = &["session.", "session_options.", "ep.", "optimization."];
/// Settings that only say how fast it runs, and how much it says.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "intra_op_num_threads", "inter_op_num_threads", "execution_mode", "graph_optimization_level", "log_severity_level", "log_verbosity_level",
    "enable_cpu_mem_arena", "enable_mem_pattern", "enable_mem_reuse", "use_deterministic_compute", "session_log_verbosity_level",
    "session_log_severity_level", "use_per_session_threads",
];
/// Parts of names of settings that make the runtime write files, or load what is in them.
const ACTS: &[&str] = &["profil", "file", "path", "library", "prefix", "dump"];

/// Judges an entry of a model's metadata.
pub(super) fn judge(key: &str, value: &str, report: &mut Report) {
    if key == CONFIG {
        match Json::read(&SliceBytes(value.as_bytes()), Limits::default()) {
            Ok(json) => settings(&json, report),
            Err(_) => report.find(&KEY, Unknown, 0, "ort_config is not JSON"),
        }
    } else if PREFIXES.iter().any(|prefix| key.starts_with(prefix)) && acts(key) && !off(value) {
        report.find(&KEY, Unknown, 0, &format!("the metadata set {key}"));
    }
}

/// Settings, by group.
fn settings(json: &Json, report: &mut Report) {
    for (group, held) in json.entries() {
        if held.entries().is_empty() && !matches!(held, Json::Map(_)) {
            one(group, held, report);
        }
        for (key, value) in held.entries() {
            one(key, value, report);
        }
    }
}

fn one(key: &str, value: &Json, report: &mut Report) {
    let inactive = match value {
        Json::Plain => true,
        Json::Text(text) => off(text),
        _ => false,
    };
    if HARMLESS.contains(&key) || inactive {
        return;
    }
    let text = format!("the settings of the session that the model brings along set {key}");
    if acts(key) {
        report.find(&OUTSIDE, Malicious, 0, &text);
    } else {
        report.find(&KEY, Unknown, 0, &text);
    }
}

fn acts(key: &str) -> bool {
    ACTS.iter().any(|part| key.contains(part))
}

fn off(value: &str) -> bool {
    matches!(value, "" | "0" | "false")
}
