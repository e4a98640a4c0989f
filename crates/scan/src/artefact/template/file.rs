//! Templates that are files of their own.

use coseal_core::{fact::ArtefactVerdict::Unknown, finding::Rule, system::ModelFormat};

use super::{
    judge::judge,
    rules::{ALTERS, RULES},
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        report::Report,
    },
    bytes::read_up_to,
    encoding::json::{Json, Limits},
};

/// Bytes of a file that are read.
const MAX_FILE: u64 = 1 << 20;
/// Bytes of settings beside that are read.
const MAX_SETTINGS: u64 = 4 << 20;
/// The template that goes before all others of its folder.
const MAIN: &str = "chat_template.jinja";
/// Settings that hold a template too.
const SETTINGS: &[&str] = &["tokenizer_config.json", "chat_template.json", "processor_config.json"];

/// A chat template as a file.
pub(crate) struct Template;

impl Format for Template {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "chat-template"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        None
    }

    /// Web pages are templates of Jinja too: a chat template says so by its name, or speaks of messages.
    fn recognises(&self, look: &Look<'_>) -> bool {
        look.named(&["jinja", "jinja2"])
            && (look.name().starts_with("chat_template")
                || look.folder().is_some_and(|folder| folder == "additional_chat_templates")
                || look.is_text()
                    && look.holds(&[b"messages"])
                    && look.holds(&[b"add_generation_prompt", b"role"]))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        if input.bytes.size() > MAX_FILE {
            report.gap("the template", "it is longer than is read: 1 MiB");
            return;
        }
        let mut bytes = vec![0; usize::try_from(input.bytes.size()).unwrap_or(0)];
        let Ok(read) = read_up_to(input.bytes, 0, &mut bytes) else {
            report.unreadable(0);
            return;
        };
        bytes.truncate(read);
        match String::from_utf8(bytes) {
            Ok(text) => {
                judge(&text, "the template", report);
                if input.path.rsplit('/').next() == Some(MAIN) {
                    other(&text, input, report);
                }
            }
            Err(_) => report.gap("the template", "it is no UTF-8"),
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Compares the template with those in settings beside it: which one is used depends on the version of the loader.
fn other(text: &str, input: Input<'_>, report: &mut Report) {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for name in SETTINGS {
        let limits = Limits { size: MAX_SETTINGS, ..Limits::default() };
        let settings = input.beside.open(name).and_then(|bytes| Json::read(&*bytes, limits).ok());
        let Some(settings) = settings else { continue };
        let held = match settings.at("chat_template") {
            Some(Json::Text(held)) => Some(held.as_str()),
            Some(Json::List(held)) => held
                .iter()
                .find(|one| one.at("name").and_then(Json::text) == Some("default"))
                .and_then(|one| one.at("template")?.text()),
            _ => None,
        };
        if held.is_some_and(|held| words(held) != words(text)) {
            let detail =
                format!("it differs from the template in {name}, in whose place it is used");
            report.find(&ALTERS, Unknown, 0, &detail);
        }
    }
}
