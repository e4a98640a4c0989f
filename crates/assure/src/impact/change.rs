//! One change of the facts.

use coseal_core::fact::{Facts, Kind};

/// The facts as they would be after one change, as far as the change is about them.
pub(super) struct Change {
    /// What of the thing changes: the name of a field, or what derives from a file.
    pub(super) label: String,
    /// Whether every edit of the thing changes this; otherwise it depends on the edit.
    pub(super) certain: bool,
    /// The facts after it; only those of `kinds` are whole.
    pub(super) facts: Facts,
    /// The kinds of facts that it is about.
    pub(super) kinds: &'static [Kind],
}

impl Change {
    /// A change that every edit makes.
    pub(super) fn certain(label: impl Into<String>, kinds: &'static [Kind], facts: Facts) -> Self {
        Self { label: label.into(), certain: true, facts, kinds }
    }

    /// A change that some edits make.
    pub(super) fn possible(label: impl Into<String>, kinds: &'static [Kind], facts: Facts) -> Self {
        Self { certain: false, ..Self::certain(label, kinds, facts) }
    }

    /// The same change, told as one of something larger.
    pub(super) fn told_as(self, label: &str) -> Self {
        Self { label: label.to_owned(), ..self }
    }
}
