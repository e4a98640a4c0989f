//! What is wrong with a system file.

use std::ops::Range;

use serde::Serialize;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The file can't be used.
    Error,
    /// The file can be used, and is less than it should be.
    Warning,
}

/// One problem, with where it is and what to do. No text of the file is repeated but names that are
/// near to a name we know: a value may be a secret in the wrong place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Line, counted from 1.
    pub line: u32,
    /// How bad.
    pub weight: Weight,
    /// Kind of the problem, kebab-case.
    pub kind: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Bytes of the file that it is about.
    #[serde(skip)]
    pub span: (usize, usize),
}

impl Problem {
    pub(crate) fn error(
        kind: &'static str,
        line: u32,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            line,
            weight: Weight::Error,
            kind,
            message: message.into(),
            hint: hint.into(),
            span: (span.start, span.end),
        }
    }

    /// The file is there and could not be read.
    #[must_use]
    pub fn unreadable(why: &str) -> Self {
        Self::error(
            "unreadable",
            1,
            0..0,
            format!("the system file can't be read: {why}"),
            "put a readable file in its place",
        )
    }

    pub(super) fn warning(mut self) -> Self {
        self.weight = Weight::Warning;
        self
    }
}
