//! What every place has to do, asked of all of them.

use std::{sync::Barrier, thread};

use coseal_assure::evidence::remote::{Change, MAX_REMOTE_FILE, Remote, RemoteError, Swap};
use jiff::Timestamp;

use super::open;

/// Opens the place anew.
type Place<'a> = &'a (dyn Fn() -> Box<dyn Remote> + Sync);

const LOG: &str = "logs/triage/0123456789abcdef0123456789abcdef";
const OTHER: &str = "logs/triage-2/ffffffffffffffffffffffffffffffff";

/// Every place behaves like this. `place` is empty.
pub(super) fn contract(place: Place<'_>) {
    let mut remote = place();
    assert_eq!(remote.checkpoints(), Ok(vec![]));
    assert_eq!(remote.read(&format!("{LOG}/checkpoint")), Ok(None));
    publishes_and_reads_back(remote.as_mut(), place);
    removes_what_is_superseded(remote.as_mut());
    refuses_what_is_stale(remote.as_mut(), place);
    refuses_other_contents(remote.as_mut());
    refuses_hostile_names(remote.as_mut());
    one_of_two_writers_wins(place);
    writers_of_two_logs_both_win(place);
}

pub(super) fn opened(place: &str) -> Box<dyn Remote> {
    open(place, "2026-11-21T10:00:00Z".parse::<Timestamp>().unwrap()).unwrap()
}

/// A change of one checkpoint of `log`, with files below it.
pub(super) fn change(
    log: &str,
    expected: Option<&str>,
    new: &str,
    files: &[(&str, &str)],
) -> Change {
    let file = |(name, text): &(&str, &str)| (format!("{log}/{name}"), text.as_bytes().to_vec());
    Change {
        files: files.iter().map(file).collect(),
        checkpoints: vec![Swap {
            name: format!("{log}/checkpoint"),
            expected: expected.map(|text| text.as_bytes().to_vec()),
            new: new.as_bytes().to_vec(),
        }],
        superseded: Vec::new(),
    }
}

fn text(remote: &mut dyn Remote, name: &str) -> Option<String> {
    remote.read(&format!("{LOG}/{name}")).unwrap().map(|bytes| String::from_utf8(bytes).unwrap())
}

fn publishes_and_reads_back(remote: &mut dyn Remote, place: Place<'_>) {
    let mut both =
        change(LOG, None, "one", &[("tile/0/000.p/1", "a"), ("tile/entries/000.p/1", "")]);
    both.checkpoints.extend(change(OTHER, None, "other", &[]).checkpoints);
    remote.publish(both).unwrap();
    for remote in [remote, place().as_mut()] {
        let names = [format!("{OTHER}/checkpoint"), format!("{LOG}/checkpoint")];
        assert_eq!(remote.checkpoints().unwrap(), names);
        assert_eq!(text(remote, "checkpoint").as_deref(), Some("one"));
        assert_eq!(text(remote, "tile/0/000.p/1").as_deref(), Some("a"));
        assert_eq!(text(remote, "tile/entries/000.p/1").as_deref(), Some(""));
        assert_eq!(text(remote, "tile/0/000"), None);
    }
}

fn removes_what_is_superseded(remote: &mut dyn Remote) {
    let files = [("tile/0/000", "ab"), ("tile/0/x001/000.p/3", "c"), ("tile/0/000.p/1", "a")];
    let mut change = change(LOG, Some("one"), "two", &files);
    // Of these one was never there, and one is there again with the same bytes and goes.
    change.superseded = vec![format!("{LOG}/tile/0/000.p/1"), format!("{LOG}/tile/0/000.p/7")];
    remote.publish(change).unwrap();
    assert_eq!(text(remote, "tile/0/000.p/1"), None);
    assert_eq!(text(remote, "tile/0/000").as_deref(), Some("ab"));
    assert_eq!(text(remote, "tile/0/x001/000.p/3").as_deref(), Some("c"));
    assert_eq!(text(remote, "tile/entries/000.p/1").as_deref(), Some(""));
    assert_eq!(text(remote, "checkpoint").as_deref(), Some("two"));
}

fn refuses_what_is_stale(remote: &mut dyn Remote, place: Place<'_>) {
    for expected in [None, Some("one"), Some("")] {
        let mut stale = change(LOG, expected, "three", &[("tile/1/000.p/1", "new")]);
        stale.checkpoints.extend(change(OTHER, Some("other"), "changed", &[]).checkpoints);
        stale.superseded.push(format!("{LOG}/tile/entries/000.p/1"));
        assert_eq!(remote.publish(stale), Err(RemoteError::Moved));
        for remote in [&mut *remote, place().as_mut()] {
            assert_eq!(text(remote, "checkpoint").as_deref(), Some("two"));
            assert_eq!(text(remote, "tile/1/000.p/1"), None);
            assert_eq!(text(remote, "tile/entries/000.p/1").as_deref(), Some(""));
            assert_eq!(remote.read(&format!("{OTHER}/checkpoint")), Ok(Some(b"other".to_vec())));
        }
    }
}

