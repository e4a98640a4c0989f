//! Marks of formats: what stands between messages, and is no language of people.

/// Words within tags that models write and templates look for. Tags of other words can be what people write of.
const TAGS: &[&str] = &[
    "think",
    "thinking",
    "thought",
    "reasoning",
    "answer",
    "tool_call",
    "tool_calls",
    "tool_response",
    "tool_result",
    "tools",
    "image",
    "video",
    "audio",
    "SYS",
    "INST",
    "THINK",
    "response",
    "function_call",
    "tool_code",
    "tool_output",
    "seed:think",
    "mm:think",
    "longcat_think",
    "reserved",
    "tool_def_sep",
    "tool_sep",
];
/// Commands that switch the way a model reasons.
const SWITCHES: &[&str] =
    &["/think", "/no_think", "/nothink", "/no_thinking", "CONTINUE_FINAL_MESSAGE_TAG"];

/// Whether a text is a mark: blank, a tag of a model's own, or signs that begin or end such a tag.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || SWITCHES.contains(&text) || is_tag(text)
}

/// Whether a text is a switch, such as `/system_override`, that an operator may put into the system's message.
pub(super) fn is_switch(text: &str) -> bool {
    text.trim().strip_prefix('/').is_some_and(|name| {
        name.len() >= 2
            && name.len() <= 32
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'-')
    })
}

/// `<think>`, `</think>`, `<|end|>`, `[INST]`, `<<SYS>>`, or several in a row.
fn is_tag(text: &str) -> bool {
    let mut rest = text;
    while let Some(end) = rest.find(['>', ']']).and_then(|end| rest.get(..=end).map(str::len)) {
        let (tag, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let after = after.trim_start_matches('>');
        if !is_one_tag(tag.trim_matches('>')) {
            return false;
        }
        rest = after.trim_start();
    }
    rest.is_empty() && !text.is_empty()
}

fn is_one_tag(tag: &str) -> bool {
    let (tag, square) = match tag.strip_suffix(']') {
        Some(tag) => (tag.strip_prefix('['), true),
        None => (tag.strip_prefix('<'), false),
    };
    let Some(tag) = tag else { return false };
    let inner = tag.trim_matches(['|', '｜']);
    let special = tag.len() <= 48 && inner.len() < tag.len() && is_name(inner);
    let word = tag.trim_start_matches('<').trim_start_matches('/');
    special
        || is_caption(tag, square)
        || TAGS.contains(&word)
        || (square && is_name(word) && word.to_uppercase() == word && word.contains('_'))
}

/// `[BEGIN FINAL RESPONSE]`.
fn is_caption(tag: &str, square: bool) -> bool {
    square
        && (tag.starts_with("BEGIN ") || tag.starts_with("END "))
        && tag.split(' ').count() <= 3
        && tag.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b' '))
}

/// A name without blanks, of a token or a parameter.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 48
        && text.chars().all(|letter| {
            letter.is_ascii_alphanumeric()
                || matches!(letter, '_' | '-' | ':' | '.' | '/' | '▁' | '|')
        })
}
