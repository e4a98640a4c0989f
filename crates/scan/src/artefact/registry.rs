//! The list of formats. A new one is its file and its line here; the first that recognises a file reads it.

use coseal_core::finding::Rule;

use super::format::Format;

/// Declares the parsers' modules and the lists of formats and rules, one line a format.
macro_rules! formats {
    ($($(#[path = $path:literal])? $module:ident::{$($name:ident),+}),+ $(,)?) => {
        $($(#[path = $path])? pub(super) mod $module;)+

        /// All formats, in the order in which they are asked.
        pub const FORMATS: &[&dyn Format] = &[$($(&$module::$name),+),+];

        /// All findings that the parsers can make, parser by parser.
        pub const RULES: &[&[Rule]] = &[super::report::RULES, super::archive::RULES, super::misnamed::RULES, super::own_policy::RULES, $($module::RULES),+];
    };
}

formats! {
    #[path = "safetensors/mod.rs"] safetensors::{Safetensors},
    #[path = "skops/mod.rs"] skops::{Skops},
    #[path = "torch/mod.rs"] torch::{Torch},
    #[path = "numpy/mod.rs"] numpy::{Npy, Npz},
    #[path = "gguf/mod.rs"] gguf::{Gguf},
    #[path = "template/mod.rs"] template::{Template},
    #[path = "repository/mod.rs"] repository::{Repository},
    #[path = "keras/mod.rs"] keras::{KerasZip, KerasJson},
    #[path = "hdf5/mod.rs"] hdf5::{Hdf5},
    #[path = "lexicon/mod.rs"] lexicon::{SENTENCEPIECE, WORD2VEC, FASTTEXT, CRFSUITE},
    #[path = "onnx/mod.rs"] onnx::{Onnx},
    #[path = "tensorflow/mod.rs"] tensorflow::{TensorFlow},
    #[path = "xgboost/mod.rs"] xgboost::{JSON, UBJSON, BINARY, DUMP},
    #[path = "lightgbm/mod.rs"] lightgbm::{LIGHTGBM, DUMP},
    #[path = "catboost/mod.rs"] catboost::{CATBOOST, JSON},
    #[path = "msgpack/mod.rs"] msgpack::{MSGPACK},
    #[path = "tflite/mod.rs"] tflite::{TFLITE},
    #[path = "pmml/mod.rs"] pmml::{PMML},
    #[path = "openvino/mod.rs"] openvino::{OPENVINO},
    #[path = "coreml/mod.rs"] coreml::{CoreMl, Package},
    #[path = "packaged/mod.rs"] packaged::{MLFLOW, PROJECT, BENTO_MODEL, BENTO, SPACY, TRITON, TRITON_CODE, SETTINGS, OBJECTS},
    #[path = "rdata/mod.rs"] rdata::{R},
    #[path = "torch7/mod.rs"] torch7::{TORCH7},
    #[path = "executorch/mod.rs"] executorch::{EXECUTORCH},
    #[path = "compiled.rs"] compiled::{TENSORRT, RKNN},
    #[path = "bundle/mod.rs"] bundle::{Tar, SevenZip, Zip},
    #[path = "compressed.rs"] compressed::{Compressed},
    #[path = "paddle/mod.rs"] paddle::{Program, Parameters},
    #[path = "opaque.rs"] opaque::{Opaque},
    #[path = "pickle/mod.rs"] pickle::{Pickle},
    #[path = "program.rs"] program::{Program},
    #[path = "unrecognised.rs"] unrecognised::{Unrecognised},
}
