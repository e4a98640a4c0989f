//! What a system file says and nobody has confirmed: `coseal init` marks it in comments.

use std::collections::BTreeSet;

use crate::plain::plain;

/// What marks a question that is still open; the question follows.
pub const TODO: &str = "TODO(coseal):";
/// Words that mark what `init` took to be so, behind the key.
const ASSUMED: &str = " is assumed";
/// Questions kept at most.
const MAX_QUESTIONS: usize = 50;

/// What a system file says and nobody has confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unconfirmed {
    /// Questions that are still open, in the order of the file.
    pub questions: Vec<Question>,
    asked: BTreeSet<u32>,
    assumed: BTreeSet<(u32, String)>,
}

/// A question that is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its line, counted from 1.
    pub line: u32,
    /// What is asked, fit to show.
    pub text: String,
}

impl Unconfirmed {
    /// Nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self { questions: Vec::new(), asked: BTreeSet::new(), assumed: BTreeSet::new() }
    }

    /// Reads the marks of a text. A question behind a value is about its line; one behind the head of a table, or on a line of its own, is
    /// about the table from there on. Within a text of several lines a mark counts too: it makes nothing better than it is.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut found = Self::none();
        let mut asks = false;
        for (line, content) in (1_u32..).zip(text.lines()) {
            let content = content.trim_start();
            let comment = comment(content);
            let todo = question(comment);
            match content.chars().next() {
                Some('[') => asks = todo.is_some(),
                Some('#') => asks |= todo.is_some(),
                _ => {}
            }
            if asks || todo.is_some() {
                found.asked.insert(line);
            }
            if let Some(key) = assumed(comment) {
                found.assumed.insert((line, key.to_owned()));
            }
            if let Some(text) = todo.filter(|_| found.questions.len() < MAX_QUESTIONS) {
                found.questions.push(Question { line, text: plain(text, 120) });
            }
        }
        found
    }

    /// Whether a comment behind this line says that the value of this key is assumed.
    #[must_use]
    pub fn assumes(&self, line: u32, key: &str) -> bool {
        self.assumed.contains(&(line, key.to_owned()))
    }

    /// Whether an open question is about this line.
    #[must_use]
    pub fn asks(&self, line: u32) -> bool {
        self.asked.contains(&line)
    }
}

/// What is behind `#`, outside of strings; empty for no comment.
fn comment(line: &str) -> &str {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') => return line.get(at..).unwrap_or_default(),
            (None, '"' | '\'') => quote = Some(c),
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), c) if open == c && !escaped => quote = None,
            _ => {}
        }
        escaped = false;
    }
    ""
}

/// The key that a comment calls assumed.
fn assumed(comment: &str) -> Option<&str> {
    let (before, _) = comment.rsplit_once(ASSUMED)?;
    before.rsplit([' ', '#', ';']).next().filter(|key| key.len() <= 40)
}

fn question(comment: &str) -> Option<&str> {
    let (_, text) = comment.split_once(TODO)?;
    Some(text.trim())
}

#[cfg(test)]
mod tests {
    use super::Unconfirmed;

    #[test]
    fn a_mark_is_about_its_line_or_about_its_table() {
        let text = "# TODO(coseal) marks what only you know\n\
            [system]\n\
            id = \"a # TODO(coseal): no comment\"\n\
            exposure = \"public\" # TODO(coseal): who can reach it?\n\
            [dataset] # class and use are assumed\n\
            # TODO(coseal): is it about people?\n\
            a = { class = \"personal\" }\n\
            [tool]\n\
            b = { effect = \"external\" } # x.py:3; effect is assumed\n\
            c = { effect = \"read\" }\n";
        let found = Unconfirmed::of(text);
        let questions: Vec<_> = found.questions.iter().map(|q| (q.line, q.text.as_str())).collect();
        assert_eq!(questions, [(4, "who can reach it?"), (6, "is it about people?")]);
        let assumed: Vec<u32> = (1..=10).filter(|line| found.assumes(*line, "effect")).collect();
        assert_eq!(assumed, [9]);
        let asked: Vec<u32> = (1..=10).filter(|line| found.asks(*line)).collect();
        assert_eq!(asked, [4, 6, 7]);
    }

    #[test]
    fn what_people_write_of_their_own_is_confirmed() {
        assert_eq!(Unconfirmed::of("[a]\nb = 'c\\' # d\n# TODO: later\n"), Unconfirmed::none());
    }
}
