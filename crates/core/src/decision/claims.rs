//! What a statement claims, one type for each check that takes one.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    types::{Attest, AttestTable},
    words::Basis,
};
use crate::catalogue::{EvidenceKind, catalogue};

/// What a statement claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Claim {
    /// `training-completed`.
    Training(TrainingClaim),
    /// `logging-lawful`.
    Logging(LoggingClaim),
    /// `supplier-fallback-ready`.
    Supplier(SupplierClaim),
    /// `legacy-compensated`.
    Legacy(LegacyClaim),
    /// Any other check that takes statements.
    Holds(HoldsClaim),
}

/// How many of the people in privileged roles have completed a course: counts, never names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TrainingClaim {
    /// People who hold a production, data or model role.
    pub privileged: u32,
    /// Of these, people who have completed a course.
    pub completed: u32,
}

/// On which ground input is logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LoggingClaim {
    /// The ground in law.
    pub basis: Basis,
    /// Where users are told.
    pub notice: String,
    /// The logs that it is about, as in log.prompts.
    pub logs: BTreeSet<String>,
}

/// That suppliers were looked into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SupplierClaim {
    /// The hosted models and services that it is about, as in model.chat or service.search.
    pub suppliers: BTreeSet<String>,
    /// Day on which they were last looked into.
    #[schemars(with = "String", extend("format" = "date"))]
    pub due_diligence: Date,
}

/// That something stands in for updates that can't be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LegacyClaim {
    /// What can't be updated, as in model.old, tool.x or service.x.
    pub elements: BTreeSet<String>,
    /// What is done instead, in plain words.
    pub control: String,
    /// A check that shows that the control works: it has to pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control_check: Option<String>,
}

/// That what the check asks is so, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HoldsClaim {
    /// Whether it is so.
    pub holds: bool,
}

/// The checks that take a signed statement: those of the catalogue whose evidence names one, but for those whose
/// statement is a decision of its own kind.
#[must_use]
pub fn takes_statements() -> Vec<&'static str> {
    let takes = catalogue().checks().filter(|(_, entry)| {
        entry.evidence.contains(&EvidenceKind::H)
            && !entry.binds_to.iter().any(|kind| kind == "decision")
    });
    takes.map(|(_, entry)| entry.id.as_str()).collect()
}

/// A claim for a check, as it may stand in a file.
#[must_use]
pub fn claim_example(check: &str) -> &'static str {
    match check {
        "training-completed" => "{ privileged = 12, completed = 12 }",
        "logging-lawful" => {
            "{ basis = \"legitimate-interests\", notice = \"the help page on privacy\", logs = [\"log.prompts\"] }"
        }
        "supplier-fallback-ready" => "{ suppliers = [\"model.chat\"], due-diligence = 2026-11-01 }",
        "legacy-compensated" => {
            "{ elements = [\"tool.billing\"], control = \"reachable through the gateway only\" }"
        }
        _ => "{ holds = true }",
    }
}

/// The JSON Schema of the claim for a check.
pub(super) fn schema_of(check: &str) -> Value {
    let schema = match check {
        "training-completed" => schemars::schema_for!(TrainingClaim),
        "logging-lawful" => schemars::schema_for!(LoggingClaim),
        "supplier-fallback-ready" => schemars::schema_for!(SupplierClaim),
        "legacy-compensated" => schemars::schema_for!(LegacyClaim),
        _ => schemars::schema_for!(HoldsClaim),
    };
    schema.to_value()
}

impl TryFrom<AttestTable> for Attest {
    type Error = serde_json::Error;

    fn try_from(table: AttestTable) -> Result<Self, serde_json::Error> {
        let AttestTable { check, claim } = table;
        let claim = match check.as_str() {
            "training-completed" => Claim::Training(serde_json::from_value(claim)?),
            "logging-lawful" => Claim::Logging(serde_json::from_value(claim)?),
            "supplier-fallback-ready" => Claim::Supplier(serde_json::from_value(claim)?),
            "legacy-compensated" => Claim::Legacy(serde_json::from_value(claim)?),
            _ => Claim::Holds(serde_json::from_value(claim)?),
        };
        Ok(Self { check, claim })
    }
}

#[cfg(test)]
mod tests {
    use super::takes_statements;

    #[test]
    fn statements_are_taken_by_checks_that_want_a_persons_word() {
        let takes = takes_statements();
        for check in ["training-completed", "logging-lawful", "legacy-compensated"] {
            assert!(takes.contains(&check), "{check}");
        }
        assert!(!takes.contains(&"model-decision-recorded"), "its statement is a choice");
        assert!(!takes.contains(&"model-files-scanned"), "a scan tells");
    }
}
