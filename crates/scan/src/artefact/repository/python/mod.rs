//! A look at Python code that a loader runs: which modules it imports, and whether it does what models do not need. That it runs
//! is what counts, and this only says how bad it is.

mod danger;
mod reach;
mod scopes;
#[cfg(test)]
mod tests;
mod tokens;

use std::collections::BTreeSet;

use self::{
    reach::Names,
    scopes::When,
    tokens::{Kind, Token},
};

/// Words of a line that are looked back.
const MAX_LINE: usize = 1024;

/// A source that was read.
pub(crate) struct Source<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    names: Names,
    /// Python's own names that it uses for something else.
    reused: BTreeSet<&'a str>,
}

/// Something dangerous that the code does when it is imported or when the model is built or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    /// Where, in bytes.
    pub(crate) at: usize,
    /// The name by which it does so.
    pub(crate) mark: String,
    /// What that does.
    pub(crate) what: &'static str,
}

/// What the code does, by the first thing that counts.
pub(crate) fn acts(text: &str) -> Option<(usize, String, &'static str)> {
    let act = Source::read(text).act(&BTreeSet::new())?;
    Some((act.at, act.mark, act.what))
}

impl<'a> Source<'a> {
    /// Reads a text.
    pub(crate) fn read(text: &'a str) -> Self {
        let tokens = tokens::read(text);
        let names = Names::read(&tokens);
        let given = tokens.iter().zip(tokens.iter().skip(1)).filter(|(_, after)| after.is("="));
        let reused = given.filter_map(|(word, _)| word.name()).collect();
        Self { text, tokens, names, reused }
    }

    /// Modules that it imports, without leading dots, and what it takes from them.
    pub(crate) fn imports(&self) -> impl Iterator<Item = &str> {
        self.names.imported.iter().map(String::as_str).filter(|module| !module.is_empty())
    }

    /// The first dangerous thing that it does. `called` are functions in it that others use.
    pub(crate) fn act(&self, called: &BTreeSet<String>) -> Option<Act> {
        if let Some(at) = foreign(self.text) {
            let mark = "coding".to_owned();
            return Some(Act { at, mark, what: "is written in an encoding that hides code" });
        }
        let whens = scopes::read(&self.tokens, called);
        let runs = whens.iter().enumerate().filter(|(_, when)| **when > When::Perhaps);
        runs.into_iter().find_map(|(at, when)| {
            let (mark, what) = self.judge(at, *when)?;
            Some(Act { at: self.tokens.get(at)?.at, mark, what })
        })
    }

    /// What the word at `at` does.
    fn judge(&self, at: usize, when: When) -> Option<(String, &'static str)> {
        let token = self.tokens.get(at)?;
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let after = self.tokens.get(at.saturating_add(1));
        let name = match &token.kind {
            Kind::Name(name) => *name,
            Kind::Text(key) if danger::reaches(key) && is_key(before, after) => {
                return Some((key.clone(), "reaches Python's own functions"));
            }
            _ => return None,
        };
        if !name.is_ascii() && name.chars().any(is_disguised) {
            return Some((name.to_owned(), "hides a name behind letters that look alike"));
        }
        if before.is_some_and(|before| before.is(".")) {
            return self.attribute(at, name);
        }
        let assigned = after
            .is_some_and(|after| after.is("=") || after.is(":") && !is_key(before, after.into()));
        if assigned || before.and_then(Token::name).is_some_and(|word| DEFINES.contains(&word)) {
            return None;
        }
        self.path(at, when, after)
    }

    fn path(
        &self,
        at: usize,
        when: When,
        after: Option<&Token<'_>>,
    ) -> Option<(String, &'static str)> {
        let (path, end) = self.names.reach(&self.tokens, at, 0)?;
        let called = after.is_some_and(|after| after.is("("));
        let own = !path.contains('.') && path != reach::COMPUTED;
        let name = self.tokens.get(at)?.name()?;
        let variable = (!own || danger::is_gateway(name)) && path.split('.').next() == Some(name);
        if variable && !name.starts_with("__") && !self.names.has(name) {
            return None;
        }
        if own && danger::is_gateway(&path) {
            return self
                .handed(at, end)
                .then_some((path, "hands on a module that leads to the machine"));
        }
        let starred = self.names.stars.iter().filter(|_| own && called);
        let starred = starred.map(|module| format!("{module}.{path}"));
        let counts = !own || called || path.starts_with("__") || self.passed(at, &path);
        let whole = counts.then(|| path.clone());
        whole.into_iter().chain(starred).find_map(|path| {
            let what = danger::does(&path, when)?;
            Some((path, what))
        })
    }

