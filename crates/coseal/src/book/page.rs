//! A page of the book, before it is Markdown or text on a terminal.

use serde::Serialize;

/// A page. Its texts are Markdown within a line: code between backticks, `**strong**`, and links, whose targets are
/// paths from the folder of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Page {
    /// Path from the folder of the book, `checks/model-files-scanned.md`; a part of a page ends in `#` and its anchor.
    pub path: String,
    /// Heading.
    pub title: String,
    /// What follows.
    pub blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A heading below a heading.
    Subheading(String),
    /// A paragraph.
    Text(String),
    /// Points, each a line of its own.
    List(Vec<String>),
    /// A table: its head, and rows of as many cells.
    Table {
        /// What stands over each column.
        head: Vec<&'static str>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Text as it stands: a file, or commands.
    Code {
        /// Language, for colours.
        language: String,
        /// The text, without a line end behind it.
        text: String,
    },
}

impl Page {
    /// A page without content.
    #[must_use]
    pub fn new(path: impl Into<String>, title: impl Into<String>) -> Self {
        Self { path: path.into(), title: title.into(), blocks: Vec::new() }
    }

    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    pub(super) fn subheading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Subheading(text.into()));
    }

    pub(super) fn text(&mut self, text: impl AsRef<str>) {
        let text: Vec<_> = text.as_ref().split_whitespace().collect();
        if !text.is_empty() {
            self.blocks.push(Block::Text(text.join(" ")));
        }
    }

    pub(super) fn list(&mut self, points: impl IntoIterator<Item = String>) {
        self.blocks.push(Block::List(points.into_iter().collect()));
    }

    pub(super) fn table(&mut self, head: &[&'static str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table { head: head.to_vec(), rows });
        }
    }

    pub(super) fn code(&mut self, language: &str, text: impl AsRef<str>) {
        let text = text.as_ref().trim_end().to_owned();
        self.blocks.push(Block::Code { language: language.to_owned(), text });
    }
}

/// A sentence from a fragment: a capital at its start, a full stop at its end.
pub(super) fn sentence(fragment: &str) -> String {
    let fragment = fragment.trim();
    let mut letters = fragment.chars();
    let Some(first) = letters.next() else { return String::new() };
    // A name in code keeps its small letter.
    let word: String = fragment.chars().take_while(|letter| !letter.is_whitespace()).collect();
    let is_name = word.contains(['.', '_', '/', '=', ':']) && !word.ends_with([':', '.']);
    let mut out = if is_name { first.to_string() } else { first.to_uppercase().to_string() };
    out.push_str(letters.as_str());
    if !out.ends_with(['.', '?', '!']) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn sentences_begin_and_end() {
        assert_eq!(sentence("do not load it"), "Do not load it.");
        assert_eq!(sentence("security.txt has expired"), "security.txt has expired.");
        assert_eq!(sentence("is it?"), "Is it?");
        assert_eq!(sentence(""), "");
    }
}
