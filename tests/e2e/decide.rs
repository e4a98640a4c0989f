//! `coseal decide`: what it writes, who accepts it, and what it refuses.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::{
    chapters::chapters,
    harness::{DAY, Ended, check, copy_of, coseal, folder, root, states},
    keys::private_key,
};

/// A threat to the support bot.
const THREAT: &str = "instructions-drawn-out:prompt.answer";
const FILE: &str = "decisions/2026-11-21-attest-training-completed.toml";

/// A copy of the support bot without decisions, and a key beside it.
fn place() -> (TempDir, TempDir, String) {
    let (system, keys) = (copy_of("support-bot"), tempfile::tempdir().unwrap());
    fs::remove_dir_all(system.path().join("decisions")).unwrap();
    let key = keys.path().join("key");
    fs::write(&key, private_key()).unwrap();
    private(&key);
    let public = Command::new("ssh-keygen").arg("-y").arg("-f").arg(&key).output().unwrap();
    fs::write(keys.path().join("key.pub"), &public.stdout).unwrap();
    let signers = format!("risk-owner {}", String::from_utf8(public.stdout).unwrap());
    fs::write(keys.path().join("allowed"), signers).unwrap();
    let key = key.to_str().unwrap().to_owned();
    (system, keys, key)
}

/// ssh-keygen uses no private key that others can read.
fn private(key: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let _ = key;
}

fn trained(folder: &Path, more: &[&str]) -> Ended {
    let mut all = vec![
        "decide",
        "attest",
        "training-completed",
        "--privileged",
        "6",
        "--completed",
        "6",
        "--role",
        "risk-owner",
        "--reason",
        "all have \"done\" it",
        "--for",
        "365d",
        "--as-of",
        DAY,
        "--evidence",
        "the list=docs/training.csv",
    ];
    all.extend(more);
    coseal(folder, &all)
}

fn state(folder: &Path, id: &str) -> String {
    states(&check(folder))[id].clone()
}

