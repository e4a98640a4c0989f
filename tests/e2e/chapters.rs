//! Literate tests: `checks/ID.md` shows what a check says of small folders.
//!
//! A chapter begins with `## STATE: what it shows`, where STATE is the state that the check must have. The folder's files
//! are code blocks with `file=PATH` after the language; `base64` blocks are bytes. A `coseal.toml`
//! without `[system]` is put behind the shared minimum (`checks/minimal.toml`). `signed=KEY` after the path puts a signature beside a
//! decision, with the key of a role or another one (`keys.rs`); `sha256-of:PATH` in it is the digest of a file above. A line `Finds: RULE, RULE` lists all rules of the
//! findings; a chapter that fails or is partial needs one.

use std::{collections::BTreeSet, fs};

use coseal::{inspect::inspect, progress::Progress, registry};
use coseal_assure::{Judged, assess, decision};
use coseal_core::{catalogue::catalogue, check::Check, system::Resolver, tree::Tree};
use coseal_sign::sha256;
use serde_json::Value;

use crate::{
    harness::{DAY, check, folder, root, text},
    keys,
};

pub(crate) struct Chapter {
    pub(crate) check: String,
    title: String,
    state: String,
    finds: Option<BTreeSet<String>>,
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

#[test]
fn every_chapter_holds() {
    let mut wrong = Vec::new();
    for chapter in chapters() {
        let files: Vec<_> =
            chapter.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let folder = folder(&files);
        let signed = chapter.files.iter().any(|(name, _)| name.ends_with(".sig"));
        let report = if signed { trusting(folder.path()) } else { check(folder.path()) };
        let judged = report["checks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|judged| judged["id"] == chapter.check.as_str())
            .unwrap();
        let name = format!("{}: {}: {}", chapter.check, chapter.state, chapter.title);
        if judged["state"] != chapter.state.as_str() {
            wrong.push(format!(
                "{name}\n    is {} ({}) {}",
                judged["state"], judged["reason"], judged["findings"]
            ));
        }
        let found: BTreeSet<_> = judged["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| text(&finding["rule"]))
            .collect();
        match &chapter.finds {
            Some(finds) if *finds != found => wrong.push(format!("{name}\n    finds {found:?}")),
            None if matches!(chapter.state.as_str(), "fail" | "partial") && !found.is_empty() => {
                wrong.push(format!("{name}\n    has no Finds line; it finds {found:?}"));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The report on a folder, with the trust root of the tests.
fn trusting(folder: &std::path::Path) -> Value {
    let day = DAY.parse().unwrap();
    let inspected =
        inspect(folder, day, &Resolver::default(), false, &Progress::new(true)).unwrap();
    let mut facts = inspected.facts;
    let tree = Tree::open(folder).unwrap();
    let records = BTreeSet::new();
    facts.decisions = decision::gather(&tree, &tree.walk(), &keys::identify, &records).decisions;
    let assessment = assess(&registry::checks(), &facts);
    let entry = |judged: &Judged| {
        let rules =
            judged.findings.iter().map(|finding| serde_json::json!({ "rule": finding.rule }));
        serde_json::json!({
            "id": judged.entry.id,
            "state": judged.outcome.state,
            "reason": judged.outcome.reason,
            "findings": rules.collect::<Vec<_>>(),
        })
    };
    serde_json::json!({ "checks": assessment.checks.iter().map(entry).collect::<Vec<_>>() })
}

/// Each check has a chapter in which it fails, one in which it passes (or, where files can't show enough, is unknown), and one
/// in which it does not apply, where the catalogue has such a case.
#[test]
fn every_check_has_its_chapters() {
    let chapters = chapters();
    let mut missing = Vec::new();
    for built in registry::checks() {
        let meta = built.meta();
        let states: BTreeSet<_> =
            chapters.iter().filter(|c| c.check == meta.id).map(|c| c.state.as_str()).collect();
        let (_, entry) = catalogue().check(meta.id).unwrap();
        let best = if meta.beyond_files.is_some() { "unknown" } else { "pass" };
        let mut wanted = vec!["fail", best];
        if !entry.not_applicable_if.is_empty() {
            wanted.push("not-applicable");
        }
        for state in wanted.into_iter().filter(|state| !states.contains(state)) {
            missing.push(format!("checks/{}.md has no chapter `## {state}: …`", meta.id));
        }
        // Rules that a chapter shows: every rule of a check is shown once at least; one that several checks share, in
        // the chapters of one of them.
        let sharing = |rule: &str| {
            let has = |check: &&dyn Check| check.meta().rules.iter().any(|other| other.id == rule);
            registry::checks().iter().filter(|check| has(check)).count() > 1
        };
        let shown = |rule: &str| {
            let shows = |c: &Chapter| c.finds.as_ref().is_some_and(|finds| finds.contains(rule));
            chapters.iter().any(|c| (c.check == meta.id || sharing(rule)) && shows(c))
        };
        for rule in meta.rules.iter().filter(|rule| !shown(rule.id)) {
            missing.push(format!("checks/{}.md has no chapter that finds {}", meta.id, rule.id));
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// Whatever a check is given, it never passes on nothing: an empty folder, and a folder whose texts can't be read.
#[test]
fn no_check_passes_on_an_empty_or_unreadable_folder() {
    let empty = folder(&[]);
    let unreadable = folder(&[
        ("coseal.toml", &[0xff, 0xfe, 0x00]),
        ("model.pkl", &[]),
        ("prompts/a.md", &[0xff]),
    ]);
    for (name, folder) in [("empty", &empty), ("unreadable", &unreadable)] {
        let report = check(folder.path());
        for judged in report["checks"].as_array().unwrap() {
            let state = text(&judged["state"]);
            // Checks about checks see the others as unknown; a file that can't be read is an error of its own.
            assert!(
                matches!(state.as_str(), "unknown" | "fail" | "partial"),
                "{name}: {} is {state}: {}",
                judged["id"],
                judged["reason"]
            );
        }
    }
}

pub(crate) fn chapters() -> Vec<Chapter> {
    let minimal = fs::read_to_string(root().join("tests/checks/minimal.toml")).unwrap();
    let mut chapters = Vec::new();
    let mut names: Vec<_> = fs::read_dir(root().join("tests/checks"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    for path in
        names.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md"))
    {
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap();
        for part in text.split("\n## ").skip(1) {
            chapters.push(chapter(&id, part, &minimal));
        }
    }
    chapters
}

fn chapter(check: &str, part: &str, minimal: &str) -> Chapter {
    let (heading, body) = part.split_once('\n').unwrap();
    let (state, title) = heading
        .split_once(':')
        .unwrap_or_else(|| panic!("{check}: `## STATE: title`, not `## {heading}`"));
    let mut chapter = Chapter {
        check: check.to_owned(),
        title: title.trim().to_owned(),
        state: state.trim().to_owned(),
        finds: None,
        files: Vec::new(),
    };
    let mut lines = body.lines();
    while let Some(line) = lines.next() {
        if let Some(rules) = line.strip_prefix("Finds:") {
            chapter.finds = Some(
                rules
                    .split(',')
                    .map(|rule| rule.trim().trim_end_matches('.').to_owned())
                    .filter(|rule| !rule.is_empty())
                    .collect(),
            );
        }
        let Some(info) = line.strip_prefix("````").or_else(|| line.strip_prefix("```")) else {
            continue;
        };
        let fence = &line[..line.len() - info.len()];
        let (language, file) = info
            .split_once(" file=")
            .unwrap_or_else(|| panic!("{check}: a code block without file="));
        let (file, key) = file.split_once(" signed=").map_or((file, None), |(f, k)| (f, Some(k)));
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        let text = with_digests(block.join("\n") + "\n", &chapter.files);
        let bytes = match language.trim() {
            "base64" => base64(&text),
            _ if file.trim() == "coseal.toml" && !text.contains("[system]") => {
                format!("{minimal}\n{text}").into_bytes()
            }
            _ => text.into_bytes(),
        };
        if let Some(key) = key {
            let signature = keys::sign(key.trim(), &bytes).into_bytes();
            chapter.files.push((format!("{}.sig", file.trim()), signature));
        }
        chapter.files.push((file.trim().to_owned(), bytes));
    }
    chapter
}

/// `sha256-of:PATH` replaced by the digest of the file at that path.
fn with_digests(mut text: String, files: &[(String, Vec<u8>)]) -> String {
    for (name, bytes) in files {
        text = text.replace(&format!("sha256-of:{name}\""), &format!("{}\"", sha256(bytes)));
    }
    text
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = ALPHABET.iter().position(|letter| *letter == byte).unwrap();
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}
