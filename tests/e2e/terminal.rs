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
    insta::assert_snapshot!(crate::harness::settled(&ended.stdout), @"");
}

#[test]
fn an_empty_folder_is_unknown_not_clean() {
    let folder = folder(&[]);
    let ended = coseal(folder.path(), &["check", "--as-of", DAY, "--gate"]);
    assert_eq!(ended.code, 1);
    let ended = coseal(folder.path(), &["check", "--as-of", DAY]);
    assert!(!ended.stdout.contains('✓'), "{}", ended.stdout);
}

#[test]
fn explain_answers_for_checks_guidelines_rules_and_typos() {
    let folder = folder(&[]);
    let ended = coseal(folder.path(), &["explain", "contacts-current"]);
    assert_eq!(ended.code, 0);
    insta::assert_snapshot!(ended.stdout, @"");
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
