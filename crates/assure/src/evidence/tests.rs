//! Whole stores: written, edited, forked, rolled back, merged.
#![expect(clippy::disallowed_methods, reason = "files that these tests wrote themselves")]

use std::{collections::BTreeMap, fs, path::Path};

use coseal_core::{digest::Digest, outcome::State};
use coseal_sign::{key::Ed25519Key, statement::Subject, tlog::leaf_hash};
use jiff::{Timestamp, civil::date};

use super::{
    Depth, Evidence, KeyRecord, Listed, LogFolder, Origin, OutcomeRecord, Period, Question, Record,
    Run, Store, StoreError, signed,
};
use crate::trust::{Root, Seen};

pub(super) const SYSTEM: &str = "support-bot";

pub(super) fn key(seed: u8) -> Ed25519Key {
    Ed25519Key::from_seed(&[seed; 32])
}

fn time(hours: i64) -> Timestamp {
    Timestamp::from_second(1_763_700_000 + hours * 3600).unwrap()
}

fn nothing() -> Listed {
    Listed { first: Vec::new(), count: 0, digest: Digest::new([0; 32]) }
}

fn about(name: &str) -> Vec<Subject> {
    vec![Subject {
        name: name.into(),
        digest: BTreeMap::from([("sha256".to_owned(), "ab".repeat(32))]),
    }]
}

/// The entries of one run with the outcomes of these checks.
pub(super) fn run(
    key: &Ed25519Key,
    system: &str,
    hours: i64,
    checks: &[(&str, State)],
) -> Vec<Vec<u8>> {
    let observed = Period { from: time(hours), to: time(hours) };
    let run = Run {
        schema: 1,
        system: system.into(),
        environment: None,
        as_of: date(2026, 11, 21),
        observed,
        received: time(hours),
        coseal: "test".into(),
        files: 3,
        gaps: nothing(),
        outcomes: checks.iter().map(|(check, _)| (*check).to_owned()).collect(),
        verdicts: BTreeMap::new(),
        decisions: Vec::new(),
    };
    let run = signed(&Record::Run(run), about(system), key).unwrap();
    let id = Digest::new(leaf_hash(&run));
    let mut entries = vec![run];
    for ((check, state), place) in checks.iter().zip(0..) {
        let outcome = OutcomeRecord {
            schema: 1,
            run: id,
            place,
            system: system.into(),
            environment: None,
            check: (*check).into(),
            state: *state,
            reason: "because".into(),
            about: Listed { first: vec!["model.chat".into()], count: 1, ..nothing() },
            binding: Digest::new([1; 32]),
            declared: Digest::new([2; 32]),
            observed,
            received: time(hours),
            looked_at: 1,
            gaps: nothing(),
            findings: 0,
            findings_digest: Digest::new([3; 32]),
        };
        entries.push(signed(&Record::Outcome(outcome), about("model.chat"), key).unwrap());
    }
    entries
}

pub(super) fn log(store: &Store, key: &Ed25519Key) -> LogFolder {
    store.log(&Origin::of_key(SYSTEM, &key.public()))
}

pub(super) fn record(store: &Store, key: &Ed25519Key, hours: i64) {
    let entries =
        run(key, SYSTEM, hours, &[("contacts-current", State::Pass), ("ai-debt-low", State::Fail)]);
    log(store, key).append(key, &entries).unwrap();
}

pub(super) fn question<'a>(root: Option<&'a Root>, seen: Option<&'a Seen>) -> Question<'a> {
    Question { system: SYSTEM, root, seen, as_of: date(2030, 1, 1), depth: Depth::Signatures }
}

fn judged(store: &Store) -> Evidence {
    Evidence::read(store, question(None, None)).unwrap()
}

pub(super) fn errors(store: &Store, root: Option<&Root>, seen: Option<&Seen>) -> Vec<String> {
    let evidence = Evidence::read(store, question(root, seen)).unwrap();
    evidence.errors().map(StoreError::to_string).collect()
}

pub(super) fn files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

pub(super) fn copy(from: &Path, to: &Path) {
    let mut all = Vec::new();
    files(from, &mut all);
    for file in all {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, &target).unwrap();
    }
}

pub(super) fn root(keys: &[(&str, &Ed25519Key, &str)]) -> Root {
    let mut text = format!("schema = 1\nsystem = \"{SYSTEM}\"\n");
    for (name, key, roles) in keys {
        let public = coseal_sign::ssh::PublicKey::from_ed25519(&key.public()).unwrap();
        text.push_str(&format!("[key.{name}]\npublic = \"{public}\"\nroles = [{roles}]\n"));
    }
    Root::read(&text).unwrap()
}

