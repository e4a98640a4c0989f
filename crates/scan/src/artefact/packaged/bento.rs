//! BentoML: `model.yaml` says which module loads a model, `bento.yaml` which service runs.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::{code, rules::CODE};
use crate::{
    artefact::{
        format::{Input, Look},
        report::Report,
        room::Room,
    },
    encoding::yaml::Yaml,
};

/// Modules of BentoML that load models; none where the user's own code does.
#[rustfmt::skip]
const LOADERS: &[&str] = &[
    "", "null", "~", "bentoml.sklearn", "bentoml.xgboost", "bentoml.lightgbm", "bentoml.catboost", "bentoml.onnx", "bentoml.pytorch", "bentoml.torchscript",
    "bentoml.pytorch_lightning", "bentoml.transformers", "bentoml.diffusers", "bentoml.keras", "bentoml.tensorflow", "bentoml.tensorflow_v2", "bentoml.picklable_model",
    "bentoml.mlflow", "bentoml.fastai", "bentoml.flax", "bentoml.detectron", "bentoml.easyocr", "bentoml.statsmodels", "bentoml.spacy", "bentoml.paddle",
    "bentoml._internal.frameworks.sklearn", "bentoml._internal.frameworks.picklable",
];

/// `model.yaml`.
pub(crate) const BENTO_MODEL: Room = Room {
    id: "bentoml-model",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        look.name() == "model.yaml"
            && look.may_hold(&[b"module", b"\\"])
            && look.may_hold(&[b"bentoml", b"api_version", b"\\"])
    },
    inspect: model,
    rules: &[],
};
/// `bento.yaml`.
pub(crate) const BENTO: Room = Room {
    id: "bentoml-service",
    family: None,
    recognises: |look: &Look<'_>| {
        look.name() == "bento.yaml" && look.may_hold(&[b"service", b"\\"])
    },
    inspect: service,
    rules: &[],
};

fn model(input: Input<'_>, report: &mut Report) {
    let Some(document) = code::settings(input, report) else { return };
    let module = document.values.first().and_then(|root| root.at("module")).and_then(Yaml::text);
    code::module("module", module.unwrap_or_default(), LOADERS, report);
    code::sources(input, "", "code comes along with the model", report);
    if input.beside.names().is_empty() {
        report.gap("the files of the model", "what lies around its settings is not known");
    }
}

/// A service is code: what is in it runs.
fn service(input: Input<'_>, report: &mut Report) {
    let Some(document) = code::settings(input, report) else { return };
    let service = document.values.first().and_then(|root| root.at("service")).and_then(Yaml::text);
    let text = format!("whoever serves it runs {}", service.unwrap_or("its code"));
    report.find(&CODE, Unknown, 0, &text);
    code::sources(input, "src/", "this code is the service", report);
}
