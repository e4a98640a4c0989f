//! What people decided, and who signed it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Kind;
use crate::{
    decision::{Decision, DecisionKind},
    digest::Digest,
    system::word,
};

/// Under this name stand files that can't be read: they may be anything, so everything is bound to them.
pub(super) const ANY: &str = "unreadable";

/// A decision file.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionFact {
    /// Path relative to the inspected folder.
    pub path: String,
    /// SHA-256 of the file; of nothing, if it could not be read.
    pub digest: Digest,
    /// What it says, or why that can't be told.
    pub decision: Result<Decision, BrokenDecision>,
    /// Who signed it.
    pub signer: Signer,
    /// SHA-256 of the file of the signature, if it is a right one.
    pub signature: Option<Digest>,
    /// What it rests on, in the order of the file.
    pub cited: Vec<CitedFact>,
}

/// A decision file that can't be read, or has errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenDecision {
    /// What is wrong, and what to do: the first error of the file.
    pub why: String,
    /// Its line, counted from 1; 0 where the file can't be read at all.
    pub line: u32,
    /// What the file means to do, where that can be told.
    pub kind: Option<DecisionKind>,
    /// The check that it means, where that can be told.
    pub check: Option<String>,
}

/// Something that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitedFact {
    /// What it shows, in the words of the decision.
    pub what: String,
    /// The digest that the decision names.
    pub named: Digest,
    /// Whether that is what is there now, or why not.
    pub holds: Result<(), String>,
}

/// Who signed a decision, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// Nobody: there is no signature.
    Unsigned,
    /// The signature does not belong to this file, or is none.
    Broken {
        /// Why.
        why: String,
    },
    /// The signature is right, and no trust root says whose key made it.
    Unproven {
        /// Fingerprint of the key.
        key: String,
    },
    /// The signature is right, and the key is not in the trust root.
    Stranger {
        /// Fingerprint of the key.
        key: String,
    },
    /// The key was in the trust root and is revoked.
    Revoked {
        /// Its name there.
        key: String,
    },
    /// The key is in the trust root.
    Proven {
        /// Its name there.
        key: String,
        /// The roles that it may sign for.
        roles: BTreeSet<String>,
        /// Whether this is one person alone: the key also develops, tests or runs, or no other key holds such a role.
        single: bool,
    },
}

impl DecisionFact {
    /// Whether it is a statement about a check; none where that can't be told.
    #[must_use]
    pub fn is_statement(&self) -> Option<bool> {
        let kind = match &self.decision {
            Ok(decision) => Some(decision.kind()),
            Err(broken) => broken.kind,
        };
        kind.map(|kind| kind == DecisionKind::Attest)
    }

    /// Whether it is, or may be, of one of these kinds.
    #[must_use]
    pub fn may_be(&self, kinds: &[DecisionKind]) -> bool {
        let kind = match &self.decision {
            Ok(decision) => Some(decision.kind()),
            Err(broken) => broken.kind,
        };
        kind.is_none_or(|kind| kinds.contains(&kind))
    }

    /// Whether it is, or may be, about this check.
    #[must_use]
    pub fn may_be_about(&self, check: &str) -> bool {
        match &self.decision {
            Ok(decision) => decision.subject() == check,
            Err(broken) => broken.check.as_ref().is_none_or(|meant| meant == check),
        }
    }

    /// The name of the field that it is bound under: its check if it is a statement, its kind if it is another decision.
    fn field(&self) -> String {
        match &self.decision {
            Ok(decision) if decision.kind() == DecisionKind::Attest => {
                decision.subject().to_owned()
            }
            Ok(decision) => word(&decision.kind()),
            Err(_) => ANY.to_owned(),
        }
    }
}

