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

const NOT_STATED: Rule = Rule {
    id: "legacy-without-control",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "no compensating control is stated for something that can't be updated",
    tip: "put a control in front of it, then state it: coseal decide attest legacy-compensated",
};
const CONTROL_FAILS: Rule = Rule {
    id: "legacy-control-not-passing",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the check of a compensating control does not pass",
    tip: "put that check right first: coseal explain CHECK",
};

coseal_core::check! {
    /// What can no longer be updated keeps its holes. Something else has to stand in for the updates: a wall around it,
    /// fewer rights, a screen on what goes in. Which, is stated by a role and signed, and may name a check that shows that
    /// the control works; that check then has to pass.
    ///
    /// It passes when everything that the system file marks `legacy` is in the statement and the named check passes, is partial
    /// when some of it is, and fails when none is, or when the named check fails. After 180 days the statement is stale.
    ///
    /// To put it right: `coseal decide attest legacy-compensated --element tool.ID --control TEXT --control-check CHECK`.
    pub(crate) LegacyCompensated = "legacy-compensated";
    reads: [
        Read::only(Kind::Statement, &["legacy-compensated"]),
        Read::only(Kind::System, &["id", "environments"]),
        Read::only(Kind::Model, &["legacy"]),
        Read::only(Kind::Service, &["legacy"]),
        Read::only(Kind::Tool, &["legacy"]),
        Read::only(Kind::Outcome, &["state"]),
    ];
    rules: [
        NOT_STATED, CONTROL_FAILS,
        BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
        UNREADABLE, UNSIGNED,
    ];
}

impl Check for LegacyCompensated {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        stated(Self::META.id, facts, findings, &mut |stated, findings| {
            judge(stated, facts, findings)
        })
    }
}

fn judge(stated: Stated<'_>, facts: &View<'_>, findings: &mut Findings) -> Outcome {
    let Claim::Legacy(claim) = stated.claim else {
        return Outcome::unknown("the statement claims something else");
    };
    let all = legacy(facts);
    let missing: Vec<&String> = all.iter().filter(|name| !claim.elements.contains(*name)).collect();
    for name in &missing {
        findings.add(&NOT_STATED, facts.place(name), format!("the statement does not name {name}"));
    }
    let control = claim.control_check.as_deref();
    let shown = control.map(|check| {
        let state = facts.outcomes().get(check).map_or(State::Unknown, |outcome| outcome.state);
        if state != State::Pass {
            let detail = format!("{check}, which shows that the control works, is {state}");
            findings.add(&CONTROL_FAILS, stated.place(), detail);
        }
        state
    });
    let outcome = match shown {
        _ if missing.len() == all.len() => {
            Outcome::new(State::Fail, "nothing that is marked legacy is in the statement")
        }
        Some(State::Fail) => Outcome::new(State::Fail, "the check of the control fails"),
        Some(state) if state != State::Pass => {
            Outcome::unknown(format!("the check of the control is {state}"))
        }
        _ if !missing.is_empty() => Outcome::new(
            State::Partial,
            format!("{} of {} are not in it", missing.len(), all.len()),
        ),
        _ => Outcome::new(State::Pass, "a control is stated for everything that can't be updated"),
    };
    outcome.about(&all).covering(Coverage::whole(all.len() - missing.len()))
}

/// What the system file marks as legacy.
fn legacy(facts: &View<'_>) -> Vec<String> {
    let models = facts.model().iter().filter(|(_, model)| model.legacy);
    let models = models.map(|(id, _)| format!("model.{id}"));
    let tools = facts.tool().iter().filter(|(_, tool)| tool.legacy);
    let tools = tools.map(|(id, _)| format!("tool.{id}"));
    let services = facts.service().iter().filter(|(_, service)| service.legacy);
    models.chain(tools).chain(services.map(|(id, _)| format!("service.{id}"))).collect()
}
