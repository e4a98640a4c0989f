//! Rules that hold for every system: what binds evidence, and what turns into a pass.

use std::{collections::BTreeMap, fs};

use coseal::{inspect::inspect, progress::Progress, registry};
use coseal_assure::assess;
use coseal_core::{fact::Facts, outcome::State, system::Resolver};
use proptest::prelude::*;

use crate::{
    chapters::chapters,
    harness::{DAY, check, copy_of, example, folder, text},
};

/// The facts of an example, had its system file this text.
fn facts(name: &str, system_text: &str) -> Facts {
    let folder = copy_of(name);
    fs::write(folder.path().join("coseal.toml"), system_text).unwrap();
    inspect(folder.path(), DAY.parse().unwrap(), &Resolver::default(), false, &Progress::new(true))
        .unwrap()
        .facts
}

fn bindings(facts: &Facts) -> BTreeMap<String, String> {
    let assessment = assess(&registry::checks(), facts);
    assessment
        .checks
        .iter()
        .map(|judged| (judged.entry.id.clone(), judged.binding.to_string()))
        .collect()
}

fn outcomes(facts: &Facts) -> BTreeMap<String, (State, String)> {
    let assessment = assess(&registry::checks(), facts);
    assessment
        .checks
        .iter()
        .map(|j| {
            (
                j.entry.id.clone(),
                (j.outcome.state, format!("{:?} {:?}", j.outcome.reason, j.outcome.subjects)),
            )
        })
        .collect()
}

fn whole(name: &str) -> String {
    fs::read_to_string(example(name).join("coseal.toml")).unwrap()
}

/// The tables of a file, each with its lines, in the order of the file; what stands before the first table first.
fn tables(text: &str) -> (String, Vec<String>) {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            parts.push(String::new());
        }
        let part = parts.last_mut().unwrap();
        part.push_str(line);
        part.push('\n');
    }
    let head = parts.remove(0);
    (head, parts)
}

const EXAMPLES: [&str; 2] = ["support-bot", "fraud-classifier"];

#[test]
fn a_comment_changes_no_binding() {
    for name in EXAMPLES {
        let text = whole(name);
        let commented =
            format!("# first\n{}\n# last\n", text.replace("\n[", "\n# about the next table\n["));
        assert_eq!(bindings(&facts(name, &text)), bindings(&facts(name, &commented)), "{name}");
    }
}

#[test]
fn an_edit_binds_only_what_reads_it() {
    // (what is edited, its text before, after; checks that read it)
    let edits: &[(&str, &str, &str, &[&str])] = &[
        ("support-bot", "purpose = ", "purpose = \"another sentence\" # ", &[]),
        ("support-bot", "impact = ", "impact = \"critical\" # ", &["playbooks-cover-threats"]),
    ];
    for (name, from, to, readers) in edits {
        let before = whole(name);
        let after = before.replacen(from, to, 1);
        assert_ne!(before, after);
        let (old, new) = (bindings(&facts(name, &before)), bindings(&facts(name, &after)));
        let changed: Vec<_> = old
            .iter()
            .filter(|(id, digest)| new[*id] != **digest)
            .map(|(id, _)| id.as_str())
            .collect();
        assert_eq!(changed, *readers, "{name}: {to}");
    }
}

