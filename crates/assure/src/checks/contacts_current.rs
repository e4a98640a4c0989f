use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
};

/// Roles that every system needs: somebody who carries the risk, and somebody to call.
const NEEDED: [&str; 2] = ["incident", "risk-owner"];

const MISSING: Rule = Rule {
    id: "role-missing",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "nobody is named for a role that every system needs",
    tip: "add [role.incident] and [role.risk-owner] with a contact",
};
const NEVER_TRIED: Rule = Rule {
    id: "contact-never-tried",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "a contact was never tried, as far as is known",
    tip: "try it, then add checked = \"YYYY-MM-DD\"",
};

coseal_core::check! {
    /// In an incident the first minutes go into finding the right people. This check wants the roles `incident`
    /// and `risk-owner`, each with a contact that was tried in the last 90 days.
    ///
    /// It fails when a role is missing, is unknown when a contact was never tried, and goes stale when the
    /// last try is too long ago. The day in the file is a statement, unsigned: a gate may ask for a signed one.
    ///
    /// To put it right: call or write to each contact and set `checked` to the day of the answer.
    pub(crate) ContactsCurrent = "contacts-current";
    reads: [Read::all(Kind::Role), Read::only(Kind::System, &["id"])];
    rules: [MISSING, NEVER_TRIED];
}

impl Check for ContactsCurrent {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let roles = facts.role();
        for needed in NEEDED.iter().filter(|needed| !roles.contains_key(**needed)) {
            findings.add(&MISSING, facts.file_place(), format!("there is no [role.{needed}]"));
        }
        let mut coverage = Coverage::whole(roles.len());
        for id in roles.iter().filter(|(_, role)| role.checked.is_none()).map(|(id, _)| id) {
            coverage.leave_out(
                &format!("role.{id}"),
                "its contact was never tried, as far as is known",
            );
            findings.add(
                &NEVER_TRIED,
                facts.place(&format!("role.{id}")),
                format!("the contact of role {id} was never tried, as far as is known"),
            );
        }
        for (id, _) in
            roles.iter().filter(|(_, role)| role.checked.is_some_and(|day| day > facts.as_of()))
        {
            coverage.leave_out(
                &format!("role.{id}"),
                "the day of its last try is after the day of this run",
            );
            findings.add(
                &NEVER_TRIED,
                facts.place(&format!("role.{id}.checked")),
                format!("the contact of role {id} is said to have been tried on a day to come"),
            );
        }
        let oldest = roles.values().filter_map(|role| role.checked).min();
        let outcome = match (findings.of(&MISSING), findings.of(&NEVER_TRIED), oldest) {
            (0, 0, Some(oldest)) => {
                Outcome::new(State::Pass, "every contact was tried lately").observed(oldest)
            }
            (0, ..) => Outcome::unknown("some contacts were never tried, as far as is known"),
            _ => Outcome::new(State::Fail, "a role that every system needs has no contact"),
        };
        outcome.about(roles.keys().map(|id| format!("role.{id}"))).covering(coverage)
    }
}
