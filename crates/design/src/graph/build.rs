//! From the system file to its graph.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::system::{
    Location, Modality, Model, ModelFormat, Provenance, Scheme, Sink, System, Writer,
};

use super::{Actor, Edge, Element, Graph, ModelRole, Node, Via};

pub(super) fn graph(system: &System) -> Graph<'_> {
    let mut elements = elements(system);
    for flow in system.flow.values() {
        for end in [&flow.from, &flow.to] {
            elements.entry(end.clone()).or_insert(Element::Other);
        }
    }
    for feedback in system.feedback.values() {
        elements.entry(feedback.from.clone()).or_insert(Element::Other);
    }
    let nodes: Vec<_> = elements
        .into_iter()
        .enumerate()
        .map(|(index, (id, element))| Node { id, element, index })
        .collect();
    let index = nodes.iter().map(|node| (node.id.clone(), node.index)).collect();
    let mut edges = Edges { index: &index, edges: Vec::new() };
    flows(system, &mut edges);
    writers(&nodes, &mut edges);
    agents(system, &mut edges);
    making(system, &mut edges);
    let mut edges = edges.edges;
    edges.sort_by(|a, b| (&a.fact, a.from, a.to, a.via).cmp(&(&b.fact, b.from, b.to, b.via)));
    let mut out = vec![Vec::new(); nodes.len()];
    let mut into = vec![Vec::new(); nodes.len()];
    for (at, edge) in edges.iter().enumerate() {
        out[edge.from].push(at);
        into[edge.to].push(at);
    }
    Graph { system, nodes, edges, out, into, index }
}

fn elements(system: &System) -> BTreeMap<String, Element<'_>> {
    let mut all = BTreeMap::new();
    for (actor, name) in Actor::ALL {
        all.insert(name.to_owned(), Element::Actor(actor));
    }
    macro_rules! add {
        ($($kind:ident: $element:ident),+ $(,)?) => {$(
            for (id, item) in &system.$kind {
                all.insert(format!("{}.{id}", stringify!($kind)), Element::$element(item));
            }
        )+};
    }
    add!(adapter: Adapter, dataset: Dataset, prompt: Prompt, store: Store, tool: Tool, mcp: Mcp,
        agent: Agent, memory: Memory, log: Log, service: Service, endpoint: Endpoint,
        pipeline: Pipeline, environment: Environment);
    let mut roles: BTreeMap<_, _> =
        system.model.iter().map(|(id, model)| (id.as_str(), role(system, id, model))).collect();
    // What a speaking model is made from speaks too, and so on down to the first.
    let mut speaking: Vec<&str> =
        roles.iter().filter(|(_, role)| **role == ModelRole::Language).map(|(id, _)| *id).collect();
    while let Some(id) = speaking.pop() {
        let parts = system.model.get(id).into_iter().flat_map(|model| &model.made_from);
        for part in parts.filter_map(|part| part.strip_prefix("model.")) {
            if let Some(role) = roles.get_mut(part).filter(|role| **role == ModelRole::Predictor) {
                *role = ModelRole::Language;
                speaking.push(part);
            }
        }
    }
    for (id, model) in &system.model {
        let role = roles.get(id.as_str()).copied().unwrap_or(ModelRole::Predictor);
        all.insert(format!("model.{id}"), Element::Model(model, role));
    }
    all
}

/// What a model is made to do. An agent's model, one that prompts or passages reach and one behind an API follow instructions, unless it is named as one that makes vectors; trees, arrays and
/// pickles never do.
fn role(system: &System, id: &str, model: &Model) -> ModelRole {
    let name = format!("model.{id}");
    let said = model.location.rest().to_ascii_lowercase();
    if is_embedding(&said) || is_embedding(id) {
        return ModelRole::Embedding;
    }
    let decides = system.agent.values().any(|agent| agent.model == name);
    let prompted = system.flow.values().any(|flow| {
        flow.to == name && (flow.from.starts_with("prompt.") || flow.from.starts_with("memory."))
    });
    let acts = system.flow.values().any(|flow| {
        flow.from == name
            && (flow.to.starts_with("tool.")
                || matches!(
                    flow.sink,
                    Some(Sink::Html | Sink::ToolArguments | Sink::Code | Sink::Shell | Sink::Sql)
                ))
    });
    let retrieves = system.flow.values().any(|flow| {
        flow.to == name
            && flow
                .from
                .strip_prefix("store.")
                .and_then(|store| system.store.get(store))
                .is_some_and(|store| store.kind == coseal_core::system::StoreKind::Vector)
    });
    let text = system
        .system
        .modalities
        .as_ref()
        .is_none_or(|modalities| modalities.contains(&Modality::Text));
    let never = matches!(
        model.format,
        Some(ModelFormat::Trees | ModelFormat::Numpy | ModelFormat::Pickle | ModelFormat::Tflite)
    );
    let hosted = model.location.scheme() == Scheme::Api;
    let open = matches!(model.format, Some(ModelFormat::Gguf | ModelFormat::Safetensors))
        || (model.location.scheme() == Scheme::Hf && model.format.is_none());
    let speaks = decides || prompted || acts || retrieves || (text && (hosted || open));
    if speaks && !never { ModelRole::Language } else { ModelRole::Predictor }
}

