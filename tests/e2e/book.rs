//! The book: its links, its table of contents, and the tutorial, whose commands run.
//!
//! A block of commands in the tutorial may follow a comment: `<!-- exit 1 -->` says how its last command ends (`any`: one way or another;
//! without it: 0), `needs NAME` that it wants the command NAME, `<!-- elsewhere -->` that it is not about the folder and is not run. A block
//! of text behind it holds lines that the commands print, in that order.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Component, Path, PathBuf},
    process::Command,
};

use coseal::book;

use crate::harness::{Machine, copy_of, coseal, coseal_at, folder, root};

/// The Markdown files that people read, by their path from the root.
fn pages() -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    for start in ["docs", "examples"] {
        gather(&root().join(start), &mut pages);
    }
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"] {
        pages.insert(PathBuf::from(name), fs::read_to_string(root().join(name)).unwrap());
    }
    pages
}

fn gather(folder: &Path, pages: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let name = path.strip_prefix(root()).unwrap().to_owned();
            pages.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The targets of the links of a page, with its code left out.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for line in outside_blocks(text) {
        for part in line.split('`').step_by(2).collect::<String>().split("](").skip(1) {
            links.push(part.split(')').next().unwrap_or_default().to_owned());
        }
    }
    links
}

fn outside_blocks(text: &str) -> Vec<&str> {
    let mut fence = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mark = line.chars().take_while(|letter| *letter == '`').count();
        match fence {
            None if mark >= 3 => fence = Some(mark),
            None => lines.push(line),
            Some(open) if mark >= open => fence = None,
            Some(_) => {}
        }
    }
    lines
}

/// The anchors of a page, as forges and mdBook make them from its headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = outside_blocks(text).into_iter().filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

/// A path without `.` and `..`.
fn settled(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    let pages = pages();
    let mut broken = Vec::new();
    let mut count = 0;
    for (name, text) in &pages {
        for link in
            links(text).iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
        {
            count += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => name.clone(),
                path => settled(&name.parent().unwrap().join(path)),
            };
            let there = root().join(&target).exists();
            let anchored = anchor.is_empty()
                || pages.get(&target).is_some_and(|text| anchors(text).contains(anchor));
            if !there || !anchored {
                broken.push(format!("{}: {link}", name.display()));
            }
        }
    }
    assert!(count > 1_000, "{count} links");
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_page_of_the_book_is_in_its_table_of_contents_once() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let listed = links(&summary);
    let unique: BTreeSet<_> = listed.iter().map(|link| Path::new("docs").join(link)).collect();
    assert_eq!(unique.len(), listed.len(), "a page is listed twice");
    let all: BTreeSet<_> = pages()
        .into_keys()
        .filter(|name| name.starts_with("docs") && !name.ends_with("SUMMARY.md"))
        .collect();
    assert_eq!(unique, all);
}

/// What is generated, again; `cargo xtask generate --check` compares all of it.
#[test]
fn explain_prints_the_page_of_the_book() {
    let folder = folder(&[]);
    for (name, path) in [
        ("model-files-scanned", "checks/model-files-scanned.md"),
        ("supply-chain", "guidelines/2.1-supply-chain.md"),
        ("asset-changed", "rules/asset-changed.md"),
        ("evidence verify", "commands/evidence-verify.md"),
    ] {
        let printed = coseal(folder.path(), &["explain", name, "--format", "markdown"]).stdout;
        let page = fs::read_to_string(root().join("docs").join(path)).unwrap();
        assert!(page.ends_with(&printed), "{path} is stale: cargo xtask generate");
        let json = coseal(folder.path(), &["explain", name, "--format", "json"]).json();
        assert_eq!(json["page"]["path"], path);
    }
}

