//! What the examples show.

use std::collections::BTreeMap;

use crate::harness::{DAY, check, coseal, coseal_at, example, lasting, states};

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
        let judged: usize =
            ["pass", "partial", "fail"].iter().filter_map(|state| counts.get(*state)).sum();
        assert!(judged >= 12, "{name}: {counts:?}");
        assert!(counts.values().sum::<usize>() >= 96);
    }
}

#[test]
fn support_bot_on_a_terminal() {
    let ended = coseal(
        &example("support-bot").join("../.."),
        &["check", "examples/support-bot", "--as-of", DAY],
    );
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    insta::assert_snapshot!(lasting(&ended.stdout), @r#"
    support-bot · production, staging · 12 assets, 16 flows · checked in … s as of 2026-11-21,
      offline, nothing recorded

      drill: none judged yet

      1 Design       ◐ awareness  ? threats  ? secure-design  ◐ model-choice
      2 Development  ✗ supply-chain  ✗ assets  ✗ documentation  ◐ technical-debt
      3 Deployment   ? infrastructure  ? model-protection  ◐ incident-management  ? responsible-release
                     ? user-guidance
      4 Operation    ? behaviour-monitoring  ? input-monitoring  ? secure-updates  ? lessons-learned
      a guideline is ? while a must-check under it is unknown or stale, and no must-check fails

    ✗ supply-chain · model-files-scanned
      models/intent.pkl at byte 0x5c: calls posix.system("…")
      → do not load this file; ask its source for weights without code, such as safetensors

    ✗ assets · assets-unchanged
      coseal.toml:66: prompt.answer is 786308b83ad6…, registered is 3dd811784f1c…
      → find out who changed it; if the change is right, register it: coseal assets lock --accept NAME

    ✗ documentation · deployed-prompt-registered
      coseal.toml:66: prompt.answer is 786308b83ad6…, registered is 3dd811784f1c…
      → read what changed; if it is meant, register it: coseal assets lock --accept NAME

    ✗ secure-design · secure-defaults-kept
      coseal.toml:73: tool.refund acts without anybody's approval
      → set approval = "human", or "policy" with code that enforces it

    ✗ assets · no-secrets-in-assets
      prompts/agent.md:11: this line holds what looks like a secret: API key of the form sk-…
      → change the secret where it is used, then keep it in a vault or the environment

    ✗ documentation · model-cards-match
      models/intent.md: the card of model.intent gives another format than the facts
      → find out which of the two is right, and put the other right

    ✗ technical-debt · ai-debt-low
      coseal.toml:29: model.chat is named gpt-5.4, which its vendor moves to other models
      → name a snapshot, and test each newer one before you move
      models/intent.pkl: this model is kept as pickle
      → convert it to a format that holds only numbers, such as safetensors or ONNX

    ◐ model-choice · model-facts-match
      coseal.toml:33: no licence is named for model.intent
      → find out and add licence = "…", as an SPDX expression where there is one

    ◐ model-choice · model-not-end-of-life
      coseal.toml:30: model.chat-small ends on 2027-01-14, in 54 days
      → its vendor suggests gpt-6-luna; test it as a new model

    ◐ documentation · datasets-documented
      coseal.toml:43: nobody knows where dataset.eval-questions comes from
      → find out, or plan to replace it

    ◐ lessons-learned · disclosure-policy-live
      .well-known/security.txt: security.txt expired on 2026-09-30
      → read it once more, then set Expires to a day within the next year

    ◷ incident-management · contacts-current
      last observed 172 days ago, on 2026-06-02; it holds for 90 days
      → coseal explain contacts-current

    ◷ user-guidance · user-guide-current
      the guide changed since it was reviewed
      → coseal explain user-guide-current


    Next  1 models/intent.pkl at byte 0x5c: do not load this file; ask its source for weights without
            code, such as safetensors → coseal scan --explain models/intent.pkl
          2 coseal.toml:66: find out who changed it; if the change is right, register it: coseal assets
            lock --accept NAME
          3 no signed record says why the models were chosen: coseal decide choose MODEL
    "#);
}

#[test]
fn fraud_classifier_on_a_narrow_terminal() {
    let ended = coseal_at(
        &example("fraud-classifier").join("../.."),
        &["check", "examples/fraud-classifier", "--as-of", DAY],
        60,
    );
    insta::assert_snapshot!(lasting(&ended.stdout), @r#"
    fraud-classifier · production, training · 3 assets, 4 flows
      · checked in … s as of 2026-11-21, offline, nothing
      recorded

      live, drill: none judged yet

      1 Design       ◐ awareness  ? threats  ◐ secure-design
                     ◐ model-choice
      2 Development  ? supply-chain  ◐ assets  ◐ documentation
                     ◐ technical-debt
      3 Deployment   ◐ infrastructure  ? model-protection
                     ✗ incident-management
                     ? responsible-release  ◐ user-guidance
      4 Operation    ? behaviour-monitoring  ? input-monitoring
                     ? secure-updates  ? lessons-learned
      a guideline is ? while a must-check under it is unknown or
      stale, and no must-check fails

    ✗ incident-management · playbooks-cover-threats
      coseal.toml: no usable playbook covers poisoning, which
        can happen: data trains a model, or others write what it
        reads
      → put right what its playbook lacks
      docs/playbooks/poisoning.md: document.poisoning is not
        finished
      → say how to detect, contain and recover, and whom to call
        as role:ID

    ✗ model-choice · model-not-end-of-life
      coseal.toml:36: model.fraud is to be chosen again by
        2026-09-30, 52 days ago
      → look at the choice again and set a new day

    ✗ infrastructure · environments-separated
      coseal.toml:24: training and production share 1 key
      → give each environment identities and keys of its own

    ✗ user-guidance · user-guide-current
      docs/user-guide.md: the user guide does not name 1 of the
        prohibited uses
      → add the section or the prohibited use

    ◐ model-choice · model-facts-match
      coseal.toml:36: no licence is named for model.fraud
      → find out and add licence = "…", as an SPDX expression
        where there is one

    ◐ documentation · limitations-documented
      coseal.toml:75: the limitations do not mention shared-card
      → say in the limitations what goes wrong, and name the
        case's id

    ◐ technical-debt · ai-debt-low
      model/fraud.pkl: this model is kept as pickle
      → convert it to a format that holds only numbers, such as
        safetensors or ONNX

    ◐ threats · system-file-valid
      coseal.toml:46: `dataset.transactions` is about people and
        says nothing of how long it is kept
      → add retention = "…"

    ◐ assets · assets-unchanged
      coseal.toml:46: dataset.transactions has no registered
        digest
      → run coseal assets lock, or add digest = "sha256:…" to
        its table (`sha256sum FILE` prints it)

    ◐ documentation · model-cards-match
      model/card.md: the card of model.fraud has no section on
        evaluation
      → add the section, or put the front matter right


    Next  1 coseal.toml: put right what its playbook lacks →
            coseal explain playbook-missing
          2 coseal.toml:36: look at the choice again and set a
            new day → coseal explain model-ended
          3 no signed record says why the models were chosen:
            coseal decide choose MODEL
    "#);
    assert!(
        ended.stdout.lines().all(|line| line.chars().count() <= 60),
        "a line is wider than the terminal"
    );
}

#[test]
fn models_of_the_examples() {
    let ended = coseal(
        &example("support-bot").join(".."),
        &["scan", "support-bot/models/intent.pkl", "fraud-classifier/model/fraud.pkl"],
    );
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(ended.stdout, @r#"
    malicious  support-bot/models/intent.pkl  pickle, 34 kB, complete, all bytes looked at: calls posix.system("…") at byte 0x5c
    clean      fraud-classifier/model/fraud.pkl  pickle, 1.3 kB, complete, all bytes looked at
    in all     2 model files: 1 malicious, 1 clean
    "#);
}

#[test]
fn the_gate_is_shut_and_a_report_only_run_is_not_a_failure() {
    let gate = coseal(
        &example("fraud-classifier"),
        &["check", "--as-of", DAY, "--gate", "--fail-on", "never"],
    );
    assert_eq!(gate.code, 1);
    assert!(gate.stdout.contains("Gate: shut by"), "{}", gate.stdout);
    let report = coseal(&example("support-bot"), &["check", "--as-of", DAY, "--fail-on", "never"]);
    assert_eq!(report.code, 0);
}
