//! What the catalogue says of a guideline and of a check.

use serde::{Deserialize, Serialize};

use crate::{condition::Condition, grade::Grade};

/// A stage of the life of an AI system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Secure design.
    Design,
    /// Secure development.
    Development,
    /// Secure deployment.
    Deployment,
    /// Secure operation and maintenance.
    Operation,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 4] = [Self::Design, Self::Development, Self::Deployment, Self::Operation];

    /// Its number in the guidelines.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Design => 1,
            Self::Development => 2,
            Self::Deployment => 3,
            Self::Operation => 4,
        }
    }

    /// Its heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Design => "Design",
            Self::Development => "Development",
            Self::Deployment => "Deployment",
            Self::Operation => "Operation",
        }
    }
}

/// How much a check weighs in the roll-up.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Without it the guideline is not met.
    Must,
    /// Without it the guideline is met in part.
    Should,
}

/// What a check needs before it can be judged.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// A folder is enough.
    Files,
    /// The running service.
    Live,
    /// A window of logs.
    Log,
    /// A test or an exercise.
    Drill,
    /// A statement of a person.
    People,
}

impl Scope {
    /// All scopes, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Files, Self::Live, Self::Log, Self::Drill, Self::People];

    /// The word used everywhere.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Live => "live",
            Self::Log => "log",
            Self::Drill => "drill",
            Self::People => "people",
        }
    }
}

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EvidenceKind {
    /// Scan or static analysis.
    S,
    /// Verification of a signature or digest.
    V,
    /// Live probe of the running service.
    L,
    /// Test or drill run.
    T,
    /// Statistic over a signed window of logs.
    M,
    /// Statement signed by a named role, expiring.
    H,
}

impl EvidenceKind {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::S => "a scan or static analysis",
            Self::V => "a verified signature or digest",
            Self::L => "a live probe of the running service",
            Self::T => "a test or drill run",
            Self::M => "a statistic over a signed window of logs",
            Self::H => "a statement signed by a named role, expiring",
        }
    }
}

/// One of the 17 guidelines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guideline {
    /// Number in the guidelines: stage, dot, place.
    pub id: String,
    /// Short name, kebab-case.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its stage.
    pub stage: Stage,
    /// What a machine can't judge.
    pub left_to_people: String,
    /// The checks under it.
    #[serde(rename = "check")]
    pub checks: Vec<CheckEntry>,
}

/// One check.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckEntry {
    /// Kebab-case id, stable for ever.
    pub id: String,
    /// Its weight.
    pub level: Level,
    /// What it needs.
    pub scope: Scope,
    /// What it asks.
    pub question: String,
    /// Kinds of evidence; all are needed to pass.
    pub evidence: Vec<EvidenceKind>,
    /// More about the evidence.
    pub evidence_detail: Option<String>,
    /// When it passes, passes in part, fails.
    pub rule: String,
    /// How old evidence may be, in days; left out: valid only for the exact facts it was bound to.
    pub max_age_days: Option<u32>,
    /// Kinds of facts that its evidence is bound to.
    pub binds_to: Vec<String>,
    /// Facts of the system file under which it does not arise.
    pub not_applicable_if: Vec<Condition>,
    /// The crate that produces the evidence.
    #[serde(rename = "crate")]
    pub home: String,
}

impl CheckEntry {
    /// The best grade that its kind of evidence allows: a person's statement is never an observation.
    #[must_use]
    pub fn best_grade(&self) -> Grade {
        if self.evidence.iter().all(|kind| *kind == EvidenceKind::H) { Grade::C } else { Grade::A }
    }
}
