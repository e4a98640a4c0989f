//! Facts that are not in the system file.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    catalogue::{Level, Scope},
    digest::Digest,
    outcome::{Gap, State},
    system::{Problem, Unconfirmed},
};

/// Whether there is a system file, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SystemFileFact {
    /// Whether there is one.
    pub present: bool,
    /// Its problems.
    pub problems: Vec<Problem>,
    /// What it says and nobody has confirmed; not bound.
    #[serde(skip)]
    pub unconfirmed: Unconfirmed,
}

/// What the walk of the folder saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Regular files seen.
    pub files: u64,
    /// What is not in scope: the stores of version control.
    pub left_out: Vec<String>,
    /// What was in scope and not looked at.
    pub gaps: Vec<Gap>,
}

/// The digest of an asset, as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestFact {
    /// The element; `kind:location` for what is no element; `element/path` for a file of a folder that others get.
    pub element: String,
    /// Size in bytes.
    pub size: u64,
    /// What was measured.
    pub measured: Measured,
}

/// The result of measuring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measured {
    /// The digest.
    Digest(Digest),
    /// Its bytes are not here.
    Absent {
        /// Why.
        why: String,
    },
    /// The digest as an earlier run measured it of a file of the same identity, size and times: its bytes were not read.
    Cached(Digest),
    /// Its bytes are here, and were not read: the run's allowance was used up.
    OverAllowance,
}

impl Measured {
    /// The digest, however it is known.
    #[must_use]
    pub const fn digest(&self) -> Option<Digest> {
        match self {
            Self::Digest(digest) | Self::Cached(digest) => Some(*digest),
            Self::Absent { .. } | Self::OverAllowance => None,
        }
    }
}

/// The text of a document, card or prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Path relative to the inspected folder.
    pub path: String,
    /// The text, or why it was not read.
    pub text: Result<String, String>,
    /// SHA-256 of its bytes.
    pub digest: Option<Digest>,
}

/// A place that holds what looks like a secret. The secret itself is in no fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Secret {
    /// Path relative to the inspected folder.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
    /// What kind of secret.
    pub kind: String,
}

/// Whether the name of a hosted model always means the same model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pin {
    /// It names one model for good.
    Snapshot,
    /// The vendor moves it to newer models.
    Alias,
    /// Not known.
    Unknown,
}

/// What the dated catalogue of hosted models knows of a model in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostedModel {
    /// The element.
    pub element: String,
    /// Provider, as in the location.
    pub provider: String,
    /// Model, as in the location.
    pub model: String,
    /// Whether the catalogue knows it.
    pub known: bool,
    /// Whether the name always means the same model.
    pub pin: Pin,
    /// The last day on which it can be used, once announced.
    pub ends: Option<Date>,
    /// What the vendor suggests instead.
    pub replacement: Option<String>,
    /// The day up to which the catalogue is right.
    pub catalogue_as_of: Date,
}

/// A name of a hosted model in code or configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct HostedUse {
    /// Path relative to the inspected folder.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
    /// The name.
    pub model: String,
    /// Whether the name always means the same model.
    pub pin: Pin,
}

/// The outcome of another check, for checks about checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeFact {
    /// The check.
    pub check: String,
    /// Its weight.
    pub level: Level,
    /// What it needs.
    pub scope: Scope,
    /// Its state.
    pub state: State,
    /// Whether coseal can judge it at all.
    pub implemented: bool,
}
