//! How things are called and written in OSCAL.

use serde_json::{Value, json};

use super::super::{
    identity::{Version, uuid},
    input::{EvidenceItem, Exported},
};
use crate::Judged;

/// Namespace of the properties that are ours.
const NAMESPACE: &str = "https://github.com/coseal/coseal/ns/oscal";

/// Names for the parts of one document.
pub(super) struct Names<'a> {
    pub(super) of: &'a Exported<'a>,
    digest: String,
}

impl<'a> Names<'a> {
    pub(super) fn new(of: &'a Exported<'a>) -> Self {
        Self { of, digest: of.digest().to_string() }
    }

    /// Of something that is said in this document only.
    pub(super) fn here(&self, kind: &str, id: &str) -> String {
        uuid(Version::NameBased, &["oscal", kind, id, &self.digest])
    }

    /// Of something that is the same in every document about the system.
    pub(super) fn lasting(&self, kind: &str, id: &str) -> String {
        uuid(Version::NameBased, &["oscal", kind, id, self.of.system])
    }

    pub(super) fn observation(&self, judged: &Judged) -> String {
        self.here("observation", &judged.entry.id)
    }

    pub(super) fn risk(&self, judged: &Judged) -> String {
        self.here("risk", &judged.entry.id)
    }

    /// Of a record: the same wherever it is cited.
    pub(super) fn record(&self, item: &EvidenceItem) -> String {
        self.lasting("record", &item.record.to_string())
    }

    pub(super) fn system(&self) -> String {
        self.lasting("component", "system")
    }

    /// Who says so: coseal.
    pub(super) fn origins(&self) -> Value {
        json!([{ "actors": [{ "type": "tool", "actor-uuid": self.lasting("component", "coseal") }] }])
    }
}

/// A control, for each guideline.
pub(super) fn control(guideline: &str) -> String {
    format!("guideline-{guideline}")
}

/// The objective of a guideline as a whole; a check is an objective by its id.
pub(super) fn objective(guideline: &str) -> String {
    format!("guideline-{guideline}-objective")
}

/// A property of ours.
pub(super) fn property(name: &str, value: &str) -> Value {
    json!({ "name": name, "ns": NAMESPACE, "value": value })
}

/// Text as OSCAL's markup (Markdown) that says exactly this: what is inspected can't add links or tags.
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '{' | '}' | '^' | '~' | '"')
        {
            out.push('\\');
        }
        out.push(c);
    }
    // OSCAL has no empty text.
    if out.trim().is_empty() { "-".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn inspected_text_is_no_markup() {
        assert_eq!(markup("a [b](http://c) <i>"), "a \\[b\\](http://c) \\<i\\>");
        assert_eq!(markup(" "), "-");
    }
}
