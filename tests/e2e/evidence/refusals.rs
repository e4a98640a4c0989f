//! Logs that were cut, rolled back, forked, rewritten or taken away: refused by whoever remembers, or has a pinned checkpoint;
//! called unproven for whoever has neither.

use std::{fs, path::Path};

use coseal_assure::evidence::Store;
use tempfile::TempDir;

use super::people::{
    SYSTEM, entries, key, log, on_record, public, record, root, runner, sync, trusts, verify,
};
use crate::harness::{Ended, Machine, copy, copy_of};

/// A machine that recorded three runs, and has verified them: it remembers.
struct Scene {
    folder: TempDir,
    runner: Machine,
    /// The store after two runs.
    backup: TempDir,
    /// The same two runs, and another third one.
    fork: TempDir,
    run: u64,
}

fn scene() -> Scene {
    let (folder, runner) = (copy_of("support-bot"), runner());
    let (backup, fork) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    trusts(&runner, &root(&[("runner", &public(&runner, "key"), &["runner"])]));
    let report = record(&runner, folder.path(), &[]);
    let run = report["evidence"]["recorded"]["count"].as_u64().unwrap();
    record(&runner, folder.path(), &[]);
    copy(&runner.path("store"), backup.path());
    // A third run elsewhere, by the same key.
    copy(&runner.path("store"), &fork.path().join("store"));
    let elsewhere = copy_of("support-bot");
    fs::write(elsewhere.path().join("prompts/answer.md"), "another prompt\n").unwrap();
    let store = fork.path().join("store");
    let seen = fork.path().join("seen");
    let places = ["--store", store.to_str().unwrap(), "--seen", seen.to_str().unwrap()];
    record(&runner, elsewhere.path(), &places);
    record(&runner, folder.path(), &[]);
    let scene = Scene { folder, runner, backup, fork, run };
    let ended = verify(&scene.runner, scene.folder.path());
    assert!(ended.code == 0 && ended.stdout.contains(", verified"), "{}", ended.stdout);
    scene
}

impl Scene {
    /// Puts another store in the place of the one that was seen.
    fn swap(&self, forge: impl Fn(&Self, &Path)) {
        let store = self.runner.path("store");
        drop(fs::remove_dir_all(&store));
        forge(self, &store);
    }

    /// What somebody sees who does not remember the log, with this trust root.
    fn stranger(&self, root: Option<&str>) -> (Ended, Ended) {
        let stranger = Machine::new();
        if self.runner.path("store").exists() {
            copy(&self.runner.path("store"), &stranger.path("store"));
        }
        root.iter().for_each(|root| trusts(&stranger, root));
        (verify(&stranger, self.folder.path()), check(&stranger, self.folder.path()))
    }
}

fn check(machine: &Machine, folder: &Path) -> Ended {
    machine.coseal(folder, &["check", "--format", "json", "--fail-on", "never"])
}

/// The first so many entries, or others, signed anew by the key of the operator.
fn signed_anew(scene: &Scene, store: &Path, entries: &[Vec<u8>]) {
    let log = Store::new(store.to_owned()).log(log(&scene.runner, SYSTEM).origin());
    log.append(&key(&scene.runner), entries).unwrap();
}

fn whole(scene: &Scene) -> Vec<Vec<u8>> {
    let kept = scene.fork.path().join("whole");
    let log = Store::new(kept).log(log(&scene.runner, SYSTEM).origin());
    entries(&log)
}

type Forge = fn(&Scene, &Path);

/// What is done to the log; what is said of it by whoever remembers; what somebody sees who does not.
const FORGERIES: [(&str, Forge, &str, &str); 6] = [
    (
        "truncated under the operator's own key",
        |scene, store| {
            let entries = whole(scene);
            signed_anew(scene, store, &entries[..entries.len() - scene.run as usize]);
        },
        "truncated or rolled back",
        "consistent, signer unproven",
    ),
    (
        "rolled back to a backup",
        |scene, store| copy(scene.backup.path(), store),
        "truncated or rolled back",
        "consistent, signer unproven",
    ),
    (
        "forked",
        |scene, store| copy(&scene.fork.path().join("store"), store),
        "the log was forked or its history rewritten",
        "consistent, signer unproven",
    ),
    (
        "history rewritten under the operator's own key, and longer than it was",
        |scene, store| {
            let (entries, run) = (whole(scene), scene.run as usize);
            // The first run never was; the last one was twice more.
            let last = &entries[2 * run..];
            signed_anew(scene, store, &[&entries[run..], last, last].concat());
        },
        "the log was forked or its history rewritten",
        "consistent, signer unproven",
    ),
    (
        "taken away",
        |_, _| {},
        "seen before and is not here: withheld or removed",
        "nothing is on record",
    ),
    (
        "truncated by somebody without the key",
        |scene, store| {
            copy(&scene.fork.path().join("whole"), store);
            let (folder, size) = (store.join("logs").join(log_name(scene)), 3 * scene.run);
            let (full, rest) = (size / 256, size % 256);
            fs::remove_file(folder.join(format!("tile/entries/{full:03}.p/{rest}"))).unwrap();
        },
        "tile/entries/001.p/",
        "tile/entries/001.p/",
    ),
];

