//! What the real git says of what is written here, and what is read here of what the real git wrote.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use coseal_assure::evidence::remote::RemoteError;

use super::super::tests::{change, contract, opened};

const LOG: &str = "logs/triage/0123456789abcdef0123456789abcdef";
const REF: &str = "refs/coseal/evidence";

/// A repository in a temporary folder; `None`, with one line, where there is no git.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new(options: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        if try_git(folder.path(), &["--version"]).is_none() {
            let strict = std::env::var_os("COSEAL_CI_STRICT").is_some();
            assert!(!strict, "git is not installed");
            println!("skipped: git is not installed");
            return None;
        }
        let new = Self(folder);
        new.git(&[&["init", "--quiet"], options, &["."]].concat());
        Some(new)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn place(&self) -> String {
        format!("git:{}", self.path().display())
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    /// The real git finds nothing wrong. That HEAD has no commit is no fault.
    fn is_sound(&self) {
        let said = self.git(&["fsck", "--strict", "--no-dangling"]);
        let wrong: Vec<_> = said.lines().filter(|line| !line.starts_with("notice: ")).collect();
        assert_eq!(wrong, [""; 0]);
    }

    /// Publishes checkpoints `from..to` of the log, each with a tile.
    fn publish(&self, from: u32, to: u32) {
        let mut remote = opened(&self.place());
        for number in from..to {
            let old = number.checked_sub(1).map(|old| old.to_string());
            let tile = format!("tile/0/{number:03}");
            let text = format!("{number}").repeat(2000);
            let files = [(tile.as_str(), text.as_str())];
            remote.publish(change(LOG, old.as_deref(), &number.to_string(), &files)).unwrap();
        }
    }

    /// Everything that [`Self::publish`] published up to `to` is there.
    fn holds(&self, to: u32) {
        let mut remote = opened(&self.place());
        assert_eq!(remote.checkpoints().unwrap(), [format!("{LOG}/checkpoint")]);
        let last = (to - 1).to_string();
        assert_eq!(remote.read(&format!("{LOG}/checkpoint")), Ok(Some(last.into_bytes())));
        for number in 0..to {
            let tile = remote.read(&format!("{LOG}/tile/0/{number:03}")).unwrap().unwrap();
            assert_eq!(tile, format!("{number}").repeat(2000).into_bytes());
        }
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    try_git(folder, arguments).unwrap_or_else(|| panic!("git {arguments:?} failed"))
}

#[expect(clippy::disallowed_methods, reason = "the real git judges what is written here")]
fn try_git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "-c",
        "protocol.file.allow=always",
    ]);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.current_dir(folder).args(arguments).output().ok()?;
    let text = [output.stdout, output.stderr].concat();
    output.status.success().then(|| String::from_utf8(text).unwrap())
}

#[test]
fn a_repository_is_a_place() {
    let Some(bare) = Repository::new(&["--bare"]) else { return };
    contract(&|| opened(&bare.place()));
    bare.is_sound();
    let Some(tree) = Repository::new(&[]) else { return };
    contract(&|| opened(&format!("{}#refs/heads/evidence", tree.place())));
    tree.is_sound();
    assert_eq!(tree.git(&["status", "--porcelain"]), "");
}

