//! What files show of an AI system: the facts that discovery finds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Pin;
use crate::{
    digest::Digest,
    finding::{Confidence, Severity},
    system::Location,
};

/// What an asset is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum AssetKind {
    /// A model: files, a repository of a hub, or a hosted one behind an API (its location says which).
    Model,
    /// An adapter on top of a model.
    Adapter,
    /// A dataset.
    Dataset,
    /// A prompt, chat template, or instructions to an agent.
    Prompt,
    /// A store that content is read from while answering.
    Store,
    /// A tool or function that a model may call.
    Tool,
    /// An MCP server, defined or used here.
    Mcp,
    /// An agent.
    Agent,
    /// A running part that the system calls: an inference server, a provider's API, a tracing service.
    Service,
    /// A library for AI. It has no place in the system file.
    Library,
    /// A document of the system file. Discovery finds none; the register may hold one.
    Document,
}

impl AssetKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Model,
        Self::Adapter,
        Self::Dataset,
        Self::Prompt,
        Self::Store,
        Self::Tool,
        Self::Mcp,
        Self::Agent,
        Self::Service,
        Self::Library,
        Self::Document,
    ];

    /// The word used everywhere, and the table of the system file where there is one.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Adapter => "adapter",
            Self::Dataset => "dataset",
            Self::Prompt => "prompt",
            Self::Store => "store",
            Self::Tool => "tool",
            Self::Mcp => "mcp",
            Self::Agent => "agent",
            Self::Service => "service",
            Self::Library => "library",
            Self::Document => "document",
        }
    }
}

/// How an asset was told by a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By what the file holds: its magic number or structure.
    Content,
    /// By a call in code, its arguments followed to where they are set.
    Call,
    /// By a definition in code: a constant, a decorated function.
    Definition,
    /// By an import.
    Import,
    /// By a manifest or lock file of packages.
    Manifest,
    /// By a key of a configuration, an image, or an argument of a command.
    Configuration,
    /// By a pointer of DVC or LFS.
    Pointer,
    /// By the name of a file or a known name in a text.
    Name,
}

/// A place that shows an asset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sighting {
    /// Path relative to the inspected folder.
    pub path: String,
    /// Line, counted from 1; 0 for the file as a whole.
    pub line: u32,
    /// How it was told.
    pub method: Method,
    /// How sure.
    pub confidence: Confidence,
}

/// Something of an AI system that files show. Sorted by kind and name; each kind and name once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Asset {
    /// What it is.
    pub kind: AssetKind,
    /// What it is called where it is used, fit to show: a hub id, a path, a model's name, a function's name.
    pub name: String,
    /// Where it is, as the system file would say it; none where files don't tell.
    pub location: Option<Location>,
    /// Digest of its text, for what stands in code: a prompt, the description of a tool.
    pub digest: Option<Digest>,
    /// Whether its name always means the same bytes.
    pub pin: Pin,
    /// Whether only tests, examples, documentation or lists of choices show it.
    pub optional: bool,
    /// What else was told of it, such as `effect`, `provider`, `version`, `store`, `retrieval`.
    pub details: BTreeMap<String, String>,
    /// Where it was seen, sorted; at least one place, the first 50.
    pub seen: Vec<Sighting>,
}

/// The detail of an asset in code that says why its text can't be told; it has no digest then.
pub const UNTOLD: &str = "untold";

impl Locked {
    /// What tells entries apart: another name for the same bytes is the same entry.
    #[must_use]
    pub fn key(&self) -> (AssetKind, &str) {
        (self.kind, &self.location)
    }
}

impl LockFact {
    /// The entry for what is of a kind at a place.
    #[must_use]
    pub fn entry(&self, kind: AssetKind, location: &str) -> Option<&Locked> {
        self.entries.iter().find(|entry| entry.key() == (kind, location))
    }
}

impl Asset {
    /// The surest of the places that show it.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.seen.iter().map(|seen| seen.confidence).max().unwrap_or(Confidence::Low)
    }

    /// The surest place, the first of equals.
    #[must_use]
    pub fn main_place(&self) -> Option<&Sighting> {
        self.seen.iter().min_by_key(|seen| std::cmp::Reverse(seen.confidence))
    }
}

