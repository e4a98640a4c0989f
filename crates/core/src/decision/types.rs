//! The types of decision files. Their doc comments are the descriptions in the published JSON Schema.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    claims::Claim,
    words::{DecisionKind, Disposition, Risk},
};
use crate::digest::Digest;

/// A decision of a person, in a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Decision {
    /// Version of this format; 1.
    #[schemars(extend("const" = 1))]
    pub schema: u32,
    /// What is decided, and about what.
    #[serde(flatten)]
    #[schemars(skip)]
    pub content: Content,
    /// Id of the system that it is about: for another one it does not count.
    pub system: String,
    /// The role in which it is made and signed.
    pub role: String,
    /// Day on which it is made.
    #[schemars(with = "String", extend("format" = "date"))]
    pub made: Date,
    /// Last day on which it counts.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Why, in plain words; no names of people, and no secrets.
    pub reason: String,
    /// Environments that it is about; left out: all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub environments: BTreeSet<String>,
    /// What it rests on: once one of these changes, the decision is stale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Content {
    /// Something that no machine sees is so.
    Attest(Attest),
    /// A check may fail for a while.
    Waive(Waive),
    /// A model is chosen.
    Choose(Choose),
    /// A threat is answered.
    Threat(Threat),
    /// A check does not arise.
    Exempt(Exempt),
}

/// A statement about a check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "AttestTable")]
pub struct Attest {
    /// The check.
    pub check: String,
    /// What is stated.
    pub claim: Claim,
}

