//! What holds of every system.

use std::{collections::BTreeSet, fmt::Write as _};

use coseal_core::system::{System, read};
use proptest::prelude::*;

use crate::threat::ThreatModel;

/// A system of some parts with flows between them, each flow from and to one of the parts.
fn text(flows: &[(usize, usize, u8)], guarded: &[usize], approved: bool) -> String {
    let mut out = String::from(
        "schema = 1\n[system]\nid = \"s\"\npurpose = \"p\"\nexposure = \"public\"\nimpact = \"high\"\nmodalities = [\"text\"]\n",
    );
    let approval = if approved { "human" } else { "none" };
    let _ = write!(
        out,
        "[model.m]\nlocation = \"api:a/b\"\n[model.k]\nlocation = \"path:k.pkl\"\nformat = \"pickle\"\nmade-from = [\"dataset.d\"]\n[dataset.d]\nlocation = \"path:d\"\nclass = \"personal\"\nuse = [\"training\"]\n[store.v]\nkind = \"vector\"\n[tool.t]\neffect = \"external\"\napproval = \"{approval}\"\n[service.w]\nlocation = \"https://w.example.org\"\nclass = \"personal\"\n[memory.y]\nclass = \"personal\"\n[log.l]\nclass = \"personal\"\n"
    );
    for (index, (from, to, kind)) in flows.iter().enumerate() {
        let class = ["public", "internal", "personal", "secret"][usize::from(*kind) % 4];
        let sink = ["html", "tool-arguments", "human", "sql"][usize::from(*kind / 4) % 4];
        let _ = write!(
            out,
            "[flow.f{index}]\nfrom = \"{}\"\nto = \"{}\"\nclass = \"{class}\"\nsink = \"{sink}\"\n",
            PARTS[from % PARTS.len()],
            PARTS[to % PARTS.len()]
        );
    }
    let on: BTreeSet<_> =
        guarded.iter().filter(|_| !flows.is_empty()).map(|at| at % flows.len()).collect();
    if !on.is_empty() {
        let on: Vec<_> = on.iter().map(|at| format!("\"flow.f{at}\"")).collect();
        let _ = write!(out, "[guard.g]\non = [{}]\n", on.join(", "));
    }
    out
}

const PARTS: [&str; 13] = [
    "user",
    "public",
    "partner",
    "staff",
    "app",
    "model.m",
    "model.k",
    "dataset.d",
    "store.v",
    "tool.t",
    "service.w",
    "memory.y",
    "log.l",
];

fn system(text: &str) -> System {
    let file = read(text);
    file.system.unwrap_or_else(|| panic!("{:?}", file.problems))
}

fn ids(text: &str) -> BTreeSet<String> {
    ThreatModel::of(&system(text)).threats.into_iter().map(|threat| threat.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_control_adds_no_threat_and_a_guard_less_removes_none(
        flows in prop::collection::vec((0..13usize, 0..13usize, 0..16u8), 1..14),
        guarded in prop::collection::vec(0..13usize, 0..6),
    ) {
        let open = ids(&text(&flows, &[], false));
        let with_guards = ids(&text(&flows, &guarded, false));
        prop_assert!(with_guards.is_subset(&open));
        prop_assert!(open.is_subset(&with_guards));
        prop_assert!(ids(&text(&flows, &guarded, true)).is_subset(&open));
    }

    #[test]
    fn the_order_of_the_file_leaves_no_trace(
        flows in prop::collection::vec((0..13usize, 0..13usize, 0..16u8), 1..14),
    ) {
        let whole = text(&flows, &[0, 2], false);
        let tables: Vec<&str> = whole.split("\n[").collect();
        let mut turned = vec![tables[0].to_owned()];
        turned.extend(tables[1..].iter().rev().map(|table| format!("[{}", table.trim_end())));
        let turned = turned.join("\n") + "\n";
        prop_assert_eq!(ThreatModel::of(&system(&whole)), ThreatModel::of(&system(&turned)));
    }

    #[test]
    fn every_witness_is_a_way_from_its_source_to_its_sink(
        flows in prop::collection::vec((0..13usize, 0..13usize, 0..16u8), 1..14),
    ) {
        let model = ThreatModel::of(&system(&text(&flows, &[], false)));
        let unique: BTreeSet<_> = model.threats.iter().map(|threat| &threat.id).collect();
        prop_assert_eq!(unique.len(), model.threats.len());
        for threat in &model.threats {
            prop_assert!(!threat.facts.is_empty());
            let mut at = threat.source.clone();
            for step in &threat.witness {
                prop_assert_eq!(&step.from, &at);
                at.clone_from(&step.to);
            }
            prop_assert_eq!(&at, &threat.sink);
        }
    }
}

/// Forty places at which a path forks and joins: 2^40 paths, and one witness.
#[test]
fn time_does_not_follow_the_number_of_paths() {
    let mut text = String::from(
        "schema = 1\n[system]\nid = \"s\"\npurpose = \"p\"\nexposure = \"public\"\nimpact = \"high\"\nmodalities = [\"text\"]\n[model.m]\nlocation = \"api:a/b\"\n[tool.t]\neffect = \"write\"\n",
    );
    let mut flows = String::from("[flow]\nin = { from = \"user\", to = \"store.j0\" }\n");
    for at in 0..40 {
        for side in ["l", "r"] {
            let _ = write!(text, "[store.{side}{at}]\nkind = \"cache\"\n");
            let _ = write!(
                flows,
                "{side}a{at} = {{ from = \"store.j{at}\", to = \"store.{side}{at}\" }}\n{side}b{at} = {{ from = \"store.{side}{at}\", to = \"store.j{}\" }}\n",
                at + 1
            );
        }
        let _ = write!(text, "[store.j{at}]\nkind = \"cache\"\n");
    }
    text.push_str("[store.j40]\nkind = \"cache\"\n");
    flows.push_str("ask = { from = \"store.j40\", to = \"model.m\" }\nact = { from = \"model.m\", to = \"tool.t\" }\n");
    let model = ThreatModel::of(&system(&(text + &flows)));
    let tool = model.threats.iter().find(|threat| threat.id == "stranger-calls-tool:user:tool.t");
    assert_eq!(tool.map(|threat| threat.witness.len()), Some(1 + 80 + 2));
}
