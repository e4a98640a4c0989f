//! Two branches and two machines that record independently come to the same verdicts, whichever way they are merged.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use super::people::{intact, judged, person, public, record, root, runner, sync, trusts};
use crate::harness::{DAY, Machine, copy, example};

/// Runs git, without anything of who runs the tests.
fn git(folder: &Path, arguments: &[&str]) {
    let ended = Command::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    assert!(
        ended.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&ended.stderr)
    );
}

fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    copy(&example("support-bot"), folder.path());
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "the bot"]);
    folder
}

fn clone(of: &Path, branch: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["clone", "--quiet", of.to_str().unwrap(), "."]);
    git(folder.path(), &["checkout", "--quiet", "-b", branch]);
    folder
}

/// Decides something on a branch, and commits it.
fn decides(machine: &Machine, folder: &Path, check: &str, key: &str) {
    let decide = ["decide", "exempt", check, "--role", "owner", "--reason", "r", "--for", "90d"];
    let ended = machine.coseal(folder, &[&decide[..], &["--as-of", DAY, "--key", key]].concat());
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "decide"]);
}

fn merges(folder: &Path, other: &Path, branch: &str) {
    git(folder, &["pull", "--quiet", "--no-rebase", "--no-edit", other.to_str().unwrap(), branch]);
}

/// A machine that holds what another one does.
fn twin(of: &Machine) -> Machine {
    let twin = Machine::new();
    for name in ["store", "seen"] {
        copy(&of.path(name), &twin.path(name));
    }
    for name in ["key", "trust.toml"] {
        fs::copy(of.path(name), twin.path(name)).unwrap();
    }
    twin
}

#[test]
fn both_orders_give_the_same_verdicts() {
    let repository = repository();
    let (one, two) = (clone(repository.path(), "one"), clone(repository.path(), "two"));
    let (here, there) = (runner(), runner());
    let owner = person(&here, "owner");
    let root = root(&[
        ("owner", &public(&here, "owner"), &["owner"]),
        ("runner-1", &public(&here, "key"), &["runner"]),
        ("runner-2", &public(&there, "key"), &["runner"]),
    ]);
    trusts(&here, &root);
    trusts(&there, &root);
    // Independently: each decides something else, and records twice.
    decides(&here, one.path(), "restore-drilled", &owner);
    decides(&there, two.path(), "kill-switch-drilled", &owner);
    let mut each = 0;
    for (machine, folder) in [(&here, &one), (&there, &two), (&there, &two), (&here, &one)] {
        let report = record(machine, folder.path(), &[]);
        each = report["evidence"]["recorded"]["count"].as_u64().unwrap();
    }
    // The branches are merged both ways.
    let (merged_one, merged_two) = (clone(one.path(), "merged"), clone(two.path(), "merged"));
    merges(merged_one.path(), two.path(), "two");
    merges(merged_two.path(), one.path(), "one");

    let mut reports = Vec::new();
    for kind in ["git", "folder"] {
        for first in [0, 1] {
            let place = tempfile::tempdir().unwrap();
            let path = place.path().to_str().unwrap();
            if kind == "git" {
                git(place.path(), &["init", "--quiet", "--bare"]);
            }
            let machines = [twin(&here), twin(&there)];
            for at in [first, 1 - first] {
                for way in ["pull", "push"] {
                    let ended = sync(&machines[at], way, &format!("{kind}:{path}"));
                    assert_eq!(ended.code, 0, "{kind} {way}: {}", ended.stderr);
                }
            }
            // The first one does not have what came after it.
            assert_eq!(sync(&machines[first], "pull", &format!("{kind}:{path}")).code, 0);
            for (machine, folder) in machines.iter().zip([&merged_one, &merged_two]) {
                assert_eq!(intact(machine, folder.path()), 4 * each);
                let check = ["check", "--format", "json"];
                let ended = machine.coseal(folder.path(), &check);
                assert_eq!(ended.code, 1, "{}", ended.stderr);
                reports.push(ended.stdout);
            }
        }
    }
    assert_eq!(reports.len(), 8);
    for report in &reports {
        assert!(*report == reports[0], "verdicts differ:\n{report}\n{}", reports[0]);
    }
    let report = serde_json::from_str(&reports[0]).unwrap();
    for check in ["restore-drilled", "kill-switch-drilled"] {
        assert_eq!(judged(&report, check)["state"], "not-applicable", "{check}");
        assert_eq!(judged(&report, check)["grade"], "C", "{check}");
    }
    assert_eq!(judged(&report, "model-files-scanned")["grade"], "A");
}
