//! The instructions of a Dockerfile as Docker takes them apart: joined lines, heredocs, its own escape character.

use std::{iter::Peekable, str::Lines};

/// Instructions beyond this many are not read.
const MAX_INSTRUCTIONS: usize = 20_000;
const TOO_MANY: &str = "it has more than 20000 instructions";
const OPEN: &str = "a heredoc in it has no end";

/// One instruction.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Instruction {
    pub(crate) line: u32,
    pub(crate) keyword: String,
    pub(crate) text: String,
}

/// The instructions of a file, and why it was not read to its end. Joined lines keep their breaks as ` \` and line end, so that
/// lines can be told.
pub(crate) fn instructions(text: &str) -> (Vec<Instruction>, Option<&'static str>) {
    let mut reader =
        Reader { lines: text.lines().peekable(), line: 0, escape: escape(text), problem: None };
    let mut all = Vec::new();
    while let Some(line) = reader.next() {
        let start = line.trim_start();
        if start.is_empty() || start.starts_with('#') {
            continue;
        }
        if all.len() >= MAX_INSTRUCTIONS {
            return (all, Some(TOO_MANY));
        }
        all.push(reader.instruction(start));
    }
    (all, reader.problem)
}

/// The escape character: a comment in the first lines may set the backtick, for paths of Windows.
fn escape(text: &str) -> char {
    for line in text.lines() {
        let Some(said) = line.trim_start().strip_prefix('#') else { break };
        match said.split_once('=') {
            Some((key, value)) if key.trim().eq_ignore_ascii_case("escape") => {
                return if value.trim() == "`" { '`' } else { '\\' };
            }
            // Other settings may stand before it, a comment ends them.
            Some((key, _)) if !key.trim().contains(char::is_whitespace) => {}
            _ => break,
        }
    }
    '\\'
}

struct Reader<'a> {
    lines: Peekable<Lines<'a>>,
    /// The number of the last line that was read, counted from 1.
    line: u32,
    escape: char,
    problem: Option<&'static str>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        self.line = self.line.saturating_add(1);
        self.lines.next()
    }

    fn instruction(&mut self, start: &str) -> Instruction {
        let line = self.line;
        let (keyword, rest) = start.split_once(char::is_whitespace).unwrap_or((start, ""));
        let keyword = keyword.to_ascii_uppercase();
        let mut text = self.joined(rest);
        let trigger = text.split_whitespace().next().filter(|_| keyword == "ONBUILD");
        let of = trigger.map_or_else(|| keyword.clone(), str::to_ascii_uppercase);
        if matches!(of.as_str(), "RUN" | "COPY" | "ADD") {
            for mark in heredocs(&text) {
                self.heredoc(&mark, &mut text);
            }
        }
        Instruction { line, keyword, text }
    }

    /// A line with those that it is continued on; what continues is a backslash, whatever the file says for it.
    fn joined(&mut self, first: &str) -> String {
        let mut body = String::new();
        let mut part = first;
        while let Some(rest) = self.continued(part) {
            body.push_str(rest);
            body.push_str("\\\n");
            // Docker leaves out comments and empty lines within joined lines; their place stays.
            while self.lines.peek().is_some_and(|next| is_aside(next)) {
                self.next();
                body.push_str("\\\n");
            }
            part = self.next().unwrap_or_default();
        }
        body.push_str(part);
        body
    }

    /// What stands before the escape character at the end of a line.
    fn continued<'b>(&self, line: &'b str) -> Option<&'b str> {
        let rest = line.trim_end_matches([' ', '\t', '\r']).strip_suffix(self.escape)?;
        (!rest.ends_with(self.escape)).then_some(rest)
    }

    fn heredoc(&mut self, mark: &Mark, text: &mut String) {
        while let Some(line) = self.next() {
            let said = if mark.indented { line.trim_start_matches('\t') } else { line };
            if said.trim_end_matches('\r') == mark.name {
                return;
            }
            text.push('\n');
            text.push_str(line);
        }
        self.problem = Some(OPEN);
    }
}

fn is_aside(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

/// What ends a heredoc.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    name: String,
    /// Whether tabs before it count for nothing: `<<-`.
    indented: bool,
}

