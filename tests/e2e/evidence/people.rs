//! Who takes part: machines that record, people who sign, and whoever verifies.

use std::{fs, path::Path};

use coseal_assure::evidence::{LogFolder, Origin, Store};
use coseal_sign::key::Ed25519Key;
use serde_json::Value;

use crate::{
    harness::{Ended, Machine, text},
    keys::private_key,
};

pub(super) const SYSTEM: &str = "support-bot";

/// A machine with a key that records, made by coseal.
pub(super) fn runner() -> Machine {
    let machine = Machine::new();
    let made = machine.coseal(&machine.path("."), &["evidence", "key", "new", "key"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    machine
}

/// Its public key, or that of the key of this name on it.
pub(super) fn public(machine: &Machine, name: &str) -> String {
    let text = fs::read_to_string(machine.path(&format!("{name}.pub"))).unwrap();
    text.split(' ').take(2).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Puts the key of a person on a machine, made by `ssh-keygen`, and gives its path.
pub(super) fn person(machine: &Machine, name: &str) -> String {
    let text = private_key();
    let signer = coseal_sign::ssh::Signer::from_openssh(&text, &mut || None).unwrap();
    fs::write(machine.path(name), &text).unwrap();
    fs::write(machine.path(&format!("{name}.pub")), format!("{}\n", signer.public())).unwrap();
    machine.path(name).to_str().unwrap().to_owned()
}

/// A trust root with these keys: name, public key, roles.
pub(super) fn root(keys: &[(&str, &str, &[&str])]) -> String {
    let mut text = format!("schema = 1\nsystem = \"{SYSTEM}\"\n");
    for (name, public, roles) in keys {
        text.push_str(&format!("[key.{name}]\npublic = \"{public}\"\nroles = {roles:?}\n"));
    }
    text
}

/// Gives a machine a trust root.
pub(super) fn trusts(machine: &Machine, root: &str) {
    fs::write(machine.path("trust.toml"), root).unwrap();
}

/// Records a run, and gives what it printed.
pub(super) fn record(machine: &Machine, folder: &Path, more: &[&str]) -> Value {
    let arguments = ["check", ".", "--record", "--format", "json", "--fail-on", "never"];
    let ended = machine.coseal(folder, &[&arguments, more].concat());
    assert!(matches!(ended.code, 0 | 6), "{}: {}", ended.code, ended.stderr);
    let report = ended.json();
    assert!(report["evidence"]["recorded"]["count"].as_u64() > Some(90), "{}", report["evidence"]);
    report
}

/// What `coseal evidence verify` says.
pub(super) fn verify(machine: &Machine, folder: &Path) -> Ended {
    machine.coseal(folder, &["evidence", "verify"])
}

/// It is intact, and has so many records in all.
pub(super) fn intact(machine: &Machine, folder: &Path) -> u64 {
    let ended = machine.coseal(folder, &["evidence", "verify", "--format", "json"]);
    assert_eq!(ended.code, 0, "{}{}", ended.stdout, ended.stderr);
    let logs = ended.json()["logs"].as_array().unwrap().clone();
    logs.iter().map(|log| log["records"].as_u64().unwrap()).sum()
}

/// Sends the records of a machine to a place, or takes those that are there.
pub(super) fn sync(machine: &Machine, way: &str, place: &str) -> Ended {
    machine.coseal(&machine.path("."), &["evidence", way, place])
}

/// The judgement on one check.
pub(super) fn judged(report: &Value, check: &str) -> Value {
    let checks = report["checks"].as_array().unwrap();
    checks.iter().find(|judged| judged["id"] == check).unwrap().clone()
}

/// The grade of each answer that stands on a record and needs nothing but files: what people stated has the grade of their
/// signatures.
pub(super) fn on_record(report: &Value) -> Vec<String> {
    let checks = report["checks"].as_array().unwrap().iter();
    checks
        .filter(|judged| !judged["evidence"].is_null() && judged["scope"] == "files")
        .map(|judged| text(&judged["grade"]))
        .collect()
}

/// The log that a machine writes.
pub(super) fn log(machine: &Machine, system: &str) -> LogFolder {
    let origin = Origin::of_key(system, &key(machine).public());
    Store::new(machine.path("store")).log(&origin)
}

/// The key of a machine.
pub(super) fn key(machine: &Machine) -> Ed25519Key {
    Ed25519Key::from_openssh(&fs::read_to_string(machine.path("key")).unwrap()).unwrap()
}

/// All entries of a log.
pub(super) fn entries(log: &LogFolder) -> Vec<Vec<u8>> {
    let size = log.head().unwrap().unwrap().checkpoint.size();
    (0..size.div_ceil(256)).flat_map(|bundle| log.entries(bundle, size).unwrap()).collect()
}
