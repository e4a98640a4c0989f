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
    use super::graphs;

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