    /// Whether a function of Python's own is used as a value.
    fn passed(&self, at: usize, path: &str) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let value = |token: &Token<'_>| {
            matches!(token.kind, Kind::Mark("@" | ":=" | "=" | "(" | "[" | ","))
        };
        before.is_some_and(value)
            && !self.reused.contains(path)
            && !matches!(self.begin_of_line(at), Some("def" | "async" | "import" | "from"))
    }

    /// Whether a module is used as a value, but for a question whether it has something.
    fn handed(&self, at: usize, end: usize) -> bool {
        let word = |at: usize| self.tokens.get(at);
        let asked = at.checked_sub(2).and_then(word).and_then(Token::name) == Some("hasattr");
        let closes = |token: &Token<'_>| matches!(token.kind, Kind::Mark(")" | "]" | "," | "}"));
        let opens =
            |token: &Token<'_>| matches!(token.kind, Kind::Mark("(" | "[" | "," | ":" | "="));
        !asked
            && word(end).is_some_and(closes)
            && at.checked_sub(1).and_then(word).is_some_and(opens)
            && !matches!(self.begin_of_line(at), Some("import" | "from"))
    }

    /// The first word of the line.
    fn begin_of_line(&self, at: usize) -> Option<&'a str> {
        let before = self.tokens.get(at.saturating_sub(MAX_LINE)..at)?;
        let line = before.iter().rposition(|token| matches!(token.kind, Kind::Line(_)))?;
        before.get(line.saturating_add(1)).or_else(|| self.tokens.get(at))?.name()
    }

    /// An attribute of whatever.
    fn attribute(&self, at: usize, name: &str) -> Option<(String, &'static str)> {
        if danger::reaches(name) {
            return Some((name.to_owned(), "reaches Python's own functions"));
        }
        // What is computed has no name, and these are called so on nothing that models use.
        let base = at.checked_sub(2).and_then(|base| self.tokens.get(base))?;
        let called = self.tokens.get(at.saturating_add(1)).is_some_and(|token| token.is("("));
        let given = self.tokens.get(at.saturating_add(2)).is_some_and(|token| !token.is(")"));
        let computed = base.is(")") || base.is("]");
        let runs = matches!(
            name,
            "system"
                | "popen"
                | "Popen"
                | "check_output"
                | "check_call"
                | "execv"
                | "execve"
                | "spawnl"
                | "posix_spawn"
        );
        (computed && called && given && runs).then(|| (name.to_owned(), "starts programs"))
    }
}

/// Words before a name that is only made known.
const DEFINES: &[&str] = &["def", "class", "import", "as", "from", "global", "nonlocal"];

/// Whether a text is a key or an argument by itself.
fn is_key(before: Option<&Token<'_>>, after: Option<&Token<'_>>) -> bool {
    before.is_some_and(|token| token.is("[") || token.is("(") || token.is(","))
        && after.is_some_and(|token| token.is("]") || token.is(")") || token.is(","))
}

/// Whether Python takes a letter in a name for another (its compatibility form).
fn is_disguised(letter: char) -> bool {
    matches!(letter,
        '\u{aa}' | '\u{ba}' | '\u{17f}' | '\u{2b0}'..='\u{2e4}' | '\u{1d2c}'..='\u{1d6a}' | '\u{2070}'..='\u{209c}' | '\u{2100}'..='\u{214f}' | '\u{2160}'..='\u{217f}'
        | '\u{2460}'..='\u{24ff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff00}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f1ff}')
}

/// Encodings in which a text is what it looks like.
const ENCODINGS: &[&str] =
    &["utf8", "utf8sig", "ascii", "usascii", "latin1", "iso88591", "iso885915", "cp1252"];

/// Where one of the first two lines says that the text is to be read as another one.
fn foreign(text: &str) -> Option<usize> {
    let mut at = 0_usize;
    for line in text.split(['\n', '\r']).take(4) {
        let comment = line.trim_start_matches('\u{feff}').trim_start();
        if let Some((_, name)) =
            comment.strip_prefix('#').and_then(|comment| comment.split_once("coding"))
        {
            let name =
                name.strip_prefix([':', '=']).unwrap_or_default().trim_start_matches([' ', '\t']);
            let name: String = name
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || "-_.".contains(*letter))
                .collect();
            let name = name.to_ascii_lowercase().replace(['-', '_', '.'], "");
            if !name.is_empty() && !ENCODINGS.contains(&&*name) {
                return Some(at);
            }
        }
        at = at.saturating_add(line.len()).saturating_add(1);
    }
    None
}
