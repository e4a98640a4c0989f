//! Models that bring code along, or need some to run.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &[
            "bundle-code",
            "bundle-elsewhere",
            "bundle-target",
            "repository-code",
            "repository-elsewhere",
            "repository-imports",
            "torch-script-operator",
            "packaged-code",
            "packaged-elsewhere",
            "msgpack-extension",
            "openvino-extension",
            "pmml-function",
            "tflite-custom-operator",
            "executorch-operator",
            "r-function",
            "r-loads",
            "torch7-function",
        ],
        words(
            "A model needs code of its maker or of others to run, and nobody has said what that code does.",
            "Have the code read by somebody who knows it, or use a model that needs none.",
        ),
    ),
    (
        &[
            "pickle-unknown-call",
            "pickle-unknown-import",
            "program-in-model",
            "torch-unexpected-member",
            "coreml-custom-code",
            "coreml-linked-model",
            "coreml-unknown-operation",
            "hdf5-plugin",
            "keras-unexpected-member",
            "keras-unknown-object",
            "onnx-outside-key",
            "onnx-shadowed-operator",
            "onnx-unknown-operator",
            "paddle-unknown-operation",
            "tensorflow-file-operation",
            "tensorflow-shadowed-operation",
            "tensorflow-unknown-operation",
            "skops-unexpected-member",
            "skops-unknown-object",
        ],
        words(
            "A model file brings code along, and nobody has said what that code does.",
            "Find out what the code is for, or get a file that holds only numbers.",
        ),
    ),
    (
        &["compiled-engine", "executorch-delegate"],
        words(
            "A model file is a program that nobody can read, or holds one.",
            "Take the file out of use, or make it again from a model that can be read.",
        ),
    ),
];
