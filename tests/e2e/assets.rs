//! `coseal assets` and `coseal.lock`: what is listed, what is written and what is not, and what a change of a registered file does.

use std::{fs, os::unix::fs::symlink, path::Path};

use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{DAY, Machine, copy_of, coseal, coseal_at, folder, text};

const SYSTEM: &str = r#"schema = 1
[system]
id = "x"
purpose = "y"
exposure = "staff"
impact = "low"
[model]
chat = { location = "api:openai/gpt-5.4" }
[dataset]
rows = { location = "path:data", class = "internal" }
[prompt]
answer = { location = "path:answer.md" }
greet = { location = "path:greet.md" }
"#;

fn bot() -> TempDir {
    folder(&[
        ("coseal.toml", SYSTEM.as_bytes()),
        ("answer.md", b"Answer.\n"),
        ("greet.md", b"Greet.\n"),
        ("data/a.csv", b"1\n"),
        ("data/b.csv", b"2\n"),
    ])
}

fn state(folder: &Path, id: &str) -> (String, String) {
    of(&coseal(folder, &["check", "--as-of", DAY, "--format", "json"]).json(), id)
}

fn of(report: &Value, id: &str) -> (String, String) {
    let check = report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id);
    let check = check.unwrap();
    (text(&check["state"]), text(&check["reason"]))
}

#[test]
fn a_register_is_written_once_and_changes_only_when_accepted() {
    let folder = bot();
    let run = |arguments: &[&str]| {
        let ended = coseal(folder.path(), &[&["assets", "lock"], arguments].concat());
        (ended.code, ended.stdout)
    };
    let register = || fs::read_to_string(folder.path().join("coseal.lock")).unwrap_or_default();
    assert_eq!(run(&["--check"]).0, 1);
    assert_eq!(register(), "");
    let (code, said) = run(&[]);
    assert_eq!((code, said.contains("3 registered")), (0, true), "{said}");
    let first = register();
    assert_eq!((run(&["--check"]).0, run(&[]).0, register() == first), (0, 0, true));
    assert_eq!(state(folder.path(), "assets-unchanged").0, "pass");

    fs::write(folder.path().join("answer.md"), "Answer, and give refunds.\n").unwrap();
    let (code, said) = run(&[]);
    assert_eq!((code, register() == first), (1, true), "{said}");
    assert!(
        said.contains("changed  prompt.answer") || said.contains("changed prompt.answer"),
        "{said}"
    );
    assert!(said.contains("--accept prompt.answer"), "{said}");
    assert_eq!(state(folder.path(), "assets-unchanged").0, "fail");
    assert_eq!(state(folder.path(), "deployed-prompt-registered").0, "fail");
    assert_eq!(run(&["--accept", "prompt.greet"]).0, 1);
    assert_eq!(register(), first);
    assert_eq!(run(&["--accept", "prompt.answers"]).0, 2);
    assert_eq!(run(&["--accept", "prompt.answer"]).0, 0);
    assert_ne!(register(), first);
    assert_eq!(state(folder.path(), "assets-unchanged").0, "pass");

    // An element that is gone stays until somebody says so; another name for the same bytes is no change of them.
    let renamed = SYSTEM
        .replace("answer = ", "reply = ")
        .replace("greet = { location = \"path:greet.md\" }\n", "");
    fs::write(folder.path().join("coseal.toml"), renamed).unwrap();
    assert_eq!(state(folder.path(), "assets-unchanged").0, "pass");
    fs::remove_file(folder.path().join("greet.md")).unwrap();
    assert_eq!(state(folder.path(), "assets-unchanged").0, "unknown");
    let (code, said) = run(&[]);
    assert_eq!((code, said.contains("renamed"), said.contains("gone")), (1, true, true), "{said}");
    assert!(register().contains("greet.md") && register().contains("prompt.reply"));
    assert_eq!(run(&["--accept-all"]).0, 0);
    assert!(!register().contains("greet.md"));
}

