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
    id: "log-without-basis",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "no ground in law is stated for a log",
    tip: "state it, or stop the log: coseal decide attest logging-lawful",
};

coseal_core::check! {
    /// Prompts and answers are about people, and so are logs of them. On which ground in law they are kept, and where users
    /// are told, is for the privacy role to say, and to sign; no other role counts.
    ///
    /// It passes when every log of the system file is in the statement, is partial when some are, and fails when none is.
    /// Without a statement that counts it is unknown, after a year stale.
    ///
    /// To put it right: `coseal decide attest logging-lawful --role privacy --basis WORD --notice WHERE --log log.ID`.
    pub(crate) LoggingLawful = "logging-lawful";
    reads: [
        Read::only(Kind::Statement, &["logging-lawful"]),
        Read::only(Kind::System, &["id", "environments"]),
        Read::only(Kind::Log, &["class"]),
    ];
    rules: [
        NOT_STATED,
        BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
        UNREADABLE, UNSIGNED,
    ];
}

impl Check for LoggingLawful {
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
    let Claim::Logging(claim) = stated.claim else {
        return Outcome::unknown("the statement claims something else");
    };
    let logs: Vec<String> = facts.log().keys().map(|id| format!("log.{id}")).collect();
    let missing: Vec<&String> = logs.iter().filter(|log| !claim.logs.contains(*log)).collect();
    for log in &missing {
        findings.add(&NOT_STATED, facts.place(log), format!("the statement does not name {log}"));
    }
    let outcome = match (missing.len(), logs.len()) {
        (_, 0) => Outcome::new(State::Pass, "stated for what the system file declares: no log"),
        (0, _) => Outcome::new(State::Pass, "ground in law and notice are stated for every log"),
        (none, all) if none == all => {
            Outcome::new(State::Fail, "the statement names none of the logs of the system file")
        }
        (some, all) => Outcome::new(State::Partial, format!("{some} of {all} logs are not in it")),
    };
    outcome.about(&logs).covering(Coverage::whole(logs.len() - missing.len()))
}
