//! What help says of the commands beside their own words: the part of the guidelines that each belongs to, its examples, the
//! headings of its options. A command that is missing here fails a test.

mod examples;

use clap::Command;

use self::examples::{EXAMPLES, Shown};
use crate::render::style::{BOLD, styled, wrap};

/// The commands, grouped as the guidelines are.
pub(crate) const PARTS: &[(&str, &[&str])] = &[
    ("Design", &["init", "check", "threats", "decide"]),
    ("Develop", &["scan", "convert", "assets"]),
    ("Deploy", &[]),
    ("Operate", &[]),
    ("Always", &["report", "evidence", "impact", "explain", "completions", "man"]),
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
            assert!(!examples(path).is_empty(), "`coseal {path}` has no example in cli/guide/");
        }
        for (path, _) in EXAMPLES {
            assert!(paths.iter().any(|known| known == path), "there is no command {path}");
        }
        let parts: Vec<_> = PARTS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut top: Vec<_> = root.get_subcommands().map(Command::get_name).collect();
        let mut named = parts.clone();
        top.sort_unstable();
        named.sort_unstable();
        assert_eq!(top, named, "PARTS in cli/guide/, and the commands that there are");
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
