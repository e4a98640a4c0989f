//! Graphs of agents that `langgraph.json` names.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    plain::plain,
    tree::{Walk, read_text},
};

use super::assets::is_optional;

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
/// Graphs read of one file.
const MAX_GRAPHS: usize = 200;

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
    for (path, variable, name) in &targets {
        let is_here = |asset: &Asset| {
            asset.kind == AssetKind::Agent
                && asset.seen.first().is_some_and(|seen| seen.path == *path)
        };
        let only = targets.iter().filter(|(other, ..)| other == path).count() == 1
            && found.iter().filter(|asset| is_here(asset)).count() == 1;
        let named = |asset: &Asset| {
            only || asset.name == *variable || GENERIC.contains(&asset.name.as_str())
        };
        for asset in found.iter_mut().filter(|asset| is_here(asset) && named(asset)) {
            asset.name.clone_from(name);
        }
    }
}

/// Files with a variable that is a graph, and its name.
fn targets(walk: &Walk) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for file in walk.files.iter().filter(|file| is_graphs(&file.name)) {
        let Ok(text) = read_text(&file.path) else { continue };
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let told: Option<serde_json::Value> = serde_json::from_str(&text).ok();
        let graphs = told.as_ref().and_then(|told| told.get("graphs")?.as_object());
        for (name, target) in graphs.into_iter().flatten().take(MAX_GRAPHS) {
            let target = target.as_str().or_else(|| target.get("path")?.as_str());
            let Some((path, variable)) = target.and_then(|text| text.rsplit_once(':')) else {
                continue;
            };
            let path = format!("{folder}/{}", path.trim_start_matches("./"));
            let path = path.trim_start_matches('/').to_owned();
            all.push((path, variable.to_owned(), plain(name, 100)));
        }
    }
    all
}

fn is_graphs(name: &str) -> bool {
    name.rsplit('/').next() == Some("langgraph.json")
}

fn graphs(path: &str, text: &str) -> Vec<Asset> {
    let told: Option<serde_json::Value> = serde_json::from_str(text).ok();
    let graphs = told.as_ref().and_then(|told| told.get("graphs")?.as_object());
    let names = graphs.into_iter().flatten().map(|(name, _)| name.as_str());
    names.take(MAX_GRAPHS).map(|name| agent(path, text, name)).collect()
}

fn agent(path: &str, text: &str, name: &str) -> Asset {
    let written = format!("\"{name}\"");
    let line = (1_u32..).zip(text.lines()).find(|(_, line)| line.contains(&written));
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
            line: line.map_or(0, |(line, _)| line),
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
