//! Stores that others write to at the same time, and stores and places that mean harm.
#![expect(clippy::disallowed_methods, reason = "files that these tests wrote themselves")]

use std::{collections::BTreeMap, fs, thread};

use coseal_core::outcome::State;

use super::{
    Change, Evidence, Origin, Remote, RemoteError, Store, StoreError, disk, pull, push,
    tests::{SYSTEM, copy, errors, files, key, log, question, record, root, run},
};
use crate::trust::Seen;

/// A place in memory. `moves` happens when the first tile is read.
#[derive(Default)]
struct Place {
    files: BTreeMap<String, Vec<u8>>,
    moves: Option<BTreeMap<String, Vec<u8>>>,
}

impl Place {
    fn of(store: &Store) -> Self {
        let mut all = Vec::new();
        files(&store.folder().join("logs"), &mut all);
        let name = |path: &std::path::Path| {
            path.strip_prefix(store.folder()).unwrap().to_str().unwrap().to_owned()
        };
        Self { files: all.iter().map(|p| (name(p), fs::read(p).unwrap())).collect(), moves: None }
    }

    fn checkpoint(&mut self) -> &mut Vec<u8> {
        self.files.iter_mut().find(|(name, _)| name.ends_with("/checkpoint")).unwrap().1
    }
}

impl Remote for Place {
    fn checkpoints(&mut self) -> Result<Vec<String>, RemoteError> {
        Ok(self.files.keys().filter(|name| name.ends_with("/checkpoint")).cloned().collect())
    }

    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, RemoteError> {
        if name.contains("/tile/")
            && let Some(files) = self.moves.take()
        {
            self.files = files;
        }
        Ok(self.files.get(name).cloned())
    }

    fn publish(&mut self, change: Change) -> Result<(), RemoteError> {
        self.files.extend(change.files);
        self.files.extend(change.checkpoints.into_iter().map(|swap| (swap.name, swap.new)));
        Ok(())
    }
}

#[test]
fn a_signature_line_of_nobody_does_not_come_in() {
    use coseal_sign::note::{Note, VerifierKey};
    let folder = tempfile::tempdir().unwrap();
    let there = Store::new(folder.path().join("there"));
    record(&there, &key(1), 0);
    let mut place = Place::of(&there);
    let nobody = VerifierKey::new_cosignature("nobody.example/x", &key(9).public()).unwrap();
    let mut note = Note::parse(place.checkpoint()).unwrap();
    note.cosign(&nobody, 1_763_700_100, |bytes| key(9).sign(bytes)).unwrap();
    *place.checkpoint() = note.to_bytes();
    let here = Store::new(folder.path().join("here"));
    pull(&here, &mut place, None, &|_| Vec::new()).unwrap();
    assert_eq!(errors(&here, None, None), Vec::<String>::new());
    // One of a witness that the reader's root names comes in, also into a copy that has all records already.
    let named = |_: &str| vec![nobody.clone()];
    pull(&here, &mut place, None, &named).unwrap();
    let lines = log(&here, &key(1)).head().unwrap().unwrap().note.signatures().len();
    assert_eq!(lines, 2);
    let new = Store::new(folder.path().join("new"));
    pull(&new, &mut place, None, &named).unwrap();
    assert_eq!(log(&new, &key(1)).head().unwrap().unwrap().note.signatures().len(), 2);
}

#[test]
fn what_reading_refuses_is_not_taken_over_and_keeps_nothing_back() {
    let folder = tempfile::tempdir().unwrap();
    let there = Store::new(folder.path().join("there"));
    let whole = run(&key(2), SYSTEM, 0, &[("contacts-current", State::Pass)]);
    log(&there, &key(2)).append(&key(2), &whole[1..]).unwrap();
    for own in [1, 3, 4, 5] {
        record(&there, &key(own), 0);
    }
    let here = Store::new(folder.path().join("here"));
    let said = pull(&here, &mut Place::of(&there), None, &|_| Vec::new()).unwrap_err();
    assert!(said.to_string().contains("outside of its run"), "{said}");
    assert_eq!(here.origins(SYSTEM).unwrap().len(), 4);
    assert_eq!(errors(&here, None, None), Vec::<String>::new());
    // The same behind an honest beginning.
    let grown = Store::new(folder.path().join("grown"));
    record(&grown, &key(6), 0);
    pull(&here, &mut Place::of(&grown), None, &|_| Vec::new()).unwrap();
    let bad = run(&key(6), SYSTEM, 1, &[("contacts-current", State::Pass)]);
    log(&grown, &key(6)).append(&key(6), &bad[..1]).unwrap();
    let said = pull(&here, &mut Place::of(&grown), None, &|_| Vec::new()).unwrap_err();
    assert!(said.to_string().contains("outcomes of the run are missing"), "{said}");
    assert_eq!(errors(&here, None, None), Vec::<String>::new());
}

