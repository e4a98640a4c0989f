//! Help, usage errors, explain, completions.

use crate::harness::{DAY, coseal, folder};

#[test]
fn a_folder_without_a_system_file_is_judged_as_far_as_can_be_seen() {
    let folder = folder(&[
        ("app.py", b"model = \"gpt-4\"\n"),
        ("models/a.pkl", b"cposix\nsystem\n(Vecho\ntR."),
        ("prompts/p.md", b"Be kind.\n"),
    ]);
    let ended = coseal(folder.path(), &["check", "--as-of", DAY]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(crate::harness::lasting(&ended.stdout), @r#"
    no system file · 3 files, 1 model file · checked in … s as of 2026-11-21, offline, nothing
      recorded

      live, log, drill, people: none judged yet

      1 Design       ? awareness  ? threats  ? secure-design  ? model-choice
      2 Development  ✗ supply-chain  ? assets  ? documentation  ? technical-debt
      3 Deployment   ? infrastructure  ? model-protection  ? incident-management  ? responsible-release
                     ? user-guidance
      4 Operation    ? behaviour-monitoring  ? input-monitoring  ? secure-updates  ? lessons-learned
      a guideline is ? while a must-check under it is unknown or stale, and no must-check fails

    ✗ supply-chain · model-files-scanned
      models/a.pkl at byte 0x16: calls posix.system("…")
      → do not load this file; ask its source for weights without code, such as safetensors

    ◐ technical-debt · ai-debt-low
      models/a.pkl: this model is kept as pickle
      → convert it to a format that holds only numbers, such as safetensors or ONNX
      app.py:1: the code names gpt-4, which its vendor moves to other models
      → name a snapshot, in one place


    Next  1 models/a.pkl at byte 0x16: do not load this file; ask its source for weights without code,
            such as safetensors → coseal scan --explain models/a.pkl
          2 describe the system in coseal.toml: coseal init
          3 models/a.pkl: convert it to a format that holds only numbers, such as safetensors or ONNX →
            coseal explain model-in-code-format
    "#);
}

#[test]
fn an_empty_folder_is_unknown_not_clean() {
    let folder = folder(&[]);
    let ended = coseal(folder.path(), &["check", "--as-of", DAY, "--gate"]);
    assert_eq!(ended.code, 1);
    let ended = coseal(folder.path(), &["check", "--as-of", DAY]);
    assert!(!ended.stdout.contains('✓'), "{}", ended.stdout);
}

/// Results fit a narrow terminal, but for names that can't be broken.
#[test]
fn results_fit_narrow_terminals() {
    let folder = crate::harness::copy_of("support-bot");
    let mut machine = crate::harness::Machine::new();
    let key = machine.path("key");
    let key = key.to_str().unwrap().to_owned();
    let key = key.as_str();
    assert_eq!(machine.coseal(folder.path(), &["evidence", "key", "new", key]).code, 0);
    let record = ["check", "--record", "--key", key, "--fail-on", "never"];
    assert_ne!(machine.coseal(folder.path(), &record).code, 2);
    for columns in ["40", "60"] {
        machine = machine.with("COLUMNS", columns);
        for arguments in [
            &["check"][..],
            &["check", "--verbose", "--gate"],
            &["scan", "."],
            &["scan", "--explain", "."],
            &["threats"],
            &["threats", "--path", "stranger-calls-tool:user:tool.refund"],
            &["impact", "models/intent.pkl"],
            &["evidence", "list"],
            &["evidence", "list", "--check", "alerts-handled", "--system", "other"],
            &["evidence", "verify"],
        ] {
            let shown = machine.coseal(folder.path(), arguments).stdout;
            let most: usize = columns.parse().unwrap();
            for line in shown.lines().filter(|line| line.chars().count() > most) {
                let words = line.split_whitespace().count();
                assert!(words <= 3, "{arguments:?} at {columns}: {line}");
            }
        }
    }
}

#[test]
fn evidence_list_knows_the_checks() {
    let folder = crate::harness::copy_of("support-bot");
    let ended = coseal(folder.path(), &["evidence", "list", "--check", "ai-debt-lwo"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("did you mean ai-debt-low?"), "{}", ended.stderr);
    let none = coseal(folder.path(), &["evidence", "list", "--check", "ai-debt-low"]);
    assert!(none.stdout.starts_with("nothing is on record of ai-debt-low"), "{}", none.stdout);
}

/// Ids that nobody compared with their framework stay in the data.
#[test]
fn explain_shows_only_what_is_verified_of_other_frameworks() {
    let folder = folder(&[]);
    for guideline in &coseal_core::catalogue::catalogue().guidelines {
        let shown = coseal(folder.path(), &["explain", &guideline.id]).stdout;
        assert!(shown.contains("ETSI EN 304 223 (V2.1.1): 5."), "{shown}");
        for unverified in ["G7", "ASD", "US Voluntary", "joint guidance", "Machine Learning", "26("]
        {
            assert!(!shown.contains(unverified), "{unverified} in {shown}");
        }
    }
}

#[test]
fn explain_answers_for_checks_guidelines_rules_and_typos() {
    let folder = folder(&[]);
    let ended = coseal(folder.path(), &["explain", "contacts-current"]);
    assert_eq!(ended.code, 0);
    insta::assert_snapshot!(ended.stdout, @r#"
    contacts-current

    should · people · guideline 3.3 incident-management: Develop incident management procedures

    Asks: contacts and legal reporting duties current.

    In an incident the first minutes go into finding the right people. This check wants the roles
    `incident` and `risk-owner`, each with a contact that was tried in the last 90 days.

    It fails when a role is missing, is unknown when a contact was never tried, and goes stale when the
    last try is too long ago. The day in the file is a statement, unsigned: a gate may ask for a signed
    one.

    To put it right
    Call or write to each contact and set `checked` to the day of the answer.

    How it is judged
      pass  in date

    Its evidence
      wants       a statement signed by a named role, expiring
      best grade  C
      holds for   90 days, while those facts are the same
      reads       `role`, `system` (id)

    Its findings
      role-missing (high)
        nobody is named for a role that every system needs
      contact-never-tried (low)
        a contact was never tried, as far as is known

    Example
    Nobody is named for incidents. Here the check is fail, and finds role-missing.

    Whoever carries the risk is not whom to call at night.

    `coseal.toml`, beside its table `[system]`:

        [role.risk-owner]
        contact = "mailto:risk@example.org"
        checked = "2026-11-20"

    In other frameworks
    Evidence for guideline 3.3 supports these, and shows none of them alone:

      - ETSI EN 304 223 (V2.1.1): 5.2.2-5, 5.2.1-3, 5.3.1-3
      - UK Code of Practice for the Cyber Security of AI (January 2025): P6, P10
      - EU AI Act, articles (Regulation (EU) 2024/1689): 20, 73
      - NIST AI RMF (1.0): GOVERN 4.3, MANAGE 2.3, MANAGE 2.4, MANAGE 4.1, MANAGE 4.3
      - ISO/IEC 42001 Annex A (2023): A.3.3, A.8.4
      - OWASP Top 10 for Agentic Applications (2026): ASI08, ASI10
      - OWASP AISVS sections (1.0): C9.6, C12.2
      - OWASP AI Exchange controls (2026-08 snapshot): SEC PROGRAM
      - MITRE ATLAS mitigations (5.6.0): AML.M0024

    Next
    Its place in the loop threat → control → test → release gate → run-time detector → incident → lesson
    → threat: incident.

        coseal check --verbose        # the state of contacts-current in this folder, and why
        coseal explain 3.3            # the other checks of its guideline
        coseal decide attest contacts-current --role ROLE --reason TEXT --for 365d
    "#);
    assert_eq!(coseal(folder.path(), &["explain", "2.1"]).code, 0);
    assert_eq!(coseal(folder.path(), &["explain", "supply-chain"]).code, 0);
    assert_eq!(coseal(folder.path(), &["explain", "asset-changed"]).code, 0);
    assert!(coseal(folder.path(), &["explain", "fails-closed"]).stdout.contains("Not built yet"));
    for name in ["stale", "not-applicable", "A", "d", "6", "70", "design", "must", "evidence list"]
    {
        assert_eq!(coseal(folder.path(), &["explain", name]).code, 0, "{name}");
    }
    for (typo, meant) in [("contact-current", "contacts-current"), ("unknwon", "unknown")] {
        let ended = coseal(folder.path(), &["explain", typo]);
        assert_eq!(ended.code, 2);
        assert!(ended.stderr.contains(&format!("did you mean {meant}?")), "{}", ended.stderr);
    }
    let all = coseal(folder.path(), &["explain"]).stdout;
    assert!(all.contains("1.1 awareness") && all.contains("lessons-shareable"), "{all}");
    let stages = ["1 Design", "2 Development", "3 Deployment", "4 Operation"].map(|s| all.find(s));
    assert!(stages.iter().all(Option::is_some) && stages.is_sorted());
}

#[test]
fn usage_errors_end_with_2_and_missing_folders_with_4() {
    let folder = folder(&[]);
    assert_eq!(coseal(folder.path(), &["chek"]).code, 2);
    assert_eq!(coseal(folder.path(), &["check", "--as-of", "soon"]).code, 2);
    assert_eq!(coseal(folder.path(), &["check", "not-there"]).code, 4);
    assert_eq!(coseal(folder.path(), &["scan", "not-there"]).code, 4);
    assert_eq!(coseal(folder.path(), &["--version"]).code, 0);
    assert!(coseal(folder.path(), &["completions", "bash"]).stdout.contains("coseal"));
}
