//! Pipelines of diffusers: `model_index.json` names library and class of each part.

use super::keys::{Modules, imported, mapped};
use crate::{
    artefact::{
        names::{self, Standing},
        report::Report,
    },
    encoding::json::Json,
};

/// Parts of a pipeline: library and class each.
pub(super) fn read(json: &Json, modules: &mut Modules, report: &mut Report) {
    for (key, value) in json.entries() {
        match (key.as_str(), value.items()) {
            ("_class_name", [Json::Text(module), Json::Text(class)]) => {
                mapped(key, &format!("{module}.{class}"), modules, report);
            }
            (_, [Json::Text(library), Json::Text(class)]) if !key.starts_with('_') => {
                // A file of that name in the folder of the part goes before the library.
                modules.push(format!("{key}/{}", library.replace('.', "/")));
                let full = format!("{library}.{class}");
                let known = names::class(&full) == Standing::Allowed
                    || PIPELINES.contains(&library.as_str()) && names::is_class(class);
                if !known {
                    imported(key, &full, report);
                    modules.push(library.replace('.', "/"));
                }
            }
            _ => {}
        }
    }
}

/// Modules of `diffusers.pipelines` that parts are named by.
const PIPELINES: &[&str] = &[
    "stable_diffusion",
    "stable_diffusion_xl",
    "stable_diffusion_safe",
    "deepfloyd_if",
    "kandinsky",
    "kandinsky2_2",
    "wuerstchen",
    "latent_diffusion",
    "paint_by_example",
    "unidiffuser",
    "audioldm2",
    "stable_cascade",
    "shap_e",
    "stable_audio",
    "onnx",
];
