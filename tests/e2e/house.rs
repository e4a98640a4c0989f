//! What the house promises of itself: every parser is fuzzed, every check and parser is in its list.

use std::{collections::BTreeSet, fs};

use crate::harness::root;

/// Names of the files in a folder, without their ending.
fn stems(folder: &str, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    entries
        .map(|entry| name(entry.unwrap()))
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .collect()
}

#[test]
fn every_fuzz_target_is_declared_and_has_seeds() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let targets = stems("fuzz/fuzz_targets", ".rs");
    assert!(targets.len() >= 5);
    for target in &targets {
        assert!(
            manifest.contains(&format!("name = \"{target}\"")),
            "fuzz/Cargo.toml does not name {target}"
        );
        let seeds = fs::read_dir(root().join("fuzz/seeds").join(target))
            .map(Iterator::count)
            .unwrap_or_default();
        assert!(seeds >= 3, "fuzz/seeds/{target} has {seeds} seeds");
    }
}

#[test]
fn every_parser_is_in_the_list_and_is_fuzzed() {
    // What only passes on to other parsers, or parses nothing, is fuzzed as `identify`.
    const WITHOUT: [&str; 5] = ["compiled", "compressed", "opaque", "program", "unrecognised"];
    const FRAME: &[&str] = &[
        "archive",
        "budget",
        "format",
        "growth",
        "hidden",
        "ids",
        "inspect",
        "messages",
        "misnamed",
        "names",
        "mod",
        "nested",
        "own_policy",
        "registry",
        "report",
        "requirements",
        "room",
        "stop",
        "tags",
    ];
    let registry = fs::read_to_string(root().join("crates/scan/src/artefact/registry.rs")).unwrap();
    let targets = stems("fuzz/fuzz_targets", ".rs");
    let files = stems("crates/scan/src/artefact", ".rs");
    let folders =
        fs::read_dir(root().join("crates/scan/src/artefact")).unwrap().map(|entry| entry.unwrap());
    let folders = folders
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    for parser in files.into_iter().chain(folders).filter(|file| !FRAME.contains(&file.as_str())) {
        assert!(registry.contains(&format!(" {parser}::")), "{parser} is not in registry.rs");
        let named = |rest: &str| rest.is_empty() || rest.starts_with('_');
        let fuzzed = targets.iter().any(|target| target.strip_prefix(&parser).is_some_and(named));
        assert!(
            fuzzed || WITHOUT.contains(&parser.as_str()),
            "{parser} has no fuzz target of its name"
        );
    }
}

#[test]
fn every_check_is_in_its_list() {
    for home in ["assure", "scan", "source"] {
        let list =
            fs::read_to_string(root().join(format!("crates/{home}/src/checks/mod.rs"))).unwrap();
        for check in
            stems(&format!("crates/{home}/src/checks"), ".rs").iter().filter(|name| *name != "mod")
        {
            assert!(
                list.contains(&format!("{check}::")),
                "{check} is not in crates/{home}/src/checks/mod.rs"
            );
        }
    }
}
