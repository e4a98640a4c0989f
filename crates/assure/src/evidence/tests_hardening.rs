//! Stores that others write to at the same time, and stores and places that mean harm.
#![expect(clippy::disallowed_methods, reason = "files that these tests wrote themselves")]

use std::{fs, thread};

use coseal_core::outcome::State;

use super::{
    Origin, Store, StoreError, disk,
    tests::{SYSTEM, errors, key, log, record, run},
};
use crate::trust::Seen;

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
