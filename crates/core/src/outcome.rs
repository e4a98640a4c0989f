//! What a check answers: a state, what it is about, what was looked at and why.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{grade::Grade, plain::plain};

/// The state of a check or a guideline. `Stale` and `Unknown` never count as a pass.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Looked at, and as it should be.
    Pass,
    /// As it should be in part.
    Partial,
    /// Looked at, and not as it should be.
    Fail,
    /// A fact of the system file says that the question does not arise.
    NotApplicable,
    /// Not as it should be, and accepted for now by an owner with a reason and an expiry date.
    Waived,
    /// There was evidence, but it is too old or about something that has changed.
    Stale,
    /// No evidence, or not enough.
    Unknown,
}

impl State {
    /// All states, in the order reports use.
    pub const ALL: [Self; 7] = [
        Self::Pass,
        Self::Partial,
        Self::Fail,
        Self::NotApplicable,
        Self::Waived,
        Self::Stale,
        Self::Unknown,
    ];

    /// Whether evidence that still holds stands behind the state.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        matches!(self, Self::Pass | Self::Partial | Self::Fail | Self::Waived)
    }

    /// The word used everywhere.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Partial => "partial",
            Self::Fail => "fail",
            Self::NotApplicable => "not-applicable",
            Self::Waived => "waived",
            Self::Stale => "stale",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What was looked at, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How many things were looked at in full.
    pub looked_at: u64,
    /// What was in scope and not looked at, with why.
    pub gaps: Vec<Gap>,
}

/// Something in scope that was not, or not wholly, looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Gap {
    /// What.
    pub what: String,
    /// Why not.
    pub why: String,
}

impl Coverage {
    /// `looked_at` things, and nothing left out.
    #[must_use]
    pub fn whole(looked_at: usize) -> Self {
        Self { looked_at: looked_at as u64, gaps: Vec::new() }
    }

    /// Notes something that was not looked at.
    pub fn leave_out(&mut self, what: &str, why: &str) {
        self.gaps.push(Gap { what: plain(what, 300), why: plain(why, 300) });
    }

    /// Whether nothing was left out.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.gaps.is_empty()
    }
}

/// What a check answers. Its findings travel beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The answer.
    pub state: State,
    /// Why, in one sentence.
    pub reason: String,
    /// Ids of the assets, or paths of the files, that the answer is about; sorted, each once.
    pub subjects: Vec<String>,
    /// What was looked at.
    pub coverage: Coverage,
    /// Last day of the observation, where it is older than the run itself: age counts from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Date>,
    /// What the statements that it rests on are worth, where it rests on any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rests_on: Option<Grade>,
}

impl Outcome {
    /// An answer with a reason, about nothing yet.
    #[must_use]
    pub fn new(state: State, reason: impl Into<String>) -> Self {
        Self {
            state,
            reason: plain(&reason.into(), 400),
            subjects: Vec::new(),
            coverage: Coverage::default(),
            observed: None,
            rests_on: None,
        }
    }

    /// `unknown`, with the reason.
    #[must_use]
    pub fn unknown(reason: impl Into<String>) -> Self {
        Self::new(State::Unknown, reason)
    }

    /// The same answer, about these.
    #[must_use]
    pub fn about<S: AsRef<str>>(mut self, subjects: impl IntoIterator<Item = S>) -> Self {
        self.subjects = subjects.into_iter().map(|s| plain(s.as_ref(), 300)).collect();
        self.subjects.sort();
        self.subjects.dedup();
        self
    }

    /// The same answer, with what was looked at.
    #[must_use]
    pub fn covering(mut self, coverage: Coverage) -> Self {
        self.coverage = coverage;
        self.coverage.gaps.sort();
        self
    }

    /// The same answer, resting on statements of which the weakest is worth `grade`.
    #[must_use]
    pub const fn resting_on(mut self, grade: Grade) -> Self {
        self.rests_on = Some(grade);
        self
    }

    /// The same answer, resting on something last observed on `date`.
    #[must_use]
    pub const fn observed(mut self, date: Date) -> Self {
        self.observed = Some(date);
        self
    }
}
