use coseal_core::{
    check::{Check, Findings, Meta},
    decision::{Content, Decision, DecisionKind, Disposition, Risk},
    fact::{DecisionFact, Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
};

use crate::decision::{
    BROKEN, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER, Standing,
    UNREADABLE, UNSIGNED, note, renewed, sentence, standing,
};

/// Expired waivers of low risk that are still partial.
const TOLERATED: usize = 2;

const EXPIRED: Rule = Rule {
    id: "waiver-expired",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "what was accepted for a while is accepted no longer",
    tip: "put it right, or decide again; once it is right, remove the file: the history keeps it",
};
const EXPIRED_LOW: Rule = Rule {
    id: "waiver-expired-low",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "what was accepted for a while, at low risk, is accepted no longer",
    tip: "put it right, or decide again; once it is right, remove the file: the history keeps it",
};

coseal_core::check! {
    /// What is accepted for a while is soon accepted for good, unless its last day is watched. This check looks at every
    /// waiver, every accepted or transferred risk and every check that was put out of scope: each has an owner who signed it, a
    /// reason, a last day, and is renewed before that day or put right.
    ///
    /// It passes when none has expired, also when there is none; is partial with one or two expired of low risk; and fails above that, or
    /// when one of medium risk or more has expired. A decision that does not count (unsigned, a key that does not hold the role)
    /// accepts nothing: it is a finding. One that can't be read makes the check unknown.
    ///
    /// To put it right: mend what was waived and remove the file, or decide again: `coseal decide waive CHECK`.
    pub(crate) WaiversInDate = "waivers-in-date";
    reads: [
        Read::only(Kind::Decision, &["waive", "threat", "exempt"]),
        Read::only(Kind::System, &["id"]),
    ];
    rules: [
        EXPIRED, EXPIRED_LOW, BROKEN, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE,
        STRANGER, UNREADABLE, UNSIGNED,
    ];
}

impl Check for WaiversInDate {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let system = facts.about().map(|about| about.id.as_str()).unwrap_or_default();
        let all: Vec<&DecisionFact> = facts.decisions().collect();
        let mut coverage = Coverage::default();
        let (mut in_force, mut refused) = (0, 0);
        for fact in &all {
            let standing = standing(fact, facts.as_of(), system);
            let Ok(decision) = &fact.decision else {
                // The record of a choice is another check's.
                if fact.may_be(&[DecisionKind::Waive, DecisionKind::Threat, DecisionKind::Exempt]) {
                    coverage.leave_out(&fact.path, &sentence(&standing));
                    note(fact, &standing, findings);
                }
                continue;
            };
            let Some(risk) = accepts(decision) else { continue };
            coverage.looked_at += 1;
            match &standing {
                Standing::Holds { .. } => in_force += 1,
                Standing::Expired { on } if !renewed(fact, &all, facts.as_of(), system) => {
                    let rule = if risk == Risk::Low { &EXPIRED_LOW } else { &EXPIRED };
                    let detail =
                        format!("what it accepts of {} expired on {on}", decision.subject());
                    findings.add(rule, Location::file(&fact.path), detail);
                }
                Standing::Expired { .. } => {}
                standing => {
                    refused += 1;
                    note(fact, standing, findings);
                }
            }
        }
        answer(findings, in_force, refused, coverage)
    }
}

fn answer(findings: &Findings, in_force: usize, refused: usize, coverage: Coverage) -> Outcome {
    let (low, high) = (findings.of(&EXPIRED_LOW), findings.of(&EXPIRED));
    let state = match (high, low) {
        (0, 0) if !coverage.is_complete() => State::Unknown,
        (0, 0) => State::Pass,
        (0, 1..=TOLERATED) if coverage.is_complete() => State::Partial,
        (0, 1..=TOLERATED) => State::Unknown,
        _ => State::Fail,
    };
    let mut reason = match (state, coverage.looked_at) {
        (State::Unknown, _) => {
            "a decision can't be read: whether it is in date is not known".into()
        }
        (_, 0) => "nothing is waived or accepted".to_owned(),
        (State::Pass, _) => format!("{in_force} in force, none expired"),
        _ => format!("{} expired, {high} of them of medium risk or more", low + high),
    };
    if refused > 0 {
        reason.push_str(&format!("; {refused} do not count"));
    }
    Outcome::new(state, reason).covering(coverage)
}

/// How bad what a decision accepts may be; none if it accepts nothing.
fn accepts(decision: &Decision) -> Option<Risk> {
    match &decision.content {
        Content::Waive(waive) => Some(waive.severity),
        Content::Threat(threat) => match threat.disposition {
            Disposition::Accepted => threat.severity,
            // How bad is not said: as bad as may be.
            Disposition::Transferred => Some(Risk::Critical),
            Disposition::Mitigated | Disposition::Avoided => None,
        },
        Content::Exempt(_) => Some(Risk::Medium),
        Content::Attest(_) | Content::Choose(_) => None,
    }
}
