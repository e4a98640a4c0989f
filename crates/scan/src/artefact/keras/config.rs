//! The walk over a description: every object that a loader would make of it must be known.

use coseal_core::{fact::ArtefactVerdict, finding::Rule};

use super::{
    document::LIMITS,
    names::{self, Standing},
    rules, sizes,
};
use crate::{
    artefact::{report::Report, stop::settle},
    bytes::{ReadAt, SliceBytes},
    encoding::json::Json,
};

/// Which description a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Layers: an object.
    Model,
    /// Loss, metrics, optimiser: names of objects, by use.
    Training,
}

/// Which description an attribute of HDF5 of this name is.
pub(crate) fn part_of(attribute: &str) -> Option<Part> {
    match attribute {
        "model_config" => Some(Part::Model),
        "training_config" => Some(Part::Training),
        _ => None,
    }
}

/// Reads the description `text`, which stands in a place called `name`, with `weights` bytes of weights if it is known.
pub(crate) fn text(text: &[u8], part: Part, name: &str, weights: Option<u64>, report: &mut Report) {
    let end = text.iter().rposition(|byte| *byte != 0).map_or(0, |last| last.saturating_add(1));
    read(&SliceBytes(text.get(..end).unwrap_or_default()), part, name, weights, report);
}

/// Reads the description in a file or a member called `name`.
pub(super) fn read(
    bytes: &dyn ReadAt,
    part: Part,
    name: &str,
    weights: Option<u64>,
    report: &mut Report,
) {
    report.within(name, |report| match report.json(bytes, LIMITS) {
        Ok(json) => {
            if part == Part::Model && json.all("class_name").next().is_none() {
                broken(0, "the description has no class", report);
            }
            Walk { report }.value(&json, false);
            if part == Part::Model {
                sizes::judge(bytes, weights, report);
            }
        }
        Err(stop) => settle(Err(stop), &rules::DESCRIPTION, report),
    });
}

/// A description that is broken.
pub(super) fn broken(offset: u64, text: &str, report: &mut Report) {
    report.find(&rules::DESCRIPTION, ArtefactVerdict::Malformed, offset, text);
}

/// A walk.
struct Walk<'r> {
    report: &'r mut Report,
}

