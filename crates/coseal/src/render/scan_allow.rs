//! The lines of a policy file that would allow what is unknown in a file.

use std::collections::BTreeMap;

use coseal_core::fact::{Artefact, ArtefactVerdict};

/// Names in one policy at most.
const MAX_NAMES: usize = 16;

/// Lines for `coseal scan --policy FILE`; none where the file has more against it than unknown names.
pub(super) fn allowing(artefact: &Artefact) -> String {
    let mut uses: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for finding in &artefact.findings {
        let message = finding.message.as_str();
        let (name, called) = match (finding.rule, message.strip_prefix("calls ")) {
            ("pickle-unknown-call", Some(name)) => (name, true),
            ("pickle-unknown-import", None) => {
                (message.strip_prefix("imports ").unwrap_or_default(), false)
            }
            _ => return String::new(),
        };
        let Some((module, name)) = split(name.split('(').next().unwrap_or_default()) else {
            return String::new();
        };
        let how = match (called, is_class(name)) {
            (true, true) => "construct",
            (true, false) => "call",
            (false, _) => "import",
        };
        uses.insert((module, name), how);
    }
    if artefact.verdict != ArtefactVerdict::Unknown || uses.len() > MAX_NAMES {
        return String::new();
    }
    let blocks = uses.into_iter().map(|((module, name), how)| {
        format!("[[allow]]\nmodule = \"{module}\"\nname = \"{name}\"\nuse = [\"{how}\"]\nreason = \"…\"\n")
    });
    if artefact.findings.is_empty() {
        return String::new();
    }
    format!("schema = 1\n{}", blocks.collect::<String>())
}

/// Where the module ends: before the first part that is written as classes are, else before the last.
fn split(name: &str) -> Option<(&str, &str)> {
    let word =
        |part: &str| !part.is_empty() && part.chars().all(|c| c == '_' || c.is_alphanumeric());
    if !name.split('.').all(word) {
        return None;
    }
    let mut at = 0;
    for part in name.split('.') {
        if at > 0 && part.starts_with(char::is_uppercase) {
            return Some((name.get(..at - 1)?, name.get(at..)?));
        }
        at += part.len() + 1;
    }
    name.rsplit_once('.')
}

/// Whether a name is written as those of classes are.
fn is_class(name: &str) -> bool {
    name.rsplit('.')
        .next()
        .is_some_and(|last| last.trim_start_matches('_').starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::{is_class, split};

    #[test]
    fn classes_begin_where_names_are_written_so() {
        assert_eq!(split("shop.models.Encoder"), Some(("shop.models", "Encoder")));
        assert_eq!(split("shop.Encoder.Layer"), Some(("shop", "Encoder.Layer")));
        assert_eq!(split("shop.models.load"), Some(("shop.models", "load")));
        assert_eq!(split("shop.models.load x"), None);
        assert_eq!(split("load"), None);
        assert!(is_class("Encoder.Layer") && is_class("_Encoder") && !is_class("load"));
    }
}
