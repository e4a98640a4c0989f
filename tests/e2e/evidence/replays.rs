//! What is true somewhere else, or said by somebody else, does not count here.

use std::fs;

use coseal_assure::evidence::{Origin, Store};

use super::people::{
    SYSTEM, entries, judged, key, log, on_record, person, public, record, root, runner, trusts,
    verify,
};
use crate::harness::{Machine, copy, copy_of};

/// A trust root from the folder that is judged is no trust root, however it is named.
#[test]
fn a_trust_root_in_what_is_judged_is_refused() {
    let (folder, runner) = (copy_of("support-bot"), runner());
    let text = root(&[("runner", &public(&runner, "key"), &["runner"])]);
    fs::write(folder.path().join("trust.toml"), &text).unwrap();
    fs::write(runner.path("outside.toml"), &text).unwrap();
    let inside = folder.path().join("trust.toml");
    let mut named = vec![inside.to_str().unwrap().to_owned()];
    #[cfg(unix)]
    for (target, link) in [
        (inside, runner.path("link.toml")),
        (runner.path("outside.toml"), folder.path().join("link.toml")),
    ] {
        std::os::unix::fs::symlink(target, &link).unwrap();
        named.push(link.to_str().unwrap().to_owned());
    }
    for path in &named {
        for what in [&["check"][..], &["evidence", "verify"], &["evidence", "list"]] {
            let ended = runner.coseal(folder.path(), &[what, &["--trust", path]].concat());
            assert_eq!(ended.code, 2, "{what:?} {path}: {}", ended.stdout);
            assert!(ended.stderr.contains("the trust root lies in"), "{}", ended.stderr);
        }
        let machine = Machine::new().with("COSEAL_TRUST", path);
        assert_eq!(machine.coseal(folder.path(), &["check"]).code, 2);
    }
    let outside = runner.path("outside.toml").to_str().unwrap().to_owned();
    // Taken; there is nothing to verify yet.
    assert_eq!(runner.coseal(folder.path(), &["evidence", "verify", "--trust", &outside]).code, 6);
}

/// A part of a repository is judged: the rest of the repository is not outside.
#[test]
fn a_trust_root_elsewhere_in_the_repository_is_refused() {
    let (repository, runner) = (tempfile::tempdir().unwrap(), runner());
    fs::create_dir(repository.path().join(".git")).unwrap();
    let folder = repository.path().join("bot");
    copy(&crate::harness::example("support-bot"), &folder);
    let path = repository.path().join("trust.toml");
    fs::write(&path, root(&[("runner", &public(&runner, "key"), &["runner"])])).unwrap();
    let ended = runner.coseal(&folder, &["check", "--trust", path.to_str().unwrap()]);
    assert_eq!(ended.code, 2, "{}", ended.stdout);
    assert!(ended.stderr.contains("the trust root lies in"), "{}", ended.stderr);
}

