//! `coseal init`: what it writes, what it leaves alone; `check --baseline` and `--watch`.

use std::{
    fs,
    process::Stdio,
    time::{Duration, Instant},
};

use coseal_core::system;

use crate::harness::{DAY, Machine, copy_of, coseal, folder, text};

const PICKLE: &[u8] = b"\x80\x02}q\x00X\x01\x00\x00\x00aq\x01K\x01s.";

#[test]
fn a_first_run_writes_a_file_that_is_valid_and_says_what_it_found() {
    let folder = folder(&[("models/scores.pkl", PICKLE)]);
    let arguments =
        ["init", "--id", "scorer", "--data", "internal", "--contact", "risk@example.org"];
    let ended = coseal(folder.path(), &arguments);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    insta::assert_snapshot!(ended.stdout, @r#"
    wrote coseal.toml: 21 lines, 1 element, 2 flows

    Kind      classifier: it has 1 model file, and no model that talks
    Found     model.scores  models/scores.pkl
    Open      purpose, exposure, impact: marked TODO(coseal), the safest is assumed
    Next      1 read coseal.toml 2 coseal check 3 coseal assets lock
    "#);
    let written = fs::read_to_string(folder.path().join("coseal.toml")).unwrap();
    insta::assert_snapshot!(written, @r#"
    # The system file of scorer: its parts as files show them, and what a machine can't find out.
    # TODO(coseal) marks what only you know; until you say, the safest is assumed, and called so wherever it matters.
    schema = 1

    [system]
    id = "scorer"
    purpose = "sorts or scores cases with a model of our own" # TODO(coseal): what it is for, in one sentence
    exposure = "public" # TODO(coseal): who can reach it? offline | staff | partners | public
    impact = "high" # TODO(coseal): what if it is wrong or hostile? low | medium | high | critical
    environments = ["production"] # assumed: there is no other

    [role] # groups, not people; add checked = "YYYY-MM-DD" once a contact was tried
    risk-owner = { contact = "mailto:risk@example.org" }
    incident = { contact = "mailto:risk@example.org", escalates-to = "risk-owner" } # the same until you name another

    [model]
    scores = { location = "path:models/scores.pkl" }

    [flow] # who tells what to whom, as such systems do, is assumed; class is the most sensitive on it
    cases = { from = "app", to = "model.scores", class = "internal" }
    results = { from = "model.scores", to = "app", class = "internal" }
    "#);
    assert_eq!(system::read(&written).problems, []);
    let report = coseal(folder.path(), &["check", "--as-of", DAY, "--format", "json"]).json();
    let state = |id: &str| {
        let checks = report["checks"].as_array().unwrap();
        text(&checks.iter().find(|check| check["id"] == id).unwrap()["state"])
    };
    assert_eq!(state("system-file-valid"), "pass");
    assert_eq!(state("assets-registered"), "pass");
    assert_eq!(state("description-matches-reality"), "unknown");
    let shown = coseal(folder.path(), &["check", "--as-of", DAY]).stdout;
    assert!(shown.contains("3 open questions in coseal.toml (TODO in lines 7, 8, 9)"), "{shown}");
    let page = coseal(folder.path(), &["report", "--format", "markdown", "--output", "-"]).stdout;
    assert!(
        page.contains("public (assumed)") && page.contains("3 questions in coseal.toml"),
        "{page}"
    );
}

#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let folder = folder(&[("coseal.toml", b"# ours, and broken\n[system"), ("m.pkl", PICKLE)]);
    let ended = coseal(folder.path(), &["init", "--yes"]);
    assert_eq!(ended.code, 2);
    assert!(
        ended.stderr.contains("--diff") && ended.stderr.contains("--update"),
        "{}",
        ended.stderr
    );
    for way in ["--diff", "--update"] {
        assert_eq!(coseal(folder.path(), &["init", way]).code, 3);
    }
    let after = fs::read_to_string(folder.path().join("coseal.toml")).unwrap();
    assert_eq!(after, "# ours, and broken\n[system");
}

#[cfg(unix)]
#[test]
fn no_link_is_written_through() {
    let folder = folder(&[("m.pkl", PICKLE), ("elsewhere.txt", b"x")]);
    std::os::unix::fs::symlink("elsewhere.txt", folder.path().join("coseal.toml")).unwrap();
    assert_eq!(coseal(folder.path(), &["init", "--yes"]).code, 2);
    assert_eq!(fs::read_to_string(folder.path().join("elsewhere.txt")).unwrap(), "x");
}

#[test]
fn a_dry_run_prints_the_file_and_writes_nothing() {
    let folder = folder(&[("m.pkl", PICKLE)]);
    let ended = coseal(folder.path(), &["init", "--dry-run", "--kind", "api", "--yes"]);
    assert_eq!(ended.code, 0);
    let read = system::read(&ended.stdout);
    assert!(read.system.is_some(), "{}", ended.stdout);
    assert_eq!(
        ended.stdout.matches("TODO(coseal):").count(),
        2,
        "where it is reached, and who answers: {}",
        ended.stdout
    );
    assert!(!folder.path().join("coseal.toml").exists());
}

#[test]
fn without_a_terminal_every_question_stays_open() {
    let folder = folder(&[]);
    let ended = coseal(folder.path(), &["init", "--dry-run"]);
    assert_eq!(ended.stdout.matches("TODO(coseal):").count(), 5, "{}", ended.stdout);
    assert!(ended.stderr.is_empty(), "{}", ended.stderr);
}

#[test]
fn differences_are_shown_and_added() {
    let folder = folder(&[("models/a.pkl", PICKLE)]);
    assert_eq!(coseal(folder.path(), &["init", "--yes", "-q"]).code, 0);
    assert_eq!(coseal(folder.path(), &["init", "--diff"]).code, 0);
    fs::rename(folder.path().join("models/a.pkl"), folder.path().join("models/b.pkl")).unwrap();
    let ended = coseal(folder.path(), &["init", "--diff"]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(ended.stdout, @r#"
    Files show, and coseal.toml lacks:
      + models/b.pkl: model models/b.pkl (high)
    coseal.toml declares, and files do not show:
      - coseal.toml:17: model.a: there is nothing at its location
    Next  coseal init --update adds what lacks
    "#);
    let report = coseal(folder.path(), &["init", "--diff", "--format", "json"]).json();
    assert_eq!(report["undeclared"][0]["path"], "models/b.pkl");
    assert_eq!(report["unseen"][0]["element"], "model.a");
    let before = fs::read_to_string(folder.path().join("coseal.toml")).unwrap();
    assert_eq!(coseal(folder.path(), &["init", "--update"]).code, 0);
    let after = fs::read_to_string(folder.path().join("coseal.toml")).unwrap();
    let mut lines = after.lines();
    assert!(before.lines().all(|line| lines.any(|other| other == line)), "{after}");
    assert!(after.contains("path:models/b.pkl"), "{after}");
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[cfg(unix)]
#[test]
fn hostile_names_are_shown_as_text() {
    let folder = folder(&[
        ("models/\u{1b}[31m\u{202e}<script>\"'\n.pkl", PICKLE),
        ("models/]\n[system]\nid = 'x'.pkl", PICKLE),
    ]);
    let dry = coseal(folder.path(), &["init", "--dry-run"]);
    assert!(system::read(&dry.stdout).system.is_some(), "{}", dry.stdout);
    for arguments in
        [&["init", "--yes"][..], &["init", "--diff"], &["init", "--diff", "--format", "json"]]
    {
        let ended = coseal(folder.path(), arguments);
        for shown in [&ended.stdout, &ended.stderr, &dry.stdout] {
            assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
        }
    }
}

#[test]
fn a_baseline_lets_only_what_is_new_count() {
    let folder = copy_of("support-bot");
    let check = |more: &[&str]| {
        coseal(folder.path(), &[&["check", "--as-of", DAY, "--fail-on", "low"][..], more].concat())
    };
    let sarif = check(&["--format", "sarif"]);
    assert_eq!(sarif.code, 1);
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("baseline.sarif");
    fs::write(&file, &sarif.stdout).unwrap();
    let baseline = ["--baseline", file.to_str().unwrap()];
    let text_of = check(&baseline);
    assert_ne!(text_of.code, 1, "{}", text_of.stdout);
    assert!(text_of.stdout.contains(" known (baseline), 0 new, 0 gone"), "{}", text_of.stdout);

    // Moved lines are the same findings; one is put right, and one is new.
    let path = folder.path().join("coseal.toml");
    let moved = format!("# one\n# line\n# more\n{}", fs::read_to_string(&path).unwrap());
    fs::write(&path, moved.replace("quota = \"30/minute\", ", "")).unwrap();
    fs::remove_file(folder.path().join("app/tools.py")).ok();
    let ended = check(&[&baseline[..], &["--format", "json"]].concat());
    assert_eq!(ended.code, 1);
    let report = ended.json();
    let findings = report["checks"].as_array().unwrap().iter();
    let findings: Vec<_> =
        findings.flat_map(|check| check["findings"].as_array().unwrap()).collect();
    let new: Vec<_> =
        findings.iter().filter(|f| f["known"] == false).map(|f| text(&f["rule"])).collect();
    assert_eq!(new, ["endpoint-without-quota"]);
    // On a terminal what is new is marked, and what is known is counted.
    let shown = check(&baseline).stdout;
    assert_eq!(shown.matches("  new: ").count(), 1, "{shown}");
    assert!(shown.contains("new: coseal.toml") && shown.contains(" known (baseline)\n"), "{shown}");
    assert!(findings.iter().filter(|finding| finding["known"] == true).count() > 5);

    let sarif = check(&[&baseline[..], &["--format", "sarif"]].concat()).json();
    let states = sarif["runs"][0]["results"].as_array().unwrap().iter();
    let states: Vec<_> = states.map(|result| text(&result["baselineState"])).collect();
    assert_eq!(states.iter().filter(|state| *state == "new").count(), 1);
    assert!(states.iter().all(|state| ["new", "unchanged", "absent"].contains(&state.as_str())));
}

#[test]
fn what_is_no_baseline_is_a_wrong_command_line() {
    let folder = folder(&[("broken", b"{"), ("other", br#"{"version":"2.1.0","runs":[]}"#)]);
    for name in ["broken", "other", "absent"] {
        let ended = coseal(folder.path(), &["check", "--baseline", name]);
        assert_eq!(ended.code, 2, "{name}: {}", ended.stderr);
        assert!(ended.stdout.is_empty());
    }
}

#[test]
fn watching_is_for_people() {
    let folder = folder(&[]);
    for more in [&["--format", "json"][..], &["--record"]] {
        let ended = coseal(folder.path(), &[&["check", "--watch"][..], more].concat());
        assert_eq!(ended.code, 2, "{}", ended.stderr);
    }
}

#[test]
fn watching_judges_again_when_a_file_changes() {
    let folder = folder(&[("app.py", b"x = 1\n")]);
    let machine = Machine::new();
    let output = machine.path("output");
    let mut command = machine.command(folder.path(), &["check", "--watch", "--quiet"]);
    let mut child =
        command.stdout(fs::File::create(&output).unwrap()).stderr(Stdio::null()).spawn().unwrap();
    let runs = |wanted: usize| {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(60) {
            let shown = fs::read_to_string(&output).unwrap_or_default();
            if shown.matches("no system file ·").count() >= wanted {
                return shown;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        String::new()
    };
    assert!(!runs(1).is_empty());
    fs::write(folder.path().join("more.py"), "y = 2\n").unwrap();
    let shown = runs(2);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(shown.contains("· changed: more.py ──"), "{shown}");
}