#[test]
fn a_statement_that_we_sign_is_accepted_by_ssh_keygen_and_by_us() {
    let (system, keys, key) = place();
    assert_eq!(state(system.path(), "training-completed"), "unknown");
    let ended = trained(system.path(), &["--key", &key]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(
        ended.stdout.contains(&format!("wrote {FILE}\nsigned with SHA256:")),
        "{}",
        ended.stdout
    );
    let verified = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-I", "risk-owner", "-n", "coseal-decision", "-f"])
        .arg(keys.path().join("allowed"))
        .arg("-s")
        .arg(system.path().join(format!("{FILE}.sig")))
        .stdin(fs::File::open(system.path().join(FILE)).unwrap())
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    assert_eq!(state(system.path(), "training-completed"), "pass");
    // What it rests on changes.
    fs::write(system.path().join("docs/training.csv"), "another list\n").unwrap();
    assert_eq!(state(system.path(), "training-completed"), "stale");
}

#[test]
fn a_statement_that_ssh_keygen_signs_is_accepted_by_us() {
    let (system, _keys, key) = place();
    let ended = trained(system.path(), &[]);
    assert!(
        ended.stdout.contains("ssh-keygen -Y sign -f KEY -n coseal-decision"),
        "{}",
        ended.stdout
    );
    assert_eq!(state(system.path(), "training-completed"), "unknown");
    let signed = Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", "coseal-decision", "-f", &key, FILE])
        .current_dir(system.path())
        .output()
        .unwrap();
    assert!(signed.status.success(), "{}", String::from_utf8_lossy(&signed.stderr));
    assert_eq!(state(system.path(), "training-completed"), "pass");
    // One letter changes.
    let text = fs::read_to_string(system.path().join(FILE)).unwrap();
    fs::write(system.path().join(FILE), text.replace("privileged = 6", "privileged = 7")).unwrap();
    assert_eq!(state(system.path(), "training-completed"), "unknown");
}

#[test]
fn it_reads_well_in_a_pull_request() {
    let (system, ..) = place();
    let text = trained(system.path(), &["--dry-run"]).stdout;
    insta::assert_snapshot!(text.replace(&digest(system.path()), "DIGEST"), @r#"
    # A decision. Whoever signs it, beside this file, answers for every line of it.
    schema = 1
    kind = "attest"
    system = "support-bot"
    role = "risk-owner"
    made = 2026-11-21
    expires = 2027-11-21
    reason = "all have \"done\" it"

    # What is decided.
    check = "training-completed"

    # What is stated.
    [claim]
    privileged = 6
    completed = 6

    # It rests on this: once it changes, the decision is stale.
    [[evidence]]
    what = "the list"
    path = "docs/training.csv"
    digest = "sha256:DIGEST"
    "#);
    assert!(!system.path().join("decisions").exists(), "--dry-run writes nothing");
}

fn digest(folder: &Path) -> String {
    let bytes = fs::read(folder.join("docs/training.csv")).unwrap();
    coseal_sign::sha256(&bytes).to_string().replace("sha256:", "")
}

#[test]
fn nothing_is_overwritten_and_a_waiver_covers_what_is_found_now() {
    let (system, _keys, key) = place();
    trained(system.path(), &[]);
    let second = trained(system.path(), &["--key", &key]);
    assert!(second.stdout.contains("training-completed-2.toml"), "{}", second.stdout);
    let common =
        ["--role", "owner", "--reason", "r", "--for", "30d", "--as-of", DAY, "--key", &key];
    let run = |what: &[&str]| coseal(system.path(), &[what, &common].concat());
    let waive = ["decide", "waive", "ai-debt-low", "--control", "the nightly probe shows a change"];
    let waived = run(&waive);
    assert_eq!(waived.code, 0, "{}", waived.stderr);
    let text =
        fs::read_to_string(system.path().join("decisions/2026-11-21-waive-ai-debt-low.toml"));
    let text = text.unwrap();
    assert!(text.contains("{ rule = \""), "{text}");
    let again = run(&waive);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("--renews decisions/2026-11-21-waive"), "{}", again.stderr);
    let renewed =
        run(&[&waive[..], &["--renews", "decisions/2026-11-21-waive-ai-debt-low.toml"]].concat());
    assert_eq!(renewed.code, 0, "{}", renewed.stderr);
    let chosen = run(&[
        "decide",
        "choose",
        "chat",
        "--chosen",
        "a",
        "--option",
        "a=better",
        "--option",
        "b=worse",
        "--criterion",
        "cost",
        "--evidence",
        "docs/training.csv",
    ]);
    assert_eq!(chosen.code, 0, "{}", chosen.stderr);
    let exempt = run(&["decide", "exempt", "restore-drilled"]);
    assert_eq!(exempt.code, 0, "{}", exempt.stderr);
    for how in
        [&["--mitigate", "--control", "assets-unchanged"][..], &["--avoid", "the tool is gone"]]
    {
        let ended = run(&[&["decide", "threat", THREAT][..], how].concat());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
    }
    let report = check(system.path());
    assert_eq!(states(&report)["waivers-in-date"], "pass", "{report}");
    // No personal data: neither who ran it, nor where.
    for entry in fs::read_dir(system.path().join("decisions")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains(system.path().to_str().unwrap()), "{text}");
    }
}

