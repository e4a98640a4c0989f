//! What help says of the commands beside their own words: the part of the guidelines that each belongs to, its examples, the
//! headings of its options. A command that is missing here fails a test.

use clap::Command;

use crate::render::style::{BOLD, styled, wrap};

/// The commands, grouped as the guidelines are.
pub(crate) const PARTS: &[(&str, &[&str])] = &[
    ("Design", &["init", "check", "decide"]),
    ("Develop", &["scan"]),
    ("Deploy", &[]),
    ("Operate", &[]),
    ("Always", &["evidence", "impact", "explain", "completions", "man"]),
];

/// A command line, and what it does.
type Shown = (&'static str, &'static str);

/// Examples of each command, by its name without `coseal`.
const EXAMPLES: &[(&str, &[Shown])] = &[
    (
        "",
        &[
            (
                "coseal init",
                "describe the AI system in this folder: write coseal.toml from what is found",
            ),
            ("coseal check", "judge it"),
            ("coseal scan models/", "is it safe to load these model files?"),
            ("coseal explain stale", "what a word, check or finding means"),
        ],
    ),
    (
        "init",
        &[
            ("coseal init", "write coseal.toml from what is found, asking five questions at most"),
            ("coseal init --kind rag --yes", "ask nothing; what you alone know is marked TODO"),
            (
                "coseal init --diff",
                "what files show and coseal.toml lacks, and the other way round",
            ),
            ("coseal init --update", "add what lacks, and leave the rest as it is"),
        ],
    ),
    (
        "check",
        &[
            ("coseal check", "judge this folder, as far as it can be seen"),
            (
                "coseal check --verbose services/bot",
                "every check of another folder, with its reason",
            ),
            (
                "coseal check --gate merge --format sarif",
                "in a pull request: fail unless what files can answer is known and right",
            ),
            (
                "coseal check --record --key ~/keys/runner",
                "and sign every outcome into the evidence store",
            ),
            (
                "coseal check --baseline earlier.sarif",
                "fail only on what is new since an earlier run",
            ),
        ],
    ),
    (
        "decide",
        &[
            (
                "coseal decide attest training-completed --help",
                "what a statement about a check takes",
            ),
            (
                "coseal decide waive ai-debt-low --role owner --reason \"no snapshot yet\" --control \"a nightly probe\" --for 90d",
                "carry a risk for ninety days, unsigned",
            ),
        ],
    ),
    (
        "decide attest",
        &[
            (
                "coseal decide attest training-completed --privileged 12 --completed 12 --evidence 'the list of the course=docs/training.csv' --role risk-owner --reason \"all have done this year's course\" --for 365d --key ~/.ssh/id_ed25519",
                "in numbers, on a list, signed",
            ),
            (
                "coseal decide attest logging-lawful --basis consent --notice \"the help page on privacy\" --role privacy --reason \"asked at sign-up\" --for 365d",
                "on which ground a log is kept",
            ),
        ],
    ),
    (
        "decide waive",
        &[
            (
                "coseal decide waive ai-debt-low --role owner --reason \"no snapshot yet\" --control \"a nightly probe\" --for 90d --key ~/.ssh/id_ed25519",
                "accept its present findings for ninety days",
            ),
            (
                "coseal decide waive ai-debt-low --renews decisions/2026-08-23-waive-ai-debt-low.toml --role risk-owner --reason \"still none\" --control \"a nightly probe\" --for 90d",
                "renew a waiver that ends",
            ),
        ],
    ),
    (
        "decide choose",
        &[(
            "coseal decide choose model.chat --chosen large --option 'large=withstood more attacks' --option 'small=cheaper, gave in more often' --criterion 'withstands injection' --evidence docs/compared.csv --role owner --reason \"the best of two\"",
            "two options, what they were measured by, the results",
        )],
    ),
    (
        "decide threat",
        &[
            (
                "coseal decide threat prompt-leaks --accept --severity low --role risk-owner --reason \"the prompt is public\" --for 180d",
                "carry it until a day",
            ),
            (
                "coseal decide threat poisoned-data --mitigate --control datasets-documented --role owner --reason \"every source is known\"",
                "name the checks of its controls",
            ),
        ],
    ),
    (
        "decide exempt",
        &[(
            "coseal decide exempt restore-drilled --role owner --reason \"the weights are bought anew\" --for 365d",
            "the question does not arise, for a year",
        )],
    ),
    (
        "decide sign",
        &[(
            "coseal decide sign decisions/2026-11-21-exempt-restore-drilled.toml --key ~/.ssh/id_ed25519",
            "sign a decision that is written already",
        )],
    ),
    (
        "scan",
        &[
            ("coseal scan model.pkl", "one line: what loading it would do"),
            ("coseal scan --explain models/", "every finding in a folder, with its place"),
            ("coseal scan --full --format json models/", "with digests, for machines"),
        ],
    ),
    (
        "evidence",
        &[
            ("coseal evidence key new ~/keys/runner", "first: a key for this writer"),
            ("coseal check --record --key ~/keys/runner", "then: judge, and sign"),
            ("coseal evidence verify", "is everything as it was written?"),
        ],
    ),
    ("evidence key", &[("coseal evidence key new ~/keys/runner", "a key for one writer")]),
    (
        "evidence key new",
        &[("coseal evidence key new ~/keys/runner", "prints its lines for a trust root")],
    ),
    (
        "evidence key rotate",
        &[(
            "coseal evidence key rotate old.pub --new new.pub --reason \"yearly\" --sign old --key ~/keys/runner",
            "signed by the old key itself",
        )],
    ),
    (
        "evidence key revoke",
        &[(
            "coseal evidence key revoke lost.pub --reason \"lost\" --sign owner --sign risk --key ~/keys/runner",
            "signed by two roles, as the key is gone",
        )],
    ),
    (
        "evidence list",
        &[
            ("coseal evidence list", "the newest record of each check"),
            ("coseal evidence list --check ai-debt-low --last 5", "the last five of one"),
        ],
    ),
    (
        "evidence show",
        &[
            ("coseal evidence show 3fa9", "by the first digits of its id"),
            ("coseal evidence show --envelope 3fa9", "the signed envelope, byte for byte"),
        ],
    ),
    (
        "evidence verify",
        &[
            ("coseal evidence verify", "every signature, every place in the log"),
            (
                "coseal evidence verify --trust ~/trust/support-bot.toml",
                "and whose signatures they are",
            ),
        ],
    ),
    (
        "evidence prove",
        &[("coseal evidence prove 3fa9", "a proof that others can check without coseal")],
    ),
    (
        "evidence export",
        &[
            ("coseal evidence export --format oscal", "OSCAL assessment results of this folder"),
            (
                "coseal evidence export --format bundle services/bot",
                "the signed envelopes of another",
            ),
        ],
    ),
    (
        "evidence push",
        &[
            ("coseal evidence push git:.", "to refs/coseal/evidence of this repository"),
            ("coseal evidence push folder:/mnt/evidence", "to a folder"),
        ],
    ),
    (
        "evidence pull",
        &[("coseal evidence pull git:.", "from refs/coseal/evidence of this repository")],
    ),
    (
        "evidence schedule",
        &[(
            "coseal evidence schedule --every 7d --key ~/keys/runner",
            "a longer time without a run shows",
        )],
    ),
    (
        "impact",
        &[
            ("coseal impact models/intent.pkl", "what a change of this file would make stale"),
            ("coseal impact model.chat.location", "and of a field of the system file"),
        ],
    ),
    (
        "explain",
        &[
            (
                "coseal explain model-files-scanned",
                "a check: what it asks, and how to put it right",
            ),
            ("coseal explain 2.1", "a guideline, by number or name"),
            ("coseal explain stale", "a state; also a grade (A) or an exit code (6)"),
            ("coseal explain evidence verify", "a command"),
        ],
    ),
    (
        "completions",
        &[
            ("coseal completions bash > ~/.local/share/bash-completion/completions/coseal", "bash"),
            (
                "coseal completions zsh > ~/.zfunc/_coseal",
                "zsh, with fpath+=~/.zfunc before compinit in .zshrc",
            ),
            ("coseal completions fish > ~/.config/fish/completions/coseal.fish", "fish"),
            ("coseal completions powershell >> $PROFILE", "PowerShell"),
            ("coseal completions elvish >> ~/.config/elvish/rc.elv", "elvish"),
        ],
    ),
    (
        "man",
        &[
            ("coseal man check | man -l -", "read a page"),
            (
                "coseal man --all ~/.local/share/man/man1",
                "write all of them, so that man coseal works",
            ),
        ],
    ),
];

