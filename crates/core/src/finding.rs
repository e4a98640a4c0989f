//! One thing that is wrong, where, and what to do about it.

use serde::Serialize;

use crate::plain::plain;

/// How much it matters if the finding is true.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; changes no verdict by itself.
    Note,
    /// Weakens the system a little, or only together with something else.
    Low,
    /// Should be put right in the ordinary course of work.
    Medium,
    /// Put right before the next release.
    High,
    /// Do not run the system like this.
    Critical,
}

/// How sure the check is that the finding is true.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A hint for a reviewer.
    Low,
    /// Usually true.
    Medium,
    /// Follows from what was read.
    High,
}

/// A kind of finding. Its id is stable for ever and the same in the terminal, SARIF and evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case id, unique over all checks.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What is wrong, in one sentence without a subject of its own.
    pub summary: &'static str,
    /// What to do about it, in one sentence.
    pub tip: &'static str,
}

/// A place in a file under the inspected folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Location {
    /// Path relative to the inspected folder, `/` between its parts, fit to show.
    pub path: String,
    /// Line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Byte offset, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// Chain of members inside a container, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}

impl Location {
    /// A whole file.
    #[must_use]
    pub fn file(path: &str) -> Self {
        Self { path: plain(path, 512), line: None, byte: None, members: Vec::new() }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(path: &str, line: u32) -> Self {
        Self { line: Some(line), ..Self::file(path) }
    }

    /// A byte of a file.
    #[must_use]
    pub fn byte(path: &str, byte: u64) -> Self {
        Self { byte: Some(byte), ..Self::file(path) }
    }

    /// The same place, within a member of a container.
    #[must_use]
    pub fn within(mut self, member: &str) -> Self {
        self.members.insert(0, plain(member, 256));
        self
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Id of its [`Rule`].
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// Where.
    pub location: Location,
    /// What is wrong here: never a secret's value, personal data or an absolute path.
    pub message: String,
    /// What to do.
    pub tip: String,
}

impl Finding {
    /// A finding of `rule` at `location`. `detail` says what is special to this place; it is made fit to show.
    #[must_use]
    pub fn new(rule: &Rule, location: Location, detail: &str) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            confidence: rule.confidence,
            location,
            message: plain(detail, 400),
            tip: rule.tip.to_owned(),
        }
    }

    /// The same finding with a more fitting tip.
    #[must_use]
    pub fn tip(mut self, tip: impl Into<String>) -> Self {
        self.tip = plain(&tip.into(), 400);
        self
    }
}