#[test]
fn a_log_grows_in_any_steps_and_is_whole_after_each() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let key = key(1);
    let mut size = 0;
    for hours in 0..120 {
        record(&store, &key, hours);
        size += 3;
        assert_eq!(log(&store, &key).head().unwrap().unwrap().checkpoint.size(), size);
        if hours % 20 == 0 || size / 256 != (size - 3) / 256 {
            let evidence = judged(&store);
            assert_eq!(evidence.errors().count(), 0, "{:?}", errors(&store, None, None));
            assert_eq!(evidence.recorded["ai-debt-low"].len() as u64, size / 3);
        }
    }
    // No partial tile is left that a wider one contains.
    let mut all = Vec::new();
    files(folder.path(), &mut all);
    assert_eq!(all.len(), 3 + 2 + 2 + 1, "{all:#?}");
}

/// Every single bit of every file of a small store.
#[test]
fn every_edit_of_one_bit_is_refused_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("0"));
    let entries = run(&key(1), SYSTEM, 0, &[("contacts-current", State::Pass)]);
    log(&store, &key(1)).append(&key(1), &entries).unwrap();
    assert_eq!(errors(&store, None, None), Vec::<String>::new());
    let edits: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..=4)
            .map(|part| {
                let own = folder.path().join(part.to_string());
                copy(store.folder(), &own);
                scope.spawn(move || edit_every_bit(&own, part, 4))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    assert!(edits > 20_000, "{edits}");
}

/// Edits each bit that falls to one of `parts`, and says how many these were.
fn edit_every_bit(folder: &Path, part: usize, parts: usize) -> usize {
    let store = Store::new(folder.into());
    let mut all = Vec::new();
    files(folder, &mut all);
    let mut edits = 0;
    for path in all.iter().filter(|path| !path.ends_with("lock")) {
        let whole = fs::read(path).unwrap();
        for bit in (0..whole.len() * 8).filter(|bit| bit % parts == part % parts) {
            let mut edited = whole.clone();
            edited[bit / 8] ^= 1 << (bit % 8);
            fs::write(path, &edited).unwrap();
            let found = errors(&store, None, None);
            let named = ["record ", "tile/", "checkpoint", "key"];
            assert!(
                found.len() == 1 && named.iter().any(|name| found[0].contains(name)),
                "{} bit {bit}: {found:?}",
                path.display()
            );
            edits += 1;
        }
        fs::write(path, &whole).unwrap();
    }
    edits
}

#[test]
fn what_was_seen_before_has_to_be_the_beginning_of_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = Store::new(at("store"));
    let seen = Seen::new(at("seen"));
    let writer = key(1);
    let trusted = root(&[("ci", &writer, "\"runner\"")]);
    record(&store, &writer, 0);
    copy(&at("store"), &at("old"));
    record(&store, &writer, 1);
    let evidence = Evidence::read(&store, question(Some(&trusted), Some(&seen))).unwrap();
    assert!(evidence.logs[0].known);
    evidence.remember(&seen).unwrap();
    assert_eq!(errors(&store, Some(&trusted), Some(&seen)), Vec::<String>::new());

    // Rolled back: an old copy, signed by the log's own key.
    let old = Store::new(at("old"));
    let said = errors(&old, Some(&trusted), Some(&seen));
    assert!(said[0].contains("truncated or rolled back"), "{said:?}");
    assert_eq!(errors(&old, Some(&trusted), None), Vec::<String>::new());

    // Truncated: the tiles of the new, the checkpoint of the old.
    copy(&at("store"), &at("cut"));
    let checkpoint = format!("logs/{}/checkpoint", Origin::of_key(SYSTEM, &writer.public()));
    fs::copy(at("old").join(&checkpoint), at("cut").join(&checkpoint)).unwrap();
    assert_eq!(errors(&Store::new(at("cut")), Some(&trusted), Some(&seen)).len(), 1);

    // Forked: the same key, another second run. Then made longer than what was seen.
    record(&old, &writer, 7);
    record(&old, &writer, 8);
    let said = errors(&old, Some(&trusted), Some(&seen));
    assert!(said[0].contains("forked or its history rewritten"), "{said:?}");

    // Rewritten from the first record, under the operator's own key.
    let new = Store::new(at("new"));
    for hours in 10..14 {
        record(&new, &writer, hours);
    }
    let said = errors(&new, Some(&trusted), Some(&seen));
    assert!(said[0].contains("forked or its history rewritten"), "{said:?}");

    // Withheld as a whole.
    let none = Store::new(at("none"));
    let said = errors(&none, Some(&trusted), Some(&seen));
    assert!(said[0].contains("withheld or removed"), "{said:?}");
}