/// What evidence is bound to: content and digest of each file, and whether what it cites holds; not its path, and not
/// who signed it, so that a decision binds alike with and without a trust root.
pub(super) fn bound(
    decisions: &BTreeMap<String, DecisionFact>,
    kind: Kind,
) -> BTreeMap<String, Vec<Value>> {
    let other = kind == Kind::Decision;
    let mut by_field: BTreeMap<String, BTreeMap<Digest, Value>> = BTreeMap::new();
    for fact in decisions.values().filter(|fact| fact.is_statement() != Some(other)) {
        let value = serde_json::json!({
            "digest": fact.digest,
            "decision": fact.decision.as_ref().ok(),
            "holds": fact.cited.iter().map(|cited| cited.holds.is_ok()).collect::<Vec<_>>(),
        });
        by_field.entry(fact.field()).or_default().insert(fact.digest, value);
    }
    by_field.into_iter().map(|(field, facts)| (field, facts.into_values().collect())).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{BrokenDecision, DecisionFact, Signer};
    use crate::{
        decision::read,
        digest::Digest,
        fact::{Facts, Kind, Read, View},
    };

    fn fact(path: &str, text: &str, seed: u8) -> DecisionFact {
        let file = read(text);
        let broken = |file: crate::decision::DecisionFile| BrokenDecision {
            why: "x".into(),
            line: 1,
            kind: file.kind,
            check: file.check,
        };
        DecisionFact {
            path: path.into(),
            digest: Digest::new([seed; 32]),
            decision: file.decision.clone().ok_or_else(|| broken(file)),
            signer: Signer::Unsigned,
            signature: None,
            cited: Vec::new(),
        }
    }

    fn text(kind: &str, check: &str) -> String {
        let claim = if kind == "attest" { "claim = { holds = true }\n" } else { "" };
        format!(
            "schema = 1\nkind = \"{kind}\"\nsystem = \"s\"\nrole = \"owner\"\nmade = 2026-11-21\nexpires = 2027-01-01\nreason = \"r\"\ncheck = \"{check}\"\n{claim}"
        )
    }

    fn facts(of: &[(&str, String)]) -> Facts {
        let mut facts = Facts::none(date(2026, 11, 21));
        for (index, (path, text)) in of.iter().enumerate() {
            facts.decisions.insert((*path).into(), fact(path, text, index as u8));
        }
        facts
    }

    #[test]
    fn each_is_seen_as_what_it_is_and_only_by_who_names_it() {
        let facts = facts(&[
            ("a", text("attest", "contacts-current")),
            ("b", text("exempt", "restore-drilled")),
            ("c", "not = toml = at all".into()),
            ("d", text("attest", "contacts-current").replace("schema = 1", "schema = 2")),
        ]);
        let paths = |of: Vec<&DecisionFact>| of.iter().map(|f| f.path.clone()).collect::<Vec<_>>();
        let view = View::new(&facts, vec![Read::all(Kind::Statement)]);
        assert_eq!(paths(view.statements().collect()), ["a", "c", "d"]);
        assert!(view.breach().is_none());
        assert_eq!(view.decisions().count(), 0);
        assert_eq!(view.breach(), Some(Kind::Decision));
        let view = View::new(&facts, vec![Read::all(Kind::Decision)]);
        assert_eq!(paths(view.decisions().collect()), ["b", "c"]);
    }

    #[test]
    fn evidence_is_bound_to_what_was_decided_not_to_where_or_by_whom() {
        let read = Read::only(Kind::Statement, &["contacts-current"]);
        let about = text("attest", "contacts-current");
        let one = facts(&[("a", about.clone())]);
        let mut moved = facts(&[("z", about.clone())]);
        moved.decisions.get_mut("z").unwrap().signer = Signer::Unproven { key: "k".into() };
        assert_eq!(one.bound(&read), moved.bound(&read));
        let more = facts(&[("a", about.clone()), ("b", text("attest", "user-guide-current"))]);
        assert_eq!(one.bound(&read), more.bound(&read));
        let broken = facts(&[("a", about), ("b", "x".into())]);
        assert_ne!(one.bound(&read), broken.bound(&read));
        assert_ne!(one.bound(&read), facts(&[]).bound(&read));
    }
}
