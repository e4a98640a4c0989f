//! Marks of roles, as families of models put them before turns, and tags that end turns.

use super::text::{HOLE, SPOKEN};

/// Who speaks in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    System,
    User,
    Assistant,
    Tool,
}

impl Who {
    /// Whom a word stands for.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "system" | "developer" | "sys" | "system_prompt" => Self::System,
            "user" | "human" | "inst" | "instruction" | "prompt" => Self::User,
            "assistant" | "model" | "chatbot" | "bot" | "gpt" | "agent" | "response" | "resp"
            | "answer" => Self::Assistant,
            "tool" | "ipython" | "function" | "observation" | "environment" => Self::Tool,
            _ => return None,
        })
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Tool => "tool",
        }
    }
}

/// A mark of a role: where it begins and ends.
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) who: Option<Who>,
    /// Whether it ends the turn before it, rather than a part of it.
    pub(super) ends: bool,
}

/// Marks in a text, from its beginning.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let stop = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '<' | '[');
        let Some(begin) = rest.find(stop) else { break };
        let begin = at.saturating_add(begin);
        if rest.get(begin.saturating_sub(at)..).is_some_and(|rest| rest.starts_with(['<', '['])) {
            out.extend(other_tag(text, begin));
            at = begin.saturating_add(1);
            continue;
        }
        let word = text.get(begin..).unwrap_or_default();
        let length = word
            .find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_')
            .unwrap_or(word.len());
        let end = begin.saturating_add(length);
        at = end.max(at.saturating_add(1));
        if let Some(mark) = mark(text, begin, end) {
            out.push(mark);
        }
    }
    out
}

/// Whether the word at a place is a mark.
fn mark(text: &str, begin: usize, end: usize) -> Option<Mark> {
    let word = text.get(begin..end)?.to_ascii_lowercase();
    let word = word.trim_end_matches("_token").trim_matches('_');
    let who = Who::of(word)?;
    let (before, after) = (text.get(..begin)?, text.get(end..)?);
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let upper = text.get(begin..end)?.starts_with(|letter: char| letter.is_ascii_uppercase());
    let closing = last == Some('/');
    let opened = matches!(last, Some('<' | '[' | '|' | '｜' | '/'));
    let tagged = opened && matches!(next, Some('>' | ']' | '|' | '｜'));
    if tagged {
        let who = match word {
            // Between instructions stands what the model answers.
            "inst" if closing => Some(Who::Assistant),
            "sys" if closing => Some(Who::User),
            _ if closing => None,
            _ => Some(who),
        };
        // Tags around parts of a message are no turns.
        if matches!(
            word,
            "answer"
                | "response"
                | "instruction"
                | "prompt"
                | "function"
                | "tool"
                | "observation"
                | "agent"
        ) && !matches!(last, Some('|' | '｜'))
        {
            return None;
        }
        let tail = after.find(['>', ']']).map_or(0, |at| at.saturating_add(1));
        let start = before.rfind(['<', '[']).unwrap_or(begin);
        let ends = who == Some(Who::Assistant);
        return Some(Mark { start, end: end.saturating_add(tail), who, ends });
    }
    let behind_tag = matches!(last, Some('>' | ']' | '｜'));
    if behind_tag && matches!(next, Some('\n' | '<' | '|' | '[') | None) {
        return Some(Mark { start: begin, end, who: Some(who), ends: who == Who::Assistant });
    }
    let headed = before.ends_with("### ") || before.ends_with("## ");
    let labels = match who {
        Who::Tool => false,
        _ if matches!(
            word,
            "response" | "answer" | "instruction" | "prompt" | "inst" | "model"
        ) =>
        {
            headed
        }
        _ => true,
    };
    let whole = text.get(begin..end)?;
    let shouted = whole.len() > 1 && whole.chars().all(|letter| letter.is_ascii_uppercase());
    let line = before.trim_end_matches([' ', '#', '*']);
    let begins = matches!(line.chars().next_back(), None | Some('\n' | '>' | HOLE | SPOKEN))
        || before.ends_with("Correct ")
        || shouted && last == Some(' ');
    let labelled =
        labels && begins && upper && after.trim_start_matches(['*', '>', '|']).starts_with(':');
    let end = end.saturating_add(1);
    labelled.then_some(Mark { start: begin, end, who: Some(who), ends: who == Who::Assistant })
}

/// Where a tag ends that ends a turn, or begins one of a role that is not known, if one begins at `at`.
fn other_tag(text: &str, at: usize) -> Option<Mark> {
    let tag = text.get(at..)?;
    let end = tag.find(['>', ']'])?.saturating_add(1);
    let tag = tag.get(..end).filter(|tag| tag.len() <= 48)?.to_ascii_lowercase();
    let name = tag.trim_matches(['<', '>', '[', ']', '|', '｜']);
    let ends = ENDS.contains(&name);
    let closes = ends || tag.starts_with("<end ") || tag.starts_with("[end ");
    let word = |letter: char| letter.is_ascii_uppercase() || letter == '_';
    let loud = text.get(at..)?.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let special = tag.starts_with("<|")
        || tag.starts_with("<｜")
        || tag.starts_with("<reserved")
        || loud.is_some_and(|(name, _)| name.len() > 2 && name.chars().all(word));
    let neutral = NEUTRAL.iter().any(|part| name.contains(part))
        || name.split(['_', '-']).any(|word| Who::of(word).is_some());
    let end = at.saturating_add(end);
    (closes || special && !neutral).then_some(Mark { start: at, end, who: None, ends })
}

/// Tags that end a turn.
const ENDS: &[&str] = &[
    "im_end",
    "eot_id",
    "eot",
    "end_of_turn",
    "/s",
    "end",
    "endoftext",
    "end_of_text",
    "end▁of▁sentence",
    "eos",
    "turn|",
    "return",
    "call",
    "end_of_turn_token",
    "eom_id",
    "im_end_token",
    "endofturn",
];
/// Parts of the names of tags that stand within turns, or within their marks.
const NEUTRAL: &[&str] = &[
    "start",
    "end",
    "message",
    "middle",
    "sep",
    "header",
    "channel",
    "image",
    "video",
    "audio",
    "vision",
    "think",
    "final",
    "begin",
    "bos",
    "content",
    "text",
    "tool",
    "turn",
    "sp",
    "pad",
    "constrain",
    "no_",
    "mask",
];
