//! `coseal impact`: what it says would go stale is what really does.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use coseal::{
    inspect::{Inspected, inspect},
    progress::Progress,
    registry,
};
use coseal_assure::{Assessment, assess, impact::impact};
use coseal_core::system::Resolver;
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    harness::{DAY, Ended, copy_of, coseal, example, folder, text},
    keys::private_key,
};

const EXAMPLES: [&str; 2] = ["support-bot", "fraud-classifier"];
/// Files larger than this are not edited.
const MAX_EDITED: u64 = 1 << 20;

fn asked(folder: &Path, things: &[&str]) -> Ended {
    let mut arguments = vec!["impact", "--as-of", DAY];
    arguments.extend(things);
    coseal(folder, &arguments)
}

/// Without the list of what is not known, which the next built check changes.
fn without_unknown(text: &str) -> String {
    let mut out = String::new();
    let mut unknown = false;
    for line in text.lines() {
        unknown = line.starts_with("  read it too") || unknown && line.starts_with("    ");
        if !unknown {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn a_file_an_element_and_a_table() {
    let ended = asked(
        &example("support-bot"),
        &["models/intent.pkl", "docs/training.csv", "README.md", "service.orders", "feedback"],
    );
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(without_unknown(&ended.stdout), @r#"
    models/intent.pkl (file)
      run again, whatever the edit:
        ✗ assets · assets-unchanged, must: fail, grade D (digest of model.intent)
        – documentation · published-hashes-verify, should: not-applicable, grade D (digest of
          model.intent)
      run again, depending on the edit:
        ◐ model-choice · model-facts-match, must: partial, grade D (what the model file holds)
        ✗ supply-chain · model-files-scanned, must: fail, grade D (what the model file holds)
        ✓ assets · assets-registered, should: pass, grade D (assets that it shows)
        ✗ documentation · model-cards-match, should: fail, grade D (what the model file holds)
        ✗ documentation · deployed-prompt-registered, must: fail, grade D (assets that it shows)
        ✗ technical-debt · ai-debt-low, should: fail, grade D (what the model file holds)
        ✓ technical-debt · no-stale-evidence, should: pass, grade D (what other checks answer)
      attest again, depending on the edit:
        – secure-updates · legacy-compensated, should: not-applicable, grade D (what other checks
          answer)

    docs/training.csv (file)
      run again, depending on the edit:
        ✗ supply-chain · model-files-scanned, must: fail, grade D (whether it can be read in full)
        ✓ assets · assets-registered, should: pass, grade D (assets that it shows, whether it can be
          read in full)
        ✗ assets · assets-unchanged, must: fail, grade D (assets that it shows)
        ✗ assets · no-secrets-in-assets, should: fail, grade D (whether it can be read in full)
        ✗ documentation · deployed-prompt-registered, must: fail, grade D (assets that it shows)
        ✓ technical-debt · no-stale-evidence, should: pass, grade D (what other checks answer)
      attest again, whatever the edit:
        ✓ awareness · training-completed, must: pass, grade D (what
          decisions/2026-11-02-attest-training-completed.toml cites)
      attest again, depending on the edit:
        – secure-updates · legacy-compensated, should: not-applicable, grade D (what other checks
          answer)
      decisions that would no longer hold:
        decisions/2026-11-02-attest-training-completed.toml: attest training-completed: it cites this
          file: the list of the course, by role

    README.md (file)
      nothing that any check reads derives from it

    service.orders (element)
      run again, if what is named changes:
        ✓ assets · assets-registered, should: pass, grade D (location)
        ✓ incident-management · playbooks-cover-threats, must: pass, grade D (location)
      run again, depending on the edit:
        ✓ threats · system-file-valid, must: pass, grade D (what is wrong with coseal.toml)
        ✗ assets · no-secrets-in-assets, should: fail, grade D (secrets in coseal.toml)
        ✓ technical-debt · no-stale-evidence, should: pass, grade D (what other checks answer)
      attest again, if what is named changes:
        – secure-updates · legacy-compensated, should: not-applicable, grade D (legacy)

    feedback (table)
      run again, if what is named changes:
        – secure-design · feedback-sanitised, should: not-applicable, grade D (another feedback)
        ✓ incident-management · playbooks-cover-threats, must: pass, grade D (another feedback)
      run again, depending on the edit:
        ✓ threats · system-file-valid, must: pass, grade D (what is wrong with coseal.toml)
        ✗ assets · no-secrets-in-assets, should: fail, grade D (secrets in coseal.toml)
        ✓ technical-debt · no-stale-evidence, should: pass, grade D (what other checks answer)
      attest again, depending on the edit:
        – secure-updates · legacy-compensated, should: not-applicable, grade D (what other checks
          answer)

    none of these answers is on record, so each run works them out anew; coseal check --record signs
    them
    "#);
}

#[test]
fn names_that_are_nothing_are_refused_with_the_nearest_that_is() {
    let ended = asked(&example("support-bot"), &["models/intent.pkl", "model.intnet"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ended.stderr, @r#"
    coseal: `model.intnet` is neither a file below the folder nor an element of the system file; did you mean model.intent?
    "#);
    let nothing = asked(&example("support-bot"), &["what/is/this"]);
    assert_eq!(nothing.code, 2);
    insta::assert_snapshot!(nothing.stderr, @r#"
    coseal: `what/is/this` is neither a file below the folder nor an element of the system file; write a path as seen from the folder that is judged, or an element as in model.chat
    "#);
    assert_eq!(asked(&example("support-bot"), &[]).code, 2);
    assert_eq!(asked(&example("support-bot"), &["flow", "--since-record"]).code, 2);
}

#[test]
fn an_invalid_system_file_and_a_folder_that_is_not_there() {
    let broken = folder(&[("coseal.toml", b"schema = 1\n[sistem]\n")]);
    let ended = asked(broken.path(), &["coseal.toml"]);
    assert_eq!(ended.code, 3, "{}", ended.stderr);
    assert!(ended.stdout.contains("sistem"), "{}", ended.stdout);
    let ended = asked(broken.path(), &["coseal.toml", "--format", "json"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (3, ""));
    assert_eq!(asked(broken.path(), &["x", "--in", "nowhere"]).code, 4);
    let without = folder(&[("prompts/a.md", b"answer"), ("b.txt", b"x")]);
    let ended = asked(without.path(), &["prompts/a.md", "b.txt"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    assert!(ended.stdout.contains("no-secrets-in-assets"), "{}", ended.stdout);
    assert_eq!(asked(without.path(), &["model.chat"]).code, 2);
}

#[test]
fn paths_may_be_written_from_where_the_user_is() {
    let report = |folder: &Path, thing: &str| {
        let within = ["--in", "support-bot", "--format", "json"];
        let ended = asked(folder, &[&[thing], &within[..]].concat());
        assert_eq!(ended.code, 0, "{thing}: {}", ended.stderr);
        ended.json()["things"][0]["checks"].clone()
    };
    let examples = example("support-bot").join("..");
    let below = report(&examples, "models/intent.pkl");
    assert_eq!(below, report(&examples, "support-bot/models/intent.pkl"));
    assert_eq!(below, report(&examples, "./models/intent.pkl"));
    assert_ne!(below, report(&examples, "models"));
    let absolute = fs::canonicalize(examples.join("support-bot/models/intent.pkl")).unwrap();
    assert_eq!(below, report(&examples, absolute.to_str().unwrap()));
    assert_eq!(report(&examples, "coseal.toml"), report(&examples, "support-bot/coseal.toml"));
}

/// A copy of an example, and a folder with a key and a store, all of whose answers are on record.
fn recorded(name: &str) -> (tempfile::TempDir, tempfile::TempDir) {
    let (system, outside) = (copy_of(name), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("key"), private_key()).unwrap();
    let at = |what: &str| outside.path().join(what).to_str().unwrap().to_owned();
    let (key, store, seen) = (at("key"), at("store"), at("seen"));
    let recorded = coseal(
        system.path(),
        &[
            "check",
            "--record",
            "--key",
            &key,
            "--store",
            &store,
            "--seen",
            &seen,
            "--fail-on",
            "never",
        ],
    );
    assert!(
        recorded.stdout.contains("records recorded"),
        "{} {}",
        recorded.stdout,
        recorded.stderr
    );
    (system, outside)
}

fn today(system: &Path, outside: &Path, arguments: &[&str]) -> Value {
    let at = |what: &str| outside.join(what).to_str().unwrap().to_owned();
    let (store, seen) = (at("store"), at("seen"));
    let mut all = vec!["impact", "--format", "json", "--store", &store, "--seen", &seen];
    all.extend(arguments);
    let ended = coseal(system, &all);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    ended.json()
}

fn gone(report: &Value) -> BTreeMap<String, String> {
    let of = |gone: &Value| (text(&gone["check"]), text(&gone["moved"]));
    report["since-record"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn what_is_on_record_goes_stale_as_was_said_beforehand() {
    let (system, outside) = recorded("support-bot");
    let (system, outside) = (system.path(), outside.path());
    let since = || gone(&today(system, outside, &["--since-record"]));
    assert_eq!(since(), BTreeMap::new());

    // A comment and another order change nothing.
    let file = system.join("coseal.toml");
    let whole = fs::read_to_string(&file).unwrap();
    let (head, flows) = whole.split_once("[flow]").unwrap();
    fs::write(&file, format!("{head}# the flows\n[flow]{flows}\n[x.team]\nown = 1\n")).unwrap();
    assert_eq!(since(), BTreeMap::new());
    fs::write(system.join("README.md"), "another text\n").unwrap();
    assert_eq!(since(), BTreeMap::new());

    let said = today(system, outside, &["docs/limitations.md"]);
    let thing = &said["things"][0]["checks"];
    let check = |id: &str| thing.as_array().unwrap().iter().find(|c| c["id"] == id).cloned();
    let limitations = check("limitations-documented").unwrap();
    assert_eq!(limitations["certain"], true);
    assert_eq!(limitations["grade"], "D");
    assert!(limitations["record"]["observed"].is_string(), "{limitations}");
    fs::write(system.join("docs/limitations.md"), "none\n").unwrap();
    let now = since();
    assert_eq!(now["limitations-documented"], "seen");
    let ids: BTreeSet<_> = thing.as_array().unwrap().iter().map(|c| text(&c["id"])).collect();
    assert!(now.keys().all(|id| ids.contains(id)), "{now:?} {ids:?}");

    fs::write(&file, whole.replace("impact = \"high\"", "impact = \"low\"")).unwrap();
    assert_eq!(since()["playbooks-cover-threats"], "declared");
}

#[test]
fn without_records_nothing_has_gone_stale() {
    let ended = asked(&example("support-bot"), &["--since-record"]);
    assert_eq!(
        (ended.code, ended.stdout.as_str()),
        (0, "nothing is on record: coseal check --record\n")
    );
}

fn seen(folder: &Path) -> (Inspected, Assessment) {
    let day = DAY.parse().unwrap();
    let seen = inspect(folder, day, &Resolver::default(), false, &Progress::new(true)).unwrap();
    let assessment = assess(&registry::checks(), &seen.facts);
    (seen, assessment)
}

/// The examples as they are, each looked at once.
static NOW: LazyLock<[(Inspected, Assessment); 2]> =
    LazyLock::new(|| EXAMPLES.map(|name| seen(&example(name))));
/// What was said of each example's system file as a whole.
static WHOLE: LazyLock<[BTreeSet<String>; 2]> =
    LazyLock::new(|| [0, 1].map(|which| said(which, &["coseal.toml".to_owned()]).1));

/// Checks that would be affected if these changed: whatever the edit, and at all.
fn said(which: usize, names: &[String]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (seen, assessment) = &NOW[which];
    let impact =
        impact(&registry::checks(), &seen.facts, assessment, &seen.walked(), names).unwrap();
    let all = || impact.things.iter().flat_map(|thing| &thing.affected);
    (
        all().filter(|of| of.certain).map(|of| of.check.clone()).collect(),
        all().map(|of| of.check.clone()).collect(),
    )
}

/// Checks whose binding is another one than in the example.
fn changed(which: usize, after: &Assessment) -> BTreeSet<String> {
    let pairs = NOW[which].1.checks.iter().zip(&after.checks);
    pairs.filter(|(b, a)| b.binding != a.binding).map(|(b, _)| b.entry.id.clone()).collect()
}

fn files(folder: &Path) -> Vec<String> {
    let walk = coseal_core::tree::Tree::open(folder).unwrap().walk();
    let small = walk.files.into_iter().filter(|file| file.size < MAX_EDITED);
    small.map(|file| file.name).collect()
}

/// Another content for a file; none where it is the same.
fn edited(bytes: &[u8], how: usize, at: usize) -> Option<Vec<u8>> {
    let mut new = bytes.to_vec();
    let at = at % (bytes.len() + 1);
    match how {
        0 => new.extend_from_slice(b"\n"),
        1 => new.clear(),
        2 => new.extend_from_slice(b"\nmodel = \"gpt-4-0613\"\n"),
        3 => new.extend_from_slice(
            format!("\nkey = \"sk-{}\"\n", "aB3dE5gH7jK9mN1pQ2rS4tU6".repeat(2)).as_bytes(),
        ),
        4 => new.truncate(at),
        5 => new.insert(at, b'\n'),
        6 => new.insert(at, b'#'),
        7 => new.push(0xff),
        _ => new.extend_from_slice(&[b'x'; 5000]),
    }
    (new != bytes).then_some(new)
}

/// The elements of two system files that differ; `system` for that table.
fn differing(before: &Inspected, after: &Inspected) -> Vec<String> {
    let value =
        |seen: &Inspected| serde_json::to_value(seen.facts.system.as_ref().unwrap()).unwrap();
    let (before, after) = (value(before), value(after));
    let mut out = Vec::new();
    for (table, of) in before.as_object().unwrap().iter().filter(|(table, _)| *table != "x") {
        if table == "system" && *of != after[table] {
            out.push(table.clone());
        }
        let elements = of.as_object().into_iter().flatten().filter(|_| table != "system");
        let other = elements.filter(|(id, element)| **element != after[table][id.as_str()]);
        out.extend(other.map(|(id, _)| format!("{table}.{id}")));
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// What impact does not name keeps its binding, whatever the edit of a file; what it names for certain does not.
    #[test]
    fn a_file_changes_what_was_said_and_nothing_else(
        which in 0..EXAMPLES.len(),
        file in any::<prop::sample::Index>(),
        how in 0..9_usize,
        at in any::<usize>(),
    ) {
        let folder = example(EXAMPLES[which]);
        let names: Vec<_> = files(&folder).into_iter().filter(|name| name != "coseal.toml").collect();
        let name = names[file.index(names.len())].clone();
        let Some(new) = edited(&fs::read(folder.join(&name)).unwrap(), how, at) else { return Ok(()) };
        let copy = copy_of(EXAMPLES[which]);
        fs::write(copy.path().join(&name), new).unwrap();
        let (certain, all) = said(which, std::slice::from_ref(&name));
        let changed = changed(which, &seen(copy.path()).1);
        prop_assert!(changed.is_subset(&all), "{name}, edit {how}: {:?} was not said", &changed - &all);
        prop_assert!(certain.is_subset(&changed), "{name}, edit {how}: {:?} stayed", &certain - &changed);
    }

    /// The same of a file that is taken away.
    #[test]
    fn a_file_that_goes_changes_what_was_said(which in 0..EXAMPLES.len(), file in any::<prop::sample::Index>()) {
        let folder = example(EXAMPLES[which]);
        let names: Vec<_> = files(&folder).into_iter().filter(|name| name != "coseal.toml").collect();
        let name = names[file.index(names.len())].clone();
        let copy = copy_of(EXAMPLES[which]);
        fs::remove_file(copy.path().join(&name)).unwrap();
        let (_, all) = said(which, std::slice::from_ref(&name));
        let changed = changed(which, &seen(copy.path()).1);
        prop_assert!(changed.is_subset(&all), "{name}: {:?} was not said", &changed - &all);
    }

    /// A line of the system file that is changed or taken out changes what was said of its elements, and of the whole.
    #[test]
    fn an_element_changes_what_was_said_and_nothing_else(
        which in 0..EXAMPLES.len(),
        line in any::<prop::sample::Index>(),
        how in 0..5_usize,
    ) {
        let whole = fs::read_to_string(example(EXAMPLES[which]).join("coseal.toml")).unwrap();
        let mut lines: Vec<&str> = whole.lines().collect();
        let line = line.index(lines.len());
        let new = match how {
            0 => String::new(),
            1 => lines[line].replace("true", "false").replace("personal", "public").replace("staff", "users"),
            2 => lines[line].replace("2026", "2020").replace("docs/", "doks/").replace(".pkl", ".bin"),
            3 => lines[line].replace("own", "third-party").replace("high", "low").replace("sha256:3", "sha256:4"),
            _ => format!("{} # a comment", lines[line]),
        };
        lines[line] = &new;
        let copy = copy_of(EXAMPLES[which]);
        fs::write(copy.path().join("coseal.toml"), lines.join("\n")).unwrap();
        let (after, judged) = seen(copy.path());
        let changed = changed(which, &judged);
        if how == 4 {
            prop_assert_eq!(&changed, &BTreeSet::new());
        }
        // An invalid file is another matter: nothing is judged from it.
        if after.facts.system.is_some() {
            prop_assert!(changed.is_subset(&WHOLE[which]), "{new}: {:?} was not said", &changed - &WHOLE[which]);
            let elements = differing(&NOW[which].0, &after);
            let (_, all) = said(which, &elements);
            prop_assert!(
                elements.is_empty() || changed.is_subset(&all),
                "{new}: {elements:?}: {:?} was not said", &changed - &all
            );
        }
    }
}
