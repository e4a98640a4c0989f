//! Packages of TorchServe: the manifest names a handler, which the server runs (`.mar`, torch-model-archiver 0.1 to 0.12).

use coseal_core::fact::ArtefactVerdict::{Malformed, Unknown};

use super::rules::{CODE, ELSEWHERE, STRUCTURE};
use crate::{
    artefact::report::Report,
    bytes::ReadAt,
    container::zip::Archive,
    encoding::json::{Json, Limits},
};

/// Where the manifest stands.
pub(super) const MANIFEST: &str = "MAR-INF/MANIFEST.json";
/// Bytes of a manifest.
const MAX_MANIFEST: u64 = 1 << 20;
/// Handlers that the server has itself.
const HANDLERS: &[&str] =
    &["image_classifier", "image_segmenter", "object_detector", "text_classifier", "base_handler"];
/// Envelopes that the server has itself.
const ENVELOPES: &[&str] = &["body", "json", "kserve", "kservev2"];

/// Whether an archive is such a package.
pub(super) fn is_package(archive: &Archive) -> bool {
    archive.members.iter().any(|member| member.name == MANIFEST)
}

/// Reads the manifest. Code in the package is judged where it stands.
pub(super) fn read(bytes: &dyn ReadAt, archive: &Archive, report: &mut Report) {
    let json = report.json(bytes, Limits { size: MAX_MANIFEST, ..Limits::default() }).ok();
    report.within(MANIFEST, |report| {
        let Some(json) = json else {
            report.find(
                &STRUCTURE,
                Malformed,
                0,
                "the manifest is no JSON, or longer than is read",
            );
            return;
        };
        if let Some(key) = json.twice() {
            report.find(&STRUCTURE, Malformed, 0, &format!("the key {key} is there twice"));
        }
        let Some(model) = json.at("model") else {
            report.find(&STRUCTURE, Malformed, 0, "the manifest names no model");
            return;
        };
        let said = |key| model.at(key).and_then(Json::text);
        if let Some(handler) = said("handler").filter(|handler| !HANDLERS.contains(handler)) {
            let text = format!("the server runs the handler {handler}");
            report.find(&CODE, Unknown, 0, &text);
        }
        if let Some(envelope) = said("envelope").filter(|envelope| !ENVELOPES.contains(envelope)) {
            report.find(&CODE, Unknown, 0, &format!("the server runs the envelope {envelope}"));
        }
        let listed = said("requirementsFile").filter(|name| !name.is_empty());
        if let Some(name) = listed.filter(|name| !name.ends_with("requirements.txt")) {
            let text = format!("the server installs what {name} lists, which is not read");
            report.find(&ELSEWHERE, Unknown, 0, &text);
        }
        for key in ["serializedFile", "modelFile", "requirementsFile"] {
            let named = said(key).filter(|name| !name.is_empty());
            let there = |name: &str| archive.members.iter().any(|member| member.name == name);
            if let Some(name) = named.filter(|name| !there(name)) {
                report.find(
                    &STRUCTURE,
                    Malformed,
                    0,
                    &format!("{key} names {name}, which is not there"),
                );
            }
        }
    });
}
