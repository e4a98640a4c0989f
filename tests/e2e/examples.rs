//! What the examples show.

use std::collections::BTreeMap;

use crate::harness::{DAY, check, coseal, coseal_at, example, settled, states};

fn counts(name: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for state in states(&check(&example(name))).into_values() {
        *counts.entry(state).or_default() += 1;
    }
    counts
}

#[test]
fn support_bot_shows_every_state_twice() {
    let counts = counts("support-bot");
    for state in ["pass", "partial", "fail", "not-applicable", "stale", "unknown"] {
        assert!(counts.get(state).is_some_and(|count| *count >= 2), "{state}: {counts:?}");
    }
}

#[test]
fn both_have_a_state_for_each_guideline_and_twelve_judged_checks() {
    for name in ["support-bot", "fraud-classifier"] {
        let report = check(&example(name));
        assert_eq!(report["guidelines"].as_array().unwrap().len(), 17);
        let counts = counts(name);
        let judged: usize = ["pass", "partial", "fail"].iter().filter_map(|state| counts.get(*state)).sum();
        assert!(judged >= 12, "{name}: {counts:?}");
        assert_eq!(counts.values().sum::<usize>(), 96);
    }
}

#[test]
fn support_bot_on_a_terminal() {
    let ended = coseal(&example("support-bot").join("../.."), &["check", "examples/support-bot", "--as-of", DAY]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    insta::assert_snapshot!(settled(&ended.stdout), @"");
}

#[test]
fn fraud_classifier_on_a_narrow_terminal() {
    let ended = coseal_at(&example("fraud-classifier").join("../.."), &["check", "examples/fraud-classifier", "--as-of", DAY], 60);
    insta::assert_snapshot!(settled(&ended.stdout), @"");
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 60), "a line is wider than the terminal");
}

#[test]
fn models_of_the_examples() {
    let ended = coseal(&example("support-bot").join(".."), &["scan", "support-bot/models/intent.pkl", "fraud-classifier/model/fraud.pkl"]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(ended.stdout, @"");
}

#[test]
fn the_gate_is_shut_and_a_report_only_run_is_not_a_failure() {
    let gate = coseal(&example("fraud-classifier"), &["check", "--as-of", DAY, "--gate", "--fail-on", "never"]);
    assert_eq!(gate.code, 1);
    assert!(gate.stdout.contains("Gate: shut by"), "{}", gate.stdout);
    let report = coseal(&example("support-bot"), &["check", "--as-of", DAY, "--fail-on", "never"]);
    assert_eq!(report.code, 0);
}
