//! Graphs of agents that `langgraph.json` names.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    plain::plain,
    tree::{Walk, read_text},
};

use super::assets::is_optional;
use crate::node::{Node, json};

/// What a graph is called that has no name of its own.
const GENERIC: [&str; 9] = [
    "graph",
    "workflow",
    "builder",
    "agent",
    "app",
    "StateGraph",
    "state_graph",
    "agent_builder",
    "make_graph",
];

/// The agents that such files name.
pub(super) fn assets(walk: &Walk) -> Vec<Asset> {
    let files = walk.files.iter().filter(|file| is_graphs(&file.name));
    let mut found = Vec::new();
    for file in files {
        let Ok(text) = read_text(&file.path) else { continue };
        found.extend(graphs(&file.name, &text));
    }
    found
}

/// Gives the agents that code makes the names by which these files run them: `"clerk": "./app/a.py:graph"`.
pub(super) fn name(walk: &Walk, found: &mut [Asset]) {
    let targets = targets(walk);
    let mut agents: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, asset) in found.iter().enumerate().filter(|(_, one)| one.kind == AssetKind::Agent) {
        let path = asset.seen.first().map(|seen| seen.path.as_str());
        if let Some((path, _)) = path.and_then(|path| targets.get_key_value(path)) {
            agents.entry(path).or_default().push(at);
        }
    }
    for (path, agents) in agents {
        let targets = targets.get(path).map_or(&[][..], Vec::as_slice);
        for (name, agents) in named(targets, &agents, found) {
            for at in agents {
                if let Some(asset) = found.get_mut(at) {
                    asset.name.clone_from(&name);
                }
            }
        }
    }
}

/// The agents of one file by the names that its targets give them, one target after the other.
fn named(targets: &[Target], agents: &[usize], found: &[Asset]) -> BTreeMap<String, Vec<usize>> {
    if let ([target], [_]) = (targets, agents) {
        return [(target.name.clone(), agents.to_vec())].into();
    }
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, asset) in agents.iter().filter_map(|at| Some((*at, found.get(*at)?))) {
        groups.entry(asset.name.clone()).or_default().push(at);
    }
    for target in targets {
        let mut all = Vec::new();
        for name in GENERIC.iter().copied().chain([target.variable.as_str()]) {
            join(&mut all, groups.remove(name).unwrap_or_default());
        }
        join(groups.entry(target.name.clone()).or_default(), all);
    }
    groups
}

/// The smaller list is put behind the larger one.
fn join(all: &mut Vec<usize>, mut more: Vec<usize>) {
    if all.len() < more.len() {
        std::mem::swap(all, &mut more);
    }
    all.append(&mut more);
}

/// A variable that is a graph, and the name under which it is run.
struct Target {
    variable: String,
    name: String,
}

/// What these files run, by the file that has it.
fn targets(walk: &Walk) -> BTreeMap<String, Vec<Target>> {
    let mut all: BTreeMap<String, Vec<Target>> = BTreeMap::new();
    for file in walk.files.iter().filter(|file| is_graphs(&file.name)) {
        let Ok(text) = read_text(&file.path) else { continue };
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let told = json(&text);
        let graphs = told.documents.first().and_then(|told| told.get("graphs"));
        for pair in graphs.into_iter().flat_map(Node::pairs) {
            let target = pair.node.text().or_else(|| pair.node.text_at(&["path"]));
            let Some((path, variable)) = target.and_then(|text| text.rsplit_once(':')) else {
                continue;
            };
            let path = format!("{folder}/{}", path.trim_start_matches("./"));
            let target = Target { variable: variable.to_owned(), name: plain(&pair.key, 100) };
            all.entry(path.trim_start_matches('/').to_owned()).or_default().push(target);
        }
    }
    all
}

fn is_graphs(name: &str) -> bool {
    name.rsplit('/').next() == Some("langgraph.json")
}

fn graphs(path: &str, text: &str) -> Vec<Asset> {
    let told = json(text);
    let graphs = told.documents.first().and_then(|told| told.get("graphs"));
    graphs.into_iter().flat_map(Node::pairs).map(|pair| agent(path, &pair.key, pair.line)).collect()
}

fn agent(path: &str, name: &str, line: u32) -> Asset {
    Asset {
        kind: AssetKind::Agent,
        name: plain(name, 100),
        location: None,
        digest: None,
        pin: Pin::Unknown,
        optional: is_optional(path),
        details: BTreeMap::new(),
        seen: vec![Sighting {
            path: path.to_owned(),
            line,
            method: Method::Configuration,
            confidence: Confidence::High,
        }],
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::tree::Tree;

    use super::graphs;
    use crate::code::discover;

    #[test]
    fn a_graph_of_code_has_the_name_under_which_it_is_run() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("langgraph.json", "{\"graphs\": {\"clerk\": \"./a.py:graph\"}}");
        write(
            "a.py",
            "from langgraph.graph import StateGraph\nb = StateGraph(S)\ngraph = b.compile()\n",
        );
        let found = discover(&Tree::open(folder.path()).unwrap().walk(), &[]);
        let agents: Vec<_> = found
            .assets
            .iter()
            .filter(|asset| asset.kind == coseal_core::fact::AssetKind::Agent)
            .map(|asset| asset.name.as_str())
            .collect();
        assert_eq!(agents, ["clerk", "clerk"]);
    }

    #[test]
    fn each_graph_is_an_agent_where_it_is_named() {
        let text = "{\n\"env\": \".env\",\n\"graphs\": {\n  \"clerk\": \"./a.py:graph\"\n}}";
        let found = graphs("langgraph.json", text);
        assert_eq!(
            found.iter().map(|a| (a.name.as_str(), a.seen[0].line)).collect::<Vec<_>>(),
            [("clerk", 4)]
        );
        assert!(graphs("langgraph.json", "{\"graphs\": [1]}").is_empty());
        assert!(graphs("langgraph.json", "no").is_empty());
    }
}
