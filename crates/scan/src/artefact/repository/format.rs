//! The format: JSON files of known names, that say that they are of a model.

use coseal_core::{fact::ArtefactVerdict::Malformed, finding::Rule, system::ModelFormat};

use super::{
    adapter, beside, card, folder, index,
    keys::{self, Modules},
    rules::{BROKEN, RULES},
    script, sizes, tokenizer,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        report::Report,
        stop::settle,
    },
    bytes::ReadAt,
    encoding::json::{self, Limits},
};

/// Bytes of a configuration that are read.
pub(super) const MAX_SETTINGS: u64 = 4 << 20;
/// Names that only folders of models have.
const SURE: &[&str] = &[
    "generation_config.json",
    "tokenizer_config.json",
    "adapter_config.json",
    "model_index.json",
    "preprocessor_config.json",
    "video_preprocessor_config.json",
    "image_processor_config.json",
    "processor_config.json",
    "chat_template.json",
    "config_sentence_transformers.json",
    "dataset_infos.json",
    "quantize_config.json",
    "feature_extractor_config.json",
    "router_config.json",
    "config_setfit.json",
    "scheduler_config.json",
];
/// Names that others have too.
pub(super) const SHARED: &[&str] = &["config.json", "modules.json", "configuration.json"];
/// Keys of a model's configuration.
const MARKS: &[&str] = &[
    "model_type",
    "architectures",
    "auto_map",
    "_class_name",
    "transformers_version",
    "_diffusers_version",
    "custom_pipelines",
    "trust_remote_code",
    "quantization_config",
    "_target_",
    "class_path",
    "allow_remote",
    "plugins",
];
/// Keys of a list of modules.
const LISTED: &[&str] = &["idx", "path"];
/// Suffixes of weights.
pub(super) const WEIGHTS: &[&str] = &[
    ".safetensors",
    "pytorch_model.bin",
    ".gguf",
    "adapter_model.bin",
    "tf_model.h5",
    "flax_model.msgpack",
];

/// A file that says what a folder of a model hub is.
pub(crate) struct Repository;

impl Format for Repository {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "hub-settings"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        None
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        // Some file systems take all spellings for one.
        let name = &*look.name().to_ascii_lowercase();
        let marked =
            || look.begins(b"\xff\xfe") || look.begins(b"\xfe\xff") || is_marked(name, look.bytes);
        SURE.contains(&name)
            || is_index(name)
            || is_dated(name)
            || name.starts_with("sentence_") && name.ends_with("_config.json")
            || tokenizer::is_named(name)
            || SHARED.contains(&name) && (marked() || among_weights(look))
            || card::recognises(look)
            || script::recognises(look)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let name = input.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let name = name.as_str();
        if is_index(name) {
            settle(index::read(input, report), &BROKEN, report);
            return;
        }
        if tokenizer::is_named(name) {
            settle(tokenizer::read(input, report), &BROKEN, report);
            return;
        }
        if name == card::CARD {
            folder::read(name, input, Modules::new(), report);
            return;
        }
        if name.ends_with(".py") {
            script::read(input, report);
            return;
        }
        let limits = Limits { size: MAX_SETTINGS, ..Limits::default() };
        let json = match report.json(input.bytes, limits) {
            Ok(json) => json,
            Err(stop) => return settle(Err(stop), &BROKEN, report),
        };
        if let Some(key) = json.twice() {
            report.find(
                &BROKEN,
                Malformed,
                0,
                &format!("the key {key} is there twice, and loaders differ in which they take"),
            );
        }
        if name == "config.json" {
            sizes::judge(input, report);
        }
        let names = input.beside.names();
        let code = names.is_empty() || names.iter().any(|name| name.ends_with(".py"));
        let mut modules = keys::read(name, &json, code, report);
        if name == "modules.json" {
            modules.extend(beside::read(input, code, report));
        }
        if name == adapter::SETTINGS {
            adapter::read(input, &json, report);
        }
        folder::read(name, input, modules, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Whether settings of a name that others use too are of a model.
pub(super) fn is_marked(name: &str, bytes: &dyn ReadAt) -> bool {
    bytes.size() > MAX_SETTINGS
        || name == "modules.json" && json::keys::hold(bytes, MAX_SETTINGS, LISTED)
        || json::keys::hold(bytes, MAX_SETTINGS, MARKS)
}

/// Settings for one version of the library and later ones, such as `config.4.0.0.json`.
fn is_dated(name: &str) -> bool {
    let version = name.strip_prefix("config.").and_then(|name| name.strip_suffix(".json"));
    version.is_some_and(|version| {
        version.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.')
    })
}

fn is_index(name: &str) -> bool {
    [".safetensors.index.json", ".bin.index.json"].iter().any(|end| name.ends_with(end))
}

/// Whether weights lie in the same folder.
fn among_weights(look: &Look<'_>) -> bool {
    let names = look.beside.names();
    names.iter().any(|name| !name.contains('/') && WEIGHTS.iter().any(|end| name.ends_with(end)))
}
