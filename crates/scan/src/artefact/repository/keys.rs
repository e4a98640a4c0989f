//! Keys of configurations by which loaders import, fetch or run something.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules::{CLIMBS, CODE, ELSEWHERE, IMPORTS};
use crate::{
    artefact::{
        names::{self, Standing},
        registry::template,
        report::Report,
    },
    encoding::json::Json,
};

/// Keys whose values are imported by name.
const IMPORTED: &[&str] = &[
    "_target_",
    "modules_to_import",
    "custom_code",
    "parent_library",
    "import_path",
    "loader_module",
    "entry_point",
    "custom_import",
    "import_module",
    "module_path",
    "plugin",
    "plugins",
    "class_path",
    "python_module",
    "custom_modules",
];
/// Keys that name where computation is taken from; a slash in them is a repository of a hub.
const KERNELS: &[&str] = &[
    "attn_implementation",
    "_attn_implementation",
    "experts_implementation",
    "kernel_config",
    "hub_kernels",
    "kernels",
];
/// A module of the folder that a loader would run.
pub(super) type Modules = Vec<String>;

/// Looks at all keys. Gives the modules of the folder that are named as code.
pub(super) fn read(name: &str, json: &Json, report: &mut Report) -> Modules {
    let mut modules = Modules::new();
    match name {
        "model_index.json" => pipeline(json, &mut modules, report),
        "modules.json" => {
            for kind in json.items().iter().filter_map(|module| module.at("type")?.text()) {
                imported("type", kind, report);
            }
        }
        _ => {}
    }
    walk(json, &mut modules, report);
    modules
}

fn walk(json: &Json, modules: &mut Modules, report: &mut Report) {
    for item in json.items() {
        walk(item, modules, report);
    }
    for (key, value) in json.entries() {
        match key.as_str() {
            "auto_map" => {
                texts(value).into_iter().for_each(|text| mapped(key, text, modules, report));
            }
            "custom_pipelines" => {
                for text in value.entries().iter().filter_map(|(_, task)| task.at("impl")?.text()) {
                    mapped(key, text, modules, report);
                }
            }
            "trust_remote_code" if *value == Json::True => {
                report.find(
                    &ELSEWHERE,
                    Unknown,
                    0,
                    "the configuration asks for remote code to be trusted",
                );
            }
            "custom_generate" => {
                for text in texts(value) {
                    report.find(
                        &ELSEWHERE,
                        Unknown,
                        0,
                        &format!("{key} takes its code from {text}"),
                    );
                }
            }
            "chat_template" | "chat_templates" => templates(key, value, report),
            _ if IMPORTED.contains(&key.as_str()) => {
                texts(value).into_iter().for_each(|text| imported(key, text, report));
            }
            _ if KERNELS.contains(&key.as_str()) => {
                for text in texts(value).into_iter().filter(|text| text.contains('/')) {
                    report.find(
                        &ELSEWHERE,
                        Unknown,
                        0,
                        &format!("{key} takes native code from {text}"),
                    );
                }
            }
            _ => {}
        }
        walk(value, modules, report);
    }
}

/// All strings of a value, itself or within lists and maps.
fn texts(value: &Json) -> Vec<&str> {
    match value {
        Json::Text(text) => vec![text],
        Json::List(items) => items.iter().flat_map(texts).collect(),
        Json::Map(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

/// `module.Class`, or `owner/repository--module.Class`.
fn mapped(key: &str, text: &str, modules: &mut Modules, report: &mut Report) {
    if let Some((repository, class)) = text.split_once("--") {
        report.find(
            &ELSEWHERE,
            Unknown,
            0,
            &format!("{key} takes {class} from the repository {repository}"),
        );
        return;
    }
    if text.contains("..") || text.contains(['/', '\\', ':']) {
        report.find(&CLIMBS, Malicious, 0, &format!("{key} names {text}"));
        return;
    }
    let module = text.rsplit_once('.').map_or(text, |(module, _)| module);
    report.find(&CODE, Unknown, 0, &format!("{key} has the loader run {module}.py for {text}"));
    modules.push(module.replace('.', "/"));
}

fn imported(key: &str, text: &str, report: &mut Report) {
    let standing = match key {
        "parent_library" => names::module(text),
        _ => names::class(text),
    };
    match standing {
        Standing::Allowed => {}
        Standing::Dangerous => {
            report.find(&IMPORTS, Malicious, 0, &format!("{key} names {text}"));
        }
        Standing::Unlisted => {
            let text = format!("{key} names {text}, which is no class known to be harmless");
            report.find(&IMPORTS, Unknown, 0, &text);
        }
    }
}

/// Parts of a pipeline: library and class each.
fn pipeline(json: &Json, modules: &mut Modules, report: &mut Report) {
    for (key, value) in json.entries() {
        match (key.as_str(), value.items()) {
            ("_class_name", [Json::Text(module), Json::Text(class)]) => {
                mapped(key, &format!("{module}.{class}"), modules, report);
            }
            (_, [Json::Text(library), Json::Text(class)]) if !key.starts_with('_') => {
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

/// One template, or named ones.
fn templates(key: &str, value: &Json, report: &mut Report) {
    match value {
        Json::Text(text) => template::judge(text, key, report),
        Json::List(items) => {
            for item in items {
                let name = item.at("name").and_then(Json::text).unwrap_or("?");
                match item.at("template").and_then(Json::text).or_else(|| item.text()) {
                    Some(text) => template::judge(text, &format!("{key}.{name}"), report),
                    None => report.gap(key, "it holds what is no template"),
                }
            }
        }
        Json::Map(entries) => {
            for (name, value) in entries {
                if let Some(text) = value.text() {
                    template::judge(text, &format!("{key}.{name}"), report);
                }
            }
        }
        _ => {}
    }
}