/// Exit codes that a command's own words do not tell.
const EXITS: &[(&str, &str)] = &[(
    "check",
    "\
Exit codes: 0 nothing at or above the threshold, and every file in scope was read; 1 findings, or a gate that did not open; \
3 the system file is invalid; 4 a folder that can't be read; 5 coseal's own records are broken; 6 something could not be \
read or judged. coseal explain 6 tells more.",
)];

/// The examples of a command.
pub(crate) fn examples(path: &str) -> &'static [Shown] {
    EXAMPLES.iter().find(|(name, _)| *name == path).map_or(&[], |(_, examples)| examples)
}

/// The exit codes of a command, where its own words do not tell them.
pub(crate) fn exits(path: &str) -> Option<&'static str> {
    EXITS.iter().find(|(name, _)| *name == path).map(|(_, exits)| *exits)
}

/// A command with all that help says of it, for so many columns.
pub(super) fn taught(command: Command, width: usize) -> Command {
    let groups = groups(&command, width);
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}{}\n{{options}}{{after-help}}",
        styled(BOLD, "Options:")
    );
    with_examples(command, "", width).help_template(template)
}

fn with_examples(mut command: Command, path: &str, width: usize) -> Command {
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let below = format!("{path} {name}").trim().to_owned();
        command = command.mut_subcommand(name, |sub| with_examples(sub, &below, width));
    }
    let top = path.split(' ').next().unwrap_or_default().to_owned();
    command = command.mut_args(|arg| match heading(&top, arg.get_id().as_str()) {
        Some(heading) if arg.get_help_heading().is_none() && !arg.is_positional() => {
            arg.help_heading(heading)
        }
        _ => arg,
    });
    let mut after = after(path, width);
    if let Some(own) = command.get_after_help() {
        after = format!("{after}\n{own}");
    }
    command.term_width(width).after_help(after.trim_end().to_owned())
}