fn refuses_other_contents(remote: &mut dyn Remote) {
    let changed = change(LOG, Some("two"), "three", &[("tile/0/000", "xx")]);
    assert_eq!(remote.publish(changed), Err(RemoteError::Conflict(format!("{LOG}/tile/0/000"))));
    assert_eq!(text(remote, "tile/0/000").as_deref(), Some("ab"));
    assert_eq!(text(remote, "checkpoint").as_deref(), Some("two"));
}

fn refuses_hostile_names(remote: &mut dyn Remote) {
    for name in [
        "../x",
        "/etc/passwd",
        "checkpoint",
        ".coseal.lock",
        "logs/../HEAD",
        &format!("{LOG}/../checkpoint"),
        &format!("{LOG}/tile/0/000/../../../checkpoint"),
        &format!("{LOG}/tile/0/000.p/1?versionId=1"),
        &format!("{LOG}/.git/checkpoint"),
    ] {
        let named = |result| matches!(result, Err(RemoteError::Name(_)));
        assert!(matches!(remote.read(name), Err(RemoteError::Name(_))), "{name}");
        let (name, new) = (name.to_owned(), Vec::new());
        let files = vec![(name.clone(), Vec::new())];
        assert!(named(remote.publish(Change { files, ..Change::default() })), "{name}");
        let superseded = vec![name.clone()];
        assert!(named(remote.publish(Change { superseded, ..Change::default() })), "{name}");
        let checkpoints = vec![Swap { name: name.clone(), expected: None, new }];
        assert!(named(remote.publish(Change { checkpoints, ..Change::default() })), "{name}");
    }
    // Names of the layout in the wrong role: a checkpoint is never put without a comparison, a full tile never removed.
    let files = vec![(format!("{LOG}/checkpoint"), Vec::new())];
    assert!(remote.publish(Change { files, ..Change::default() }).is_err());
    let superseded = vec![format!("{LOG}/tile/0/000")];
    assert!(remote.publish(Change { superseded, ..Change::default() }).is_err());
    let large = vec![0; MAX_REMOTE_FILE as usize + 1];
    let files = vec![(format!("{LOG}/tile/0/009"), large)];
    let result = remote.publish(Change { files, ..Change::default() });
    assert!(matches!(result, Err(RemoteError::TooLarge { .. })));
    assert_eq!(text(remote, "tile/0/000").as_deref(), Some("ab"));
}

/// Both have read `two`; the winner's tiles and checkpoint stay, whoever it is.
fn one_of_two_writers_wins(place: Place<'_>) {
    let mut last = "two".to_owned();
    for round in 0..8 {
        let before = Barrier::new(2);
        let race = |writer: usize| {
            let (new, tile) = (format!("{round}-{writer}"), format!("tile/2/00{writer}"));
            let mut remote = place();
            remote.checkpoints().unwrap();
            before.wait();
            remote.publish(change(LOG, Some(&last), &new, &[(&tile, "")])).map(|()| new)
        };
        let results = race_two(&race);
        let won: Vec<_> = results.iter().flatten().collect();
        assert_eq!(won.len(), 1, "{results:?}");
        assert!(results.contains(&Err(RemoteError::Moved)), "{results:?}");
        assert_eq!(text(place().as_mut(), "checkpoint").as_ref(), Some(won[0]));
        last = won[0].clone();
    }
}

fn writers_of_two_logs_both_win(place: Place<'_>) {
    let logs =
        ["logs/a/00000000000000000000000000000000", "logs/b/11111111111111111111111111111111"];
    let write = |writer: usize| {
        let mut remote = place();
        for round in 0..4_u32 {
            let old = round.checked_sub(1).map(|old| old.to_string());
            remote.publish(change(logs[writer], old.as_deref(), &round.to_string(), &[])).unwrap();
        }
    };
    race_two(&write);
    for log in logs {
        assert_eq!(place().read(&format!("{log}/checkpoint")), Ok(Some(b"3".to_vec())));
    }
}

fn race_two<T: Send>(run: &(impl Fn(usize) -> T + Sync)) -> [T; 2] {
    thread::scope(|scope| {
        let threads = [scope.spawn(|| run(1)), scope.spawn(|| run(0))];
        threads.map(|thread| thread.join().unwrap())
    })
}

#[test]
fn a_folder_is_a_place() {
    let root = tempfile::tempdir().unwrap();
    let place = format!("folder:{}", root.path().display());
    contract(&|| opened(&place));
}
