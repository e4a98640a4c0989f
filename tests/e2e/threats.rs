//! `coseal threats`: what it lists, and what an answer changes.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    harness::{DAY, Ended, copy_of, coseal, example},
    keys::private_key,
};

const TOOL: &str = "stranger-calls-tool:user:tool.refund";

fn threats(folder: &Path, more: &[&str]) -> Ended {
    coseal(folder, &[&["threats", "--as-of", DAY][..], more].concat())
}

fn all(folder: &Path) -> Vec<Value> {
    let report = threats(folder, &["--format", "json"]).json();
    report["threats"].as_array().unwrap().clone()
}

fn one(folder: &Path, id: &str) -> Value {
    let found = all(folder).into_iter().find(|threat| threat["id"] == id);
    found.unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn the_worst_come_first_and_each_once() {
    for name in ["support-bot", "fraud-classifier"] {
        let folder = example(name);
        let threats = all(&folder);
        let ids: Vec<_> = threats.iter().map(|threat| threat["id"].as_str().unwrap()).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len());
        assert!((5..=40).contains(&ids.len()), "{name}: {}", ids.len());
        let rank = |threat: &Value| {
            let severity = threat["severity"].as_str().unwrap().to_owned();
            ["critical", "high", "medium", "low", "note"].iter().position(|one| *one == severity)
        };
        assert!(threats.is_sorted_by_key(rank), "{name}");
    }
}

#[test]
fn a_path_shows_its_steps_with_their_lines() {
    let folder = example("support-bot");
    let shown = threats(&folder, &["--path", TOOL]);
    assert_eq!(shown.code, 0);
    let text = fs::read_to_string(folder.join("coseal.toml")).unwrap();
    for (to, fact) in [("app", "question"), ("model.chat", "ask"), ("tool.refund", "act")] {
        let line =
            1 + text.lines().position(|line| line.starts_with(&format!("{fact} = "))).unwrap();
        let step = format!("→ {to} flow.{fact}, coseal.toml:{line}\n");
        assert!(shown.stdout.contains(&step), "{step}\n{}", shown.stdout);
    }
    assert!(shown.stdout.contains("screened by guard.input"), "{}", shown.stdout);
    let near = threats(&folder, &["--path", "stranger-calls-tool:user:tool.refunds"]);
    assert_eq!(near.code, 2);
    assert!(near.stderr.contains(&format!("did you mean {TOOL}?")), "{}", near.stderr);
}

#[test]
fn an_answer_counts_for_the_facts_that_it_was_given_for() {
    let (system, keys) = (copy_of("support-bot"), tempfile::tempdir().unwrap());
    let key = keys.path().join("key");
    fs::write(&key, private_key()).unwrap();
    assert_eq!(one(system.path(), TOOL)["answer"], "open");
    assert_eq!(threats(system.path(), &["--open", "critical"]).code, 1);
    let decide = |id: &str, how: &[&str]| {
        let given =
            ["--role", "risk-owner", "--reason", "r", "--for", "90d", "--as-of", DAY, "--key"];
        let ended = coseal(
            system.path(),
            &[&["decide", "threat", id], how, &given, &[key.to_str().unwrap()]].concat(),
        );
        assert_eq!(ended.code, 0, "{}", ended.stderr);
    };
    for threat in all(system.path()).iter().filter(|threat| threat["severity"] == "critical") {
        decide(threat["id"].as_str().unwrap(), &["--accept", "--severity", "critical"]);
    }
    assert_eq!(one(system.path(), TOOL)["answer"], "accepted");
    assert_eq!(threats(system.path(), &["--open", "critical"]).code, 0);
    assert_eq!(threats(system.path(), &["--open", "high"]).code, 1);

    // A check that passes verifies, one that fails breaks, one that is not built leaves it claimed.
    let checks = |state: &str| match state {
        "verified" => "limitations-documented",
        "broken" => "model-files-scanned",
        _ => "inputs-screened",
    };
    let ids = [
        "user-steers-model:user:model.chat",
        "file-acts-when-loaded:model.intent",
        "instructions-drawn-out:prompt.answer",
    ];
    for (id, state) in ids.into_iter().zip(["verified", "broken", "claimed"]) {
        decide(id, &["--mitigate", "--control", checks(state)]);
        assert_eq!(one(system.path(), id)["answer"], state, "{}", one(system.path(), id));
    }

    // Another line of the path asks again; a comment, another order or another element does not.
    let file = system.path().join("coseal.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("[guard]", "# a comment\n[guard]")
            .replace("retention = \"90 days\"", "retention = \"91 days\""),
    )
    .unwrap();
    assert_eq!(one(system.path(), TOOL)["answer"], "accepted");
    fs::write(
        &file,
        text.replace(
            "act = { from = \"model.chat\", to = \"tool.refund\", class = \"personal\"",
            "act = { from = \"model.chat\", to = \"tool.refund\", class = \"secret\"",
        ),
    )
    .unwrap();
    let asked = one(system.path(), TOOL);
    assert_eq!(asked["answer"], "open");
    assert!(asked["why"].as_str().unwrap().contains("have changed"), "{asked}");
}