#[test]
fn a_table_of_your_own_binds_nothing() {
    for name in EXAMPLES {
        let text = whole(name);
        let own = format!("{text}\n[x.team]\nanything = [\"goes\", \"here\"]\n");
        assert_eq!(bindings(&facts(name, &text)), bindings(&facts(name, &own)), "{name}");
    }
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    for name in EXAMPLES {
        let folder = copy_of(name);
        let strip = |mut report: serde_json::Value| {
            report["as-of"].take();
            report.to_string()
        };
        assert_eq!(strip(check(&example(name))), strip(check(folder.path())), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Tables in any order, and lines within a table in any order, mean the same.
    #[test]
    fn order_means_nothing(which in 0..EXAMPLES.len(), seed in any::<u64>()) {
        let name = EXAMPLES[which];
        let text = whole(name);
        let (head, mut parts) = tables(&text);
        let mut state = seed | 1;
        for i in (1..parts.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            parts.swap(i, (state >> 33) as usize % (i + 1));
        }
        let shuffled = head + &parts.concat();
        let (old, new) = (facts(name, &text), facts(name, &shuffled));
        prop_assert_eq!(bindings(&old), bindings(&new));
        prop_assert_eq!(outcomes(&old), outcomes(&new));
    }

    /// What a check does not read can't change its answer: whenever an answer changes, its binding has changed.
    #[test]
    fn an_answer_changes_only_with_its_binding(which in 0..EXAMPLES.len(), at in any::<prop::sample::Index>(), how in 0..4_usize) {
        let name = EXAMPLES[which];
        let text = whole(name);
        let lines: Vec<&str> = text.lines().collect();
        let at = at.index(lines.len());
        let line = lines[at];
        let edited = match how {
            0 => String::new(),
            1 => line.replace("true", "false").replace("\"human\"", "\"none\"").replace("personal", "public"),
            2 => line.replace("2026", "2020").replace("2027", "2020"),
            _ => line.replace("\"third-party\"", "\"own\"").replace("docs/", "doks/").replace("public", "staff"),
        };
        let mut changed = lines.clone();
        changed[at] = &edited;
        let (old, new) = (facts(name, &text), facts(name, &changed.join("\n")));
        // An invalid file is another matter: nothing is judged from it.
        prop_assume!(new.system.is_some());
        let (old_bound, new_bound) = (bindings(&old), bindings(&new));
        let (old_said, new_said) = (outcomes(&old), outcomes(&new));
        for (id, said) in &old_said {
            if new_said[id] != *said {
                prop_assert_ne!(&old_bound[id], &new_bound[id], "{}: {:?} became {:?} on {}", id, said, &new_said[id], edited);
            }
        }
    }

    /// Taking facts away never makes a check pass: texts that can't be read, tables that are gone from the facts.
    #[test]
    fn what_is_not_known_never_becomes_a_pass(which in 0..EXAMPLES.len(), at in any::<prop::sample::Index>()) {
        let name = EXAMPLES[which];
        let known = facts(name, &whole(name));
        let mut less = known.clone();
        let paths: Vec<_> = known.texts.keys().cloned().collect();
        prop_assume!(!paths.is_empty());
        less.texts.get_mut(&paths[at.index(paths.len())]).unwrap().text = Err("it can't be read".to_owned());
        let (before, after) = (outcomes(&known), outcomes(&less));
        for (id, (state, _)) in &before {
            if *state != State::Pass && id != "no-stale-evidence" {
                prop_assert_ne!(after[id].0, State::Pass, "{}", id);
            }
        }
    }
}

/// Seen from a later day, nothing that was not a pass becomes one.
#[test]
fn time_makes_nothing_pass() {
    for name in EXAMPLES {
        let mut now = facts(name, &whole(name));
        let before = outcomes(&now);
        for day in ["2026-12-31", "2027-06-30", "2029-01-01"] {
            now.as_of = day.parse().unwrap();
            for (id, (state, _)) in outcomes(&now) {
                assert!(
                    state != State::Pass
                        || before[&id].0 == State::Pass
                        || id == "no-stale-evidence",
                    "{name}: {id} on {day}"
                );
            }
        }
    }
}

#[test]
fn a_late_day_makes_evidence_stale() {
    let report = crate::harness::coseal(
        &example("support-bot"),
        &["check", "--as-of", "2027-10-01", "--format", "json"],
    )
    .json();
    let stale: Vec<_> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["state"] == "stale")
        .map(|c| text(&c["id"]))
        .collect();
    assert!(stale.contains(&"contacts-current".to_owned()), "{stale:?}");
}

/// What a check uses and does not name in its reads would be bound to nothing. In the folder of each chapter, each key of each
/// element is taken out in turn: where the chapter's check then answers otherwise, its binding must be another.
#[test]
fn every_field_that_an_answer_rests_on_is_bound() {
    let mut wrong = Vec::new();
    for chapter in chapters() {
        let Some((_, text)) = chapter.files.iter().find(|(name, _)| name == "coseal.toml") else {
            continue;
        };
        let Ok(text) = std::str::from_utf8(text) else { continue };
        let Ok(whole) = toml::from_str::<toml::Table>(text) else { continue };
        let files: Vec<_> =
            chapter.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let folder = folder(&files);
        let (said, bound) = answer(folder.path(), &whole, &chapter.check);
        for (path, less) in without_each_key(&whole) {
            let (said_less, bound_less) = answer(folder.path(), &less, &chapter.check);
            if said_less != said && bound_less == bound && !said_less.is_empty() {
                wrong.push(format!(
                    "{}: without {path}: {said} became {said_less}, bound to the same",
                    chapter.check
                ));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// State and reason of a check for a system file, and its binding; nothing if the file is invalid.
fn answer(folder: &std::path::Path, file: &toml::Table, check: &str) -> (String, String) {
    fs::write(folder.join("coseal.toml"), toml::to_string(file).unwrap()).unwrap();
    let facts =
        inspect(folder, DAY.parse().unwrap(), &Resolver::default(), false, &Progress::new(true))
            .unwrap()
            .facts;
    if facts.system.is_none() {
        return (String::new(), String::new());
    }
    let assessment = assess(&registry::checks(), &facts);
    let judged = assessment.check(check).unwrap();
    (format!("{} ({})", judged.outcome.state, judged.outcome.reason), judged.binding.to_string())
}

/// The file without one key of one element, for each.
fn without_each_key(whole: &toml::Table) -> Vec<(String, toml::Table)> {
    let mut all = Vec::new();
    for (kind, table) in whole {
        let Some(elements) = table.as_table() else { continue };
        for (id, element) in elements {
            match element.as_table() {
                Some(keys) => {
                    for key in keys.keys() {
                        let mut less = whole.clone();
                        less[kind].as_table_mut().unwrap()[id].as_table_mut().unwrap().remove(key);
                        all.push((format!("{kind}.{id}.{key}"), less));
                    }
                }
                None => {
                    let mut less = whole.clone();
                    less[kind].as_table_mut().unwrap().remove(id);
                    all.push((format!("{kind}.{id}"), less));
                }
            }
        }
    }
    all
}
