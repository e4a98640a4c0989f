//! Templates that are files of their own.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{judge::judge, rules::RULES};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        report::Report,
    },
    bytes::read_up_to,
};

/// Bytes of a file that are read.
const MAX_FILE: u64 = 1 << 20;

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
            Ok(text) => judge(&text, "the template", report),
            Err(_) => report.gap("the template", "it is no UTF-8"),
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}
