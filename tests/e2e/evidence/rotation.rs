//! Keys that are replaced and revoked, by the command line.

use std::fs;

use tempfile::TempDir;

use super::people::{
    SYSTEM, intact, judged, log, on_record, person, public, record, root, runner, sync, trusts,
};
use crate::harness::{DAY, Ended, Machine, copy_of};

struct Scene {
    folder: TempDir,
    machine: Machine,
    run: u64,
}

impl Scene {
    /// A runner that recorded, with the keys of an owner and a tester beside it.
    fn new() -> Self {
        let (folder, machine) = (copy_of("support-bot"), runner());
        person(&machine, "owner");
        person(&machine, "tester");
        person(&machine, "stranger");
        let root = root(&[
            ("runner", &public(&machine, "key"), &["runner"]),
            ("owner", &public(&machine, "owner"), &["owner"]),
            ("tester", &public(&machine, "tester"), &["tester"]),
        ]);
        trusts(&machine, &root);
        let report = record(&machine, folder.path(), &[]);
        let run = report["evidence"]["recorded"]["count"].as_u64().unwrap();
        Self { folder, machine, run }
    }

    fn path(&self, name: &str) -> String {
        self.machine.path(name).to_str().unwrap().to_owned()
    }

    /// `coseal evidence key` with the key that ends, and those who sign.
    fn key(&self, what: &str, ends: &str, signs: &[&str], more: &[&str]) -> Ended {
        let ends = self.path(ends);
        let signs: Vec<String> = signs.iter().map(|name| self.path(name)).collect();
        let mut all = vec!["evidence", "key", what, &ends, "--reason", "it is a year old"];
        all.extend(signs.iter().flat_map(|key| ["--sign", key.as_str()]));
        all.extend(more);
        self.machine.coseal(self.folder.path(), &all)
    }

    fn grades(&self, machine: &Machine) -> Vec<String> {
        let report = machine.coseal(self.folder.path(), &["check", "--format", "json"]).json();
        let mut grades = on_record(&report);
        grades.sort();
        grades.dedup();
        grades
    }
}

#[test]
fn a_runner_s_key_is_replaced_by_itself() {
    let scene = Scene::new();
    assert_eq!(scene.grades(&scene.machine), ["A"]);
    let next = runner();
    fs::copy(next.path("key.pub"), scene.machine.path("next.pub")).unwrap();
    let next_pub = scene.path("next.pub");
    let ended = scene.key("rotate", "key.pub", &["key"], &["--new", &next_pub]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(
        ended.stdout.contains(&format!("no longer counts from record {} of", scene.run)),
        "{}",
        ended.stdout
    );
    // What it signed before counts as it did; what it signs from now on doesn't.
    assert_eq!(scene.grades(&scene.machine), ["A"]);
    fs::write(scene.folder.path().join("prompts/answer.md"), "another prompt\n").unwrap();
    record(&scene.machine, scene.folder.path(), &[]);
    let changed = |machine: &Machine| {
        let report = machine.coseal(scene.folder.path(), &["check", "--format", "json"]).json();
        judged(&report, "assets-unchanged")["grade"].clone()
    };
    assert_eq!(changed(&scene.machine), "D");
    // The new one takes over.
    let place = tempfile::tempdir().unwrap();
    let place = place.path().to_str().unwrap();
    assert_eq!(sync(&scene.machine, "push", place).code, 0);
    assert_eq!(sync(&next, "pull", place).code, 0);
    fs::copy(scene.machine.path("trust.toml"), next.path("trust.toml")).unwrap();
    record(&next, scene.folder.path(), &[]);
    assert_eq!(changed(&next), "A");
    // Runs, the rotation between them, and the run of the new key.
    assert_eq!(intact(&next, scene.folder.path()), 3 * scene.run + 1);
}

#[test]
fn a_lost_key_is_revoked_by_two_roles_and_by_nobody_else() {
    let scene = Scene::new();
    let position = ["--position", "0"];
    // A stranger, one role alone, one role twice: without effect, so that nothing is recorded.
    for signs in [&["stranger"][..], &["owner"], &["owner", "owner"], &["owner", "stranger"]] {
        let ended = scene.key("revoke", "key.pub", signs, &position);
        assert_eq!(ended.code, 2, "{signs:?}: {}", ended.stdout);
        assert!(ended.stderr.contains("this would change nothing"), "{}", ended.stderr);
        assert_eq!(scene.grades(&scene.machine), ["A"], "{signs:?}");
    }
    let ended = scene.key("revoke", "key.pub", &["owner", "tester"], &position);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(scene.grades(&scene.machine), [""; 0], "nothing of it counts");
    intact(&scene.machine, scene.folder.path());
    // Whoever has no trust root never proved anything, and the revocation changes nothing for them.
    fs::remove_file(scene.machine.path("trust.toml")).unwrap();
    assert_eq!(scene.grades(&scene.machine), ["D"]);
}

/// A decision that was on record before its key ended counts; one that comes after it doesn't.
#[test]
fn decisions_of_a_revoked_key_count_if_they_were_on_record_before() {
    let scene = Scene::new();
    let owner = scene.path("owner");
    let exempt = |check: &str| {
        let decide = ["decide", "exempt", check, "--role", "owner", "--reason", "r", "--for"];
        let rest = ["90d", "--as-of", DAY, "--key", &owner];
        let ended = scene.machine.coseal(scene.folder.path(), &[&decide[..], &rest].concat());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
    };
    exempt("restore-drilled");
    record(&scene.machine, scene.folder.path(), &[]);
    let origin = log(&scene.machine, SYSTEM).origin().to_string();
    let ended = scene.key("revoke", "owner.pub", &["owner"], &[]);
    assert_eq!(ended.code, 2, "{}", ended.stdout);
    assert!(ended.stderr.contains("say by --log"), "{}", ended.stderr);
    let ended = scene.key("revoke", "owner.pub", &["owner"], &["--log", &origin]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    exempt("kill-switch-drilled");
    record(&scene.machine, scene.folder.path(), &[]);
    let report = scene.machine.coseal(scene.folder.path(), &["check", "--format", "json"]).json();
    assert_eq!(judged(&report, "restore-drilled")["state"], "not-applicable");
    assert_ne!(judged(&report, "kill-switch-drilled")["state"], "not-applicable");
    let findings = judged(&report, "waivers-in-date")["findings"].to_string();
    assert!(findings.contains("decision-signer-revoked"), "{findings}");
}