/// The heredocs that a line opens, in order: words such as `<<EOF`, `<<-"EOF"` and `3<<'EOF'`.
fn heredocs(line: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
        let (_, words) = rest.split_at(start);
        let (word, after) = words.split_at(end_of_word(words));
        marks.extend(mark(word));
        rest = after;
    }
    marks
}

/// Where a word ends; spaces in quotes do not end it.
fn end_of_word(text: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    for (at, symbol) in text.char_indices() {
        match (quote, symbol) {
            _ if escaped => escaped = false,
            (Some('"') | None, '\\') => escaped = true,
            (Some(open), _) if open == symbol => quote = None,
            (None, '"' | '\'') => quote = Some(symbol),
            (None, _) if symbol.is_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

fn mark(word: &str) -> Option<Mark> {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix("<<")?;
    let (indented, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
    let name = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.split(quote).nth(1)?,
        _ => rest.split(['>', '|', ';', '&', '(', ')']).next()?,
    };
    let name = name.replace('\\', "");
    let fits = !name.is_empty() && !name.contains('<');
    fits.then_some(Mark { name, indented })
}

#[cfg(test)]
mod tests {
    use super::{OPEN, TOO_MANY, heredocs, instructions};

    fn heads(text: &str) -> Vec<(u32, String)> {
        let (all, problem) = instructions(text);
        assert_eq!(problem, None, "{text}");
        all.into_iter().map(|one| (one.line, one.keyword)).collect()
    }

    #[test]
    fn joins_lines_and_reads_heredocs() {
        for (text, wanted) in [
            (
                "# c\nFROM a:1 AS b\nRUN x \\\n  # no\n\n  && y\nRUN <<EOF\nollama pull llama3\nEOF\nCMD [\"z\"]\n",
                "2 FROM 3 RUN 7 RUN 10 CMD",
            ),
            ("RUN <<\"E O\"\nFROM x\nE O\nUSER a", "1 RUN 4 USER"),
            ("RUN <<-'EOF'\n\tx\n\tEOF\nUSER a", "1 RUN 4 USER"),
            ("COPY <<a <<b /x/\nFROM x\na\nFROM y\nb\nUSER a", "1 COPY 6 USER"),
            ("RUN cat <<EOF>f\nFROM x\nEOF\nUSER a", "1 RUN 4 USER"),
            ("ONBUILD RUN <<EOF\nFROM x\nEOF\nUSER a", "1 ONBUILD 4 USER"),
            // None of these opens a heredoc.
            ("RUN cat <<<\"EOF\"\nUSER a", "1 RUN 2 USER"),
            ("RUN echo \"<<EOF\"\nUSER a", "1 RUN 2 USER"),
            ("ENV A=1 B <<EOF\nUSER a", "1 ENV 2 USER"),
            ("RUN echo \\\\\nUSER a", "1 RUN 2 USER"),
            ("# escape=`\nRUN a `\n b\nCOPY c:\\\nUSER a", "2 RUN 4 COPY 5 USER"),
            ("# syntax=x\n# Escape = `\nRUN a `\n b", "3 RUN"),
            ("# a comment\n# escape=`\nRUN a \\\n b", "3 RUN"),
        ] {
            let told: Vec<_> =
                heads(text).iter().map(|(line, word)| format!("{line} {word}")).collect();
            assert_eq!(told.join(" "), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_not_read_to_its_end_is_told() {
        assert_eq!(instructions("RUN <<EOF\nFROM x\n").1, Some(OPEN));
        let (all, problem) = instructions(&"USER a\n".repeat(20_001));
        assert_eq!((all.len(), problem), (20_000, Some(TOO_MANY)));
    }

    #[test]
    fn marks_are_whole_words() {
        let names = |line: &str| {
            heredocs(line).into_iter().map(|mark| mark.name).collect::<Vec<_>>().join(",")
        };
        assert_eq!(names("a <<A b 3<<-\"B\" \\\n <<'C D' <<\\E"), "A,B,C D,E");
        assert_eq!(names("a<<A '<<B' << C <<<D"), "");
    }
}
