//! Turns of a conversation in what a template shows, told by the marks that families of models put before them.

use super::{
    marks::is_mark,
    role_marks::{Who, marks},
    text::{ALTERNATIVES, HOLE, OTHERWISE, SPOKEN, TOGETHER},
};

/// A turn: from its mark to the next.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// Nobody before the first mark.
    pub(super) who: Option<Who>,
    /// Whether somebody's words are shown in it.
    pub(super) spoken: bool,
    /// What the template says in it of its own, without tags.
    pub(super) own: String,
    /// Whether somebody's words stand at its beginning.
    pub(super) begins: bool,
    /// Whether it ends where turns end: at a tag for that, or where the answer begins.
    pub(super) ends: bool,
}

/// Where a text stands: who speaks, and whether the template said something since the mark.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    who: Option<Who>,
    own: bool,
}

/// The turns of a text, or parts of such where there are alternatives.
pub(super) fn turns(text: &str) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    let (mut state, mut before) = (State::default(), Vec::<(State, Vec<Option<Who>>)>::new());
    let mut rest = text;
    loop {
        let end = rest.find([ALTERNATIVES, OTHERWISE, TOGETHER]).unwrap_or(rest.len());
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        state = part_of(part, state, &mut out);
        let Some(sign) = after.chars().next() else { break };
        rest = after.get(sign.len_utf8()..).unwrap_or_default();
        match sign {
            ALTERNATIVES => before.push((state, Vec::new())),
            OTHERWISE => {
                if let Some((first, ends)) = before.last_mut() {
                    ends.push(state.who);
                    state = *first;
                }
            }
            // Who speaks behind alternatives is known if they agree.
            _ => {
                let ends = before.pop().map(|(_, ends)| ends).unwrap_or_default();
                if ends.iter().any(|who| *who != state.who) {
                    state = State::default();
                }
            }
        }
    }
    out.retain(|turn| turn.spoken || !turn.own.is_empty());
    out
}

fn part_of(text: &str, mut state: State, out: &mut Vec<Turn>) -> State {
    let mut start = 0;
    for mark in marks(text) {
        out.push(turn(&state, text.get(start..mark.start).unwrap_or_default(), mark.ends));
        (state, start) = (State { who: mark.who, own: false }, mark.end);
    }
    let last = turn(&state, text.get(start..).unwrap_or_default(), false);
    state.own |= last.own.contains(char::is_alphanumeric);
    out.push(last);
    state
}

fn turn(state: &State, text: &str, ends: bool) -> Turn {
    let own = without_tags(text);
    let before = text.split(SPOKEN).next().unwrap_or_default();
    let begins = !state.own && !without_tags(before).contains(char::is_alphanumeric);
    Turn { who: state.who, spoken: text.contains(SPOKEN), own: own.trim().to_owned(), begins, ends }
}

/// Without tags of one word, and with a line's end where somebody's words stand.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let end = tag.find(['>', ']']).map(|end| end.saturating_add(1));
        let end = end.filter(|end| {
            tag.get(..*end).is_some_and(|tag| is_mark(tag) || !tag.contains(char::is_whitespace))
        });
        let skip = end.unwrap_or(1);
        out.push('\n');
        rest = tag.get(skip..).unwrap_or_default();
    }
    out.push_str(rest);
    out.replace([HOLE, SPOKEN], "\n")
}