#[test]
fn git_reads_what_is_written() {
    let Some(repository) = Repository::new(&[]) else { return };
    repository.publish(0, 3);
    repository.is_sound();
    let log = repository.git(&["log", "--format=%an <%ae> %at|%cn <%ce> %ct|%s", REF]);
    let line = "coseal <> 1795255200|coseal <> 1795255200|Publish evidence\n";
    assert_eq!(log, line.repeat(3));
    assert_eq!(repository.git(&["show", &format!("{REF}:{LOG}/checkpoint")]), "2");
    let files = repository.git(&["ls-tree", "-r", "--name-only", REF]);
    assert_eq!(files.lines().count(), 4);
    assert!(!repository.path().join(".git/logs").join(REF).exists());
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn git_carries_it_to_another_repository_and_back() {
    let (Some(here), Some(there)) = (Repository::new(&[]), Repository::new(&["--bare"])) else {
        return;
    };
    let url = there.path().to_str().unwrap();
    here.publish(0, 40);
    here.git(&["push", "--quiet", url, &format!("{REF}:{REF}")]);
    there.holds(40);
    there.git(&["gc", "--quiet", "--prune=now"]);
    assert!(!there.path().join(REF).exists(), "the ref is packed");
    there.holds(40);
    there.publish(40, 44);
    there.holds(44);
    there.is_sound();
    here.git(&["fetch", "--quiet", url, &format!("{REF}:{REF}")]);
    here.holds(44);
    here.git(&["repack", "-a", "-d", "-q", "--write-midx", "--depth=50"]);
    here.holds(44);
}

#[test]
fn a_pack_that_comes_while_it_is_open_is_found() {
    let Some(repository) = Repository::new(&[]) else { return };
    repository.publish(0, 3);
    let mut remote = opened(&repository.place());
    remote.checkpoints().unwrap();
    repository.git(&["gc", "--quiet", "--prune=now"]);
    repository.publish(3, 4);
    repository.git(&["gc", "--quiet", "--prune=now"]);
    assert_eq!(remote.checkpoints().unwrap().len(), 1);
    assert_eq!(remote.read(&format!("{LOG}/checkpoint")), Ok(Some(b"3".to_vec())));
}

#[cfg(unix)]
#[test]
fn no_hook_filter_or_helper_is_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some(repository) = Repository::new(&[]) else { return };
    let mark = repository.path().join("mark");
    let script = format!("#!/bin/sh\ntouch '{}'\n", mark.display());
    let program = repository.path().join("program");
    let mut programs = vec![program.clone()];
    for hook in [
        "reference-transaction",
        "post-commit",
        "pre-commit",
        "post-update",
        "update",
        "post-index-change",
        "commit-msg",
    ] {
        programs.push(repository.path().join(".git/hooks").join(hook));
    }
    for program in &programs {
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        fs::write(program, &script).unwrap();
        fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    for key in [
        "core.fsmonitor",
        "filter.x.clean",
        "filter.x.process",
        "core.editor",
        "gpg.program",
        "core.sshCommand",
        "credential.helper",
    ] {
        repository.git(&["config", key, program.to_str().unwrap()]);
    }
    repository.git(&["config", "commit.gpgSign", "true"]);
    fs::write(repository.path().join(".git/info/attributes"), "* filter=x\n").unwrap();
    drop(fs::remove_file(&mark));
    repository.publish(0, 2);
    repository.holds(2);
    assert!(!mark.exists());
    // The hook does work: the real git runs it.
    repository.git(&["update-ref", "refs/coseal/other", REF]);
    assert!(mark.exists());
}

#[test]
fn a_linked_work_tree_leads_to_the_repository() {
    let Some(repository) = Repository::new(&[]) else { return };
    repository.git(&["commit", "--quiet", "--allow-empty", "-m", "x"]);
    let other = tempfile::tempdir().unwrap();
    let linked = other.path().join("linked");
    repository.git(&["worktree", "add", "--quiet", linked.to_str().unwrap()]);
    let mut remote = opened(&format!("git:{}", linked.display()));
    remote.publish(change(LOG, None, "0", &[("tile/0/000", &"0".repeat(2000))])).unwrap();
    repository.holds(1);
    for branch in ["refs/heads/linked", repository.git(&["symbolic-ref", "HEAD"]).trim()] {
        assert!(refused(&format!("{}#{branch}", repository.place())).contains("checked out"));
    }
}

#[test]
fn what_is_not_supported_is_said() {
    let Some(sha256) = Repository::new(&["--object-format=sha256"]) else { return };
    assert!(refused(&sha256.place()).contains("SHA-256"));
    // git knows reftables from 2.45 on.
    let reftable = tempfile::tempdir().unwrap();
    if try_git(reftable.path(), &["init", "--quiet", "--ref-format=reftable", "."]).is_some() {
        assert!(refused(&format!("git:{}", reftable.path().display())).contains("reftable"));
    }
    let Some(borrower) = Repository::new(&["--bare"]) else { return };
    fs::write(borrower.path().join("objects/info/alternates"), "/nowhere\n").unwrap();
    assert!(refused(&borrower.place()).contains("alternates"));
    assert!(
        refused(&format!("git:{}", borrower.path().join("objects").display()))
            .contains("not a git")
    );
    assert!(refused(&format!("{}#HEAD", sha256.place())).len() > 10);
}

#[test]
fn a_hostile_tree_is_refused() {
    let Some(repository) = Repository::new(&["--bare"]) else { return };
    let blob = object(&repository, "blob", b"x");
    let id = bytes(&blob);
    let nested = |names: &[(&str, &str)]| {
        let mut id = id.clone();
        for (mode, name) in names.iter().rev() {
            let tree = [format!("{mode} {name}\0").as_bytes(), &id].concat();
            let hex = object(&repository, "tree", &tree);
            id = bytes(&hex);
        }
        let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let commit = repository.git(&["commit-tree", &hex, "-m", "x"]);
        repository.git(&["update-ref", REF, commit.trim()]);
        opened(&repository.place())
    };
    let key = "0123456789abcdef0123456789abcdef";
    let path =
        |system, file| [("40000", "logs"), ("40000", system), ("40000", key), (file, "checkpoint")];
    for system in ["..", ".git", "A", "a b", "a\u{1b}"] {
        let listed = nested(&path(system, "100644")).checkpoints();
        assert!(matches!(listed, Err(RemoteError::Name(_))), "{system:?} {listed:?}");
    }
    for mode in ["120000", "40000", "160000"] {
        let read = nested(&path("triage", mode)).read(&format!("{LOG}/checkpoint"));
        assert!(matches!(read, Err(RemoteError::Damaged(_))), "{mode} {read:?}");
    }
    // The mode says file, the object is a tree; and the other way round.
    let read = nested(&[
        ("40000", "logs"),
        ("40000", "triage"),
        ("40000", key),
        ("100644", "checkpoint"),
        ("40000", "x"),
    ])
    .read(&format!("{LOG}/checkpoint"));
    assert!(matches!(read, Err(RemoteError::Damaged(_))), "{read:?}");
    let read = nested(&[("40000", "logs"), ("40000", "triage"), ("40000", key)])
        .read(&format!("{LOG}/checkpoint"));
    assert!(matches!(read, Err(RemoteError::Damaged(_))), "{read:?}");
    assert_eq!(
        nested(&path("triage", "100644")).read(&format!("{LOG}/checkpoint")),
        Ok(Some(b"x".to_vec()))
    );
}

#[test]
fn what_is_too_large_or_damaged_is_not_read() {
    let Some(repository) = Repository::new(&["--bare"]) else { return };
    repository.publish(0, 1);
    let large = object(&repository, "blob", &vec![0; (17 << 20) + 1]);
    let read = |id: &str| {
        repository.git(&["read-tree", REF]);
        let entry = format!("100644,{id},{LOG}/tile/0/007");
        repository.git(&["update-index", "--add", "--cacheinfo", &entry]);
        let tree = repository.git(&["write-tree", "--missing-ok"]);
        let commit = repository.git(&["commit-tree", tree.trim(), "-m", "x"]);
        repository.git(&["update-ref", REF, commit.trim()]);
        opened(&repository.place()).read(&format!("{LOG}/tile/0/007"))
    };
    assert!(matches!(read(&large), Err(RemoteError::TooLarge { .. })));
    repository.git(&["gc", "--quiet", "--prune=now"]);
    assert!(matches!(
        opened(&repository.place()).read(&format!("{LOG}/tile/0/007")),
        Err(RemoteError::TooLarge { .. })
    ));
    assert!(matches!(read(&"1".repeat(40)), Err(RemoteError::Damaged(_))));
    // Another object under the name of this one.
    let (one, two) = (object(&repository, "blob", b"one"), object(&repository, "blob", b"two"));
    let file = |id: &str| {
        let (folder, name) = id.split_at(2);
        repository.path().join("objects").join(folder).join(name)
    };
    let _gone = fs::remove_file(file(&one));
    fs::copy(file(&two), file(&one)).unwrap();
    assert!(matches!(read(&one), Err(RemoteError::Damaged(_))));
}

#[test]
fn a_lock_that_is_left_is_said() {
    let Some(repository) = Repository::new(&["--bare"]) else { return };
    repository.publish(0, 1);
    let lock = repository.path().join(format!("{REF}.lock"));
    fs::write(&lock, "").unwrap();
    let result = opened(&repository.place()).publish(change(LOG, Some("0"), "1", &[]));
    assert!(matches!(result, Err(RemoteError::Busy(_))), "{result:?}");
    assert!(lock.exists());
    repository.holds(1);
}

fn refused(place: &str) -> String {
    super::super::open(place, jiff::Timestamp::UNIX_EPOCH).err().unwrap().to_string()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().map(|digit| digit.to_digit(16).unwrap() as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// Writes an object of any bytes, without git's checks.
fn object(repository: &Repository, kind: &str, bytes: &[u8]) -> String {
    let file: PathBuf = repository.path().join("object");
    fs::write(&file, bytes).unwrap();
    let arguments = ["hash-object", "-w", "--literally", "-t", kind, file.to_str().unwrap()];
    repository.git(&arguments).trim().to_owned()
}