/// Only what can't be broken is wider than the terminal: words, and files that are shown as they stand.
#[test]
fn explain_and_help_fit_narrow_terminals() {
    let folder = folder(&[]);
    let mut asked: Vec<Vec<String>> = vec![vec!["explain".into()]];
    for name in [
        "contacts-current",
        "logging-lawful",
        "3.3",
        "stale",
        "A",
        "6",
        "design",
        "scan",
        "pickle-broken",
    ] {
        asked.push(vec!["explain".into(), name.into()]);
    }
    for (words, _) in book::commands() {
        let words = words.split_whitespace().map(str::to_owned);
        asked.push(words.chain(["--help".to_owned()]).collect());
    }
    for arguments in asked {
        for columns in [40, 60, 100] {
            let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
            let ended = coseal_at(folder.path(), &arguments, columns);
            assert_eq!(ended.code, 0, "{arguments:?}: {}", ended.stderr);
            for line in ended.stdout.lines().filter(|line| line.chars().count() > columns) {
                let words = line.split_whitespace().count();
                let shown_as_it_stands = line.starts_with("    ") && arguments[0] == "explain"
                    || line.starts_with("Usage: ");
                // A flag and its value stay together; so does what stands behind a list's bullet.
                let unbroken = words <= 3;
                assert!(shown_as_it_stands || unbroken, "{arguments:?} at {columns}: {line}");
            }
        }
    }
}

#[test]
fn nothing_is_said_by_colour_alone() {
    let folder = copy_of("support-bot");
    for arguments in
        [&["check", "--fail-on", "never"][..], &["explain", "stale"], &["scan", "."], &["--help"]]
    {
        let with = [arguments, &["--color", "always"]].concat();
        let coloured = coseal(folder.path(), &with).stdout;
        let plain = coseal(folder.path(), arguments).stdout;
        assert!(coloured.contains('\u{1b}') && !plain.contains('\u{1b}'), "{arguments:?}");
        let mut without = String::new();
        let mut in_escape = false;
        for letter in coloured.chars() {
            match letter {
                '\u{1b}' => in_escape = true,
                'm' if in_escape => in_escape = false,
                _ if !in_escape => without.push(letter),
                _ => {}
            }
        }
        assert_eq!(crate::harness::settled(&without), crate::harness::settled(&plain));
    }
}

#[test]
fn every_command_has_a_manual_page_that_parses() {
    let out = tempfile::tempdir().unwrap();
    let written = coseal(out.path(), &["man", "--all", "pages"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let commands = book::commands();
    assert_eq!(fs::read_dir(out.path().join("pages")).unwrap().count(), commands.len());
    for (words, _) in commands {
        let name = format!("coseal {words}").trim().replace(' ', "-");
        let page = fs::read_to_string(out.path().join(format!("pages/{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} 1")), "{name}");
        let words: Vec<_> = ["man"].into_iter().chain(words.split_whitespace()).collect();
        assert_eq!(coseal(out.path(), &words).stdout, page, "{name}");
        // Every request is one that the man macros know.
        for line in page.lines().filter(|line| line.starts_with('.')) {
            let request = line.split_whitespace().next().unwrap_or_default();
            let known = [
                ".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE", ".IP", ".br", ".ie", ".el", ".nf",
                ".fi", ".sp",
            ];
            assert!(known.contains(&request), "{name}: {line}");
        }
        assert_eq!(page.matches(".SH EXAMPLES").count(), 1, "{name}");
        assert!(page.is_ascii(), "{name}");
    }
    linted(&out.path().join("pages"));
    let typo = coseal(out.path(), &["man", "chekc"]);
    assert_eq!(typo.code, 2);
    assert!(typo.stderr.contains("did you mean check?"), "{}", typo.stderr);
}

/// What mandoc says of the pages; on a machine without it, a line says that nobody asked.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn linted(pages: &Path) {
    for entry in fs::read_dir(pages).unwrap() {
        let path = entry.unwrap().path();
        let ended = Command::new("mandoc").args(["-T", "lint", "-W", "error"]).arg(&path).output();
        let Ok(ended) = ended else { return eprintln!("skipped: mandoc is not installed") };
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "{said}");
    }
}

