//! A pull request from a fork: CI gives it no key.

use std::fs;

use super::people::{runner, verify};
use crate::harness::{Machine, copy_of};

const CHECK: [&str; 2] = ["check", "--record"];

#[test]
fn check_works_without_a_key_and_says_that_it_records_nothing() {
    let folder = copy_of("support-bot");
    for machine in [
        Machine::new(),
        Machine::new().with("COSEAL_KEY", ""),
        Machine::new().with("COSEAL_KEY", " \n"),
    ] {
        let plain = machine.coseal(folder.path(), &["check"]);
        let ended = machine.coseal(folder.path(), &CHECK);
        assert_eq!(ended.code, plain.code, "{}", ended.stderr);
        let said = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("nothing recorded: there is no key here"), "{said}");
        let json = machine.coseal(folder.path(), &[&CHECK[..], &["--format", "json"]].concat());
        assert_eq!(json.code, plain.code);
        let evidence = &json.json()["evidence"];
        assert!(evidence["recorded"].is_null(), "{evidence}");
        assert!(evidence["not-recorded"].as_str().unwrap().contains("no key"), "{evidence}");
        let there = fs::read_dir(machine.path(".")).unwrap().count();
        assert_eq!(there, 0, "nothing is written, no folder is made");
    }
}

/// Those who review it still see what is on record, and a gate stays as shut as it was.
#[test]
fn what_is_on_record_is_still_seen() {
    let (folder, runner) = (copy_of("support-bot"), runner());
    super::people::record(&runner, folder.path(), &[]);
    let before = verify(&runner, folder.path()).stdout;
    let gate = |machine: &Machine| machine.coseal(folder.path(), &["check", "--gate"]).code;
    let open = gate(&runner);
    fs::remove_file(runner.path("key")).unwrap();
    assert_eq!(gate(&runner), open);
    assert_eq!(runner.coseal(folder.path(), &CHECK).code, 1);
    assert_eq!(verify(&runner, folder.path()).stdout, before);
}

/// A key that is there and can't be used is no missing key.
#[test]
fn a_key_that_is_wrong_is_an_error() {
    let (folder, machine) = (copy_of("support-bot"), Machine::new());
    fs::write(machine.path("key"), "not a key").unwrap();
    let ended = machine.coseal(folder.path(), &CHECK);
    assert_eq!(ended.code, 4, "{}", ended.stdout);
    assert!(!ended.stderr.contains("not a key"), "{}", ended.stderr);
    assert!(!machine.path("store").exists());
}

/// CI gives the key itself in the variable, often without its last line break.
#[test]
fn the_key_may_stand_in_the_variable_itself() {
    let (folder, with) = (copy_of("support-bot"), runner());
    let text = fs::read_to_string(with.path("key")).unwrap();
    let machine = Machine::new().with("COSEAL_KEY", text.trim_end());
    let report = super::people::record(&machine, folder.path(), &[]);
    let origin = super::people::log(&with, "support-bot").origin().to_string();
    assert_eq!(report["evidence"]["recorded"]["origin"], origin.as_str());
}