/// The heading that an option stands under.
fn heading(top: &str, option: &str) -> Option<&'static str> {
    Some(match (top, option) {
        (_, "format" | "quiet" | "verbose" | "envelope" | "dry_run") => "Output",
        (_, "gate" | "fail_on" | "baseline") => "What makes it fail",
        ("decide", "key") => "Signing",
        (
            "decide",
            "role" | "reason" | "expires" | "lasting" | "evidence" | "environment" | "renews",
        ) => "Every decision",
        (_, "key" | "record") => "Evidence",
        (_, "path" | "system" | "as_of" | "local" | "full" | "environment") => "What is looked at",
        _ => return None,
    })
}

fn after(path: &str, width: usize) -> String {
    let mut out = String::new();
    if let Some(exits) = exits(path) {
        out.push_str(&wrap(exits, width, "", ""));
        out.push('\n');
    }
    out.push_str(&styled(BOLD, "Examples:"));
    out.push('\n');
    for (line, what) in examples(path) {
        out.push_str(&broken(line, width, 2));
        out.push_str(&wrap(what, width, "      ", "      "));
    }
    out
}

/// A command line broken as a shell takes it.
pub(crate) fn broken(line: &str, width: usize, indent: usize) -> String {
    let margin = " ".repeat(indent.saturating_sub(1));
    let mut out = margin.clone();
    let mut column = margin.len();
    for (index, word) in words(line).iter().enumerate() {
        let length = word.chars().count() + 1;
        if index > 0 && column + length + 2 > width {
            out.push_str(" \\\n    ");
            out.push_str(&margin);
            column = margin.len() + 4;
        }
        out.push(' ');
        out.push_str(word);
        column += length;
    }
    out.push('\n');
    out
}

