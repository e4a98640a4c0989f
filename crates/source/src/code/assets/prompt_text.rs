//! Which texts are for a model: by the names that they have, and by what they say.

use crate::code::known::prompts::{LONG_OPENINGS, NAMES, NOT_NAMES, NOT_OF, OPENINGS, WEAK};

/// Letters of constant text from which a message of a user is an instruction and not data.
const LONG: usize = 200;
/// Lines, and words in them, from which it is one too.
const LINES: usize = 3;
const WORDS: usize = 12;

/// Whether a name says that its text is for a model: `email_prompt` does, `prompt_email` and `email_template` do not.
pub(super) fn says_prompt(name: &str) -> bool {
    let lower = name.to_lowercase();
    let behind = |part: &&str| lower.rfind(*part).and_then(|at| lower.get(at + part.len()..));
    if NOT_OF.iter().any(|part| lower.contains(part)) {
        return false;
    }
    let other = |text: &str| NOT_NAMES.iter().any(|part| text.contains(part));
    NAMES
        .iter()
        .filter_map(behind)
        .min_by_key(|rest| rest.len())
        .is_some_and(|rest| !other(rest.split('.').next().unwrap_or_default()))
        || lower.contains(WEAK) && !other(&lower)
}

pub(super) fn role_of(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    (lower.contains("system") || lower.contains("instruction")).then_some("system")
}

/// Whether a text is one for a model: words, and no markup, address, query or file name.
pub(super) fn is_text(text: &str, least: usize) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    let lower = text.get(..text.len().min(12)).unwrap_or(text).to_lowercase();
    let markup = [
        "<!doctype",
        "<html",
        "<div",
        "<svg",
        "<style",
        "<script",
        "<p>",
        "<h",
        "<table",
        "http://",
        "https://",
        "select ",
        "create table",
    ];
    text.len() >= least
        && words >= 4
        && !markup.iter().any(|start| lower.starts_with(start))
        && text.chars().filter(|c| c.is_alphabetic()).count() * 2 > text.chars().count()
}

/// Whether a text opens as only instructions to a model do: `You are an assistant …`, `Answer the question …`.
pub(crate) fn opens_as_prompt(text: &str) -> bool {
    opens(text, OPENINGS)
}

/// The same of a long constant, which may open in more ways.
pub(super) fn opens_long(text: &str) -> bool {
    text.len() >= LONG && opens(text, LONG_OPENINGS) || opens_as_prompt(text)
}

fn opens(text: &str, openings: &[&str]) -> bool {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower: String = start.chars().take(80).flat_map(char::to_lowercase).collect();
    openings.iter().any(|opening| lower.starts_with(opening))
}

/// Whether the constant part of a text instructs: what is put in when it runs does not count.
pub(super) fn is_instruction(text: &str) -> bool {
    let text = constant(text);
    let text = text.trim();
    let lines = text.lines().filter(|line| line.split_whitespace().count() > 1).count();
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let words = text.split_whitespace().filter(|word| !word.starts_with('<')).filter(letters);
    text.chars().count() >= LONG || lines >= LINES && words.count() >= WORDS
}

/// A text without its short placeholders.
fn constant(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        kept.push_str(before);
        rest = match after.split_once('}') {
            Some((name, behind)) if name.len() <= 60 && !name.contains(['"', '\n', '{']) => behind,
            _ => after,
        };
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::{is_instruction, opens_as_prompt, opens_long, says_prompt};

    #[test]
    fn what_is_put_in_does_not_instruct() {
        let data = format!("Notify the user: {{{}}} {{b}} {{c}}", "a".repeat(50));
        assert!(!is_instruction(&data.repeat(3)));
        assert!(is_instruction(&"Answer in one sentence. ".repeat(9)));
        assert!(is_instruction(
            "Answer each question.\nName where you have read it.\nIf you do not know, say so.\n{q}"
        ));
        assert!(!is_instruction("<a>\n{x}\n</a>\n<b>\n{y}\n</b>"));
    }

    #[test]
    fn names_of_files_and_pages_are_no_prompts() {
        for yes in ["SYSTEM_PROMPT", "PROMPTS.summarize_titles", "email_prompt", "JSON_TEMPLATE"] {
            assert!(says_prompt(yes), "{yes}");
        }
        for no in [
            "prompt_path",
            "email_template",
            "HTML_TEMPLATE",
            "promptVersion",
            "prompted_at",
            "responseForPrompt",
        ] {
            assert!(!says_prompt(no), "{no}");
        }
    }

    #[test]
    fn openings_tell_a_prompt_by_itself() {
        assert!(opens_as_prompt("\n# You are an expert in sails."));
        let long = "Follow these rules of the shop. ".repeat(9);
        assert!(opens_long(&long) && !opens_as_prompt(&long));
        assert!(!opens_as_prompt("You are not allowed to see this page."));
    }
}