#[test]
fn without_a_system_file_it_says_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let ended = threats(empty.path(), &[]);
    assert_eq!(ended.code, 3);
    assert!(ended.stderr.contains("coseal init"), "{}", ended.stderr);
}

#[test]
fn a_hostile_part_is_followed_to_what_it_reaches() {
    let folder = example("support-bot");
    let shown = coseal(&folder, &["threats", "blast", "model.intent"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    let key = coseal(&folder, &["threats", "blast", "payments-production", "--format", "json"]);
    let reached = key.json()["reached"].as_array().unwrap().clone();
    let refund = reached.iter().find(|one| one["id"] == "tool.refund").unwrap();
    assert_eq!(refund["weight"], "acts");
    let near = coseal(&folder, &["threats", "blast", "model.intnt"]);
    assert_eq!(near.code, 2);
    assert!(near.stderr.contains("did you mean model.intent?"), "{}", near.stderr);
}

#[test]
fn a_change_tells_what_it_makes_possible() {
    let (old, new) = (example("support-bot"), copy_of("support-bot"));
    let diff = |more: &[&str]| {
        coseal(new.path(), &[&["threats", "diff", old.to_str().unwrap(), "."][..], more].concat())
    };
    assert_eq!(diff(&[]).code, 0, "{}", diff(&[]).stdout);
    let file = new.path().join("coseal.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("kind = \"vector\", location = \"path:docs/help\", class = \"public\", writers = [\"staff\", \"partners\"]", "kind = \"vector\", location = \"path:docs/help\", class = \"public\", shared-by-tenants = true, writers = [\"staff\"]")).unwrap();
    let changed = diff(&["--format", "json"]);
    assert_eq!(changed.code, 1);
    let ids = |part: &str| -> Vec<String> {
        let all = changed.json()[part].as_array().unwrap().clone();
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("new"), ["tenants-share-store:store.help"]);
    // The partner's pages still flow in, as a flow says; only the store no longer names them.
    assert!(diff(&[]).stdout.contains("tenants-share-store:store.help"), "{}", diff(&[]).stdout);
    assert_eq!(diff(&["--fail-on", "critical"]).code, 0);
}

#[test]
fn the_diagram_shows_where_strangers_content_passes() {
    let folder = example("fraud-classifier");
    let dot = threats(&folder, &["--format", "dot"]).stdout;
    assert!(dot.starts_with("digraph system {") && dot.ends_with("}\n"), "{dot}");
    let line = |from: &str, to: &str| {
        let start = format!("  \"{from}\" -> \"{to}\" ");
        dot.lines()
            .find(|line| line.starts_with(&start))
            .unwrap_or_else(|| panic!("{start}{dot}"))
            .to_owned()
    };
    assert!(line("app", "model.fraud").contains("color"));
    assert!(!line("model.fraud", "staff").contains("dotted"));
    let mermaid = threats(&folder, &["--format", "mermaid"]).stdout;
    assert!(mermaid.starts_with("flowchart LR\n") && mermaid.contains("linkStyle "), "{mermaid}");
    for text in [&dot, &mermaid] {
        assert!(text.contains("model.fraud") && text.contains(" threats"), "{text}");
    }
}
