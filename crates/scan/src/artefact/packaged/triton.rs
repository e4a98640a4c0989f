//! Triton: `config.pbtxt` says which backend runs a model.

use coseal_core::{
    fact::ArtefactVerdict::{Malicious, Unknown},
    system::ModelFormat,
};

use super::{
    code,
    pbtxt::visit,
    rules::{BROKEN, CODE},
};
use crate::artefact::{
    format::{Input, Look},
    report::Report,
    room::Room,
    stop::settle,
};

/// Backends and platforms that run a model file, which is judged by itself.
#[rustfmt::skip]
const BACKENDS: &[&str] = &[
    "onnxruntime", "tensorrt", "pytorch", "tensorflow", "openvino", "fil", "tensorrt_plan", "tensorflow_savedmodel", "tensorflow_graphdef", "onnxruntime_onnx", "pytorch_libtorch", "ensemble",
];
/// Names of files.
const FILES: &[&str] =
    &["default_model_filename", "cc_model_filenames.value", "op_library_filename"];

/// A model in a repository of Triton.
pub(crate) const TRITON: Room = Room {
    id: "triton-model",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        look.name() == "config.pbtxt"
            && look.may_hold(&[b"backend", b"platform", b"max_batch_size", b"name"])
    },
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let Some(text) = code::text(input, report) else { return };
    let step = visit(&text, |key, value| judge(key, value, report));
    settle(step, &BROKEN, report);
    code::sources(input, "", "the server runs this code as the model", report);
}

fn judge(key: &str, value: &str, report: &mut Report) {
    let last = key.rsplit('.').next().unwrap_or(key);
    match key {
        "backend" | "platform" if !value.is_empty() && !BACKENDS.contains(&value) => {
            report.find(&CODE, Unknown, 0, &format!("the model is run by the backend {value}"));
        }
        "runtime" if !value.is_empty() => {
            report.find(&CODE, Unknown, 0, &format!("the backend is loaded from {value}"));
        }
        _ if key.contains("op_library_filename") => {
            report.find(&CODE, Malicious, 0, &format!("the library {value} is loaded"));
        }
        "parameters.key"
            if matches!(value, "EXECUTION_ENV_PATH" | "LD_LIBRARY_PATH" | "shared-object") =>
        {
            report.find(
                &CODE,
                Unknown,
                0,
                &format!("the parameter {value} takes code from elsewhere"),
            );
        }
        _ => {}
    }
    if FILES.contains(&key) || last.ends_with("filename") {
        code::path(last, value, report);
    }
}
