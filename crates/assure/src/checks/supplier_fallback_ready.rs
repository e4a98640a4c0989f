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
    id: "supplier-not-looked-into",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "nobody states that a supplier was looked into",
    tip: "look into the supplier, then state it: coseal decide attest supplier-fallback-ready",
};

coseal_core::check! {
    /// A hosted model or a service can be withdrawn, changed or broken into. This check wants two things of each: that
    /// somebody looked into its supplier in the last 180 days, and that a drill showed that the system can do without it.
    ///
    /// Due diligence is a signed statement. With it, for every hosted model and service, the check is partial, as the drill is
    /// missing: drills are not recorded yet. It fails when the statement names none of them, and is stale after 180 days.
    ///
    /// To put it right: `coseal decide attest supplier-fallback-ready --supplier model.ID --due-diligence DAY --evidence FILE`.
    pub(crate) SupplierFallbackReady = "supplier-fallback-ready";
    reads: [
        Read::only(Kind::Statement, &["supplier-fallback-ready"]),
        Read::only(Kind::System, &["id", "environments"]),
        Read::only(Kind::Model, &["location"]),
        Read::only(Kind::Service, &["location"]),
    ];
    rules: [
        NOT_STATED,
        BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
        UNREADABLE, UNSIGNED,
    ];
    beyond_files: "whether the system can do without a supplier: only a drill shows that";
}

impl Check for SupplierFallbackReady {
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
    let Claim::Supplier(claim) = stated.claim else {
        return Outcome::unknown("the statement claims something else");
    };
    let hosted = facts.model().iter().filter(|(_, model)| model.location.hosted().is_some());
    let hosted = hosted.map(|(id, _)| format!("model.{id}"));
    let services = facts.service().keys().map(|id| format!("service.{id}"));
    let all: Vec<String> = hosted.chain(services).collect();
    let missing: Vec<&String> =
        all.iter().filter(|name| !claim.suppliers.contains(*name)).collect();
    for name in &missing {
        findings.add(&NOT_STATED, facts.place(name), format!("the statement does not name {name}"));
    }
    let mut coverage = Coverage::whole(all.len() - missing.len());
    coverage.leave_out("the drill", "no drill is on record that shows that the fallback works");
    let outcome = if missing.len() == all.len() {
        Outcome::new(State::Fail, "the statement names none of the suppliers in use")
    } else if missing.is_empty() {
        Outcome::new(State::Partial, "every supplier was looked into; no drill is on record")
    } else {
        let (some, all) = (missing.len(), all.len());
        let reason =
            format!("{some} of {all} suppliers were not looked into; no drill is on record");
        Outcome::new(State::Partial, reason)
    };
    outcome.about(&all).covering(coverage).observed(claim.due_diligence)
}
