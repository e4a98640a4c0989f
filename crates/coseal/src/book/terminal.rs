//! A page on a terminal.

use std::fmt::Write as _;

use super::page::{Block, Page};
use crate::{
    cli::guide::broken,
    render::style::{BOLD, DIM, styled, wrap},
};

/// Columns that the first column of a table may take.
const FIRST: usize = 22;
/// Fewer columns than these have no room for two beside each other.
const NARROW: usize = 60;

impl Page {
    /// The page in so many columns.
    #[must_use]
    pub fn terminal(&self, width: usize) -> String {
        let mut out = styled(BOLD, wrap(&plain(&self.title), width, "", "").trim_end());
        out.push('\n');
        let mut after_heading = false;
        for block in &self.blocks {
            if !after_heading {
                out.push('\n');
            }
            after_heading = matches!(block, Block::Heading(_) | Block::Subheading(_));
            out.push_str(&terminal(block, width));
        }
        out
    }
}

fn terminal(block: &Block, width: usize) -> String {
    match block {
        Block::Heading(text) | Block::Subheading(text) => {
            format!("{}\n", styled(BOLD, wrap(&plain(text), width, "", "").trim_end()))
        }
        Block::Text(text) => wrap(&plain(text), width, "", ""),
        Block::List(points) => {
            points.iter().map(|point| wrap(&plain(point), width, "  - ", "    ")).collect()
        }
        Block::Table { rows, .. } => table(rows, width),
        Block::Code { language, text } if language == "sh" => {
            text.lines().map(|line| shell(line, width)).collect()
        }
        Block::Code { text, .. } => text.lines().map(|line| format!("    {line}\n")).collect(),
    }
}

/// A command line; where there is no room beside it, its comment stands below, and it breaks as a shell takes it.
fn shell(line: &str, width: usize) -> String {
    if line.chars().count() + 4 <= width {
        return format!("    {line}\n");
    }
    let (command, comment) = line.split_once("  # ").unwrap_or((line, ""));
    let mut out = broken(command.trim_end(), width, 4);
    if !comment.is_empty() {
        out.push_str(&styled(DIM, wrap(comment, width, "      # ", "      # ").trim_end()));
        out.push('\n');
    }
    out
}

/// Rows of two cells beside each other where there is room; else a cell, and the others below it.
fn table(rows: &[Vec<String>], width: usize) -> String {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let longest = cells.iter().filter_map(|row| row.first()).map(|cell| cell.chars().count()).max();
    let first = longest.unwrap_or_default();
    let beside = first <= FIRST && width >= NARROW && cells.iter().all(|row| row.len() == 2);
    let mut out = String::new();
    for row in &cells {
        let Some((name, rest)) = row.split_first() else { continue };
        if beside {
            let text = rest.first().map(String::as_str).unwrap_or_default();
            let head = format!("  {} ", styled(BOLD, &format!("{name:<first$} ")));
            out.push_str(&wrap(text, width, &head, &" ".repeat(first + 4)));
            continue;
        }
        let (last, middle) = rest.split_last().map_or(("", rest), |(last, rest)| (last, rest));
        let middle: Vec<_> = middle.iter().filter(|cell| !cell.is_empty()).cloned().collect();
        let middle = middle.join(", ");
        let _ = match middle.as_str() {
            "" => writeln!(out, "  {}", styled(BOLD, name)),
            middle if name.chars().count() + middle.chars().count() + 5 > width => {
                writeln!(out, "  {}\n    {}", styled(BOLD, name), styled(DIM, middle))
            }
            middle => {
                writeln!(out, "  {} {}", styled(BOLD, name), styled(DIM, &format!("({middle})")))
            }
        };
        if !last.is_empty() {
            out.push_str(&wrap(last, width, "    ", "    "));
        }
    }
    out
}

/// Stands for code.
const CODE: &str = "\0";

/// Without the marks of links and of what is strong; code keeps its backticks.
fn plain(text: &str) -> String {
    // A link's label may be code: what code says stands aside while links are resolved.
    let mut words = text.split('`').skip(1).step_by(2);
    let rest: Vec<_> = text.split('`').step_by(2).map(|part| part.replace('*', "")).collect();
    let mut out = String::new();
    for (index, part) in without_links(&rest.join(CODE)).split(CODE).enumerate() {
        if index > 0 {
            out.push_str(&format!("`{}`", words.next().unwrap_or_default()));
        }
        out.push_str(part);
    }
    // A backtick without its other half.
    words.for_each(|word| out.push_str(&format!("`{word}")));
    out
}

fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (start, label) = before.rsplit_once('[').unwrap_or((before, ""));
        out.push_str(start);
        out.push_str(label);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{plain, shell, table};

    #[test]
    fn links_become_their_text() {
        assert_eq!(plain("see [a](b.md) and **c**, `d](e`"), "see a and c, `d](e`");
        assert_eq!(plain("by [`coseal scan`](scan.md), `x`"), "by `coseal scan`, `x`");
    }

    #[test]
    fn a_comment_stands_below_where_there_is_no_room() {
        let line = "coseal check --verbose   # every one";
        assert_eq!(shell(line, 60), format!("    {line}\n"));
        let narrow = shell(line, 30);
        assert!(
            narrow.starts_with("    coseal check --verbose\n") && narrow.contains("# every one")
        );
    }

    #[test]
    fn cells_stand_beside_each_other_where_there_is_room() {
        let rows = vec![vec!["pass".to_owned(), "all of it is as it should be".to_owned()]];
        assert!(table(&rows, 100).contains("pass"));
        assert_eq!(table(&rows, 100).lines().count(), 1);
        assert_eq!(table(&rows, 40).lines().count(), 2);
    }
}
