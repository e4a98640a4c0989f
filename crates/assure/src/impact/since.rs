//! What has gone stale since it was recorded.

use coseal_core::{
    fact::{Facts, Recorded},
    outcome::State,
};

use crate::{Assessment, on_record::records_here};

/// A check whose newest record rests on facts that are no longer so.
#[derive(Clone, Debug)]
pub struct Gone {
    /// The check.
    pub check: String,
    /// Its newest record.
    pub record: Recorded,
    /// What is no longer so.
    pub moved: Moved,
}

/// Which facts are no longer as they were when a record was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// What the system file says.
    Declared,
    /// What was seen of files, while the system file says the same.
    Seen,
}

impl Moved {
    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Seen => "seen",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Declared => "what the system file says has changed",
            Self::Seen => "what was seen of files has changed",
        }
    }
}

/// The checks whose newest record that says something rests on other facts than there are now, in the order of the
/// catalogue. Without records there are none.
#[must_use]
pub fn since_record(assessment: &Assessment, facts: &Facts) -> Vec<Gone> {
    let gone = |judged: &crate::Judged| {
        let says =
            |record: &&Recorded| record.state.is_judged() || record.state == State::NotApplicable;
        let newest = records_here(judged.entry, facts).filter(says).max()?;
        let moved = match (newest.binding == judged.binding, newest.declared == judged.declared) {
            (true, _) => return None,
            (false, true) => Moved::Seen,
            (false, false) => Moved::Declared,
        };
        Some(Gone { check: judged.entry.id.clone(), record: newest.clone(), moved })
    };
    assessment.checks.iter().filter_map(gone).collect()
}
