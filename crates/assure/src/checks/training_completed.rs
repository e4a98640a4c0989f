use coseal_core::{
    check::{Check, Findings, Meta},
    decision::Claim,
    fact::{Kind, Read, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
};

use crate::decision::{
    BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
    Stated, UNREADABLE, UNSIGNED, stated,
};

/// The share of the privileged roles that is still partial.
const PARTIAL_PERCENT: u64 = 80;

const UNTRAINED: Rule = Rule {
    id: "training-missing",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "somebody in a privileged role has not completed a course",
    tip: "let them take the course, then state it again: coseal decide attest training-completed",
};

coseal_core::check! {
    /// Whoever can change production, data or the model has to know how AI systems are attacked. No file shows that: it is
    /// stated by a role, signed, in numbers and without names, and rests on a list that is cited by its digest.
    ///
    /// It passes when everybody in a privileged role has completed a course, is partial from 80 % on, and fails below. Without
    /// a statement that counts it is unknown; when the statement is over a year old, or the list has changed, it is stale.
    ///
    /// To put it right: export the list of the course, then `coseal decide attest training-completed --privileged N
    /// --completed M --evidence FILE`.
    pub(crate) TrainingCompleted = "training-completed";
    reads: [
        Read::only(Kind::Statement, &["training-completed"]),
        Read::only(Kind::System, &["id", "environments"]),
    ];
    rules: [
        UNTRAINED,
        BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
        UNREADABLE, UNSIGNED,
    ];
}

impl Check for TrainingCompleted {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        stated(Self::META.id, facts, findings, &mut judge)
    }
}

fn judge(stated: Stated<'_>, findings: &mut Findings) -> Outcome {
    let Claim::Training(claim) = stated.claim else {
        return Outcome::unknown("the statement claims something else");
    };
    let (all, done) = (claim.privileged, claim.completed);
    let reason = format!("{done} of {all} people in privileged roles have completed a course");
    let state = if done >= all {
        State::Pass
    } else if u64::from(done) * 100 >= u64::from(all) * PARTIAL_PERCENT {
        State::Partial
    } else {
        State::Fail
    };
    if state != State::Pass {
        findings.add(&UNTRAINED, stated.place(), format!("{} have not", all.saturating_sub(done)));
    }
    Outcome::new(state, reason).covering(Coverage::whole(done as usize))
}
