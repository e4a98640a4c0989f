//! Who speaks: what somebody wrote stays with the role that wrote it.

use coseal_core::fact::ArtefactVerdict::Malicious;

use super::{
    judge::Judge,
    rules::ALTERS,
    syntax::{Expression, Kind, Operator, Suffix},
    text::HOLE,
    value::{CONTENT, Value},
};

/// The role of a message of which nothing is known.
pub(super) const ANYBODY: &str = "";
/// Words for roles in marks.
const ROLES: &[&str] = &["system", "developer", "user", "human", "assistant", "model", "tool"];

/// Whether what one role wrote would be said by another that it is not: a user's words by the system, or by the model.
pub(super) fn swaps(from: &str, to: &str) -> bool {
    match from {
        ANYBODY => matches!(to, "system" | "developer"),
        "user" | "human" => matches!(to, "system" | "developer" | "assistant" | "model"),
        "assistant" | "model" => matches!(to, "user" | "human" | "system" | "developer"),
        _ => false,
    }
}

impl Judge<'_, '_> {
    /// Looks at what somebody wrote and the mark that stands before it.
    pub(super) fn spoken(&mut self, at: usize, value: &Value) {
        let Some((role, start)) = self.role else { return };
        if value.taint & CONTENT == 0 || self.quiet {
            return;
        }
        let shown = value.shown();
        let own = shown.split(HOLE).next().unwrap_or_default();
        let before = self.shown.text.get(start..).unwrap_or_default();
        let before = before.rsplit(HOLE).next().unwrap_or_default();
        let said = format!("{before}{own}").to_lowercase();
        if let Some(told) = last_role(&said).filter(|told| swaps(role, told)) {
            let detail = format!("what the role {role:?} wrote is said by the role {told:?}");
            self.find(&ALTERS, Malicious, at, &detail);
        }
    }
}

/// The last role in a mark of a text.
fn last_role(text: &str) -> Option<&'static str> {
    let found = ROLES.iter().filter_map(|role| {
        let (at, _) = text.rmatch_indices(role).find(|(at, _)| {
            let before = text.get(..*at).and_then(|text| text.chars().next_back());
            let end = at.saturating_add(role.len());
            let after = text.get(end..).and_then(|text| text.chars().next());
            matches!(before, None | Some('<' | '|' | '[' | '\n' | '>' | '｜' | '#' | ' '))
                && matches!(after, Some('>' | '|' | ']' | ':' | '\n' | '｜'))
        })?;
        // What follows is the rest of the mark, and nothing that is said.
        let rest = text.get(at.saturating_add(role.len())..).unwrap_or_default();
        let rest = rest.trim_start_matches(['>', '|', ']', ':', '｜']);
        let tags = rest.contains(['<', '[']) && rest.contains("end");
        (rest.len() <= 40 && !tags && rest.split_whitespace().count() <= 2).then_some(())?;
        Some((at, *role))
    });
    found.max().map(|(_, role)| role)
}

/// The role that a message has where `condition` holds, if it says so in one comparison.
pub(super) fn role_where(condition: &Expression) -> Option<(&str, String)> {
    let Kind::Chain(left, rest) = &condition.kind else { return None };
    let [(Operator::Equal, right)] = rest.as_slice() else { return None };
    let Kind::Text(role) = &right.kind else { return None };
    let Kind::Followed(base, suffixes) = &left.kind else { return None };
    let (last, message) = suffixes.split_last()?;
    let of_role = match last {
        Suffix::Attribute(_, name) => name == "role",
        Suffix::Item(Expression { kind: Kind::Text(name), .. }) => name == "role",
        _ => false,
    };
    of_role.then_some((role.as_str(), path(base, message).unwrap_or_default()))
}

/// A message as it is named: a variable, perhaps with a place.
pub(super) fn path(base: &Expression, suffixes: &[Suffix]) -> Option<String> {
    let Kind::Name(name) = &base.kind else { return None };
    match suffixes {
        [] => Some(name.clone()),
        [Suffix::Item(Expression { kind: Kind::Int(place), .. })] => {
            Some(format!("{name} {place}"))
        }
        _ => None,
    }
}
