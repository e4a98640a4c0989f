//! Which `/` starts a regular expression, told by the token before it (ECMA-262, section 12.9.5), and where it ends.

use super::{Brace, Closed, Kind, Lexer, Token, ends_line};

/// Bytes of the longest regular expression, once `MAX_SOUGHT` were looked at in vain.
const MAX_PATTERN: usize = 500;
/// Bytes of a file in which ends of regular expressions may be looked for in vain, however long they are.
const MAX_SOUGHT: usize = 4 << 20;

/// Keywords behind which a value stands.
const VALUE_FOLLOWS: [&str; 16] = [
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "else",
    "do",
    "await",
    "yield",
    "instanceof",
    "new",
    "default",
    "extends",
];

impl<'a> Lexer<'a> {
    /// The token so many before the next one.
    pub(super) fn before(&self, back: usize) -> Option<&Token<'a>> {
        self.found.len().checked_sub(back).and_then(|at| self.found.get(at))
    }

    /// Whether the last token is one of these keywords, and not the name of a member.
    fn is_after(&self, words: &[&str]) -> bool {
        let is_word = |token: &Token<'_>| token.kind == Kind::Word && words.contains(&token.text);
        let member = |token: &Token<'_>| matches!(token.text, "." | "?.");
        self.before(1).is_some_and(is_word) && !self.before(2).is_some_and(member)
    }

    /// Whether a `(` here opens the condition of a statement.
    pub(super) fn is_condition(&self) -> bool {
        let awaits = self.is_after(&["await"]) && self.before(2).is_some_and(|it| it.is("for"));
        awaits || self.is_after(&["if", "while", "for", "with", "switch"])
    }

    /// What a `{` here opens.
    pub(super) fn brace(&self) -> Brace {
        let Some(last) = self.before(1) else { return Brace::Block };
        match last.kind {
            Kind::Word if self.is_after(&["else", "do", "try", "finally", "static"]) => {
                Brace::Block
            }
            Kind::Word if self.is_after(&VALUE_FOLLOWS) => Brace::Object,
            Kind::Mark => match last.text {
                ")" | ";" | "{" | "=>" => Brace::Block,
                "}" if self.closed == Closed::Head => Brace::Block,
                "=" | "(" | "," | "[" | "?" | "&&" | "||" | "??" | "..." => Brace::Object,
                _ => Brace::Unknown,
            },
            _ => Brace::Unknown,
        }
    }

    /// Whether a `/` here starts a regular expression: after an operator or keyword, not after a value.
    pub(super) fn starts_pattern(&self) -> bool {
        let Some(last) = self.before(1) else { return true };
        match (last.kind, last.text) {
            (Kind::Word, _) => self.is_after(&VALUE_FOLLOWS) || self.ends_statement(),
            (Kind::Mark, ")" | "}") => match self.closed {
                Closed::Head => true,
                Closed::Value => false,
                Closed::Unknown => self.is_used(),
            },
            // Between markup stands text, which has slashes too.
            (Kind::Mark, "<" | ">") => self.is_used() && self.hides(),
            (Kind::Mark, "]" | "`" | "++" | "--") => false,
            (kind, _) => kind == Kind::Mark,
        }
    }

    /// Whether the line before ended a statement without a `;`: nothing can be divided there.
    fn ends_statement(&self) -> bool {
        const ENDS: [&str; 3] = ["break", "continue", "debugger"];
        let labelled = self.before(2).is_some_and(|it| it.is("break") || it.is("continue"));
        self.ended && (self.is_after(&ENDS) || labelled)
    }

    /// Whether what stands here, read as a regular expression, is used as one: called, passed or the end of a statement.
    fn is_used(&self) -> bool {
        let Some(end) = self.pattern_end(MAX_PATTERN) else { return false };
        let rest = self.bytes.get(end..).unwrap_or_default();
        let next = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
        next.is_none_or(|next| b".;,)]?&|[=\r\n".contains(next))
    }

    /// Whether what stands here would open a text or a comment if it were no regular expression.
    fn hides(&self) -> bool {
        let end = self.pattern_end(MAX_PATTERN).unwrap_or(self.at);
        let inside = self.bytes.get(self.at + 1..end).unwrap_or_default();
        inside.iter().any(|byte| b"'\"`*".contains(byte))
    }

    /// Where a regular expression that starts here ends, its flags included. With the flag `v`, classes stand in classes.
    fn pattern_end(&self, longest: usize) -> Option<usize> {
        let flags = |end: usize| {
            let behind = self.bytes.get(end..).unwrap_or_default();
            behind.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
        };
        let of_sets = |end: &usize| {
            self.bytes.get(*end..*end + flags(*end)).is_some_and(|flags| flags.contains(&b'v'))
        };
        let nested = self.pattern_stop(longest, true).filter(of_sets);
        let end = nested.or_else(|| self.pattern_stop(longest, false))?;
        Some(end + flags(end))
    }

    fn pattern_stop(&self, longest: usize, nested: bool) -> Option<usize> {
        let mut end = self.at + 1;
        let mut classes = 0_u32;
        while end - self.at < longest {
            match self.bytes.get(end).unwrap_or(&b'\n') {
                b'\\' => end += 1,
                b'\n' | b'\r' => break,
                b'[' if nested || classes == 0 => classes = classes.saturating_add(1),
                b']' => classes = classes.saturating_sub(1),
                b'/' if classes == 0 => return Some(end + 1),
                0xE2 if ends_line(self.bytes.get(end..).unwrap_or_default()) => break,
                _ => {}
            }
            end += 1;
        }
        self.in_vain.set(self.in_vain.get().saturating_add(end - self.at));
        None
    }

    pub(super) fn pattern(&mut self) {
        let longest = MAX_PATTERN.max(MAX_SOUGHT.saturating_sub(self.in_vain.get()));
        match self.pattern_end(longest) {
            Some(end) => self.push(Kind::Pattern, self.at, end.min(self.bytes.len()), self.line),
            // No expression after all.
            None => self.push(Kind::Mark, self.at, self.at + 1, self.line),
        }
    }
}
