//! Agents that answer wrongly, too much, slowly, or not at all.

use std::{
    io::{Read, Write},
    os::unix::net::UnixListener,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use super::{MAX, ask_for};
use crate::ssh::{PublicKey, SshError, agent};

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";

struct Fake {
    _folder: tempfile::TempDir,
    socket: PathBuf,
}

/// An agent that reads five bytes, writes the pieces, one every 300 ms, and then waits until it is left.
fn fake(pieces: Vec<Vec<u8>>) -> Fake {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("agent");
    let listener = UnixListener::bind(&socket).unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 5]).unwrap();
        for (index, piece) in pieces.iter().enumerate() {
            thread::sleep(Duration::from_millis(if index == 0 { 0 } else { 300 }));
            if piece.is_empty() || stream.write_all(piece).is_err() {
                return;
            }
        }
        let mut rest = [0; 64];
        while stream.read(&mut rest).is_ok_and(|read| read > 0) {}
    });
    Fake { _folder: folder, socket }
}

fn message(content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], content].concat()
}

fn holds(content: &[u8]) -> Result<bool, SshError> {
    agent::holds(&fake(vec![message(content)]).socket, &PublicKey::parse(KEY).unwrap())
}

#[test]
fn reads_the_list_of_keys() {
    let key = PublicKey::parse(KEY).unwrap();
    let entry = [message(key.blob()), message(b"mona@laptop.example")].concat();
    assert_eq!(holds(&[&[12, 0, 0, 0, 1][..], &entry].concat()), Ok(true));
    assert_eq!(holds(&[12, 0, 0, 0, 0]), Ok(false));
    assert_eq!(holds(&[5]), Err(SshError::Refused));
    for wrong in [
        &[][..],
        &[14],
        &[12, 0, 0],
        &[12, 0, 0, 0, 1],
        &[12, 0xff, 0xff, 0xff, 0xff],
        &[12, 0, 0, 0, 0, 0],
        &[&[12, 0, 0, 0, 1][..], &entry, &[0]].concat(),
        &[12, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff],
    ] {
        assert!(matches!(holds(wrong), Err(SshError::Answer(_))), "{wrong:?}");
    }
}

#[test]
fn takes_a_bounded_answer() {
    let long = u32::try_from(MAX + 1).unwrap().to_be_bytes().to_vec();
    let longest = message(&vec![5; MAX]);
    assert!(matches!(ask_for(&fake(vec![long]).socket, &[11], 60), Err(SshError::Answer(_))));
    assert_eq!(ask_for(&fake(vec![longest]).socket, &[11], 60).unwrap().len(), MAX);
}

#[test]
fn waits_only_so_long() {
    let start = Instant::now();
    assert_eq!(ask_for(&fake(vec![]).socket, &[11], 1), Err(SshError::Silent(1)));
    // Nine bytes in 2.7 seconds: each comes in time, all of them don't.
    let drops = message(&[12, 0, 0, 0, 0]).into_iter().map(|byte| vec![byte]).collect();
    assert_eq!(ask_for(&fake(drops).socket, &[11], 1), Err(SshError::Silent(1)));
    assert!(start.elapsed() < Duration::from_secs(4));
    assert_eq!(ask_for(&fake(vec![]).socket, &vec![0; 8 << 20], 1), Err(SshError::Silent(1)));
}

#[test]
fn says_when_nobody_is_there_or_goes() {
    let gone = PathBuf::from("/nonexistent/agent");
    assert!(matches!(ask_for(&gone, &[11], 1), Err(SshError::Unreachable(_))));
    let half = vec![vec![0, 0, 0, 9, 12], vec![]];
    assert!(matches!(ask_for(&fake(half).socket, &[11], 5), Err(SshError::Answer(_))));
}