#[test]
fn a_record_of_another_system_does_not_stand_in_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let writer = key(1);
    let entries = run(&writer, "other-bot", 0, &[("contacts-current", State::Pass)]);
    log(&store, &writer).append(&writer, &entries).unwrap();
    let said = errors(&store, None, None);
    assert!(said[0].contains("another system"), "{said:?}");
}

#[test]
fn outcomes_stand_in_their_run_all_of_them_in_order() {
    let writer = key(1);
    let whole =
        run(&writer, SYSTEM, 0, &[("contacts-current", State::Pass), ("ai-debt-low", State::Fail)]);
    let broken: [Vec<usize>; 5] =
        [vec![0, 1], vec![0, 2, 1], vec![1, 2], vec![0, 1, 2, 2], vec![0, 0, 1, 2]];
    for order in broken {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().into());
        let entries: Vec<_> = order.iter().map(|&place| whole[place].clone()).collect();
        log(&store, &writer).append(&writer, &entries).unwrap();
        let said = errors(&store, None, None);
        assert!(said.len() == 1 && said[0].contains("run"), "{order:?}: {said:?}");
    }
}

#[test]
fn a_record_signed_by_another_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let writer = key(1);
    let entries = run(&key(2), SYSTEM, 0, &[("contacts-current", State::Pass)]);
    log(&store, &writer).append(&writer, &entries).unwrap();
    assert_eq!(errors(&store, None, None).len(), 1);
    assert!(log(&store, &writer).append(&key(2), &entries).is_err());
}

#[test]
fn keys_are_revoked_by_two_roles_from_a_position_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let (runner, owner, risk, thief) = (key(1), key(2), key(3), key(4));
    let trusted = root(&[
        ("ci", &runner, "\"runner\""),
        ("o", &owner, "\"owner\""),
        ("r", &risk, "\"risk-owner\""),
    ]);
    record(&store, &runner, 0);
    record(&store, &runner, 1);
    let grades = |store: &Store| -> Vec<char> {
        let evidence = Evidence::read(store, question(Some(&trusted), None)).unwrap();
        assert_eq!(evidence.errors().count(), 0);
        let records = &evidence.recorded["ai-debt-low"];
        records.iter().rev().filter_map(|record| record.grade.letter().chars().next()).collect()
    };
    assert_eq!(grades(&store), ['A', 'A']);
    let origin = Origin::of_key(SYSTEM, &runner.public()).to_string();
    let fingerprint = |key: &Ed25519Key| {
        coseal_sign::ssh::PublicKey::from_ed25519(&key.public()).unwrap().fingerprint()
    };
    let event = |new: &str| {
        let kind = if new.is_empty() { "revoke" } else { "rotate" };
        format!(
            "schema = 1\nsystem = \"{SYSTEM}\"\nevent = \"{kind}\"\nkey = \"{}\"\n{new}log = \"{origin}\"\nposition = 3\nmade = \"2026-11-21\"\nreason = \"lost\"\n",
            fingerprint(&runner)
        )
    };
    let carry = |store: &Store, writer: &Ed25519Key, text: &str, signers: &[&Ed25519Key]| {
        let signature = |key: &&Ed25519Key| {
            let text_of = key.to_openssh().unwrap();
            coseal_sign::ssh::Signer::from_openssh(&text_of, &mut || None)
                .unwrap()
                .sign(crate::trust::KEY_NAMESPACE, text.as_bytes())
                .unwrap()
        };
        let record = KeyRecord {
            schema: 1,
            system: SYSTEM.into(),
            event: text.to_owned(),
            signatures: signers.iter().map(signature).collect(),
            received: time(9),
        };
        let entry = signed(&Record::Key(record), about("key"), writer).unwrap();
        log(store, writer).append(writer, &[entry]).unwrap();
    };
    // One role is not enough, a stranger and one role neither; the old key itself is, and so are two roles.
    carry(&store, &runner, &event(""), &[&owner]);
    carry(&store, &runner, &event(""), &[&owner, &thief]);
    assert_eq!(grades(&store), ['A', 'A']);
    let by_itself = Store::new(folder.path().join("itself"));
    copy(&folder.path().join("logs"), &folder.path().join("itself/logs"));
    // What stands before the position counts; the event stands after it, so only two roles can sign it there.
    carry(&by_itself, &runner, &event(""), &[&runner]);
    assert_eq!(grades(&by_itself), ['A', 'D']);
    carry(&store, &runner, &event(""), &[&owner, &risk]);
    assert_eq!(grades(&store), ['A', 'D']);
    // What was not known yet on a day changes nothing on it: the events are of 2025-11-21, 13:40 UTC.
    let before = Question { as_of: date(2025, 11, 20), ..question(Some(&trusted), None) };
    let known = Evidence::read(&store, before).unwrap().keyring;
    let at = crate::trust::Position { origin: origin.clone(), index: 4 };
    assert_eq!(known.grade(&runner.public(), &at, None), coseal_core::grade::Grade::A);
    // After that the old key can't hand itself on.
    let public = coseal_sign::ssh::PublicKey::from_ed25519(&thief.public()).unwrap();
    carry(&store, &runner, &event(&format!("new = \"{public}\"\n")), &[&runner]);
    record(&store, &thief, 20);
    assert_eq!(grades(&store).iter().filter(|grade| **grade == 'A').count(), 1);
}

