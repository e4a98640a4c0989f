//! The facts that one check may read.

use std::{cell::Cell, collections::BTreeMap};

use jiff::civil::Date;

use super::{
    AdvisoryReport, Artefact, Asset, DecisionFact, Dependency, DigestFact, Facts, HostedModel,
    HostedUse, Inspection, Kind, LockFact, OutcomeFact, Read, Secret, SystemFileFact, Text,
    Workload,
};
use crate::{finding::Location, system::*};

/// The facts that one check says it reads, and no other: a kind that it did not name is empty, and asking
/// for it is remembered as a [`View::breach`], which the engine turns into `unknown`.
#[derive(Debug)]
pub struct View<'a> {
    facts: &'a Facts,
    reads: Vec<Read>,
    breach: Cell<Option<Kind>>,
}

macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident: $kind:ident -> $ty:ty),+ $(,)?) => {$(
        $(#[$meta])*
        #[must_use]
        pub fn $name(&self) -> &'a Table<$ty> {
            static NONE: Table<$ty> = Table::new();
            match &self.facts.system {
                Some(system) if self.may(Kind::$kind) => &system.$name,
                _ => &NONE,
            }
        }
    )+};
}

impl<'a> View<'a> {
    /// A view of these kinds.
    #[must_use]
    pub fn new(facts: &'a Facts, reads: Vec<Read>) -> Self {
        Self { facts, reads, breach: Cell::new(None) }
    }

    fn may(&self, kind: Kind) -> bool {
        let may = self.reads.iter().any(|read| read.kind == kind);
        if !may {
            self.breach.set(Some(kind));
        }
        may
    }

    /// A kind that was asked for and not named.
    #[must_use]
    pub fn breach(&self) -> Option<Kind> {
        self.breach.get()
    }