/// Somebody signs the decision of another anew, and puts a root that names the new key into the folder.
#[test]
fn a_decision_that_another_key_signs_is_refused() {
    let (folder, machine) = (copy_of("support-bot"), Machine::new());
    let (owner, other) = (person(&machine, "owner"), person(&machine, "other"));
    fs::remove_dir_all(folder.path().join("decisions")).unwrap();
    let decide = ["decide", "exempt", "restore-drilled", "--role", "owner", "--reason", "r"];
    let signed = ["--for", "90d", "--key", &owner];
    let ended = machine.coseal(folder.path(), &[&decide[..], &signed].concat());
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let by = |name: &str| root(&[("owner", &public(&machine, name), &["owner"])]);
    let look = || {
        let ended = machine.coseal(folder.path(), &["check", "--format", "json"]);
        (judged(&ended.json(), "restore-drilled"), judged(&ended.json(), "waivers-in-date"))
    };
    trusts(&machine, &by("owner"));
    let (exempt, _) = look();
    assert_eq!(
        (exempt["state"].as_str(), exempt["grade"].as_str()),
        (Some("not-applicable"), Some("C"))
    );
    // The key of the role is swapped.
    let decisions = fs::read_dir(folder.path().join("decisions")).unwrap();
    let mut names: Vec<_> = decisions.map(|entry| entry.unwrap().path()).collect();
    names.sort();
    fs::remove_file(&names[1]).unwrap();
    let file = names[0].strip_prefix(folder.path()).unwrap().to_str().unwrap();
    let again = machine.coseal(folder.path(), &["decide", "sign", file, "--key", &other]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    fs::write(folder.path().join("trust.toml"), by("other")).unwrap();
    let (exempt, decisions) = look();
    assert_ne!(exempt["state"], "not-applicable", "{exempt}");
    let rules: Vec<_> =
        decisions["findings"].as_array().unwrap().iter().map(|f| &f["rule"]).collect();
    assert!(!rules.is_empty(), "{decisions}");
    assert!(rules.iter().any(|rule| *rule == "decision-signer-stranger"), "{rules:?}");
    // Without a trust root it counts, and is called what it is.
    fs::remove_file(machine.path("trust.toml")).unwrap();
    let (exempt, _) = look();
    assert_eq!(exempt["grade"], "D", "{exempt}");
    assert!(exempt["reason"].as_str().unwrap().contains("signer unproven"), "{exempt}");
}

/// The decision of one system, copied into the folder of another.
#[test]
fn a_decision_for_another_system_does_not_count() {
    let (one, other, machine) =
        (copy_of("support-bot"), copy_of("fraud-classifier"), Machine::new());
    let owner = person(&machine, "owner");
    fs::remove_dir_all(one.path().join("decisions")).unwrap();
    fs::remove_dir_all(other.path().join("decisions")).unwrap();
    let ended = machine.coseal(
        one.path(),
        &[
            "decide",
            "exempt",
            "restore-drilled",
            "--role",
            "owner",
            "--reason",
            "r",
            "--for",
            "90d",
            "--key",
            &owner,
        ],
    );
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    copy(&one.path().join("decisions"), &other.path().join("decisions"));
    let text = root(&[("owner", &public(&machine, "owner"), &["owner"])]);
    for root in [None, Some(text.replace(SYSTEM, "fraud-classifier"))] {
        root.iter().for_each(|root| trusts(&machine, root));
        let report = machine.coseal(other.path(), &["check", "--format", "json"]).json();
        assert_ne!(judged(&report, "restore-drilled")["state"], "not-applicable");
        let findings = judged(&report, "waivers-in-date")["findings"].to_string();
        assert!(findings.contains("decision-other-system"), "{findings}");
    }
    // And a trust root for another system is none.
    trusts(&machine, &text);
    let ended = machine.coseal(other.path(), &["check"]);
    assert_eq!(ended.code, 4, "{}", ended.stdout);
    assert!(ended.stderr.contains("it is for the system `support-bot`"), "{}", ended.stderr);
}

/// Records of one system, in the log of another that the same key writes: as they are, and under the name of the other.
#[test]
fn records_of_another_system_are_refused() {
    let (bot, fraud, runner) = (copy_of("support-bot"), copy_of("fraud-classifier"), runner());
    record(&runner, fraud.path(), &[]);
    let store = runner.path("store").join("logs");
    let (from, to) = (store.join("fraud-classifier"), store.join(SYSTEM));
    let replayed = |what: &str| {
        for root in [None, Some(root(&[("runner", &public(&runner, "key"), &["runner"])]))] {
            root.iter().for_each(|root| trusts(&runner, root));
            let ended = verify(&runner, bot.path());
            assert_eq!(ended.code, 5, "{what}: {}", ended.stdout);
            let ended = runner.coseal(bot.path(), &["check", "--format", "json"]);
            assert_eq!(ended.code, 5, "{what}");
            assert_eq!(on_record(&ended.json()), [""; 0], "{what}");
            if root.is_some() {
                fs::remove_file(runner.path("trust.toml")).unwrap();
            }
        }
        fs::remove_dir_all(&to).unwrap();
    };
    copy(&from, &to);
    assert!(verify(&runner, bot.path()).stdout.contains("it is not the key of this log"));
    replayed("a copy of the log");
    // The operator signs the other's records into a log of this system.
    let foreign = entries(&log(&runner, "fraud-classifier"));
    let origin = Origin::of_key(SYSTEM, &key(&runner).public());
    Store::new(runner.path("store")).log(&origin).append(&key(&runner), &foreign).unwrap();
    let said = verify(&runner, bot.path()).stdout;
    assert!(said.contains("record 0: it is about another system, `fraud-classifier`"), "{said}");
    replayed("the same records, signed into the log");
}

/// Evidence of one environment says nothing of another, and a key for one environment speaks of no other.
#[test]
fn evidence_of_another_environment_does_not_count() {
    let (folder, runner) = (copy_of("support-bot"), runner());
    let text = root(&[("runner", &public(&runner, "key"), &["runner"])]);
    let staging = format!("{text}environments = [\"staging\"]\n");
    let grades = |environment: &str| {
        let of = ["check", "--format", "json", "--environment", environment];
        let mut grades = on_record(&runner.coseal(folder.path(), &of).json());
        grades.dedup();
        grades
    };
    record(&runner, folder.path(), &["--environment", "staging"]);
    trusts(&runner, &text);
    assert_eq!(grades("production"), [""; 0], "staging says nothing of production");
    assert_eq!(grades("staging"), ["A"]);
    fs::remove_file(runner.path("trust.toml")).unwrap();
    assert_eq!(grades("production"), [""; 0], "without a root, too");
    assert_eq!(grades("staging"), ["D"]);
    // The key of staging records for production.
    record(&runner, folder.path(), &["--environment", "production"]);
    trusts(&runner, &staging);
    assert_eq!(grades("production"), [""; 0], "it does not speak of production");
    assert_eq!(grades("staging"), ["A"]);
}
