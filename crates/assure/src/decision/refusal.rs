//! What findings say of decisions that do not count. Several checks share these rules.

use coseal_core::{
    check::Findings,
    fact::DecisionFact,
    finding::{Confidence, Location, Rule, Severity},
};

use super::standing::{Refusal, Standing};

macro_rules! rules {
    ($($(#[$meta:meta])* $name:ident = $id:literal, $severity:ident, $summary:literal, $tip:literal;)+) => {$(
        $(#[$meta])*
        pub const $name: Rule = Rule {
            id: $id,
            severity: Severity::$severity,
            confidence: Confidence::High,
            summary: $summary,
            tip: $tip,
        };
    )+};
}

rules! {
    /// A decision file can't be read, or has errors.
    UNREADABLE = "decision-unreadable", Medium, "a decision can't be read",
        "put the line right, and have it signed again";
    /// A decision is about another system.
    OTHER_SYSTEM = "decision-other-system", Medium, "a decision is about another system",
        "decide for this system: coseal decide";
    /// A decision is made in a role that may not make it.
    ROLE_WRONG = "decision-role-wrong", Medium, "a decision is made in a role that may not make it",
        "have it made and signed by one of the roles that may";
    /// Nobody signed a decision.
    UNSIGNED = "decision-unsigned", Medium, "nobody has signed a decision",
        "sign it: coseal decide sign FILE --key KEY";
    /// The signature of a decision is not one of its file.
    BROKEN = "decision-signature-broken", High, "the signature of a decision does not belong to it",
        "see who changed the file since it was signed; sign it again if it is right";
    /// The key of a decision is not in the trust root.
    STRANGER = "decision-signer-stranger", High, "a decision is signed with a key that the trust root does not know",
        "have it signed by somebody whom the trust root knows, or have the key added there";
    /// The key of a decision is revoked.
    REVOKED = "decision-signer-revoked", High, "a decision is signed with a revoked key",
        "decide again, and sign it with a key that is in force";
    /// The key of a decision is not one of its role.
    ROLE_NOT_HELD = "decision-role-not-held", High, "a decision is signed with a key that does not hold its role",
        "have it signed by somebody who holds the role in the trust root";
    /// What a decision rests on has changed.
    STALE = "decision-stale", Medium, "what a decision rests on has changed",
        "look at what has changed, and decide again";
    /// A decision has expired.
    EXPIRED = "decision-expired", Medium, "a decision has expired",
        "decide again, or remove the file: the history keeps it";
    /// A decision is dated in the future.
    NOT_YET = "decision-not-yet", Low, "a decision is made on a day to come",
        "put the right day into it, and have it signed again";
}

/// Makes the finding of a decision that does not count; says nothing of one that does.
pub(crate) fn note(fact: &DecisionFact, standing: &Standing, findings: &mut Findings) {
    let rule = match standing {
        Standing::Holds { .. } => return,
        Standing::Expired { .. } => &EXPIRED,
        Standing::NotYet => &NOT_YET,
        Standing::Stale { .. } => &STALE,
        Standing::Refused(refusal) => match refusal {
            Refusal::Unreadable { .. } => &UNREADABLE,
            Refusal::OtherSystem => &OTHER_SYSTEM,
            Refusal::RoleWrong { .. } => &ROLE_WRONG,
            Refusal::Unsigned => &UNSIGNED,
            Refusal::Broken { .. } => &BROKEN,
            Refusal::Stranger => &STRANGER,
            Refusal::Revoked => &REVOKED,
            Refusal::RoleNotHeld => &ROLE_NOT_HELD,
        },
    };
    let place = match standing {
        Standing::Refused(Refusal::Unreadable { line, .. }) if *line > 0 => {
            Location::line(&fact.path, *line)
        }
        _ => Location::file(&fact.path),
    };
    findings.add(rule, place, sentence(standing));
}

/// Why a decision does not count, as a fragment.
pub(crate) fn sentence(standing: &Standing) -> String {
    match standing {
        Standing::Holds { .. } => "it counts".to_owned(),
        Standing::Expired { on } => format!("it expired on {on}"),
        Standing::NotYet => "it is made on a day to come".to_owned(),
        Standing::Stale { what } => format!("it rests on something that has changed: {what}"),
        Standing::Refused(refusal) => match refusal {
            Refusal::Unreadable { why, .. } => why.clone(),
            Refusal::OtherSystem => "it is about another system".to_owned(),
            Refusal::RoleWrong { may } => {
                format!("only these roles may decide it: {}", may.join(", "))
            }
            Refusal::Unsigned => "nobody has signed it".to_owned(),
            Refusal::Broken { why } => why.clone(),
            Refusal::Stranger => "the trust root does not know its key".to_owned(),
            Refusal::Revoked => "its key is revoked".to_owned(),
            Refusal::RoleNotHeld => "its key does not hold the role in which it is made".to_owned(),
        },
    }
}
