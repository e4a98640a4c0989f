//! Configurations of NeMo's packages: what Hydra builds by name (`.nemo`, NeMo 1 and 2).

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{code, holding::Holding, rules::TARGET};
use crate::{
    artefact::{
        names::{self, Standing},
        report::Report,
        stop::Stop,
        tags,
    },
    bytes::ReadAt,
    encoding::yaml::{self, Document, Yaml},
};

/// Bytes of a configuration that are read.
const MAX_SETTINGS: u64 = 4 << 20;
/// Keys by which Hydra and NeMo build something.
const KEYS: &[&str] = &["_target_", "target", "cls", "class_path", "_recursive_target_"];

/// Reads a configuration.
pub(super) fn read(name: &str, bytes: &dyn ReadAt, holding: &mut Holding<'_>) {
    let Some(text) = code::text(bytes, MAX_SETTINGS) else {
        holding.report.gap(name, "it is no text, or longer than is read");
        return;
    };
    match yaml::read(&text) {
        Ok(document) => holding.report.within(name, |report| whole(&document, report)),
        Err(Stop::Limit(what)) => holding.report.gap(name, what),
        Err(_) => holding.report.gap(name, "it is no YAML that all loaders read alike"),
    }
}

fn whole(document: &Document, report: &mut Report) {
    for tag in &document.tags {
        if let Some(verdict) = tags::builds(tag) {
            let text = format!("the tag {tag} has a loader build or take something of Python's");
            report.find(&TARGET, verdict, 0, &text);
        }
    }
    if document.aliases {
        report.gap("aliases in the settings", "they are not followed");
    }
    for value in &document.values {
        walk(value, report);
    }
}

fn walk(value: &Yaml, report: &mut Report) {
    match value {
        Yaml::Text(text) | Yaml::Quoted(text) => outside(text, report),
        Yaml::List(items) => items.iter().for_each(|item| walk(item, report)),
        Yaml::Map(entries) => {
            for (key, value) in entries {
                let named = key.text().unwrap_or_default();
                if KEYS.contains(&named) {
                    target(value, report);
                } else if named.contains("trust_remote") && value.is_truthy() {
                    let text = format!("{named}: the loader is asked to trust remote code");
                    report.find(&TARGET, Unknown, 0, &text);
                }
                walk(key, report);
                walk(value, report);
            }
        }
    }
}

/// What a loader builds.
fn target(value: &Yaml, report: &mut Report) {
    let Some(name) = value.text() else { return };
    match names::class(name) {
        Standing::Allowed => {}
        Standing::Dangerous => {
            report.find(&TARGET, Malicious, 0, &format!("the loader calls {name}"));
        }
        // Other settings are called so too; a loader needs a module.
        Standing::Unlisted if !name.contains(['.', '$', '*']) => {}
        Standing::Unlisted => {
            report.find(&TARGET, Unknown, 0, &format!("the loader calls {name}"));
        }
    }
}

/// What a text takes in from outside the configuration. A name without a colon is another key of the same file.
fn outside(text: &str, report: &mut Report) {
    for (at, _) in text.match_indices("${") {
        let inside = text.get(at..).unwrap_or_default();
        let inner = inside.split('}').next().unwrap_or_default();
        if inner.starts_with("${eval") {
            report.find(&TARGET, Malicious, 0, &format!("a text is run as code: {inside}"));
            return;
        }
        if inner.contains(':') {
            let text = format!("it takes in something of the machine: {inside}");
            report.find(&TARGET, Unknown, 0, &text);
            return;
        }
    }
}