#[test]
fn every_shell_has_completions_that_know_the_commands() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = coseal(folder.path(), &["completions", shell]).stdout;
        for word in ["check", "evidence", "verify", "fail-on"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
        // The shell itself says whether it can read the script, where it is installed.
        let path = folder.path().join(shell);
        fs::write(&path, script).unwrap();
        if ["bash", "zsh", "fish"].contains(&shell)
            && let Ok(ended) = Command::new(shell).arg("-n").arg(&path).output()
        {
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
    }
}

/// A block of commands of the tutorial, and what they print.
struct Step {
    note: String,
    commands: Vec<String>,
    prints: Vec<String>,
}

fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut note = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(comment) = line.strip_prefix("<!--") {
            note = comment.trim_end_matches("-->").trim().to_owned();
        }
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<_> =
            lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
        match language {
            "sh" => steps.push(Step {
                note: std::mem::take(&mut note),
                commands: block,
                prints: Vec::new(),
            }),
            "text" => steps.last_mut().unwrap().prints.extend(block),
            _ => panic!("a block of {language} in the tutorial is neither sh nor text"),
        }
    }
    steps
}

#[test]
fn the_tutorial_does_what_it_says() {
    let text = fs::read_to_string(root().join("docs/tutorial.md")).unwrap();
    let place = tempfile::tempdir().unwrap();
    let system = place.path().join("support-bot");
    crate::harness::copy(&crate::harness::example("support-bot"), &system);
    let there: BTreeSet<String> = book::commands().into_iter().map(|(words, _)| words).collect();
    if there.contains("init") {
        fs::remove_file(system.join("coseal.toml")).unwrap();
        fs::remove_file(system.join("coseal.lock")).unwrap();
    }
    let machine = Machine::new();
    let mut ran = 0;
    for step in steps(&text) {
        let words: Vec<_> = step.note.split_whitespace().collect();
        let after = |word: &str| {
            words.iter().position(|other| *other == word).and_then(|at| words.get(at + 1)).copied()
        };
        let missing = after("needs").is_some_and(|needed| !there.contains(needed));
        if step.note == "elsewhere" || missing {
            continue;
        }
        let (mut code, mut printed) = (0, String::new());
        for line in &step.commands {
            let words: Vec<_> = line.split_whitespace().collect();
            match words.as_slice() {
                ["coseal", arguments @ ..] => {
                    let (arguments, into) = match arguments {
                        [arguments @ .., ">", path] => (arguments, Some(path)),
                        arguments => (arguments, None),
                    };
                    let ended = machine.coseal(&system, arguments);
                    if let Some(path) = into {
                        fs::write(system.join(path), &ended.stdout).unwrap();
                    }
                    code = ended.code;
                    printed.push_str(&ended.stdout);
                    assert_ne!(code, 2, "{line}: {}", ended.stderr);
                    assert_ne!(code, 70, "{line}: {}", ended.stderr);
                    ran += 1;
                }
                ["sed", "-i", pattern, path] => {
                    let word = pattern.trim_matches('\'').trim_matches(['/', 'd']);
                    let text = fs::read_to_string(system.join(path)).unwrap();
                    let kept = text.lines().filter(|line| !line.contains(word));
                    fs::write(
                        system.join(path),
                        kept.map(|l| format!("{l}\n")).collect::<String>(),
                    )
                    .unwrap();
                }
                ["rm", path] => fs::remove_file(system.join(path)).unwrap(),
                _ => panic!("the tutorial's test does not know `{line}`"),
            }
        }
        match after("exit") {
            Some("any") => {}
            wanted => assert_eq!(
                code.to_string(),
                wanted.unwrap_or("0"),
                "{:?}\n{printed}",
                step.commands
            ),
        }
        let mut rest = printed.as_str();
        for line in &step.prints {
            let at = rest.find(line.trim_end());
            rest = &rest[at.unwrap_or_else(|| panic!("{line}\nis not in\n{printed}"))..];
        }
    }
    assert!(ran >= 20, "{ran} commands");
}