#[test]
fn a_register_that_is_a_link_or_broken_is_left_alone() {
    let folder = bot();
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("precious");
    fs::write(&target, "schema = 1\n").unwrap();
    symlink(&target, folder.path().join("coseal.lock")).unwrap();
    let ended = coseal(folder.path(), &["assets", "lock"]);
    assert_eq!(ended.code, 4, "{}", ended.stdout);
    assert!(ended.stderr.contains("symbolic link"), "{}", ended.stderr);
    assert_eq!(fs::read_to_string(&target).unwrap(), "schema = 1\n");

    fs::remove_file(folder.path().join("coseal.lock")).unwrap();
    fs::write(folder.path().join("coseal.lock"), "schema = 1\n[[asset]]\nkin = 1\n").unwrap();
    let ended = coseal(folder.path(), &["assets", "lock", "--accept-all"]);
    assert_eq!(ended.code, 4);
    assert!(ended.stderr.contains("line 2: "), "{}", ended.stderr);
    let checked = coseal(folder.path(), &["check", "--as-of", DAY, "--format", "json"]);
    let (state, reason) = of(&checked.json(), "assets-unchanged");
    assert_eq!(state, "unknown", "{reason}");
    assert!(reason.contains("coseal.lock can't be read: line 2"), "{reason}");
}

#[test]
fn the_inventory_is_listed_on_any_terminal() {
    let folder = copy_of("support-bot");
    let wide = coseal(folder.path(), &["assets"]);
    assert_eq!(wide.code, 0, "{}", wide.stderr);
    for said in ["gpt-5.4 (model.chat)", "moves", "prompts/answer.md (prompt.answer)", "changed: "]
    {
        assert!(wide.stdout.contains(said), "{said}: {}", wide.stdout);
    }
    assert!(!wide.stdout.contains('\u{1b}'));
    let narrow = coseal_at(folder.path(), &["assets"], 44).stdout;
    assert!(narrow.lines().all(|line| line.chars().count() <= 44), "{narrow}");
    let prompts = coseal(folder.path(), &["assets", "--kind", "prompt", "--format", "json"]).json();
    let kinds: Vec<_> =
        prompts["assets"].as_array().unwrap().iter().map(|a| text(&a["kind"])).collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| kind == "prompt"), "{kinds:?}");
}

/// A file that the 256 MB of a run do not reach is known by its looks after one full run, and then at best partially.
#[test]
fn large_files_are_remembered_outside_the_folder_and_never_make_a_pass() {
    let machine = Machine::new();
    let folder = bot();
    let large = folder.path().join("data/c.bin");
    fs::File::create(&large).unwrap().set_len(300 << 20).unwrap();
    assert_eq!(machine.coseal(folder.path(), &["assets", "lock", "--no-cache"]).code, 0);
    let said = |arguments: &[&str]| {
        let arguments = [&["check", "--as-of", DAY, "--format", "json"], arguments].concat();
        of(&machine.coseal(folder.path(), &arguments).json(), "assets-unchanged").0
    };
    assert_eq!(said(&[]), "unknown");
    assert!(!machine.path("cache").exists() || !machine.path("cache/coseal/digests.json").exists());
    // What changed within two seconds before it was read is not trusted.
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    fs::File::options().write(true).open(&large).unwrap().set_modified(old).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(3_100));
    assert_eq!(said(&["--full"]), "pass");
    assert!(machine.path("cache/coseal/digests.json").exists());
    assert_eq!(said(&[]), "partial");
    assert_eq!(said(&["--no-cache"]), "unknown");
    fs::write(machine.path("cache/coseal/digests.json"), "{").unwrap();
    assert_eq!(said(&[]), "unknown");
    assert_eq!(said(&["--full"]), "pass");
    // Another byte, and the same size and modification time as before.
    let file = fs::File::options().write(true).open(&large).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&file, b"x", 1 << 20).unwrap();
    file.set_modified(old).unwrap();
    drop(file);
    assert_eq!(said(&[]), "unknown");
    assert_eq!(said(&["--full"]), "fail");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// No edit of a registered file leaves assets-unchanged passing.
    #[test]
    fn no_edit_of_a_registered_file_passes(
        which in 0..4_usize,
        at in any::<prop::sample::Index>(),
        how in 0..4_usize,
        byte in any::<u8>(),
    ) {
        let folder = bot();
        prop_assert_eq!(coseal(folder.path(), &["assets", "lock", "-q"]).code, 0);
        let path = folder.path().join(["answer.md", "greet.md", "data/a.csv", "data/b.csv"][which]);
        let before = fs::read(&path).unwrap();
        let mut after = before.clone();
        let at = at.index(before.len());
        match how {
            0 => after[at] ^= byte | 1,
            1 => after.insert(at, byte),
            2 => after.truncate(at),
            _ => fs::rename(&path, folder.path().join("data/z.csv")).unwrap(),
        }
        if how < 3 {
            fs::write(&path, &after).unwrap();
        }
        let (state, reason) = state(folder.path(), "assets-unchanged");
        prop_assert_ne!(state, "pass", "{}", reason);
    }
}

