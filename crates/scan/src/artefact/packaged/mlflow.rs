//! MLflow: `MLmodel` says which module loads the model, and `MLproject` which commands are run.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::{
    code,
    rules::{BROKEN, CODE, RULES},
};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::repository::whole,
        report::Report,
        room::Room,
        stop::{broken, settle},
    },
    encoding::yaml::Yaml,
};

/// Flavours whose loaders MLflow has itself.
#[rustfmt::skip]
const FLAVORS: &[&str] = &[
    "python_function", "sklearn", "pytorch", "tensorflow", "keras", "xgboost", "lightgbm", "catboost", "onnx", "spark", "transformers", "sentence_transformers",
    "statsmodels", "prophet", "pmdarima", "diviner", "fastai", "spacy", "h2o", "paddle", "mleap", "gluon", "mxnet", "langchain", "llama_index", "openai", "dspy",
    "johnsnowlabs", "promptflow", "shap", "crate", "agno", "smolagents",
];
/// Modules that load models for `python_function`.
#[rustfmt::skip]
const LOADERS: &[&str] = &[
    "mlflow.sklearn", "mlflow.pytorch", "mlflow.tensorflow", "mlflow.keras", "mlflow.keras.load", "mlflow.xgboost", "mlflow.lightgbm", "mlflow.catboost", "mlflow.onnx",
    "mlflow.spark", "mlflow.transformers", "mlflow.sentence_transformers", "mlflow.statsmodels", "mlflow.prophet", "mlflow.pmdarima", "mlflow.diviner",
    "mlflow.fastai", "mlflow.spacy", "mlflow.h2o", "mlflow.paddle", "mlflow.mleap", "mlflow.gluon", "mlflow.langchain", "mlflow.llama_index", "mlflow.openai",
    "mlflow.openai.model", "mlflow.openai._openai_autolog", "mlflow.dspy", "mlflow.dspy.load", "mlflow.johnsnowlabs", "mlflow.promptflow", "mlflow.shap", "mlflow.pyfunc.model",
    "mlflow.langchain.model", "mlflow.llama_index.model", "mlflow.pyfunc.loaders.chat_model", "mlflow.pyfunc.loaders.chat_agent",
    "mlflow.pyfunc.loaders.responses_agent", "mlflow.pyfunc.loaders.code_model",
];
/// What `data/pickle_module_info.txt` of PyTorch's flavour holds.
const PICKLERS: &[&str] =
    &["mlflow.pytorch.pickle_module", "pickle", "cloudpickle", "torch.serialization"];
/// Keys of paths.
#[rustfmt::skip]
const PATHS: &[&str] = &[
    "model_path", "data", "model_data", "pickled_model", "path", "code", "code_paths", "config", "python_model", "model_code_path", "save_format", "checkpoint_path",
    "tokenizer_path", "components_binary", "model_binary", "weights", "virtualenv", "conda", "saved_model_dir", "python_model_path",
];

/// What other keys of paths end with.
const PATH_ENDS: &[&str] = &["_path", "_paths", "_file", "_dir", "_filename"];
/// Parts of keys by which runtimes load native code.
const LIBRARIES: &[&str] =
    &["plugin", "custom_ops_library", "shared_lib", "backend_path", "execution_provider_lib"];

/// Keys whose values are imported.
const IMPORTED: &[&str] = &[
    "model_class",
    "keras_module",
    "skops_trusted_types",
    "pickle_module_name",
    "base_class",
    "class_path",
];
/// `MLmodel`.
pub(crate) const MLFLOW: Room = Room {
    id: "mlflow-model",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| look.name() == "MLmodel",
    inspect: model,
    rules: RULES,
};
/// `MLproject`.
pub(crate) const PROJECT: Room = Room {
    id: "mlflow-project",
    family: None,
    recognises: |look: &Look<'_>| {
        look.name().eq_ignore_ascii_case("MLproject")
            && (look.is_text() || look.may_hold(&[b"entry_points"]))
    },
    inspect: project,
    rules: &[],
};

