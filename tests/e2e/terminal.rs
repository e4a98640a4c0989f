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
      a guideline is ? while a must-check under it is unknown or stale, also when others fail

    ✗ supply-chain · model-files-scanned
      models/a.pkl at byte 0x16: calls posix.system("…")
      → do not load this file; ask its source for weights without code, such as safetensors

    ◐ technical-debt · ai-debt-low
      models/a.pkl: this model is kept as pickle
      → convert it to a format that holds only numbers, such as safetensors or ONNX
      app.py:1: the code names gpt-4, which its vendor moves to other models
      → name a snapshot, in one place


    Next  1 models/a.pkl at byte 0x16: do not load this file; ask its source for weights without
            code, such as safetensors
          2 describe the system in coseal.toml: README.md and docs/reference/system-file.md show how
          3 models/a.pkl: convert it to a format that holds only numbers, such as safetensors or ONNX
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

/// Ids that nobody compared with their framework stay in the data.
#[test]
fn explain_shows_only_what_is_verified_of_other_frameworks() {
    let folder = folder(&[]);
    for guideline in &coseal_core::catalogue::catalogue().guidelines {
        let shown = coseal(folder.path(), &["explain", &guideline.id]).stdout;
        assert!(shown.contains("supports ETSI EN 304 223 (V2.1.1): 5."), "{shown}");
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
    Asks: contacts and legal reporting duties current.

    In an incident the first minutes go into finding the right people. This check wants the roles
    `incident` and `risk-owner`, each with a contact that was tried in the last 90 days.

    It fails when a role is missing, is unknown when a contact was never tried, and goes stale when the
    last try is too long ago. The day in the file is a statement, unsigned: a gate may ask for a signed
    one.

    To put it right: call or write to each contact and set `checked` to the day of the answer.

      guideline    3.3 incident-management: Develop incident management procedures
      level        should
      scope        people
      evidence     a statement signed by a named role, expiring
      rule         pass in date
      holds for    90 days
      bound to     role, system
      findings     role-missing, contact-never-tried

    In other frameworks, guideline 3.3
      supports ETSI EN 304 223 (V2.1.1): 5.2.2-5, 5.2.1-3, 5.3.1-3
      supports UK Code of Practice for the Cyber Security of AI (January 2025): P6, P10
      supports EU AI Act, articles (Regulation (EU) 2024/1689): 20, 73
      supports NIST AI RMF (1.0): GOVERN 4.3, MANAGE 2.3, MANAGE 2.4, MANAGE 4.1, MANAGE 4.3
      supports ISO/IEC 42001 Annex A (2023): A.3.3, A.8.4
      supports OWASP Top 10 for Agentic Applications (2026): ASI08, ASI10
      supports OWASP AISVS sections (1.0): C9.6, C12.2
      supports OWASP AI Exchange controls (2026-08 snapshot): SEC PROGRAM
      supports MITRE ATLAS mitigations (5.6.0): AML.M0024
    "#);
    assert_eq!(coseal(folder.path(), &["explain", "2.1"]).code, 0);
    assert_eq!(coseal(folder.path(), &["explain", "supply-chain"]).code, 0);
    assert_eq!(coseal(folder.path(), &["explain", "asset-changed"]).code, 0);
    assert!(coseal(folder.path(), &["explain", "fails-closed"]).stdout.contains("not built yet"));
    let typo = coseal(folder.path(), &["explain", "contact-current"]);
    assert_eq!(typo.code, 2);
    assert!(typo.stderr.contains("did you mean contacts-current?"), "{}", typo.stderr);
    let all = coseal(folder.path(), &["explain"]).stdout;
    assert!(all.contains("1.1 awareness") && all.contains("lessons-shareable"));
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
