//! Where the bytes of a scan come from, and that nothing but the bytes decides.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::harness::{Ended, Machine, copy, coseal, ended, folder, text};

const HARMFUL: &[u8] = b"cposix\nsystem\n(Vx\ntR.";
const HARMLESS: &[u8] = b"\x80\x02]q\x00(K\x01K\x02e.";

fn verdicts(report: &Value) -> Vec<(String, String)> {
    let of = |artefact: &Value| (text(&artefact["path"]), text(&artefact["verdict"]));
    report["artefacts"].as_array().unwrap().iter().map(of).collect()
}

fn scan(folder: &Path, arguments: &[&str]) -> Ended {
    coseal(folder, &[&["scan", "--format", "json"], arguments].concat())
}

/// Runs a command with this on its standard input.
fn fed(mut command: Command, input: &[u8]) -> Ended {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = spawned.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn standard_input_is_scanned_as_a_file_is() {
    let machine = Machine::new();
    let here = tempfile::tempdir().unwrap();
    for (input, name, verdict, code) in [
        (HARMFUL, "stdin", "malicious", 1),
        (HARMLESS, "model.pkl", "clean", 0),
        (b"words", "stdin", "undecided", 6),
    ] {
        let arguments = ["scan", "--format", "json", "--stdin-name", name, "-"];
        let ended = fed(machine.command(here.path(), &arguments), input);
        assert_eq!(ended.code, code, "{}", ended.stdout);
        assert_eq!(verdicts(&ended.json()), [(name.to_owned(), verdict.to_owned())]);
    }
    // Longer than is held in memory.
    let mut long = b"\x80\x04B".to_vec();
    long.extend(20_000_000_u32.to_le_bytes());
    long.resize(20_000_007, b'x');
    long.extend(HARMFUL);
    let ended = fed(machine.command(here.path(), &["scan", "--format", "json", "-"]), &long);
    assert_eq!(verdicts(&ended.json())[0].1, "malicious", "{}", ended.stdout);
}

#[test]
fn patterns_that_a_shell_left_alone_name_files() {
    let files = [
        ("a.pkl", HARMFUL),
        ("b.txt", b"x".as_slice()),
        ("m/c.pkl", HARMLESS),
        ("m/n/d.pkl", HARMLESS),
        ("m/[x].pkl", HARMLESS),
    ];
    let here = folder(&files);
    let names = |pattern: &str| {
        let found = verdicts(&scan(here.path(), &[pattern]).json());
        found.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names("*.pkl"), ["a.pkl"]);
    assert_eq!(names("**/*.pkl"), ["a.pkl", "m/[x].pkl", "m/c.pkl", "m/n/d.pkl"]);
    assert_eq!(names("m/?.pkl"), ["m/c.pkl"]);
    assert_eq!(names("m/[x].pkl"), ["m/[x].pkl"], "a file of that name comes first");
    let absolute = here.path().join("m/**/d*");
    assert_eq!(names(absolute.to_str().unwrap()), ["m/n/d.pkl"]);
    let none = scan(here.path(), &["*.pt"]);
    assert_eq!((none.code, text(&none.json()["gaps"][0]["why"])), (4, "no file matches it".into()));
}

#[cfg(unix)]
#[test]
fn a_snapshot_of_the_hugging_face_cache_is_read_through_its_links() {
    use std::os::unix::fs::symlink;
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let hub = folder(&[
        ("models--acme--bot/blobs/aa", HARMFUL),
        ("models--acme--bot/blobs/bb", b"{\"model_type\": \"bert\"}"),
        ("models--acme--bot/refs/main", commit.as_bytes()),
        ("secret.pkl", HARMLESS),
    ]);
    let snapshot = hub.path().join("models--acme--bot/snapshots").join(commit);
    fs::create_dir_all(&snapshot).unwrap();
    symlink("../../blobs/aa", snapshot.join("pytorch_model.bin")).unwrap();
    symlink("../../blobs/bb", snapshot.join("config.json")).unwrap();
    symlink("../../../secret.pkl", snapshot.join("other.pkl")).unwrap();
    let machine = Machine::new().with("HF_HUB_CACHE", hub.path().to_str().unwrap());
    let scan = |name: &str| machine.coseal(hub.path(), &["scan", "--format", "json", name]);
    for name in ["hf://acme/bot".to_owned(), format!("hf://acme/bot@{commit}")] {
        let report = scan(&name).json();
        let found = verdicts(&report);
        let model = format!("{name}/pytorch_model.bin");
        assert!(found.contains(&(model, "malicious".to_owned())), "{found:?}");
        assert!(found.iter().all(|(path, _)| !path.contains("other.pkl")), "{found:?}");
        assert_eq!(text(&report["gaps"][0]["why"]), "a symbolic link that leads outside");
    }
    for (name, why) in [
        ("hf://acme/other", "it is not in the cache on this machine; nothing is downloaded"),
        ("hf://acme/../bot", "a model is hf://OWNER/NAME or hf://OWNER/NAME@REVISION"),
    ] {
        let ended = scan(name);
        assert_eq!((ended.code, text(&ended.json()["gaps"][0]["why"])), (4, why.to_owned()));
    }
}

#[test]
fn a_build_without_network_says_so_of_an_address() {
    let here = tempfile::tempdir().unwrap();
    let ended = scan(here.path(), &["https://example.org/model.pt?signature=hidden"]);
    assert_eq!(ended.code, 4);
    let gap = &ended.json()["gaps"][0];
    assert_eq!(text(&gap["what"]), "https://example.org/model.pt");
    assert!(text(&gap["why"]).contains("--features bucket"), "{gap}");
}

/// The same bytes give the same result: with many workers or one, twice at a time, elsewhere, without programs, and with
/// other files around.
#[test]
fn same_bytes_same_verdict() {
    let files: Vec<(String, Vec<u8>)> = (0..60_u8)
        .map(|index| {
            let bytes = if index % 3 == 0 { HARMFUL } else { HARMLESS };
            (
                format!("m{}/{index}.pkl", index % 4),
                [bytes, &[b'.'; 9][..usize::from(index % 2)]].concat(),
            )
        })
        .collect();
    let files: Vec<_> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let first = folder(&files);
    let one = scan(first.path(), &["--jobs", "1", "."]);
    assert_eq!(verdicts(&one.json()).len(), 60);
    let second = tempfile::tempdir().unwrap();
    copy(first.path(), second.path());
    for name in ["pickle.py", "posix.py", "requirements.txt", "coseal.toml"] {
        fs::write(second.path().join(name), "import os\n").unwrap();
    }
    let runs: Vec<_> = [first.path(), second.path(), second.path()]
        .into_iter()
        .map(|at| {
            let machine = Machine::new().with("PATH", "").with("PYTHONPATH", ".");
            let arguments = ["scan", "--format", "json", "--jobs", "8", "."];
            let mut command = machine.command(at, &arguments);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            (machine, command.spawn().unwrap())
        })
        .collect();
    for (_machine, run) in runs {
        let output = run.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), one.stdout);
    }
    let again = ended(Machine::new().command(first.path(), &["scan", "--format", "json", "."]));
    assert_eq!(again.stdout, one.stdout);
}

#[test]
fn rights_that_were_given_up_are_said() {
    let here = folder(&[("a.pkl", HARMLESS)]);
    let report = scan(here.path(), &["a.pkl"]).json();
    for kind in ["files", "calls"] {
        let word = text(&report["confined"][kind]);
        assert!(["yes", "partly", "no"].contains(&word.as_str()), "{word}");
    }
    let explained = coseal(here.path(), &["scan", "--explain", "a.pkl"]).stdout;
    assert!(explained.contains("while parsing: "), "{explained}");
}