fn is_embedding(name: &str) -> bool {
    ["embed", "bge-", "e5-", "gte-", "minilm", "sentence-"].iter().any(|part| name.contains(part))
}

struct Edges<'i, 's> {
    index: &'i BTreeMap<String, usize>,
    edges: Vec<Edge<'s>>,
}

impl<'s> Edges<'_, 's> {
    /// An edge between two names, if both are there.
    fn add(&mut self, from: &str, to: &str, via: Via, fact: String) -> Option<&mut Edge<'s>> {
        let (from, to) = (*self.index.get(from)?, *self.index.get(to)?);
        self.edges.push(Edge {
            from,
            to,
            via,
            fact,
            class: None,
            sink: None,
            writers: None,
            encrypted: None,
            guards: Vec::new(),
        });
        self.edges.last_mut()
    }
}

fn flows<'s>(system: &'s System, edges: &mut Edges<'_, 's>) {
    for (id, flow) in &system.flow {
        let name = format!("flow.{id}");
        let guards: Vec<_> = system
            .guard
            .iter()
            .filter(|(_, guard)| guard.on.contains(&name))
            .map(|(guard, _)| guard.as_str())
            .collect();
        let describe = |edge: &mut Edge<'s>| {
            edge.class = flow.class;
            edge.sink = flow.sink;
            edge.encrypted = flow.encrypted;
            edge.guards.clone_from(&guards);
        };
        if let Some(edge) = edges.add(&flow.from, &flow.to, Via::Flow, name.clone()) {
            describe(edge);
            edge.writers = (!flow.writers.is_empty()).then_some(&flow.writers);
        }
        // Whoever is said to write on a flow writes on it from the start, and needs no path to its source.
        for writer in actors(&flow.writers) {
            if writer != flow.from
                && let Some(edge) =
                    edges.add(writer, &flow.to, Via::Writes, format!("{name}.writers"))
            {
                describe(edge);
            }
        }
    }
}

fn actors(writers: &BTreeSet<Writer>) -> impl Iterator<Item = &'static str> {
    writers.iter().filter_map(|writer| name_of(Actor::of(*writer)?))
}

fn name_of(actor: Actor) -> Option<&'static str> {
    Actor::ALL.iter().find(|(one, _)| *one == actor).map(|(_, name)| *name)
}

fn writers<'s>(nodes: &[Node<'s>], edges: &mut Edges<'_, 's>) {
    for node in nodes {
        for actor in node.writers().filter_map(Actor::of).filter_map(name_of) {
            edges.add(actor, &node.id, Via::Writes, format!("{}.writers", node.id));
        }
    }
}

fn agents<'s>(system: &'s System, edges: &mut Edges<'_, 's>) {
    for (id, agent) in &system.agent {
        let name = format!("agent.{id}");
        edges.add(&agent.model, &name, Via::Decides, format!("{name}.model"));
        edges.add(&name, &agent.model, Via::Asks, format!("{name}.model"));
        for tool in &agent.tools {
            edges.add(&name, tool, Via::Calls, format!("{name}.tools"));
            edges.add(tool, &name, Via::Returns, format!("{name}.tools"));
        }
        if let Some(memory) = &agent.memory {
            edges.add(&name, memory, Via::Remembers, format!("{name}.memory"));
            edges.add(memory, &name, Via::Recalls, format!("{name}.memory"));
        }
    }
    for (id, tool) in &system.tool {
        if let Some(mcp) = &tool.mcp {
            edges.add(mcp, &format!("tool.{id}"), Via::Provides, format!("tool.{id}.mcp"));
        }
    }
}

fn making<'s>(system: &'s System, edges: &mut Edges<'_, 's>) {
    let mut delivered: Vec<(String, Option<Provenance>, &Location)> = Vec::new();
    for (id, model) in &system.model {
        let name = format!("model.{id}");
        for part in &model.made_from {
            edges.add(part, &name, Via::Makes, format!("{name}.made-from"));
        }
        delivered.push((name, model.provenance, &model.location));
    }
    for (id, adapter) in &system.adapter {
        let name = format!("adapter.{id}");
        edges.add(&name, &adapter.base, Via::Adapts, format!("{name}.base"));
        for part in &adapter.made_from {
            edges.add(part, &name, Via::Makes, format!("{name}.made-from"));
        }
        delivered.push((name, adapter.provenance, &adapter.location));
    }
    for (id, dataset) in &system.dataset {
        delivered.push((format!("dataset.{id}"), dataset.provenance, &dataset.location));
    }
    for (name, provenance, location) in delivered {
        if is_delivered(provenance, location) {
            edges.add("supplier", &name, Via::Supplies, format!("{name}.location"));
        }
    }
    for (id, pipeline) in &system.pipeline {
        for made in &pipeline.makes {
            edges.add(&format!("pipeline.{id}"), made, Via::Builds, format!("pipeline.{id}.makes"));
        }
    }
    for (id, feedback) in &system.feedback {
        edges.add(&feedback.from, &feedback.to, Via::Feeds, format!("feedback.{id}"));
    }
}

/// Whether somebody else made it, or may have.
fn is_delivered(provenance: Option<Provenance>, location: &Location) -> bool {
    match provenance {
        Some(Provenance::Own) => false,
        Some(Provenance::ThirdParty | Provenance::Unknown) => true,
        None => matches!(location.scheme(), Scheme::Hf | Scheme::Https | Scheme::Api),
    }
}
