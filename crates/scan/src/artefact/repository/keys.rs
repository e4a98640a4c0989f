//! Keys of configurations by which loaders import, fetch or run something.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    elsewhere, pipeline,
    rules::{CLIMBS, CODE, ELSEWHERE, IMPORTS},
};
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
    "megatron_core",
];
/// Keys whose values are imported if they are dotted names; otherwise they are words of the library.
const DOTTED: &[&str] = &["activation_function", "activation_fn", "cls", "target", "module_class"];
/// A module of the folder that a loader would run.
pub(super) type Modules = Vec<String>;

/// Looks at all keys. Gives the modules of the folder that are named as code. `code`: whether sources lie in the folder.
pub(super) fn read(name: &str, json: &Json, code: bool, report: &mut Report) -> Modules {
    let mut modules = Modules::new();
    match name {
        "model_index.json" => pipeline::read(json, &mut modules, report),
        "modules.json" => {
            let kinds = json.items().iter().filter_map(|module| module.at("type")?.text());
            kinds.filter(|kind| kind.contains('.')).for_each(|kind| imported("type", kind, report));
        }
        _ => {}
    }
    Keys { code, modules: &mut modules, report }.walk(json);
    modules
}

struct Keys<'a> {
    code: bool,
    modules: &'a mut Modules,
    report: &'a mut Report,
}

impl Keys<'_> {
    fn walk(&mut self, json: &Json) {
        for item in json.items() {
            self.walk(item);
        }
        for (key, value) in json.entries() {
            self.judge(key, value);
            self.walk(value);
        }
    }

    fn judge(&mut self, key: &str, value: &Json) {
        elsewhere::judge(key, value, self.code, self.report);
        let report = &mut *self.report;
        match key {
            "auto_map" => {
                texts(value).into_iter().for_each(|text| mapped(key, text, self.modules, report));
            }
            "custom_pipelines" => {
                for text in value.entries().iter().filter_map(|(_, task)| task.at("impl")?.text()) {
                    mapped(key, text, self.modules, report);
                }
            }
            "types" => {
                // Of a router of parts: each names a class.
                let named = value.entries().iter().filter_map(|(_, kind)| kind.text());
                named
                    .filter(|text| text.contains('.'))
                    .for_each(|text| imported(key, text, report));
            }
            "chat_template" | "chat_templates" => templates(key, value, report),
            _ if IMPORTED.contains(&key) => {
                texts(value).into_iter().for_each(|text| imported(key, text, report));
            }
            _ if DOTTED.contains(&key) => {
                let name = |letter: char| letter.is_alphanumeric() || "_.:".contains(letter);
                let dotted = |text: &&str| text.contains(['.', ':']) && text.chars().all(name);
                let dotted = texts(value).into_iter().filter(dotted);
                dotted.for_each(|text| imported(key, text, report));
            }
            _ => {}
        }
    }
}

/// All strings of a value, itself or within lists and maps.
pub(super) fn texts(value: &Json) -> Vec<&str> {
    match value {
        Json::Text(text) => vec![text],
        Json::List(items) => items.iter().flat_map(texts).collect(),
        Json::Map(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

/// `module.Class`, or `owner/repository--module.Class`.
pub(super) fn mapped(key: &str, text: &str, modules: &mut Modules, report: &mut Report) {
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

/// What a loader imports by the value of a key.
pub(crate) fn imported(key: &str, text: &str, report: &mut Report) {
    let standing = match key {
        // What adapters are written with, whether it is there or not.
        "megatron_core" if text == "megatron.core" => Standing::Allowed,
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
                match value.text() {
                    Some(text) => template::judge(text, &format!("{key}.{name}"), report),
                    None => report.gap(key, "it holds what is no template"),
                }
            }
        }
        _ => {}
    }
}
