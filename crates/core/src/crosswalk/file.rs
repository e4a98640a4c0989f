//! A file of the crosswalk, as written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// How a guideline stands to a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Evidence for the guideline helps to show the provision, and does not show it alone.
    Supports,
}

impl Relation {
    /// The word used everywhere.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supports => "supports",
        }
    }
}

/// How far the ids were compared with the framework itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    /// Each id.
    Verified,
    /// The ids under `verified`.
    Partly,
    /// None: from memory, or from somebody else's account.
    Unverified,
}

/// One framework.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) relation: Relation,
    pub(super) status: Status,
    /// What the status rests on, for whoever verifies next.
    #[expect(dead_code, reason = "for people who keep the data; nothing shows it")]
    pub(super) basis: String,
    /// The ids that are verified, where not all are.
    #[serde(default)]
    pub(super) verified: BTreeSet<String>,
    /// Ids for each guideline.
    pub(super) guidelines: BTreeMap<String, Vec<String>>,
}

impl File {
    /// Whether an id may be shown.
    pub(super) fn shows(&self, id: &str) -> bool {
        match self.status {
            Status::Verified => true,
            Status::Partly => self.verified.contains(id),
            Status::Unverified => false,
        }
    }
}
