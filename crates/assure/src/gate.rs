//! Gates: what a verdict has to rest on before something may happen.

use coseal_core::{
    catalogue::{Level, Scope},
    grade::Grade,
    outcome::State,
};
use serde::Serialize;

use crate::assessment::{Assessment, Judged};

/// What a gate asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Every must-check that applies and that files can answer is known and does not fail; any grade will do.
    Merge,
    /// Every must-check that applies is known and does not fail; any grade will do.
    Local,
    /// As `local`, and on evidence of the best grade that its kind allows: observed and signed by a trusted runner,
    /// stated and signed by a trusted role. What was waived is waived by a trusted role.
    Release,
}

/// A must-check that keeps a gate shut.
#[derive(Clone, Debug)]
pub struct Blocker<'a> {
    /// The check.
    pub judged: &'a Judged,
    /// Why it does.
    pub why: String,
}

/// The must-checks that keep a gate shut, in the order of the catalogue; none when it is open.
#[must_use]
pub fn blockers(assessment: &Assessment, profile: Profile) -> Vec<Blocker<'_>> {
    assessment
        .checks
        .iter()
        .filter(|judged| judged.entry.level == Level::Must)
        .filter(|judged| profile != Profile::Merge || judged.entry.scope == Scope::Files)
        .filter_map(|judged| why(judged, profile).map(|why| Blocker { judged, why }))
        .collect()
}

fn why(judged: &Judged, profile: Profile) -> Option<String> {
    match judged.outcome.state {
        state @ (State::Fail | State::Unknown | State::Stale) => Some(state.word().to_owned()),
        State::NotApplicable => None,
        state => {
            // A waiver is a person's word: that is the best it can be.
            let waived = state == State::Waived;
            let wants = if waived { Grade::C } else { judged.entry.best_grade() };
            let has = judged.grade;
            (profile == Profile::Release && has > wants)
                .then(|| format!("{state} on grade {has}, {wants} is wanted"))
        }
    }
}