/// A package that a manifest or lock file names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Dependency {
    /// The manifest, relative to the inspected folder.
    pub path: String,
    /// Line, counted from 1; 0 where it can't be told.
    pub line: u32,
    /// Where packages of its kind come from: `pypi`, `npm`, `cargo`, `go`, `conda`, `maven`, …
    pub ecosystem: String,
    /// Its name, in the ecosystem's normal form.
    pub name: String,
    /// What the manifest asks for, as written; empty for any.
    pub wants: String,
    /// Whether the manifest names one exact version or commit.
    pub exact: bool,
    /// The version that a lock file beside it fixes.
    pub locked: Option<String>,
    /// Whether it comes from elsewhere than the ecosystem's registry (git, an address, a path), and is it an exact commit.
    pub source: DependencySource,
    /// Whether it is for AI: an SDK, a framework, an inference server, a vector store's client.
    pub ai: bool,
    /// Whether it is for developing only.
    pub development: bool,
}

/// Where a package comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DependencySource {
    /// The ecosystem's registry.
    Registry,
    /// A repository, at an exact commit.
    Commit,
    /// A repository, at whatever its branch or tag says.
    Branch,
    /// An address.
    Address,
    /// A folder.
    Path,
}

/// Something that configuration runs: a service of compose, a container of Kubernetes or a chart, a Dockerfile, a job of a workflow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Workload {
    /// Its file, relative to the inspected folder.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
    /// What kind of file: `compose`, `kubernetes`, `helm`, `dockerfile`, `workflow`, `procfile`.
    pub form: String,
    /// Its name there.
    pub name: String,
    /// Its image, as written.
    pub image: Option<String>,
    /// What of AI it runs (`vllm`, `ollama`, `qdrant`, …, `app` for an image built from code that uses AI); none where nothing says so.
    pub runs: Option<String>,
    /// Ports that it opens.
    pub ports: BTreeSet<String>,
    /// What its configuration says that bears on safety, in the words of the reader that found it.
    pub settings: Vec<Setting>,
}

/// One thing that the configuration of a workload says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Setting {
    /// A word in kebab-case, such as `published-on-all-interfaces`, `privileged`, `trust-remote-code`.
    pub what: String,
    /// What it is set to, fit to show; never a secret.
    pub value: String,
    /// Line, counted from 1.
    pub line: u32,
}

/// What `coseal.lock` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LockFact {
    /// Whether there is one.
    pub present: bool,
    /// What is wrong with it, where it can't be read.
    pub problem: Option<String>,
    /// What it registers, sorted.
    pub entries: Vec<Locked>,
}

/// An asset that `coseal.lock` registers.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Locked {
    /// What it is.
    pub kind: AssetKind,
    /// Its element of the system file where it has one, its name otherwise.
    pub name: String,
    /// Where it is: `path:…`, or `code:PATH#NAME` for what stands in code.
    pub location: String,
    /// Its digest: of the file, of the folder's listing, or of the text that stands in code.
    pub digest: Digest,
    /// Its size in bytes; none for what stands in code.
    pub size: Option<u64>,
}

/// The results of a tool that looks for vulnerabilities, as they lie in the folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AdvisoryReport {
    /// Its file, relative to the inspected folder.
    pub path: String,
    /// Its format: `sarif`, `openvex`, `osv`, `cyclonedx-vex`, `csaf-vex`.
    pub format: String,
    /// The tool or author that made it.
    pub tool: String,
    /// What the tool looked at, as the report names it: an image, a folder.
    pub target: Option<String>,
    /// The day on which it was made, where it says so.
    pub made: Option<Date>,
    /// What it found or states.
    pub results: Vec<Advisory>,
    /// What is wrong with it, where it can't be read in full.
    pub problem: Option<String>,
}

/// One vulnerability, as a tool reports it or a statement triages it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Advisory {
    /// Its id: `CVE-…`, `GHSA-…`, `PYSEC-…`, a rule's id.
    pub id: String,
    /// Its other ids.
    pub aliases: BTreeSet<String>,
    /// The package or file that it is in.
    pub subject: String,
    /// The product whose part the subject is, where the statement holds for that product only.
    pub product: Option<String>,
    /// The day of this statement, where it has one of its own.
    pub stated: Option<Date>,
    /// Line in that file, counted from 1.
    pub line: Option<u32>,
    /// How bad it is, where that is said.
    pub severity: Option<Severity>,
    /// Whether it is known to be exploited.
    pub exploited: bool,
    /// Whether the report says that it is dealt with (VEX: not affected, fixed; SARIF: suppressed), and why.
    pub triaged: Option<String>,
}
