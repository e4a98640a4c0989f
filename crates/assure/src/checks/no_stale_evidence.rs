use coseal_core::{
    catalogue::{Level, Scope},
    check::{Check, Findings, Meta},
    fact::{Kind, Read, View},
    outcome::{Coverage, Outcome, State},
};

/// The share of must-checks without current evidence that is still partial.
const TOLERATED_PERCENT: usize = 10;

coseal_core::check! {
    /// A check nobody has current evidence for is a blind spot. This check looks at the other must-checks that coseal can
    /// judge and counts those that are unknown or stale.
    ///
    /// It passes when there is none, is partial up to a tenth, and fails above that. It runs after all others.
    ///
    /// To put it right: each unknown or stale check says what it needs; `coseal explain CHECK` says how.
    pub(crate) NoStaleEvidence = "no-stale-evidence";
    reads: [Read::all(Kind::Outcome)];
    rules: [];
}

impl Check for NoStaleEvidence {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, _: &mut Findings) -> Outcome {
        let musts: Vec<_> = (facts.outcomes().values())
            .filter(|outcome| {
                outcome.level == Level::Must
                    && outcome.implemented
                    && outcome.state != State::NotApplicable
                    // What only a running system shows is nothing that a folder could say.
                    && (outcome.scope != Scope::Live || outcome.state != State::Unknown)
            })
            .collect();
        let blind: Vec<_> = musts
            .iter()
            .filter(|outcome| matches!(outcome.state, State::Unknown | State::Stale))
            .collect();
        let mut coverage = Coverage::whole(musts.len() - blind.len());
        for outcome in &blind {
            coverage.leave_out(&outcome.check, outcome.state.word());
        }
        let (count, all) = (blind.len(), musts.len());
        let state = match count {
            _ if all == 0 => State::Unknown,
            0 => State::Pass,
            _ if count * 100 <= all * TOLERATED_PERCENT => State::Partial,
            _ => State::Fail,
        };
        Outcome::new(
            state,
            format!(
                "{count} of {all} must-checks that can be judged {} unknown or stale",
                if count == 1 { "is" } else { "are" }
            ),
        )
        .about(musts.iter().map(|outcome| &outcome.check))
        .covering(coverage)
    }
}