fn model(input: Input<'_>, report: &mut Report) {
    let Some(document) = code::settings(input, report) else { return };
    let flavors = document.values.first().and_then(|root| root.at("flavors"));
    let Some(flavors) = flavors.filter(|_| document.values.len() == 1) else {
        settle(broken(0, "it names no flavours"), &BROKEN, report);
        return;
    };
    for (name, settings) in flavors.entries() {
        let name = name.text().unwrap_or_default();
        if !FLAVORS.contains(&name) {
            let text = format!("the flavour {name} is loaded by code from elsewhere");
            report.find(&CODE, Unknown, 0, &text);
        }
        flavor(input, settings, report);
    }
    let main = flavors.at("python_function");
    if let Some(loader) = main.and_then(|main| main.at("loader_module")).and_then(Yaml::text) {
        code::module("loader_module", loader, LOADERS, report);
    } else if main.is_some() {
        settle(broken(0, "python_function has no loader_module"), &BROKEN, report);
    }
    pickler(input, report);
    code::requirements(input, report);
    if input.beside.names().is_empty() {
        report.gap("the files of the model", "what lies around its settings is not known");
    }
}

fn flavor(input: Input<'_>, settings: &Yaml, report: &mut Report) {
    let mut texts = Vec::new();
    settings.texts("", &mut texts);
    for (key, text) in texts {
        let nothing = matches!(text, "" | "null" | "~" | "None");
        if !nothing {
            value(input, key, text, report);
        }
    }
    let bound = ["model_binary", "pipeline"].iter().any(|key| settings.at(key).is_some());
    if let Some(name) = settings.at("source_model_name").filter(|_| !bound) {
        let text = format!("the model is fetched: {}", name.text().unwrap_or_default());
        report.find(&CODE, Unknown, 0, &text);
    }
    settings.keyed(&mut |key, value| {
        if key.contains("trust_remote") && value.is_truthy() {
            report.find(&CODE, Unknown, 0, "the loader is asked to trust remote code");
        }
    });
}

fn value(input: Input<'_>, key: &str, text: &str, report: &mut Report) {
    // The code of a model is copied into its folder, and found there by the last part of where it once was.
    let text = match text.rsplit(['/', '\\']).next() {
        Some(last) if key == "model_code_path" => last,
        _ => text,
    };
    if is_path(key) && !code::path(key, text, report) {
        return;
    }
    match key {
        "code" | "code_paths" | "model_code_path" => {
            report.find(&CODE, Unknown, 0, &format!("{key} has the loader run {text}"));
            code::sources(input, text, "this code runs when the model is loaded", report);
        }
        "loader_module" | "predict_fn_module" => {
            // A name of the module's may be a file of the code.
            code::sources(input, &text.replace('.', "/"), "it loads the model", report);
        }
        _ if IMPORTED.contains(&key) => code::class(key, text, report),
        _ if LIBRARIES.iter().any(|part| key.contains(part)) => {
            report.find(&CODE, Unknown, 0, &format!("{key} has a library load {text}"));
        }
        _ => {}
    }
}

/// Whether a key is that of a file: as listed, or by its end.
fn is_path(key: &str) -> bool {
    PATHS.contains(&key) || PATH_ENDS.iter().any(|end| key.ends_with(end))
}

/// The module that PyTorch's flavour unpickles with.
fn pickler(input: Input<'_>, report: &mut Report) {
    let file = "data/pickle_module_info.txt";
    let Some(bytes) = input.beside.open(file) else {
        if input.beside.names().iter().any(|name| name == file) {
            report.gap(file, "it can't be read");
        }
        return;
    };
    match whole(&*bytes, 4096) {
        Some(name) => code::module(file, name.trim(), PICKLERS, report),
        None => report.gap(file, "it can't be read"),
    }
}

fn project(input: Input<'_>, report: &mut Report) {
    let Some(document) = code::settings(input, report) else { return };
    let mut texts = Vec::new();
    for value in &document.values {
        value.texts("", &mut texts);
    }
    for (_, command) in texts.into_iter().filter(|(key, _)| *key == "command") {
        report.find(&CODE, Unknown, 0, &format!("whoever runs the project runs {command}"));
    }
}
