//! `coseal man`.

use std::{fs, io::Write as _, path::PathBuf};

use clap::Command;
use clap_mangen::Man;
use coseal_core::exit::ExitCode;

use super::{command, complain, guide, output::print};

/// Print the manual page of a command, or write all of them.
///
/// A page is roff, section 1: `coseal man check | man -l -` shows it. With --all every command gets a file,
/// coseal-check.1 and so on; put them into a folder that man looks in.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The command, as in `evidence verify`; left out: coseal itself.
    #[arg(value_name = "COMMAND", conflicts_with = "all")]
    words: Vec<String>,
    /// Write every page into this folder.
    #[arg(long, value_name = "DIR")]
    all: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let mut root = command(80);
    root.build();
    if let Some(folder) = &args.all {
        return match all(&root, folder) {
            Ok(count) => print(&format!("wrote {count} pages\n"), ExitCode::Clean),
            Err(error) => {
                complain(&format!("failed to write the pages ({})", error.kind()));
                ExitCode::Environment
            }
        };
    }
    let mut at = &root;
    for word in &args.words {
        let Some(sub) = at.find_subcommand(word) else {
            let names = at.get_subcommands().map(Command::get_name);
            let hint = coseal_core::nearest::nearest(word, names).map_or_else(
                || "`coseal --help` lists them".to_owned(),
                |name| format!("did you mean {name}?"),
            );
            complain(&format!("there is no such command; {hint}"));
            return ExitCode::Usage;
        };
        at = sub;
    }
    match page(at, &args.words.join(" ")) {
        Ok(roff) => print(&roff, ExitCode::Clean),
        Err(_) => ExitCode::Bug,
    }
}

/// Writes the page of each command; how many there are.
fn all(root: &Command, folder: &std::path::Path) -> std::io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut open = vec![(String::new(), root)];
    let mut count = 0;
    while let Some((path, at)) = open.pop() {
        let name = format!("coseal {path}").trim().replace(' ', "-");
        fs::write(folder.join(format!("{name}.1")), page(at, &path)?)?;
        count += 1;
        for sub in at.get_subcommands().filter(|sub| sub.get_name() != "help") {
            open.push((format!("{path} {}", sub.get_name()).trim().to_owned(), sub));
        }
    }
    Ok(count)
}

/// The page of a command, as roff.
fn page(at: &Command, path: &str) -> std::io::Result<String> {
    let name = format!("coseal {path}").trim().replace(' ', "-");
    let man = Man::new(at.clone().display_name(&name))
        .title(name)
        .section("1")
        .source(concat!("coseal ", env!("CARGO_PKG_VERSION")));
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if at.get_subcommands().any(|sub| sub.get_name() != "help") {
        man.render_subcommands_section(&mut out)?;
    }
    if let Some(exits) = guide::exits(path) {
        writeln!(out, ".SH \"EXIT STATUS\"\n{}", roff(exits))?;
    }
    writeln!(out, ".SH EXAMPLES")?;
    for (line, what) in guide::examples(path) {
        writeln!(out, ".TP\n{}\n{}", roff(line), roff(what))?;
    }
    Ok(in_ascii(&String::from_utf8_lossy(&out)))
}

/// The same page for every roff: letters beyond ASCII by their numbers.
fn in_ascii(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    for letter in page.chars() {
        match letter.is_ascii() {
            true => out.push(letter),
            false => out.push_str(&format!("\\[u{:04X}]", u32::from(letter))),
        }
    }
    out
}

/// Text as roff shows it: nothing in it is a request.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::{in_ascii, page, roff};
    use crate::cli::command;

    #[test]
    fn a_page_has_its_sections_in_order() {
        let mut root = command(80);
        root.build();
        let text = page(root.find_subcommand("check").unwrap(), "check").unwrap();
        let sections = [
            ".TH coseal-check 1",
            ".SH NAME",
            ".SH SYNOPSIS",
            ".SH OPTIONS",
            ".SH \"EXIT STATUS\"",
            ".SH EXAMPLES",
        ];
        let places = sections.map(|section| text.find(section));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{text}");
    }

    #[test]
    fn letters_beyond_ascii_are_numbers() {
        assert_eq!(in_ascii("a … b"), "a \\[u2026] b");
    }

    #[test]
    fn text_is_no_request() {
        assert_eq!(roff(".so \\x -v"), "\\&.so \\ex \\-v");
    }
}
