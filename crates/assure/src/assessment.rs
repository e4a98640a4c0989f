//! What a run concludes.

use coseal_core::{
    catalogue::{CheckEntry, Guideline, Scope},
    digest::Digest,
    fact::Recorded,
    finding::Finding,
    grade::Grade,
    outcome::{Outcome, State},
    verdict::{ScopeCount, Verdict},
};
use jiff::civil::Date;

/// One check, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The guideline it is under.
    pub guideline: &'static Guideline,
    /// What the catalogue says of it.
    pub entry: &'static CheckEntry,
    /// The answer.
    pub outcome: Outcome,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Digest over the facts that the answer rests on.
    pub binding: Digest,
    /// Digest over those of them that stand in the system file.
    pub declared: Digest,
    /// What the evidence behind the answer is worth.
    pub grade: Grade,
    /// The record that the answer stands on, where there is one.
    pub evidence: Option<Recorded>,
    /// Whether the answer itself is taken from that record, since nothing is known here.
    pub recalled: bool,
    /// The file of the decision that exempts or waives it, where one is in force.
    pub decision: Option<String>,
    /// Whether coseal can judge it at all; a check that is not built yet is unknown, and never a pass.
    pub implemented: bool,
}

/// All checks judged, and the verdicts that follow.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The day the run is about.
    pub as_of: Date,
    /// All checks of the catalogue, in its order.
    pub checks: Vec<Judged>,
    /// One verdict a guideline, in order.
    pub verdicts: Vec<Verdict>,
}

impl Assessment {
    /// A check by its id.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<&Judged> {
        self.checks.iter().find(|judged| judged.entry.id == id)
    }

    /// All findings with their check, worst first.
    #[must_use]
    pub fn findings(&self) -> Vec<(&Judged, &Finding)> {
        let mut all: Vec<_> = self
            .checks
            .iter()
            .flat_map(|judged| judged.findings.iter().map(move |finding| (judged, finding)))
            .collect();
        all.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
        all
    }

    /// Counts by scope.
    #[must_use]
    pub fn scopes(&self) -> Vec<ScopeCount> {
        let count = |scope: Scope| {
            let of: Vec<_> =
                self.checks.iter().filter(|judged| judged.entry.scope == scope).collect();
            let states = State::ALL
                .into_iter()
                .map(|state| {
                    (state, of.iter().filter(|judged| judged.outcome.state == state).count())
                })
                .collect();
            ScopeCount {
                scope,
                applicable: of.iter().filter(|j| j.outcome.state != State::NotApplicable).count(),
                judged: of.iter().filter(|j| j.outcome.state.is_judged()).count(),
                from_files_alone: matches!(scope, Scope::Live | Scope::Log | Scope::Drill)
                    && of
                        .iter()
                        .filter(|j| j.outcome.state.is_judged())
                        .all(|j| j.decision.is_none() && !j.recalled),
                states,
            }
        };
        Scope::ALL.into_iter().map(count).collect()
    }
}