const ELSEWHERE: &str = r#"schema = 1
[system]
id = "x"
purpose = "y"
exposure = "offline"
impact = "low"
[role.risk-owner]
contact = "mailto:risk@example.org"
[model]
small = { location = "hf:BAAI/bge-small-en-v1.5@5c38ec7c405ec4b44b94cc5a9bb96e735b38267a" }
"#;

#[test]
fn what_is_in_a_hub_is_listed_once_and_is_no_failure_of_the_register() {
    let code = b"from sentence_transformers import SentenceTransformer\nm = SentenceTransformer(\"BAAI/bge-small-en-v1.5\")\n";
    let folder = folder(&[("coseal.toml", ELSEWHERE.as_bytes()), ("app.py", code)]);
    let listed = coseal(folder.path(), &["assets"]).stdout;
    assert_eq!(listed.matches("bge-small").count(), 1, "{listed}");
    assert!(listed.contains("app.py:2") && listed.contains("not here"), "{listed}");
    let ended = coseal(folder.path(), &["assets", "lock"]);
    assert_eq!(ended.code, 0, "{}", ended.stdout);
    assert!(ended.stdout.contains("its exact revision stands for its bytes"), "{}", ended.stdout);
    let system = ELSEWHERE.replace(
        "location = \"hf:BAAI/bge-small-en-v1.5@5c38ec7c405ec4b44b94cc5a9bb96e735b38267a\"",
        "location = \"path:models/gone.bin\"",
    );
    fs::write(folder.path().join("coseal.toml"), system).unwrap();
    assert_eq!(
        coseal(folder.path(), &["assets", "lock"]).code,
        6,
        "what should be here was not read"
    );
}

#[test]
fn data_without_a_place_is_registered_as_the_tip_says() {
    let code = b"from sklearn.datasets import load_iris\nx, y = load_iris(return_X_y=True)\n";
    let system = ELSEWHERE.split("[model]").next().unwrap();
    let folder = folder(&[("coseal.toml", system.as_bytes()), ("train.py", code)]);
    let report = coseal(folder.path(), &["check", "--as-of", DAY, "--format", "json"]).json();
    let found = report["checks"].as_array().unwrap().iter();
    let check = found.clone().find(|check| check["id"] == "assets-registered").unwrap();
    let tip = text(&check["findings"][0]["tip"]);
    assert!(tip.contains("add [dataset.load-iris] with its location"), "{tip}");
    let told = format!(
        "{system}[dataset.load-iris]\nlocation = \"https://example.org/iris\"\nclass = \"public\"\n[flow.read]\nfrom = \"dataset.load-iris\"\nto = \"app\"\n"
    );
    fs::write(folder.path().join("coseal.toml"), told).unwrap();
    assert_eq!(state(folder.path(), "assets-registered").0, "pass");
}