macro_rules! parts {
    ($($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        $vis struct $name { $($(#[$fmeta])* $vis $field: $ty),+ }
    )+};
}

parts! {
    /// A statement about a check, as it stands in the file.
    pub(super) AttestTable {
        /// The check that it is about, by its id.
        check: String,
        /// What is stated; its keys depend on the check.
        claim: serde_json::Value,
    }
    /// A waiver: a check may fail for a while.
    pub Waive {
        /// The check that may fail, by its id.
        check: String,
        /// The worst of what is accepted.
        severity: Risk,
        /// The findings that are accepted, and no others; empty only if the check fails without findings.
        #[serde(default)] covers: Vec<Covered>,
        /// What is done instead, in plain words: the compensating control.
        control: String,
        /// A check that shows that the compensating control works: it has to pass.
        #[serde(skip_serializing_if = "Option::is_none")] control_check: Option<String>,
        /// Digest of the file of the waiver that this one renews.
        #[serde(skip_serializing_if = "Option::is_none")] renews: Option<Digest>,
    }
    /// The record of a choice of model.
    pub Choose {
        /// The model of the system file that the choice is for, as in model.chat.
        model: String,
        /// The option that was chosen, by its name.
        chosen: String,
        /// What the options were measured by.
        criteria: Vec<String>,
        /// The options that were looked at.
        option: Vec<Offer>,
        /// Results that the choice rests on, by the digests of their evidence.
        #[serde(default, skip_serializing_if = "Vec::is_empty")] results: Vec<Digest>,
        /// Day by which the choice is looked at again.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        #[serde(skip_serializing_if = "Option::is_none")] reassess_by: Option<Date>,
    }
    /// An answer to a threat.
    pub Threat {
        /// The threat, by its id.
        threat: String,
        /// Digest of the facts that make it possible, as they were: once they change, it is open again.
        #[serde(skip_serializing_if = "Option::is_none")] witness: Option<Digest>,
        /// What is done about it.
        disposition: Disposition,
        /// The checks of the controls that stand against it (mitigated).
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")] controls: BTreeSet<String>,
        /// How bad it is (accepted).
        #[serde(skip_serializing_if = "Option::is_none")] severity: Option<Risk>,
        /// Who carries it, as an organisation or a role (transferred).
        #[serde(skip_serializing_if = "Option::is_none")] to: Option<String>,
        /// What was taken away or is not done (avoided).
        #[serde(skip_serializing_if = "Option::is_none")] how: Option<String>,
    }
    /// A decision about scope: a check does not arise.
    pub Exempt {
        /// The check that does not arise, by its id.
        check: String,
    }
    /// A finding that is accepted.
    pub Covered {
        /// The rule of the finding.
        rule: String,
        /// The file of the finding.
        path: String,
        /// What the finding says; numbers in it may change. Left out: every finding of the rule in that file.
        #[serde(skip_serializing_if = "Option::is_none")] about: Option<String>,
    }
    /// An option that was looked at.
    pub Offer {
        /// Its name.
        name: String,
        /// Where it is, as in the system file.
        #[serde(skip_serializing_if = "Option::is_none")] location: Option<crate::system::Location>,
        /// What speaks for it, or against it.
        why: String,
    }
    /// Something that the decision rests on: a file, a record or another decision.
    pub Evidence {
        /// What it shows.
        what: String,
        /// A file below the folder of the system file.
        #[serde(skip_serializing_if = "Option::is_none")] path: Option<String>,
        /// Digest of that file, as it was read.
        #[serde(skip_serializing_if = "Option::is_none")] digest: Option<Digest>,
        /// Id of a record in the evidence store.
        #[serde(skip_serializing_if = "Option::is_none")] record: Option<Digest>,
        /// Digest of the file of another decision.
        #[serde(skip_serializing_if = "Option::is_none")] decision: Option<Digest>,
    }
}

/// What a piece of evidence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cited<'a> {
    /// A file, with its digest.
    File(&'a str, Digest),
    /// A record of the evidence store, by its id.
    Record(Digest),
    /// Another decision, by the digest of its file.
    Decision(Digest),
}

impl Evidence {
    /// What it names; nothing if it names none or several.
    #[must_use]
    pub fn cited(&self) -> Option<Cited<'_>> {
        match (&self.path, self.digest, self.record, self.decision) {
            (Some(path), Some(digest), None, None) => Some(Cited::File(path, digest)),
            (None, None, Some(record), None) => Some(Cited::Record(record)),
            (None, None, None, Some(decision)) => Some(Cited::Decision(decision)),
            _ => None,
        }
    }
}

impl Decision {
    /// What it does.
    #[must_use]
    pub const fn kind(&self) -> DecisionKind {
        match self.content {
            Content::Attest(_) => DecisionKind::Attest,
            Content::Waive(_) => DecisionKind::Waive,
            Content::Choose(_) => DecisionKind::Choose,
            Content::Threat(_) => DecisionKind::Threat,
            Content::Exempt(_) => DecisionKind::Exempt,
        }
    }

    /// The check, model or threat that it is about.
    #[must_use]
    pub fn subject(&self) -> &str {
        match &self.content {
            Content::Attest(Attest { check, .. })
            | Content::Waive(Waive { check, .. })
            | Content::Exempt(Exempt { check }) => check,
            Content::Choose(choose) => &choose.model,
            Content::Threat(threat) => &threat.threat,
        }
    }

    /// The statement, if it is one.
    #[must_use]
    pub const fn attest(&self) -> Option<&Attest> {
        match &self.content {
            Content::Attest(attest) => Some(attest),
            _ => None,
        }
    }

    /// The waiver, if it is one.
    #[must_use]
    pub const fn waive(&self) -> Option<&Waive> {
        match &self.content {
            Content::Waive(waive) => Some(waive),
            _ => None,
        }
    }

    /// The record of a choice of model, if it is one.
    #[must_use]
    pub const fn choose(&self) -> Option<&Choose> {
        match &self.content {
            Content::Choose(choose) => Some(choose),
            _ => None,
        }
    }

    /// The answer to a threat, if it is one.
    #[must_use]
    pub const fn threat(&self) -> Option<&Threat> {
        match &self.content {
            Content::Threat(threat) => Some(threat),
            _ => None,
        }
    }

    /// The decision about scope, if it is one.
    #[must_use]
    pub const fn exempt(&self) -> Option<&Exempt> {
        match &self.content {
            Content::Exempt(exempt) => Some(exempt),
            _ => None,
        }
    }
}
