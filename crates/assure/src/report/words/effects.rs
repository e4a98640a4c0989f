//! Model files that run, fetch or use up what they should not.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &[
            "pickle-dangerous-call",
            "pickle-dangerous-import",
            "pickle-alters-code",
            "pickle-computed-call",
            "pickle-extension-code",
            "pickle-forbidden-use",
            "pickle-hidden-stream",
            "gguf-hidden-code",
            "numpy-hidden-code",
            "hdf5-pickle",
            "keras-code",
            "keras-dangerous-object",
            "onnx-code",
            "onnx-hidden-code",
            "paddle-dangerous-operation",
            "skops-dangerous-object",
            "safetensors-hidden-code",
            "tensorflow-dangerous-operation",
            "tensorflow-hidden-code",
            "torch-hidden-pickle",
            "torch-script-effect",
            "catboost-hidden-code",
            "executorch-hidden-code",
            "msgpack-hidden-code",
            "pmml-runs-code",
            "r-expression-acts",
            "r-promise",
            "tflite-hidden-code",
            "tflite-operator-acts",
            "xgboost-hidden-code",
        ],
        words(
            "A model file runs commands of its maker's choice on the machine that loads it.",
            "Take the file out of use, and get one from its supplier that holds only numbers.",
        ),
    ),
    (
        &[
            "bundle-climbs",
            "bundle-code-acts",
            "repository-climbs",
            "repository-code-acts",
            "torch-package-code-acts",
            "packaged-code-acts",
            "packaged-climbs",
        ],
        words(
            "A model comes with code that does what no model needs, on the machine that loads it.",
            "Take the model out of use, and get one that needs no code of its own.",
        ),
    ),
    (
        &[
            "coreml-outside-file",
            "hdf5-outside-file",
            "keras-reads-file",
            "onnx-outside-file",
            "tensorflow-outside-file",
        ],
        words(
            "A model file makes the machine that loads it read other files or addresses.",
            "Take the file out of use, and get one from its supplier that holds all its data itself.",
        ),
    ),
    (
        &["openvino-outside", "pmml-outside"],
        words(
            "A model file has the machine that loads it fetch another file or an address of its maker's choice.",
            "Take the file out of use, and get one from its supplier that fetches nothing.",
        ),
    ),
    (
        &["compressed-exhaustion", "hdf5-exhaustion", "pickle-exhaustion"],
        words("A model file would use up the machine that opens it.", "Take the file out of use."),
    ),
];
