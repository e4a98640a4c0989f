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
    /// Every must-check that applies and that files can answer is known and does not fail; any grade will do, but
    /// a waiver or exemption has to be signed by a trusted role.
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

/// What a run lacks before a release gate can open at all, whatever its checks say.
#[must_use]
pub fn lacks(
    profile: Profile,
    has_root: bool,
    names_environment: bool,
    runs_missing: bool,
) -> Vec<&'static str> {
    let wants = [
        (has_root, "no trust root says whose signatures count (--trust FILE)"),
        (names_environment, "the environment to release to is not named (--environment NAME)"),
        (!runs_missing, "runs that the signed schedule expects are missing"),
    ];
    let missing = wants.iter().filter(|(there, _)| profile == Profile::Release && !there);
    missing.map(|(_, what)| *what).collect()
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
        State::Unknown if !judged.implemented => Some("not built yet".to_owned()),
        state @ (State::Fail | State::Unknown | State::Stale) => Some(state.word().to_owned()),
        State::NotApplicable if judged.decision.is_none() => None,
        state => {
            // A waiver or exemption is a person's word: that is the best it can be.
            let decided = judged.decision.is_some();
            let wants = if decided { Grade::C } else { judged.entry.best_grade() };
            let has = judged.grade;
            // Anybody can write and sign a waiver in a pull request: it opens no gate before it is known whose it is.
            ((profile == Profile::Release || decided) && has > wants)
                .then(|| format!("{state} on grade {has}, {wants} is wanted"))
        }
    }
}
