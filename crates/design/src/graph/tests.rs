use coseal_core::system::read;

use super::{Graph, Via};

const HEAD: &str =
    "schema = 1\n[system]\nid = \"s\"\npurpose = \"p\"\nexposure = \"public\"\nimpact = \"high\"\n";

#[test]
fn writers_agents_and_suppliers_are_edges_too() {
    let file = read(&format!(
        "{HEAD}[model.m]\nlocation = \"hf:a/b\"\n[store.s]\nkind = \"vector\"\nwriters = [\"partners\", \"developers\"]\n[tool.t]\neffect = \"write\"\n[agent.a]\nmodel = \"model.m\"\ntools = [\"tool.t\"]\n[flow.f]\nfrom = \"app\"\nto = \"model.m\"\nwriters = [\"users\"]\n"
    ));
    let system = file.system.unwrap();
    let graph = Graph::of(&system);
    let shown: Vec<_> = graph
        .edges
        .iter()
        .map(|edge| format!("{} {:?} {}", graph.from(edge).id, edge.via, graph.to(edge).id))
        .collect();
    assert_eq!(
        shown,
        [
            "agent.a Asks model.m",
            "model.m Decides agent.a",
            "agent.a Calls tool.t",
            "tool.t Returns agent.a",
            "app Flow model.m",
            "user Writes model.m",
            "supplier Supplies model.m",
            "partner Writes store.s",
        ]
    );
    assert!(graph.edges.iter().all(|edge| edge.via != Via::Writes || !edge.fact.is_empty()));
}