    /// The day the run is about.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.facts.as_of
    }

    /// Whether there is a system file without errors.
    #[must_use]
    pub const fn has_system(&self) -> bool {
        self.facts.system.is_some()
    }

    /// Where an element of the system file stands.
    #[must_use]
    pub fn place(&self, path: &str) -> Location {
        Location::line(FILE_NAME, self.facts.spans.line(path))
    }

    /// The system file as a whole, for what it lacks.
    #[must_use]
    pub fn file_place(&self) -> Location {
        Location::file(FILE_NAME)
    }

    /// The system file itself.
    #[must_use]
    pub fn system_file(&self) -> &'a SystemFileFact {
        static NONE: SystemFileFact = SystemFileFact {
            present: false,
            problems: Vec::new(),
            unconfirmed: Unconfirmed::none(),
        };
        if self.may(Kind::SystemFile) { &self.facts.system_file } else { &NONE }
    }

    /// `[system]`.
    #[must_use]
    pub fn about(&self) -> Option<&'a About> {
        self.facts.system.as_ref().filter(|_| self.may(Kind::System)).map(|system| &system.system)
    }

    tables! {
        /// `[role.…]`.
        role: Role -> Role,
        /// `[environment.…]`.
        environment: Environment -> Environment,
        /// `[model.…]`.
        model: Model -> Model,
        /// `[adapter.…]`.
        adapter: Adapter -> Adapter,
        /// `[dataset.…]`.
        dataset: Dataset -> Dataset,
        /// `[prompt.…]`.
        prompt: Prompt -> Prompt,
        /// `[store.…]`.
        store: Store -> Store,
        /// `[tool.…]`.
        tool: Tool -> Tool,
        /// `[mcp.…]`.
        mcp: Mcp -> Mcp,
        /// `[agent.…]`.
        agent: Agent -> Agent,
        /// `[memory.…]`.
        memory: Memory -> Memory,
        /// `[log.…]`.
        log: Log -> Log,
        /// `[service.…]`.
        service: Service -> Service,
        /// `[zone.…]`.
        zone: Zone -> Zone,
        /// `[endpoint.…]`.
        endpoint: Endpoint -> Endpoint,
        /// `[guard.…]`.
        guard: Guard -> Guard,
        /// `[flow.…]`.
        flow: Flow -> Flow,
        /// `[pipeline.…]`.
        pipeline: Pipeline -> Pipeline,
        /// `[feedback.…]`.
        feedback: Feedback -> Feedback,
        /// `[document.…]`.
        document: Document -> Document,
    }

    /// Model files, by path.
    #[must_use]
    pub fn artefacts(&self) -> &'a BTreeMap<String, Artefact> {
        static NONE: BTreeMap<String, Artefact> = BTreeMap::new();
        if self.may(Kind::Artefact) { &self.facts.artefacts } else { &NONE }
    }

    /// The model files that are the bytes of an element.
    pub fn artefacts_of(&self, element: &str) -> impl Iterator<Item = &'a Artefact> {
        self.artefacts()
            .values()
            .filter(move |artefact| artefact.elements.iter().any(|e| e == element))
    }

    /// Digests, by element.
    #[must_use]
    pub fn digests(&self) -> &'a BTreeMap<String, DigestFact> {
        static NONE: BTreeMap<String, DigestFact> = BTreeMap::new();
        if self.may(Kind::Digest) { &self.facts.digests } else { &NONE }
    }

    /// All texts, by path.
    #[must_use]
    pub fn texts(&self) -> &'a BTreeMap<String, Text> {
        static NONE: BTreeMap<String, Text> = BTreeMap::new();
        if self.may(Kind::Text) { &self.facts.texts } else { &NONE }
    }

    /// The text of a file, by path.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&'a Text> {
        self.texts().get(path)
    }

    /// The text that a location of the system file names.
    #[must_use]
    pub fn text_at(&self, location: &crate::system::Location) -> Option<&'a Text> {
        self.text(location.path()?)
    }

    /// Places with secrets.
    #[must_use]
    pub fn secrets(&self) -> &'a [Secret] {
        if self.may(Kind::Secret) { &self.facts.secrets } else { &[] }
    }

    /// What the walk saw.
    #[must_use]
    pub fn inspection(&self) -> &'a Inspection {
        static NONE: Inspection = Inspection { files: 0, left_out: Vec::new(), gaps: Vec::new() };
        if self.may(Kind::Inspection) { &self.facts.inspection } else { &NONE }
    }

    /// Hosted models in use, by element.
    #[must_use]
    pub fn hosted_models(&self) -> &'a BTreeMap<String, HostedModel> {
        static NONE: BTreeMap<String, HostedModel> = BTreeMap::new();
        if self.may(Kind::HostedModel) { &self.facts.hosted_models } else { &NONE }
    }

    /// Names of hosted models in code.
    #[must_use]
    pub fn hosted_uses(&self) -> &'a [HostedUse] {
        if self.may(Kind::HostedUse) { &self.facts.hosted_uses } else { &[] }
    }

    /// What files show of the system.
    #[must_use]
    pub fn assets(&self) -> &'a [Asset] {
        if self.may(Kind::Asset) { &self.facts.assets } else { &[] }
    }

    /// Packages that manifests name.
    #[must_use]
    pub fn dependencies(&self) -> &'a [Dependency] {
        if self.may(Kind::Dependency) { &self.facts.dependencies } else { &[] }
    }

    /// What configuration runs.
    #[must_use]
    pub fn workloads(&self) -> &'a [Workload] {
        if self.may(Kind::Workload) { &self.facts.workloads } else { &[] }
    }

    /// What `coseal.lock` registers.
    #[must_use]
    pub fn lock(&self) -> &'a LockFact {
        static NONE: LockFact = LockFact { present: false, problem: None, entries: Vec::new() };
        if self.may(Kind::Lock) { &self.facts.lock } else { &NONE }
    }

    /// Results of tools that look for vulnerabilities.
    #[must_use]
    pub fn advisories(&self) -> &'a [AdvisoryReport] {
        if self.may(Kind::Advisory) { &self.facts.advisories } else { &[] }
    }

    /// Statements of people, and files that may be one and can't be read; in the order of their paths.
    pub fn statements(&self) -> impl Iterator<Item = &'a DecisionFact> {
        let may = self.may(Kind::Statement);
        self.facts.decisions.values().filter(move |fact| may && fact.is_statement() != Some(false))
    }

    /// Other decisions of people, and files that may be one and can't be read; in the order of their paths.
    pub fn decisions(&self) -> impl Iterator<Item = &'a DecisionFact> {
        let may = self.may(Kind::Decision);
        self.facts.decisions.values().filter(move |fact| may && fact.is_statement() != Some(true))
    }

    /// Outcomes of the first stratum, by check.
    #[must_use]
    pub fn outcomes(&self) -> &'a BTreeMap<String, OutcomeFact> {
        static NONE: BTreeMap<String, OutcomeFact> = BTreeMap::new();
        if self.may(Kind::Outcome) { &self.facts.outcomes } else { &NONE }
    }
}