impl Walk<'_> {
    /// Visits a value; `named` if a text in it names an object.
    fn value(&mut self, json: &Json, named: bool) {
        match json {
            Json::Plain | Json::True => {}
            Json::Text(text) if named => self.judge(names::function(text), text),
            Json::Text(_) => {}
            Json::List(items) => items.iter().for_each(|item| self.value(item, named)),
            Json::Map(entries) => {
                self.repeated(entries);
                let made = json.all("class_name").next().is_some();
                if made {
                    self.object(json);
                } else {
                    json.all("module").for_each(|module| self.module(module, ""));
                }
                for (below, value) in entries {
                    self.entry(below, value, named && !made);
                }
            }
        }
    }

    fn repeated(&mut self, entries: &[(String, Json)]) {
        let mut keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        if keys.is_sorted_by(|one, next| one < next) {
            return;
        }
        broken(0, "a key stands twice", self.report);
    }

    fn entry(&mut self, key: &str, value: &Json, named: bool) {
        match (key, value) {
            ("vocabulary" | "idf_weights" | "vocabulary_file", Json::Text(path)) => {
                self.reads(path);
            }
            ("vocabulary" | "idf_weights" | "vocabulary_file", Json::Map(_)) => {
                self.find(
                    &rules::UNKNOWN,
                    ArtefactVerdict::Unknown,
                    "a vocabulary that is an object",
                );
                self.value(value, false);
            }
            (kind, Json::Text(text)) if kind.ends_with("_type") && text == "lambda" => {
                self.find(&rules::CODE, ArtefactVerdict::Malicious, "a function as code");
            }
            (kind, Json::Text(text)) if kind.ends_with("_type") && text == "function" => {
                self.find(&rules::UNKNOWN, ArtefactVerdict::Unknown, "a function by its name");
            }
            ("function", Json::List(_)) => {
                self.find(&rules::CODE, ArtefactVerdict::Malicious, "a function as code");
            }
            (kind, Json::Text(_)) if kind.ends_with("_module") => self.module(value, ""),
            ("standardize" | "split", Json::Text(name)) if !names::is_text_step(name) => {
                self.find(&rules::UNKNOWN, ArtefactVerdict::Unknown, name);
            }
            _ => self.value(value, named || names::names_object(key)),
        }
    }

    /// A file that a layer reads when it is made.
    fn reads(&mut self, path: &str) {
        let leaves = path.starts_with(['/', '\\', '~'])
            || path.contains(':')
            || path.split(['/', '\\']).any(|part| part == "..");
        let verdict = if leaves { ArtefactVerdict::Malicious } else { ArtefactVerdict::Unknown };
        self.find(&rules::READS, verdict, path);
    }

    /// What a loader makes an object of.
    fn object(&mut self, json: &Json) {
        for class in json.all("class_name") {
            let Some(class) = class.text() else {
                broken(0, "a class without a name", self.report);
                continue;
            };
            for module in json.all("module") {
                self.module(module, class);
            }
            for name in json.all("registered_name").filter_map(Json::text) {
                self.registered(name, class, json);
            }
            self.class(class, json);
        }
    }

    fn class(&mut self, class: &str, json: &Json) {
        match class {
            "__lambda__" => {
                self.find(&rules::CODE, ArtefactVerdict::Malicious, "a function as code");
            }
            "Lambda" => self.lambda(json),
            "function" => {
                for name in json.all("config") {
                    match name {
                        Json::Text(name) => self.judge(names::function(name), name),
                        Json::Plain | Json::True => {}
                        _ => self.find(&rules::UNKNOWN, ArtefactVerdict::Unknown, "a function"),
                    }
                }
            }
            "TFOpLambda" | "SlicingOpLambda" => {
                let configs = json.all("config").flat_map(|config| config.all("function"));
                for name in configs.filter_map(Json::text) {
                    self.judge(names::operation(name), name);
                }
            }
            "__typespec__" => {
                for name in json.all("spec_name").filter_map(Json::text) {
                    self.judge(names::specification(name), name);
                }
            }
            _ => self.judge(names::class(class), class),
        }
    }

    /// A layer that is a function. Whether that is code in the file, other keys say.
    fn lambda(&mut self, json: &Json) {
        let keys = ["function", "output_shape", "mask"];
        self.find(&rules::UNKNOWN, ArtefactVerdict::Unknown, "Lambda");
        for config in json.all("config") {
            for name in keys.iter().flat_map(|key| config.all(key)).filter_map(Json::text) {
                self.judge(names::function(name), name);
            }
        }
    }

    fn module(&mut self, module: &Json, class: &str) {
        match module {
            Json::Text(module) => self.judge(names::module(module, class), module),
            Json::Plain | Json::True => {}
            _ => broken(0, "a module without a name", self.report),
        }
    }

    /// A name under which a program may have registered a class of its own.
    fn registered(&mut self, name: &str, class: &str, json: &Json) {
        let own = json.all("config").any(|config| config.text() == Some(name));
        if name != class && !own && !name.is_empty() {
            self.judge(names::registered(name), name);
        }
    }

    fn judge(&mut self, standing: Standing, name: &str) {
        match standing {
            Standing::Known => {}
            Standing::Unknown => self.find(&rules::UNKNOWN, ArtefactVerdict::Unknown, name),
            Standing::Dangerous => self.find(&rules::DANGEROUS, ArtefactVerdict::Malicious, name),
        }
    }

    fn find(&mut self, rule: &Rule, verdict: ArtefactVerdict, name: &str) {
        let shown: String = name.chars().take(120).collect();
        self.report.find(rule, verdict, 0, &shown);
    }
}
