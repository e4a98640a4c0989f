//! May it run? By a table that the report prints.

use coseal_core::{catalogue::Level, finding::Severity, outcome::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Assessment, Judged};

/// Whether the system may run, as far as can be told.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum MayRun {
    /// Every must that applies is met.
    Yes,
    /// It may, within limits that the report names.
    WithLimits,
    /// Something serious stands against it.
    No,
    /// Too little is known to tell.
    NotEnoughEvidence,
}

impl MayRun {
    /// In the words of the report.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::WithLimits => "With limits",
            Self::No => "No",
            Self::NotEnoughEvidence => "Not enough evidence",
        }
    }
}

/// The table, in order: the first row that holds is the answer.
pub const RULES: [(MayRun, &str); 5] = [
    (
        MayRun::No,
        "a requirement that must be met fails with a serious finding, or any requirement fails with one that says: do not run it like this; and nobody entitled to has accepted it for now",
    ),
    (MayRun::NotEnoughEvidence, "the evidence on record is not as it was written"),
    (
        MayRun::NotEnoughEvidence,
        "more than one in four of the requirements that must be met has no answer that still holds",
    ),
    (
        MayRun::WithLimits,
        "a requirement that must be met fails with lesser findings, is met in part, is accepted for now or has no answer; or another one fails with a serious finding",
    ),
    (MayRun::Yes, "otherwise: every requirement that must be met is met"),
];

/// What the answer is worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Tally {
    /// Requirements with something that stands against running.
    pub serious: usize,
    /// Requirements that set a limit: lesser failings, part, accepted for now.
    pub lesser: usize,
    /// Musts that apply.
    pub musts: usize,
    /// Of these, without an answer that still holds.
    pub open: usize,
    /// Whether the evidence on record is as it was written.
    pub intact: bool,
}

/// What one check means for the answer. The heaviest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Serious,
    Lesser,
    Open,
    None,
}

/// The answer, by [`RULES`].
#[must_use]
pub const fn may_run(tally: &Tally) -> MayRun {
    let answered = tally.musts.saturating_sub(tally.open);
    if tally.serious > 0 {
        MayRun::No
    } else if !tally.intact || tally.musts == 0 || answered * 4 < tally.musts * 3 {
        MayRun::NotEnoughEvidence
    } else if tally.lesser > 0 || tally.open > 0 {
        MayRun::WithLimits
    } else {
        MayRun::Yes
    }
}

pub(super) fn tally(assessment: &Assessment, intact: bool) -> Tally {
    let count = |wanted| assessment.checks.iter().filter(|judged| weight(judged) == wanted).count();
    let applies = |judged: &&Judged| {
        judged.entry.level == Level::Must && judged.outcome.state != State::NotApplicable
    };
    Tally {
        serious: count(Weight::Serious),
        lesser: count(Weight::Lesser),
        musts: assessment.checks.iter().filter(applies).count(),
        open: count(Weight::Open),
        intact,
    }
}

/// What a check means for the answer. A failure whose findings are not at hand counts as serious: nobody can say it is not.
pub(super) fn weight(judged: &Judged) -> Weight {
    let worst = judged.findings.iter().map(|finding| finding.severity).max();
    weigh(judged.entry.level, judged.outcome.state, worst)
}

fn weigh(level: Level, state: State, worst: Option<Severity>) -> Weight {
    let must = level == Level::Must;
    let at_least = |severity| worst.is_some_and(|worst| worst >= severity);
    match state {
        State::Fail if at_least(Severity::Critical) => Weight::Serious,
        State::Fail if must && (worst.is_none() || at_least(Severity::High)) => Weight::Serious,
        State::Fail if must || at_least(Severity::High) => Weight::Lesser,
        State::Partial | State::Waived if must => Weight::Lesser,
        State::Waived if at_least(Severity::High) => Weight::Lesser,
        State::Unknown | State::Stale if must => Weight::Open,
        _ => Weight::None,
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        catalogue::Level::{Must, Should},
        finding::Severity::{self, Critical, High, Low, Medium, Note},
        outcome::State,
    };

    use super::{
        MayRun::{No, NotEnoughEvidence, WithLimits, Yes},
        RULES, Tally,
        Weight::{self, Lesser, Open, Serious},
        may_run, weigh,
    };

    #[test]
    fn each_row_of_the_table() {
        let good = Tally { serious: 0, lesser: 0, musts: 8, open: 0, intact: true };
        let rows = [
            (good, Yes),
            (Tally { lesser: 1, ..good }, WithLimits),
            (Tally { open: 1, ..good }, WithLimits),
            (Tally { open: 2, ..good }, WithLimits),
            (Tally { open: 3, ..good }, NotEnoughEvidence),
            (Tally { open: 8, ..good }, NotEnoughEvidence),
            (Tally { musts: 0, ..good }, NotEnoughEvidence),
            (Tally { intact: false, ..good }, NotEnoughEvidence),
            (Tally { lesser: 9, open: 3, ..good }, NotEnoughEvidence),
            (Tally { serious: 1, ..good }, No),
            (Tally { serious: 1, open: 7, intact: false, ..good }, No),
        ];
        for (tally, expected) in rows {
            assert_eq!(may_run(&tally), expected, "{tally:?}");
        }
        let told: Vec<_> = RULES.iter().map(|(answer, _)| *answer).collect();
        assert_eq!(told, [No, NotEnoughEvidence, NotEnoughEvidence, WithLimits, Yes]);
    }

    /// Rows are states, columns the worst finding: none, note, low, medium, high, critical.
    #[test]
    fn what_each_check_weighs() {
        let worst: [Option<Severity>; 6] =
            [None, Some(Note), Some(Low), Some(Medium), Some(High), Some(Critical)];
        let none = Weight::None;
        let table = [
            (Must, State::Pass, [none; 6]),
            (Must, State::Partial, [Lesser; 6]),
            (Must, State::Fail, [Serious, Lesser, Lesser, Lesser, Serious, Serious]),
            (Must, State::NotApplicable, [none; 6]),
            (Must, State::Waived, [Lesser; 6]),
            (Must, State::Stale, [Open; 6]),
            (Must, State::Unknown, [Open; 6]),
            (Should, State::Pass, [none; 6]),
            (Should, State::Partial, [none; 6]),
            (Should, State::Fail, [none, none, none, none, Lesser, Serious]),
            (Should, State::NotApplicable, [none; 6]),
            (Should, State::Waived, [none, none, none, none, Lesser, Lesser]),
            (Should, State::Stale, [none; 6]),
            (Should, State::Unknown, [none; 6]),
        ];
        for (level, state, row) in table {
            for (worst, expected) in worst.into_iter().zip(row) {
                assert_eq!(weigh(level, state, worst), expected, "{level:?} {state} {worst:?}");
            }
        }
    }
}