#[test]
fn a_checkpoint_over_more_than_can_be_is_refused_before_anything_is_read() {
    use coseal_sign::{checkpoint::Checkpoint, note::Note};
    let folder = tempfile::tempdir().unwrap();
    let there = Store::new(folder.path().join("there"));
    record(&there, &key(1), 0);
    let origin = Origin::of_key(SYSTEM, &key(1).public());
    let name = origin.verifier_key(&key(1).public()).unwrap();
    let huge = Checkpoint::new(&origin.to_string(), 1 << 62, [0; 32]).unwrap();
    let huge = Note::sign(&huge.to_string(), &name, |bytes| key(1).sign(bytes)).unwrap();
    let mut place = Place::of(&there);
    *place.checkpoint() = huge.to_bytes();
    let here = Store::new(folder.path().join("here"));
    assert!(matches!(
        pull(&here, &mut place, None, &|_| Vec::new()),
        Err(StoreError::TooMany { .. })
    ));
    fs::write(there.folder().join(format!("logs/{origin}/checkpoint")), huge.to_bytes()).unwrap();
    let pushed = push(&there, &mut Place::default(), None);
    assert!(matches!(pushed, Err(StoreError::TooMany { .. })), "{pushed:?}");
}

#[test]
fn push_says_that_a_longer_log_there_is_a_fork() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) =
        (Store::new(folder.path().join("here")), Store::new(folder.path().join("there")));
    record(&here, &key(1), 0);
    copy(here.folder(), there.folder());
    record(&there, &key(1), 1);
    let ahead = push(&here, &mut Place::of(&there), None).unwrap();
    assert_eq!((ahead[0].before, ahead[0].after), (6, 6));
    record(&here, &key(1), 2);
    record(&there, &key(1), 3);
    let said = push(&here, &mut Place::of(&there), None).unwrap_err();
    assert!(said.to_string().contains("forked or rewritten"), "{said}");
}

#[test]
fn a_place_that_grows_meanwhile_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let there = Store::new(folder.path().join("there"));
    record(&there, &key(1), 0);
    let mut place = Place::of(&there);
    record(&there, &key(1), 1);
    place.moves = Some(Place::of(&there).files);
    let here = Store::new(folder.path().join("here"));
    assert_eq!(pull(&here, &mut place, None, &|_| Vec::new()).unwrap()[0].after, 6);
}

#[test]
fn what_was_checked_against_an_older_head_does_not_take_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let own = log(&store, &key(1));
    record(&store, &key(1), 0);
    let old = own.head().unwrap();
    record(&store, &key(1), 1);
    let files = [("checkpoint".to_owned(), b"x".to_vec())];
    for stale in [None, old.as_ref()] {
        assert!(matches!(own.replace(&files, stale, 9), Err(StoreError::Moved { .. })));
    }
    assert_eq!(errors(&store, None, None), Vec::<String>::new());
}

#[test]
fn a_reader_is_not_told_that_a_log_is_broken_while_it_grows() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    let writer = key(1);
    record(&store, &writer, 0);
    thread::scope(|scope| {
        let growing = scope.spawn(|| (1..60).for_each(|hours| record(&store, &writer, hours)));
        while !growing.is_finished() {
            assert_eq!(errors(&store, None, None), Vec::<String>::new());
            let found = store.find(SYSTEM, "").unwrap();
            store.bytes(&found[0]).unwrap();
            store.prove(&found[0]).unwrap();
        }
    });
}

#[test]
fn a_lock_that_others_hold_is_not_waited_for_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let held = disk::lock(folder.path()).unwrap();
    assert!(matches!(disk::lock(folder.path()), Err(StoreError::Busy { .. })));
    drop(held);
    disk::lock(folder.path()).unwrap();
}

