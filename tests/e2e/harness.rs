//! Runs the binary, in a clean environment.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// The day all tests are about.
pub(crate) const DAY: &str = "2026-11-21";

/// How a run ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr))
    }
}

/// A machine that coseal runs on. The folders of its user, the evidence store and what is remembered of logs are its own: no run
/// reads or writes anything of the machine that tests run on.
pub(crate) struct Machine {
    home: TempDir,
    more: Vec<(&'static str, String)>,
}

impl Machine {
    /// One that nothing was ever done on.
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), more: Vec::new() }
    }

    /// With a variable in its environment.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.more.push((name, value.to_owned()));
        self
    }

    /// A path on it, below its user's home: `store`, `seen`, `trust.toml` and `key` are what coseal is pointed at.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs `coseal` with these arguments in a folder.
    pub(crate) fn coseal(&self, folder: &Path, arguments: &[&str]) -> Ended {
        ended(self.command(folder, arguments))
    }

    /// `coseal` with these arguments in a folder, not yet started. There is a trust root if a file `trust.toml` is there, and
    /// a key if a file `key` is.
    pub(crate) fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coseal-under-test"));
        command.current_dir(folder).args(arguments).env_clear().env("COLUMNS", "100");
        command.env("HOME", self.home.path());
        for (variable, below) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("COSEAL_STORE", "store"),
            ("COSEAL_SEEN", "seen"),
        ] {
            command.env(variable, self.path(below));
        }
        for (variable, file) in [("COSEAL_TRUST", "trust.toml"), ("COSEAL_KEY", "key")] {
            // Empty is as good as not set: so CI sets secrets that it does not give.
            let there = Some(self.path(file)).filter(|path| path.is_file());
            command.env(variable, there.unwrap_or_default());
        }
        command.envs(self.more.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Waits for the end of a command.
pub(crate) fn ended(mut command: Command) -> Ended {
    let output = command.output().unwrap();
    Ended {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `coseal` with these arguments in a folder, on a machine that nothing was ever done on.
pub(crate) fn coseal(folder: &Path, arguments: &[&str]) -> Ended {
    Machine::new().coseal(folder, arguments)
}

/// The same, on a terminal so many columns wide.
pub(crate) fn coseal_at(folder: &Path, arguments: &[&str], columns: usize) -> Ended {
    Machine::new().with("COLUMNS", &columns.to_string()).coseal(folder, arguments)
}

/// `coseal check` of a folder, as JSON.
pub(crate) fn check(folder: &Path) -> Value {
    coseal(folder, &["check", "--as-of", DAY, "--format", "json"]).json()
}

/// The state of each check, by id.
pub(crate) fn states(report: &Value) -> std::collections::BTreeMap<String, String> {
    let of = |check: &Value| (text(&check["id"]), text(&check["state"]));
    report["checks"].as_array().unwrap().iter().map(of).collect()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

pub(crate) fn example(name: &str) -> PathBuf {
    root().join("examples").join(name)
}

/// A copy of an example that a test may change.
pub(crate) fn copy_of(name: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&example(name), folder.path());
    folder
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Output with what changes from run to run taken out.
pub(crate) fn settled(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let line = match (line.find("checked in "), line.find(" s as of")) {
            (Some(from), Some(to)) if from < to => {
                format!("{}checked in … s as of{}", &line[..from], &line[to + 8..])
            }
            _ => line.to_owned(),
        };
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// What an example shows, without what the next built check changes: the counts, and the list of what is not known.
pub(crate) fn lasting(text: &str) -> String {
    let mut out = String::new();
    let mut unknown = false;
    for line in settled(text).lines() {
        unknown = line.starts_with("? ") || unknown && line.starts_with("  ");
        if !unknown
            && !line.contains(" judged: ")
            && !line.contains("not applicable)")
            && !line.trim_start().starts_with("applicable)")
        {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
