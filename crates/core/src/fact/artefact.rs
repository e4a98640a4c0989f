//! What a model file turned out to be.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{exit::ExitCode, finding::Finding, outcome::Gap, system::ModelFormat};

/// What loading a file would do, as far as was looked. Worst last.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ArtefactVerdict {
    /// Everything that a loader interprets was looked at, and does only what the policy allows.
    Clean,
    /// Nothing bad was found, and not everything was looked at. Never the same as clean.
    Undecided,
    /// It is broken or lies about its structure; loaders may disagree on what it holds.
    Malformed,
    /// Loading it runs code, or has an effect, that the policy does not know.
    Unknown,
    /// Loading it reaches an effect known to be dangerous.
    Malicious,
}

impl ArtefactVerdict {
    /// The word used everywhere.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Undecided => "undecided",
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::Malicious => "malicious",
        }
    }
}

/// Bytes `start..end` of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ByteRange {
    /// First byte.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}

/// Which bytes of a file were looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ArtefactCoverage {
    /// Whether every byte that a loader interprets was looked at; the payload of tensors need not be.
    pub complete: bool,
    /// Bytes looked at.
    pub looked_at: u64,
    /// Bytes of payload that no loader interprets, accounted for and not looked at.
    pub payload: u64,
    /// Where: merged, ascending, the first 32.
    pub ranges: Vec<ByteRange>,
    /// What was not looked at, and why.
    pub gaps: Vec<Gap>,
}

/// A model file, as found by its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Artefact {
    /// Path relative to the inspected folder, fit to show.
    pub path: String,
    /// Elements of the system file whose location it is.
    pub elements: Vec<String>,
    /// Format, by content: the id of its parser, or of an opaque format.
    pub format: String,
    /// The word of the system file for the format; none where it can't be told.
    pub family: Option<ModelFormat>,
    /// Size in bytes.
    pub size: u64,
    /// What loading it would do.
    pub verdict: ArtefactVerdict,
    /// What was looked at.
    pub coverage: ArtefactCoverage,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// What was measured, such as `tensors`, `parameters`, `dtypes`.
    pub measures: BTreeMap<String, String>,
}

impl Artefact {
    /// What a scan of this file alone ends with.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self.verdict {
            ArtefactVerdict::Malicious | ArtefactVerdict::Unknown => ExitCode::Findings,
            ArtefactVerdict::Clean if self.coverage.complete => ExitCode::Clean,
            _ => ExitCode::Incomplete,
        }
    }
}