#[cfg(unix)]
#[test]
fn links_in_a_store_are_not_followed() {
    let links = ["logs".to_owned(), format!("logs/{SYSTEM}")];
    let own = format!("logs/{}", Origin::of_key(SYSTEM, &key(1).public()));
    for link in links.iter().cloned().chain([own.clone(), format!("{own}/tile")]) {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at = folder.path().join(&link);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(outside.path(), &at).unwrap();
        let store = Store::new(folder.path().into());
        let entries = run(&key(1), SYSTEM, 0, &[("contacts-current", State::Pass)]);
        let refused = log(&store, &key(1)).append(&key(1), &entries);
        assert!(matches!(refused, Err(StoreError::Foreign { .. })), "{link}: {refused:?}");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "{link}");
    }
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_is_refused_and_a_planted_file_beside_is_left() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let victim = outside.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    let store = Store::new(folder.path().into());
    let own = folder.path().join(format!("logs/{}", Origin::of_key(SYSTEM, &key(1).public())));
    fs::create_dir_all(&own).unwrap();
    std::os::unix::fs::symlink(&victim, own.join(".writing")).unwrap();
    record(&store, &key(1), 0);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    fs::remove_file(own.join("lock")).unwrap();
    std::os::unix::fs::symlink(&victim, own.join("lock")).unwrap();
    let entries = run(&key(1), SYSTEM, 1, &[("contacts-current", State::Pass)]);
    assert!(matches!(
        log(&store, &key(1)).append(&key(1), &entries),
        Err(StoreError::Foreign { .. })
    ));
}

#[test]
fn what_is_no_id_of_a_system_names_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("store"));
    for system in ["../../out", "", ".", "a/b", "A", "/tmp/x"] {
        let log = store.log(&Origin::of_key(system, &key(1).public()));
        let entries = run(&key(1), SYSTEM, 0, &[("contacts-current", State::Pass)]);
        assert!(log.append(&key(1), &entries).is_err(), "{system}");
        assert!(log.head().unwrap().is_none(), "{system}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(store.origins("../..").unwrap().is_empty());
}

#[test]
fn what_is_remembered_never_shrinks() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("store"));
    let seen = Seen::new(folder.path().join("seen"));
    let own = log(&store, &key(1));
    let note = || own.head().unwrap().unwrap().note.to_bytes();
    record(&store, &key(1), 0);
    let short = note();
    record(&store, &key(1), 1);
    let long = note();
    seen.remember(own.origin(), &long).unwrap();
    seen.remember(own.origin(), &short).unwrap();
    assert_eq!(seen.last(own.origin()).unwrap(), Some(long));
}

#[cfg(unix)]
#[test]
fn memory_is_not_written_through_a_link() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(outside.path(), folder.path().join(SYSTEM)).unwrap();
    let seen = Seen::new(folder.path().into());
    assert!(seen.remember(&Origin::of_key(SYSTEM, &key(1).public()), b"x").is_err());
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn ten_thousand_logs_of_strangers_do_not_shut_us_out() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().into());
    record(&store, &key(1), 0);
    for number in 0..10_050 {
        fs::create_dir(folder.path().join(format!("logs/{SYSTEM}/{number:032x}"))).unwrap();
    }
    let trusted = root(&[("ci", &key(1), "\"runner\"")]);
    let evidence = Evidence::read(&store, question(Some(&trusted), None)).unwrap();
    assert_eq!((evidence.logs.len(), evidence.left_out), (1, 51));
    assert!(evidence.logs[0].known);
}

#[test]
fn each_intact_log_is_remembered_and_of_strangers_none_with_a_root() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("store"));
    for writer in [1, 2, 3] {
        record(&store, &key(writer), 0);
    }
    let broken = log(&store, &key(3)).origin().clone();
    fs::write(store.folder().join(format!("logs/{broken}/checkpoint")), "x").unwrap();
    let remembered = |name: &str, trusted: Option<&crate::trust::Root>| {
        let seen = Seen::new(folder.path().join(name));
        let evidence = Evidence::read(&store, question(trusted, Some(&seen))).unwrap();
        evidence.remember(&seen).unwrap();
        (seen.origins(SYSTEM).unwrap().len(), seen)
    };
    let trusted = root(&[("ci", &key(1), "\"runner\"")]);
    assert_eq!(remembered("with", Some(&trusted)).0, 1);
    let (count, seen) = remembered("without", None);
    assert_eq!(count, 2);
    // Without a root a log that is gone is said, and is no error.
    let gone = log(&store, &key(2)).origin().clone();
    fs::remove_dir_all(store.folder().join(format!("logs/{gone}"))).unwrap();
    let evidence = Evidence::read(&store, question(None, Some(&seen))).unwrap();
    assert_eq!((evidence.errors().count(), evidence.absent), (1, vec![gone]));
    let trusted = root(&[("b", &key(2), "\"runner\"")]);
    assert_eq!(errors(&store, Some(&trusted), Some(&seen)).len(), 2);
}
