//! A page as Markdown.

use std::fmt::Write as _;

use super::page::{Block, Page};

impl Page {
    /// The page as Markdown; its links lead on from where it stands.
    #[must_use]
    pub fn markdown(&self) -> String {
        let folder = self.path.split_once('/').map_or("", |(folder, _)| folder);
        let mut out = format!("# {}\n", self.title);
        for block in &self.blocks {
            out.push('\n');
            out.push_str(&markdown(block, folder));
        }
        out
    }
}

fn markdown(block: &Block, folder: &str) -> String {
    match block {
        Block::Heading(text) => format!("## {text}\n"),
        Block::Subheading(text) => format!("### {text}\n"),
        Block::Text(text) => format!("{}\n", linked(text, folder)),
        Block::List(points) => {
            points.iter().map(|point| format!("- {}\n", linked(point, folder))).collect()
        }
        Block::Table { head, rows } => table(head, rows, folder),
        Block::Code { language, text } => {
            let fence = if text.contains("```") { "````" } else { "```" };
            format!("{fence}{language}\n{text}\n{fence}\n")
        }
    }
}

fn table(head: &[&str], rows: &[Vec<String>], folder: &str) -> String {
    let mut out = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let cells: Vec<_> =
            row.iter().map(|cell| linked(&cell.replace('|', "\\|"), folder)).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out
}

/// Links from the folder of the book as links from a folder below it; and what would be taken for HTML, escaped.
fn linked(text: &str, folder: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 1 {
            out.push_str(part);
            continue;
        }
        for (index, piece) in part.split("](").enumerate() {
            if index > 0 {
                out.push_str("](");
                out.push_str(&led_on(piece, folder).replace('<', "&lt;"));
            } else {
                out.push_str(&piece.replace('<', "&lt;"));
            }
        }
    }
    out
}

fn led_on(target: &str, folder: &str) -> String {
    let outside = target.starts_with("https:") || target.starts_with('#');
    let own = target.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    match own {
        _ if outside || folder.is_empty() => target.to_owned(),
        Some(beside) => beside.to_owned(),
        None => format!("../{target}"),
    }
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn links_lead_on_from_where_they_stand() {
        assert_eq!(
            linked("see [a](checks/a.md), `x](y`", "rules"),
            "see [a](../checks/a.md), `x](y`"
        );
        assert_eq!(linked("[a](rules/a.md) [b](words.md)", "rules"), "[a](a.md) [b](../words.md)");
        assert_eq!(
            linked("[a](https://b.c) [d](#e) < f", "rules"),
            "[a](https://b.c) [d](#e) &lt; f"
        );
    }
}
