//! The pages of commands, from the command line itself.

use clap::{Arg, Command};

use super::page::{Page, sentence};
use crate::cli::{self, guide};

/// The command line as pages show it.
#[must_use]
pub fn command() -> Command {
    let mut root = cli::command(90);
    root.build();
    root
}

/// Every command with its words, the root's first: each once, a parent before its own.
#[must_use]
pub fn commands() -> Vec<(String, Command)> {
    let mut all = Vec::new();
    walk("", &command(), &mut all);
    all
}

fn walk(path: &str, at: &Command, all: &mut Vec<(String, Command)>) {
    all.push((path.to_owned(), at.clone()));
    for sub in below(at) {
        walk(format!("{path} {}", sub.get_name()).trim(), sub, all);
    }
}

fn below(at: &Command) -> impl Iterator<Item = &Command> {
    at.get_subcommands().filter(|sub| sub.get_name() != "help")
}

/// What commands are called, without `coseal`.
pub(super) fn names() -> Vec<String> {
    commands().into_iter().map(|(path, _)| path).filter(|path| !path.is_empty()).collect()
}

/// The page of a command, by its words.
pub(super) fn find(name: &str) -> Option<Page> {
    let (path, command) =
        commands().into_iter().find(|(path, _)| !path.is_empty() && path == name)?;
    Some(page(&path, &command))
}

/// All pages, the one that leads to the others first.
pub(super) fn pages() -> Vec<Page> {
    let mut pages = vec![index()];
    pages.extend(
        commands().iter().filter(|(path, _)| !path.is_empty()).map(|(path, at)| page(path, at)),
    );
    pages
}

fn path_of(words: &str) -> String {
    format!("commands/{}.md", words.replace(' ', "-"))
}

fn index() -> Page {
    let root = command();
    let mut page = Page::new("commands/README.md", "Commands");
    about(&mut page, &root);
    for (part, names) in guide::PARTS.iter().filter(|(_, names)| !names.is_empty()) {
        page.heading(*part);
        let found = names.iter().filter_map(|name| root.find_subcommand(name));
        page.table(&["command", "what it does"], found.map(|sub| row("", sub)).collect());
    }
    options(&mut page, &root);
    page.heading("Exit codes");
    page.text("Every command ends with one of [these](words.md#exit-codes). When several hold: 70, 3, 5, 4, 1, 6.");
    page
}

fn row(path: &str, sub: &Command) -> Vec<String> {
    let words = format!("{path} {}", sub.get_name()).trim().to_owned();
    let what = sub.get_about().map(ToString::to_string).unwrap_or_default();
    vec![format!("[coseal {words}]({})", path_of(&words)), sentence(&what)]
}

fn page(path: &str, at: &Command) -> Page {
    let mut page = Page::new(path_of(path), format!("coseal {path}"));
    about(&mut page, at);
    page.heading("Usage");
    page.code("text", usage(at));
    let subs: Vec<_> = below(at).map(|sub| row(path, sub)).collect();
    if !subs.is_empty() {
        page.heading("Commands below it");
        page.table(&["command", "what it does"], subs);
    }
    let arguments: Vec<_> = at.get_positionals().map(argument).collect();
    if !arguments.is_empty() {
        page.heading("Arguments");
        page.table(&["argument", "what it is"], arguments);
    }
    options(&mut page, at);
    if let Some(exits) = guide::exits(path) {
        page.heading("Exit codes");
        page.text(exits);
    }
    page.heading("Examples");
    for (line, what) in guide::examples(path) {
        page.text(sentence(what));
        page.code("sh", line);
    }
    page
}

/// Text that ends as a sentence does.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    let stop = if text.is_empty() || text.ends_with(['.', '?', ':', '`']) { "" } else { "." };
    format!("{text}{stop}")
}

fn usage(at: &Command) -> String {
    let usage = at.clone().render_usage().to_string();
    usage.trim_start_matches("Usage: ").to_owned()
}

fn about(page: &mut Page, at: &Command) {
    let about = at.get_long_about().or_else(|| at.get_about());
    for paragraph in about.map(ToString::to_string).unwrap_or_default().split("\n\n") {
        page.text(ended(paragraph));
    }
}

/// Options, a table for each heading.
fn options(page: &mut Page, at: &Command) {
    let shown = |arg: &&Arg| !arg.is_positional() && !arg.is_hide_set();
    let all: Vec<_> = at.get_arguments().filter(shown).collect();
    let mut headings: Vec<&str> = Vec::new();
    for arg in &all {
        let heading = arg.get_help_heading().unwrap_or("Options");
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    // What every command has stands last.
    headings.sort_by_key(|heading| (*heading == "Options", *heading == "Output"));
    for heading in headings {
        page.heading(heading);
        let under = all.iter().filter(|arg| arg.get_help_heading().unwrap_or("Options") == heading);
        page.table(&["option", "what it does"], under.map(|arg| argument(arg)).collect());
    }
}

fn argument(arg: &Arg) -> Vec<String> {
    let names = arg.get_value_names().unwrap_or_default();
    let values: Vec<_> = names.iter().map(|name| name.to_string()).collect();
    let takes = arg.get_action().takes_values();
    let value = if takes { values.join(" ") } else { String::new() };
    let long = arg.get_long().map(|long| format!("--{long}"));
    let short = arg.get_short().map(|short| format!("-{short}"));
    let flags = [short, long].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let name = format!("`{}`", format!("{flags} {value}").trim());
    vec![name, told(arg)]
}

fn told(arg: &Arg) -> String {
    let help = arg.get_long_help().or_else(|| arg.get_help());
    let mut out = sentence(&help.map(ToString::to_string).unwrap_or_default().replace('\n', " "));
    if !arg.get_action().takes_values() {
        return out;
    }
    let values = arg.get_possible_values();
    let values: Vec<_> = values.iter().filter(|value| !value.is_hide_set()).collect();
    if !values.is_empty() && arg.get_id() != "color" {
        let one = |value: &&clap::builder::PossibleValue| match value.get_help() {
            Some(help) => {
                format!("`{}` ({})", value.get_name(), help.to_string().trim_end_matches('.'))
            }
            None => format!("`{}`", value.get_name()),
        };
        out.push_str(&format!(
            " One of {}.",
            values.iter().map(one).collect::<Vec<_>>().join(", ")
        ));
    }
    let default: Vec<_> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() && !out.contains("default:") {
        out.push_str(&format!(" Left out: `{}`.", default.join(" ")));
    }
    out
}