#[test]
fn two_writers_do_not_disturb_each_other_and_the_order_of_merging_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (one, two) = (key(1), key(2));
    let (a, b) = (Store::new(at("a")), Store::new(at("b")));
    for hours in 0..3 {
        record(&a, &one, hours);
        record(&b, &two, hours);
    }
    copy(&at("a"), &at("ab"));
    copy(&at("b"), &at("ab"));
    copy(&at("b"), &at("ba"));
    copy(&at("a"), &at("ba"));
    let (ab, ba) = (judged(&Store::new(at("ab"))), judged(&Store::new(at("ba"))));
    assert_eq!(ab.recorded, ba.recorded);
    assert_eq!(ab.recorded["ai-debt-low"].len(), 6);
    assert_eq!(ab.errors().count() + ba.errors().count(), 0);
}

#[test]
fn cosignatures_count_of_witnesses_that_the_root_names_and_other_lines_are_refused() {
    use coseal_sign::note::{Note, VerifierKey};
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let (writer, witness) = (key(1), key(5));
    record(&store, &writer, 0);
    let path =
        folder.path().join(format!("logs/{}/checkpoint", Origin::of_key(SYSTEM, &writer.public())));
    let plain = fs::read(&path).unwrap();
    let name = VerifierKey::new_cosignature("witness.example/w1", &witness.public()).unwrap();
    let mut note = Note::parse(&plain).unwrap();
    note.cosign(&name, 1_763_700_100, |bytes| witness.sign(bytes)).unwrap();
    fs::write(&path, note.to_bytes()).unwrap();
    let mut trusted = root(&[("ci", &writer, "\"runner\"")]);
    for unnamed in [None, Some(&trusted)] {
        let said = errors(&store, unnamed, None);
        assert!(said[0].contains("nobody that the trust root names"), "{said:?}");
    }
    trusted.witnesses.push(name);
    let evidence = Evidence::read(&store, question(Some(&trusted), None)).unwrap();
    assert_eq!(evidence.errors().count(), 0);
    assert_eq!(evidence.logs[0].witnesses[0].0, "witness.example/w1");
    // A line of another kind, a line twice, and base64 that says the same in another way.
    let text = String::from_utf8(plain).unwrap();
    let line = text.lines().last().unwrap();
    let odd = format!("{}{}\n", text, line.replace(SYSTEM, "other-bot"));
    let twice = format!("{text}{line}\n");
    let loose = text.replace("=\n", "\n");
    for edited in [odd, twice, loose, text.replace('\n', "\r\n"), format!("{text}\n")] {
        fs::write(&path, &edited).unwrap();
        assert_eq!(errors(&store, Some(&trusted), None).len(), 1, "{edited}");
    }
}

#[test]
fn a_run_that_a_schedule_expects_and_that_is_not_there_shows() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let writer = key(1);
    let every = |hours: u64, at: i64| {
        let schedule = super::Schedule {
            schema: 1,
            system: SYSTEM.into(),
            environment: None,
            every_hours: hours,
            received: time(at),
        };
        let entry = signed(&Record::Schedule(schedule), about("schedule"), &writer).unwrap();
        log(&store, &writer).append(&writer, &[entry]).unwrap();
    };
    let missing = |day| {
        let asked = Question { as_of: day, ..question(None, None) };
        let evidence = Evidence::read(&store, asked).unwrap();
        evidence.logs[0].missing.len()
    };
    // Hour 0 is 2025-11-21 04:40 UTC.
    record(&store, &writer, 0);
    assert_eq!(missing(date(2026, 1, 1)), 0, "nothing is expected yet");
    every(24, 1);
    record(&store, &writer, 20);
    record(&store, &writer, 40);
    assert_eq!(missing(date(2025, 11, 22)), 0);
    assert_eq!(missing(date(2025, 11, 24)), 1, "none since");
    record(&store, &writer, 100);
    assert_eq!(missing(date(2025, 11, 25)), 1, "one between 40 and 100 stays missing");
    every(0, 101);
    assert_eq!(missing(date(2026, 11, 21)), 1, "the end of the schedule hides nothing");
}
