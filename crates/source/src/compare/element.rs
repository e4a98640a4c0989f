//! What the system file declares, in one form for all kinds.

use coseal_core::{
    digest::Digest,
    fact::View,
    system::{
        Adapter, Agent, Dataset, Document, Location, Log, Mcp, Memory, Model, Prompt, Service,
        Store, System, Table, Tool, word,
    },
};

/// An element of the system file that stands for something outside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Element {
    /// Its table, such as `model`.
    pub kind: &'static str,
    /// Its id there.
    pub id: String,
    /// Where it is.
    pub location: Option<Location>,
    /// Digest of its bytes or text.
    pub digest: Option<Digest>,
    /// The kind of a store: vector, relational, document, cache.
    pub form: Option<String>,
}

impl Element {
    /// As `kind.id`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.kind, self.id)
    }
}

/// The tables that hold such elements.
struct Tables<'a> {
    model: &'a Table<Model>,
    adapter: &'a Table<Adapter>,
    dataset: &'a Table<Dataset>,
    prompt: &'a Table<Prompt>,
    store: &'a Table<Store>,
    tool: &'a Table<Tool>,
    mcp: &'a Table<Mcp>,
    agent: &'a Table<Agent>,
    memory: &'a Table<Memory>,
    log: &'a Table<Log>,
    service: &'a Table<Service>,
    document: &'a Table<Document>,
}

macro_rules! table {
    ($of:ident.$name:ident) => {
        &$of.$name
    };
    ($of:ident.$name:ident ()) => {
        $of.$name()
    };
}

/// The tables of a system, as fields or as methods.
macro_rules! tables {
    ($of:ident $(, $call:tt)?) => {
        Tables {
            model: table!($of.model $($call)?),
            adapter: table!($of.adapter $($call)?),
            dataset: table!($of.dataset $($call)?),
            prompt: table!($of.prompt $($call)?),
            store: table!($of.store $($call)?),
            tool: table!($of.tool $($call)?),
            mcp: table!($of.mcp $($call)?),
            agent: table!($of.agent $($call)?),
            memory: table!($of.memory $($call)?),
            log: table!($of.log $($call)?),
            service: table!($of.service $($call)?),
            document: table!($of.document $($call)?),
        }
    };
}

/// What a system declares, sorted.
#[must_use]
pub fn declared(system: &System) -> Vec<Element> {
    elements(&tables!(system))
}

/// What the system of a view declares, sorted. The view's check names all of these tables.
pub(crate) fn of_view(view: &View<'_>) -> Vec<Element> {
    elements(&tables!(view, ()))
}

fn elements(of: &Tables<'_>) -> Vec<Element> {
    let mut all = Vec::new();
    let mut add = |kind, id: &str, location: Option<&Location>, digest| {
        let element =
            Element { kind, id: id.to_owned(), location: location.cloned(), digest, form: None };
        all.push(element);
    };
    of.model.iter().for_each(|(id, of)| add("model", id, Some(&of.location), of.digest));
    of.adapter.iter().for_each(|(id, of)| add("adapter", id, Some(&of.location), of.digest));
    of.dataset.iter().for_each(|(id, of)| add("dataset", id, Some(&of.location), of.digest));
    of.prompt.iter().for_each(|(id, of)| add("prompt", id, Some(&of.location), of.digest));
    of.tool.iter().for_each(|(id, of)| add("tool", id, of.location.as_ref(), of.digest));
    of.mcp.iter().for_each(|(id, of)| add("mcp", id, Some(&of.location), None));
    of.agent.keys().for_each(|id| add("agent", id, None, None));
    of.memory.iter().for_each(|(id, of)| add("memory", id, of.location.as_ref(), None));
    of.log.iter().for_each(|(id, of)| add("log", id, of.location.as_ref(), None));
    of.service.iter().for_each(|(id, of)| add("service", id, Some(&of.location), None));
    of.document.iter().for_each(|(id, of)| add("document", id, Some(&of.location), of.digest));
    all.extend(of.store.iter().map(|(id, of)| Element {
        kind: "store",
        id: id.clone(),
        location: of.location.clone(),
        digest: None,
        form: Some(word(&of.kind)),
    }));
    all.sort();
    all
}
