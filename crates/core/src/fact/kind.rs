//! Kinds of facts, and what a check says it reads.

use std::fmt;

use serde::Serialize;

macro_rules! kinds {
    ($($(#[$meta:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// A kind of fact.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind { $($(#[$meta])* $variant),+ }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in the catalogue.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

kinds! {
    /// The system file itself: whether it is there, and its problems.
    SystemFile = "system-file",
    /// `[system]`.
    System = "system",
    /// `[role.…]`.
    Role = "role",
    /// `[environment.…]`.
    Environment = "environment",
    /// `[model.…]`.
    Model = "model",
    /// `[adapter.…]`.
    Adapter = "adapter",
    /// `[dataset.…]`.
    Dataset = "dataset",
    /// `[prompt.…]`.
    Prompt = "prompt",
    /// `[store.…]`.
    Store = "store",
    /// `[tool.…]`.
    Tool = "tool",
    /// `[mcp.…]`.
    Mcp = "mcp",
    /// `[agent.…]`.
    Agent = "agent",
    /// `[memory.…]`.
    Memory = "memory",
    /// `[log.…]`.
    Log = "log",
    /// `[service.…]`.
    Service = "service",
    /// `[zone.…]`.
    Zone = "zone",
    /// `[endpoint.…]`.
    Endpoint = "endpoint",
    /// `[guard.…]`.
    Guard = "guard",
    /// `[flow.…]`.
    Flow = "flow",
    /// `[pipeline.…]`.
    Pipeline = "pipeline",
    /// `[feedback.…]`.
    Feedback = "feedback",
    /// `[document.…]`.
    Document = "document",
    /// Model files found by their content.
    Artefact = "artefact",
    /// Digests of assets as they are now. Read narrowly, its fields are the kinds of assets that they are of.
    Digest = "digest",
    /// Texts of documents, cards and prompts.
    Text = "text",
    /// Places that hold what looks like a secret.
    Secret = "secret",
    /// What the walk of the folder saw, and what it left out.
    Inspection = "inspection",
    /// What the catalogue of hosted models knows of the models in use.
    HostedModel = "hosted-model",
    /// Names of hosted models in code and configuration.
    HostedUse = "hosted-use",
    /// What files show of the system: models, prompts, tools, services and so on.
    Asset = "asset",
    /// Packages that manifests and lock files name.
    Dependency = "dependency",
    /// What configuration runs: services, containers, jobs.
    Workload = "workload",
    /// What `coseal.lock` registers.
    Lock = "lock",
    /// Results of tools that look for vulnerabilities, and what was said of them.
    Advisory = "advisory",
    /// Statements of people about checks. Read narrowly, its fields are the checks that they are about.
    Statement = "statement",
    /// Other decisions of people. Read narrowly, its fields are the kinds of decisions: waive, choose, threat, exempt.
    Decision = "decision",
    /// Outcomes of other checks.
    Outcome = "outcome",
}

impl Kind {
    /// Whether facts of this kind stand in the system file, and so are the same wherever it is read.
    #[must_use]
    pub const fn is_declared(self) -> bool {
        !matches!(
            self,
            Self::Artefact
                | Self::Digest
                | Self::Text
                | Self::Secret
                | Self::Inspection
                | Self::HostedModel
                | Self::HostedUse
                | Self::Asset
                | Self::Dependency
                | Self::Workload
                | Self::Lock
                | Self::Advisory
                | Self::Outcome
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A kind of fact that a check reads, and which fields of it: evidence is bound to exactly these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The kind.
    pub kind: Kind,
    /// Its fields, as in the system file (for digests, statements and decisions, see [`Kind`]); empty for all.
    pub fields: &'static [&'static str],
}

impl Read {
    /// All fields of a kind.
    #[must_use]
    pub const fn all(kind: Kind) -> Self {
        Self { kind, fields: &[] }
    }

    /// These fields of a kind.
    #[must_use]
    pub const fn only(kind: Kind, fields: &'static [&'static str]) -> Self {
        Self { kind, fields }
    }
}