/// The words of a command line, with their quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in line.chars() {
        match quote {
            None if letter == ' ' => {
                words.push(String::new());
                continue;
            }
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if open == letter => quote = None,
            _ => {}
        }
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    words
}

/// The commands under the parts of the guidelines; what has no part yet, last.
fn groups(command: &Command, width: usize) -> String {
    let named = |name: &str| PARTS.iter().any(|(_, names)| names.contains(&name));
    let mut out = String::new();
    for (part, names) in PARTS {
        list(&mut out, part, names.iter().filter_map(|name| command.find_subcommand(name)), width);
    }
    list(&mut out, "Other", command.get_subcommands().filter(|sub| !named(sub.get_name())), width);
    out
}

fn list<'a>(
    out: &mut String,
    part: &str,
    commands: impl Iterator<Item = &'a Command>,
    width: usize,
) {
    let start = out.len();
    for command in commands {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let about = about.lines().next().unwrap_or_default();
        let head = format!("  {:<13}", command.get_name());
        out.push_str(&wrap(about, width, &head, "               "));
    }
    if out.len() > start {
        out.insert_str(start, &format!("{}\n", styled(BOLD, &format!("{part}:"))));
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _};

    use super::{EXAMPLES, PARTS, broken, examples, words};
    use crate::cli::{Cli, command};

    fn walk(command: &Command, path: &str, see: &mut impl FnMut(&str, &Command)) {
        see(path, command);
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            walk(sub, format!("{path} {}", sub.get_name()).trim(), see);
        }
    }

    #[test]
    fn every_command_has_a_part_and_examples_and_none_is_made_up() {
        let root = Cli::command();
        let mut paths = Vec::new();
        walk(&root, "", &mut |path, _| paths.push(path.to_owned()));
        for path in &paths {
            assert!(!examples(path).is_empty(), "`coseal {path}` has no example in cli/guide.rs");
        }
        for (path, _) in EXAMPLES {
            assert!(paths.iter().any(|known| known == path), "there is no command {path}");
        }
        let parts: Vec<_> = PARTS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut top: Vec<_> = root.get_subcommands().map(Command::get_name).collect();
        let mut named = parts.clone();
        top.sort_unstable();
        named.sort_unstable();
        assert_eq!(top, named, "PARTS in cli/guide.rs, and the commands that there are");
    }

    #[test]
    fn every_example_is_a_command_line_that_parses() {
        for (line, _) in EXAMPLES.iter().flat_map(|(_, examples)| examples.iter()) {
            let line = line.split([';', '|', '>']).next().unwrap_or_default().trim();
            let words = words(line).into_iter().map(|word| word.replace(['"', '\''], ""));
            let parsed = command(100).try_get_matches_from(words);
            let asked = matches!(&parsed, Err(error) if error.kind() == clap::error::ErrorKind::DisplayHelp);
            assert!(parsed.is_ok() || asked, "{line}: {}", parsed.unwrap_err());
        }
    }

    #[test]
    fn every_command_begins_with_one_sentence_and_every_option_says_something() {
        walk(&Cli::command(), "", &mut |path, command| {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_empty() && !about.contains('\n'), "{path}: {about}");
            assert!(about.chars().count() <= 100, "{path}: {about}");
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                assert!(arg.get_help().is_some(), "{path} {} has no help", arg.get_id());
            }
        });
    }

    #[test]
    fn long_command_lines_break_as_a_shell_takes_them() {
        assert_eq!(
            broken("coseal scan 'a b' --full", 18, 2),
            "  coseal scan \\\n      'a b' \\\n      --full\n"
        );
    }
}