fn log_name(scene: &Scene) -> String {
    log(&scene.runner, SYSTEM).origin().to_string()
}

#[test]
fn what_was_seen_is_not_taken_back() {
    let scene = scene();
    let whole = scene.fork.path().join("whole");
    copy(&scene.runner.path("store"), &whole);
    let head = log(&scene.runner, SYSTEM).head().unwrap().unwrap().note.to_string();
    let known = fs::read_to_string(scene.runner.path("trust.toml")).unwrap();
    let pinned = format!("{known}[log.\"{}\"]\ncheckpoint = {head:?}\n", log_name(&scene));
    for (what, forge, refused, unproven) in FORGERIES {
        scene.swap(forge);
        // Twice: what was refused once is not remembered as seen.
        for _ in 0..2 {
            let ended = verify(&scene.runner, scene.folder.path());
            assert_eq!(ended.code, 5, "{what}: {}", ended.stdout);
            assert!(ended.stdout.contains(refused), "{what}: {}", ended.stdout);
            assert!(ended.stdout.contains(&log_name(&scene)), "{what}: {}", ended.stdout);
        }
        let report = check(&scene.runner, scene.folder.path());
        assert_eq!(report.code, 5, "{what}: {}", report.stdout);
        assert_eq!(on_record(&report.json()), [""; 0], "{what}: something counts");
        let error = &report.json()["evidence"]["logs"][0]["error"];
        assert!(error.as_str().unwrap().contains(refused), "{what}: {error}");
        // Whoever never saw the log, and has a checkpoint of it in the trust root.
        let (verified, checked) = scene.stranger(Some(&pinned));
        assert_eq!((verified.code, checked.code), (5, 5), "{what}: {}", verified.stdout);
        let refused = refused.replace("seen before", "").replace(" and is", "is");
        assert!(verified.stdout.contains(refused.trim()), "{what}: {}", verified.stdout);
        // Whoever has neither, nor a trust root.
        let (verified, checked) = scene.stranger(None);
        assert!(verified.stdout.contains(unproven), "{what}: {}", verified.stdout);
        let broken = unproven.contains("tile");
        let empty = unproven.contains("nothing is on record");
        let code = if broken { 5 } else { 6 * i32::from(empty) };
        assert_eq!(verified.code, code, "{what}: {}", verified.stdout);
        let grades = on_record(&checked.json());
        assert!(grades.iter().all(|grade| grade == "D"), "{what}: {grades:?}");
    }
    scene.swap(|scene, store| copy(&scene.fork.path().join("whole"), store));
    assert_eq!(verify(&scene.runner, scene.folder.path()).code, 0, "the log itself still holds");
}

/// A run after a restored backup would sign a second history: nothing is recorded then.
#[test]
fn nothing_is_added_to_a_log_that_is_not_what_was_seen() {
    let scene = scene();
    scene.swap(|scene, store| copy(scene.backup.path(), store));
    let before = log(&scene.runner, SYSTEM).head().unwrap();
    let folder = scene.folder.path();
    let signer = scene.runner.path("key");
    let public = scene.runner.path("key.pub");
    let (signer, public) = (signer.to_str().unwrap(), public.to_str().unwrap());
    for adds in [
        &["check", "--record"][..],
        &["evidence", "schedule", "--every", "7d"],
        &["evidence", "key", "revoke", public, "--sign", signer, "--reason", "r"],
    ] {
        let ended = scene.runner.coseal(folder, adds);
        assert_eq!(ended.code, 5, "{adds:?}: {}{}", ended.stdout, ended.stderr);
        assert!(ended.stderr.contains("truncated or rolled back"), "{adds:?}: {}", ended.stderr);
        assert_eq!(log(&scene.runner, SYSTEM).head().unwrap(), before, "{adds:?}");
    }
}

/// Two histories never merge: neither side is changed.
#[test]
fn a_fork_is_neither_pulled_nor_pushed() {
    let scene = scene();
    let place = tempfile::tempdir().unwrap();
    copy(&scene.fork.path().join("store"), place.path());
    let before = log(&scene.runner, SYSTEM).head().unwrap();
    for way in ["pull", "push"] {
        let ended = sync(&scene.runner, way, place.path().to_str().unwrap());
        assert_eq!(ended.code, 5, "{way}: {}{}", ended.stdout, ended.stderr);
        assert!(ended.stderr.contains("forked or rewritten"), "{way}: {}", ended.stderr);
    }
    assert_eq!(log(&scene.runner, SYSTEM).head().unwrap(), before);
    let there = Store::new(place.path().to_owned());
    let there = there.log(log(&scene.runner, SYSTEM).origin());
    assert_ne!(there.head().unwrap(), before);
}
