//! What was not judged, and what was not looked at: said as plainly as what was.

use coseal_core::{
    catalogue::{Level, Scope},
    outcome::State,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::Assessment;

/// How many requirements have no answer that holds, by why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NotJudged {
    /// Requirements that apply.
    pub applicable: usize,
    /// Of these, with an answer that holds.
    pub judged: usize,
    /// Coseal can't look at them yet.
    pub not_built: usize,
    /// Of those, musts.
    pub not_built_musts: usize,
    /// The answer is too old, or what it rests on has changed.
    pub stale: usize,
    /// Nobody has stated them, by a statement that counts.
    pub unstated: usize,
    /// The rest: not enough was there to tell.
    pub unknown: usize,
}

pub(super) fn count(assessment: &Assessment) -> NotJudged {
    let mut count = NotJudged::default();
    for judged in &assessment.checks {
        let state = judged.outcome.state;
        if state == State::NotApplicable {
            continue;
        }
        count.applicable += 1;
        match state {
            _ if state.is_judged() => count.judged += 1,
            State::Stale => count.stale += 1,
            _ if !judged.implemented => {
                count.not_built += 1;
                count.not_built_musts += usize::from(judged.entry.level == Level::Must);
            }
            _ if judged.entry.scope == Scope::People => count.unstated += 1,
            _ => count.unknown += 1,
        }
    }
    count
}