#[test]
fn what_is_missing_is_said_with_an_example() {
    let (system, ..) = place();
    let at = system.path();
    let wrong: &[(&[&str], &str)] = &[
        (&["attest", "training-completed"], "--privileged is missing; for example: coseal decide"),
        (&["attest", "training-complete"], "did you mean training-completed?"),
        (&["attest", "ai-debt-low"], "those that do: training-completed"),
        (&["exempt", "restore-drilled"], "--role is missing"),
        (&["exempt", "restore-drilled", "--role", "owner"], "--reason is missing"),
        (&["exempt", "restore-drilled", "--role", "owner", "--reason", "r"], "expires"),
        (
            &["exempt", "restor-drilled", "--role", "owner", "--reason", "r", "--for", "9d"],
            "did you mean restore-drilled?",
        ),
        (
            &["exempt", "restore-drilled", "--role", "developer", "--reason", "r", "--for", "9d"],
            "owner, risk-owner",
        ),
        (&["threat", THREAT, "--role", "risk-owner", "--reason", "r"], "one of --mitigate"),
        (
            &["threat", THREAT, "--accept", "--role", "risk-owner", "--reason", "r", "--for", "9d"],
            "severity",
        ),
        (
            &[
                "threat",
                "instructions-drawn-out:prompt.answr",
                "--avoid",
                "h",
                "--role",
                "owner",
                "--reason",
                "r",
            ],
            "did you mean instructions-drawn-out:prompt.answer?",
        ),
        (&["choose", "chatt", "--role", "owner", "--reason", "r"], "did you mean model.chat?"),
        (&["waive", "system-file-valid", "--control", "c"], "only what fails can be waived"),
        (
            &[
                "exempt",
                "restore-drilled",
                "--role",
                "owner",
                "--reason",
                "r",
                "--for",
                "9d",
                "--evidence",
                "../x",
            ],
            "can't be cited",
        ),
        (&["sign", "coseal.toml"], "not a decision"),
    ];
    for (what, says) in wrong {
        let ended = coseal(at, &[&["decide"][..], what].concat());
        assert_eq!(ended.code, 2, "{what:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(says), "{what:?}: {}", ended.stderr);
        assert!(ended.stdout.is_empty());
    }
    assert!(!at.join("decisions").exists(), "nothing is written");
}

#[test]
fn a_broken_decision_names_its_line_and_is_not_signed() {
    let (system, _keys, key) = place();
    trained(system.path(), &[]);
    let whole = fs::read_to_string(system.path().join(FILE)).unwrap();
    let breaks = [
        ("reason =", "reson =", 8, "did you mean `reason`?"),
        ("kind = \"attest\"", "kind = \"atest\"", 3, "did you mean \"attest\"?"),
        ("completed = 6", "completed = 60", 16, "more than all"),
        ("expires = 2027-11-21", "expires = 2037-11-21", 7, "3 years"),
        ("made = 2026-11-21", "made = soon", 6, "TOML"),
    ];
    for (from, to, line, says) in breaks {
        fs::write(system.path().join(FILE), whole.replacen(from, to, 1)).unwrap();
        let ended = coseal(system.path(), &["decide", "sign", FILE, "--key", &key]);
        assert_eq!(ended.code, 2, "{to}: {}", ended.stderr);
        assert!(ended.stderr.contains(&format!("line {line}: ")), "{to}: {}", ended.stderr);
        assert!(ended.stderr.contains(says), "{to}: {}", ended.stderr);
        let report = check(system.path());
        let found = report["checks"].as_array().unwrap().iter().flat_map(|judged| {
            judged["findings"].as_array().unwrap().iter().map(|finding| finding["location"].clone())
        });
        let found: Vec<_> = found.filter(|place| place["path"] == FILE).collect();
        assert!(found.iter().any(|place| place["line"] == line), "{to}: {found:?}");
    }
    fs::write(system.path().join(FILE), &whole).unwrap();
    assert_eq!(coseal(system.path(), &["decide", "sign", FILE, "--key", &key]).code, 0);
    let again = coseal(system.path(), &["decide", "sign", FILE, "--key", &key]);
    assert!(again.stderr.contains("signed already"), "{}", again.stderr);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (system, elsewhere) = (copy_of("support-bot"), folder(&[]));
    fs::remove_dir_all(system.path().join("decisions")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), system.path().join("decisions")).unwrap();
    let ended = trained(system.path(), &[]);
    assert_eq!(ended.code, 4, "{}", ended.stdout);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

/// A decision as JSON, with its days as text.
fn as_json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(items) => items.iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(key, item)| (key.clone(), as_json(item))).collect()
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

#[test]
fn the_published_schema_takes_what_we_take() {
    let schema = fs::read_to_string(root().join("schemas/decision.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut files = 0;
    for chapter in chapters() {
        for (name, bytes) in chapter.files.iter().filter(|(name, _)| is_decision(name)) {
            let text = std::str::from_utf8(bytes).unwrap();
            let Ok(table) = text.parse::<toml::Table>() else { continue };
            let json = as_json(&toml::Value::Table(table.clone()));
            let ours = coseal_core::decision::read(text);
            // The schema knows shapes; days in order and names that resolve are beyond it.
            if ours.decision.is_some() {
                assert!(schema.is_valid(&json), "{}: {name}: {json}", chapter.check);
                files += 1;
            }
            let mut more = table;
            more.insert("reson".into(), "x".into());
            assert!(!schema.is_valid(&as_json(&toml::Value::Table(more))), "{json}");
        }
    }
    assert!(files >= 30, "{files}");
}

fn is_decision(name: &str) -> bool {
    name.starts_with("decisions/") && name.ends_with(".toml")
}
