//! A waiver: shown, bounded by what it names, by its day, and by who signed it.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::people::{judged, person, public, root, trusts};
use crate::harness::{DAY, Ended, Machine, copy_of};

/// A must that fails in the example.
const MUST: &str = "model-files-scanned";

struct Scene {
    folder: TempDir,
    machine: Machine,
    key: String,
}

impl Scene {
    fn new() -> Self {
        let (folder, machine) = (copy_of("support-bot"), Machine::new());
        let key = person(&machine, "risk");
        trusts(
            &machine,
            &root(&[
                ("risk-1", &public(&machine, "risk"), &["risk-owner"]),
                ("dev-1", &other(), &["developer"]),
            ]),
        );
        Self { folder, machine, key }
    }

    fn decide(&self, what: &[&str], lasting: &str) -> Ended {
        let common = ["--role", "risk-owner", "--reason", "the supplier sends new files in spring"];
        let rest = ["--as-of", DAY, "--for", lasting, "--key", &self.key];
        let ended = self
            .machine
            .coseal(self.folder.path(), &[&["decide"], what, &common[..], &rest].concat());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        ended
    }

    fn waive(&self) {
        self.decide(&["waive", MUST, "--control", "it is loaded in a sandbox"], "90d");
    }

    fn on(&self, day: &str, more: &[&str]) -> Ended {
        let check = ["check", "--as-of", day, "--fail-on", "never"];
        self.machine.coseal(self.folder.path(), &[&check[..], more].concat())
    }

    fn judged(&self, day: &str, check: &str) -> Value {
        judged(&self.on(day, &["--format", "json"]).json(), check)
    }

    /// What the gate says of the must.
    fn gate(&self, profile: &str) -> Option<String> {
        let ended = self.on(DAY, &["--gate", profile]);
        assert_eq!(ended.code, 1, "much else keeps it shut");
        shut(&ended).split("), ").find(|must| must.starts_with(MUST)).map(str::to_owned)
    }
}

/// What keeps a gate shut.
fn shut(ended: &Ended) -> String {
    let (_, said) = ended.stdout.split_once("Gate: shut by ").unwrap();
    let words: Vec<_> = said.split_whitespace().collect();
    words.join(" ").split_once(" must-checks: ").unwrap().1.to_owned()
}

fn other() -> String {
    let machine = Machine::new();
    person(&machine, "other");
    public(&machine, "other")
}

#[test]
fn what_is_waived_is_shown_and_opens_gates_by_who_signed_it() {
    let scene = Scene::new();
    assert_eq!(scene.judged(DAY, MUST)["state"], "fail");
    assert!(scene.gate("merge").is_some() && scene.gate("release").is_some());
    scene.waive();
    let waived = scene.judged(DAY, MUST);
    assert_eq!((waived["state"].as_str(), waived["grade"].as_str()), (Some("waived"), Some("C")));
    let reason = waived["reason"].as_str().unwrap();
    assert!(reason.contains("waived by risk-owner until 2027-02-19"), "{reason}");
    assert!(reason.contains("it is loaded in a sandbox"), "{reason}");
    assert!(!waived["findings"].as_array().unwrap().is_empty(), "what is wrong still shows");
    for profile in ["merge", "local", "release"] {
        assert_eq!(scene.gate(profile), None, "{profile}");
    }
    // Without a trust root anybody may have signed it.
    fs::remove_file(scene.machine.path("trust.toml")).unwrap();
    let waived = scene.judged(DAY, MUST);
    assert_eq!((waived["state"].as_str(), waived["grade"].as_str()), (Some("waived"), Some("D")));
    for profile in ["merge", "local", "release"] {
        let shut = scene.gate(profile).unwrap();
        assert!(shut.contains("waived on grade D, C is wanted"), "{profile}: {shut}");
    }
}

#[test]
fn a_release_wants_evidence_of_trusted_signers() {
    let scene = Scene::new();
    let ended = scene.on(DAY, &["--gate", "release"]);
    let shut = shut(&ended);
    assert!(shut.contains("on grade D, A is wanted"), "{shut}");
    assert!(!shut.contains("on grade A"), "{shut}");
}

#[test]
fn a_new_finding_is_not_waived() {
    let scene = Scene::new();
    scene.waive();
    assert_eq!(scene.judged(DAY, MUST)["state"], "waived");
    let pickle = scene.folder.path().join("models/intent.pkl");
    fs::copy(pickle, scene.folder.path().join("models/another.pkl")).unwrap();
    assert_eq!(scene.judged(DAY, MUST)["state"], "fail");
    assert!(scene.gate("merge").is_some());
}

#[test]
fn an_expired_waiver_waives_nothing() {
    let scene = Scene::new();
    scene.waive();
    assert_eq!(scene.judged("2027-02-19", MUST)["state"], "waived", "its last day");
    assert_eq!(scene.judged("2027-02-20", MUST)["state"], "fail");
    let in_date = scene.judged("2027-02-20", "waivers-in-date");
    assert_eq!(in_date["state"], "fail", "{in_date}");
    assert!(in_date["findings"].to_string().contains("waiver-expired"), "{in_date}");
}

#[test]
fn an_edited_waiver_waives_nothing() {
    let scene = Scene::new();
    scene.waive();
    let file = scene.folder.path().join(format!("decisions/{DAY}-waive-{MUST}.toml"));
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("expires = 2027-02-19", "expires = 2027-11-19")).unwrap();
    assert_eq!(scene.judged(DAY, MUST)["state"], "fail");
}

#[test]
fn what_is_exempt_does_not_apply() {
    let scene = Scene::new();
    scene.decide(&["exempt", MUST], "90d");
    let exempt = scene.judged(DAY, MUST);
    assert_eq!(
        (exempt["state"].as_str(), exempt["grade"].as_str()),
        (Some("not-applicable"), Some("C"))
    );
    assert!(exempt["reason"].as_str().unwrap().contains("it would be fail"), "{exempt}");
    assert_eq!(scene.gate("release"), None);
    assert_eq!(scene.judged("2027-02-20", MUST)["state"], "fail");
}
