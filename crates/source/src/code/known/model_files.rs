//! Calls that load or write the file of a model, or name one of a registry of models; asked after the calls of `models`.

use super::models::{From, ModelCall, row};

const PATH: &[&str] = &["filepath", "path", "model_path", "0"];
const SECOND: &[&str] = &["filename", "f", "path", "1"];

/// The first that fits counts.
pub(crate) const CALLS: &[ModelCall] = &[
    // Load.
    row("load_model", &["fasttext"], From::FileOfAny, &["path", "0"]),
    row("Booster", &["xgboost", "lightgbm"], From::FileOfAny, &["model_file"]),
    row(
        "load_model",
        &["xgboost", "lightgbm", "catboost", "sklearn"],
        From::FileOfAny,
        &["fname", "0"],
    ),
    row("load_model", &[], From::File, PATH),
    row("load_weights", &[], From::File, PATH),
    row("load_from_checkpoint", &[], From::File, &["checkpoint_path", "0"]),
    row("load_state_dict", &[], From::File, &["0"]),
    row("safe_open", &["safetensors"], From::File, &["filename", "0"]),
    row("load_file", &["safetensors"], From::File, &["filename", "0"]),
    row("MLModel", &["coremltools"], From::FileOfAny, &["model", "0"]),
    row("onnx.load", &["onnx"], From::File, &["0"]),
    row("InferenceSession.create", &[], From::File, &["0"]),
    row("readNetFromCaffe", &["cv2"], From::File, &["caffeModel", "1"]),
    row("readNetFromDarknet", &["cv2"], From::File, &["darknetModel", "1"]),
    row("readNet*", &["cv2"], From::File, &["model", "0"]),
    row("CascadeClassifier", &["cv2"], From::FileOfAny, &["0"]),
    row("BaseOptions", &["mediapipe"], From::FileOfAny, &["model_asset_path"]),
    row("Interpreter", &["tflite_runtime", "tensorflow", "tf"], From::File, &["model_path", "0"]),
    row("load", &["joblib", "skops", "dill", "cloudpickle"], From::File, &["filename", "0"]),
    row("pickle.load", &["pickle", "cPickle", "dill"], From::Pickled, &["0"]),
    row("load", &["cloudpickle"], From::Pickled, &["0"]),
    row("read_pickle", &["pandas"], From::Pickled, &["0"]),
    row("saved_model.load", &["tensorflow", "tf"], From::FileOfAny, &["0"]),
    row("sam_model_registry.*", &[], From::File, &["checkpoint"]),
    row("build_sam", &[], From::File, &["checkpoint"]),
    // Write.
    row("torch.save", &["torch"], From::File, &["f", "1"]),
    row("jit.save", &["torch"], From::File, &["f", "1"]),
    row("onnx.export", &["torch"], From::File, &["f", "2"]),
    row("onnx.save*", &["onnx"], From::File, &["1"]),
    row("save_file", &["safetensors"], From::File, &["filename", "1"]),
    row("dump", &["joblib", "skops"], From::File, SECOND),
    row(
        "pickle.dump",
        &["pickle", "cPickle", "dill", "cloudpickle"],
        From::Pickled,
        &["file", "1"],
    ),
    row("dump", &["cloudpickle"], From::Pickled, &["file", "1"]),
    row("ModelCheckpoint", &["keras", "tensorflow", "tf"], From::File, PATH),
    row("save_model", &["bentoml"], From::Exact, &["name", "0"]),
    row("save_model", &["mlflow"], From::File, &["path", "1"]),
    row("save_model", &[], From::File, &["filepath", "path", "fname", "0"]),
    row("save_weights", &[], From::File, PATH),
    row("save_checkpoint", &[], From::File, PATH),
    row("save", &[], From::Written, PATH),
    // Registries of models.
    row("mlflow.*.log_model", &["mlflow"], From::Registered, &["registered_model_name"]),
    row("register_model", &["mlflow"], From::Registered, &["name", "1"]),
    row("create_registered_model", &["mlflow"], From::Registered, &["name", "0"]),
    row("get_latest_versions", &["mlflow"], From::Registered, &["name", "0"]),
    row("get_model_version_by_alias", &["mlflow"], From::Registered, &["name", "0"]),
    row("transition_model_version_stage", &["mlflow"], From::Registered, &["name", "0"]),
    row("bentoml.*.get", &["bentoml"], From::Exact, &["0"]),
    row("bentoml.*.load_model", &["bentoml"], From::Exact, &["0"]),
    row("models.get", &["bentoml"], From::Exact, &["0"]),
];
