//! Who says what: words stay with the role that the caller gave them, and nobody says what nobody gave.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    judge::{Judge, shown},
    role_marks::Who,
    rules::{ALTERS, FORGES},
    supposed::Supposed,
    syntax::Statement,
    turns::{Turn, turns},
    value::Value,
    words::says_something,
};
use crate::artefact::report::Report;

/// Conversations that are supposed, and the role whose words are looked for. No template knows a visitor.
const CONVERSATIONS: &[(&str, &[&str])] = &[
    ("user", &["user", "assistant", "user"]),
    ("assistant", &["user", "assistant", "user"]),
    ("system", &["system", "user"]),
    ("visitor", &["visitor", "user"]),
];

/// What a template shows of a conversation.
struct Seen {
    role: &'static str,
    turns: Vec<Turn>,
    /// Whether what was said, or when, decides whether the words are shown.
    chance: bool,
    /// Roles of which something else than the message's own chooses.
    roles: Option<[Who; 2]>,
}

/// Follows a template under each supposition, and looks at who speaks.
pub(super) fn judge(body: &[Statement], report: &mut Report) {
    let seen: Vec<Seen> = CONVERSATIONS
        .iter()
        .map(|(role, conversation)| {
            let mut judge = Judge::new(report, Some(Supposed::of(role, conversation)));
            judge.walk(body);
            let chance = judge.supposed.as_ref().is_some_and(|supposed| supposed.chance);
            let roles = judge.supposed.as_ref().and_then(|supposed| supposed.roles);
            Seen { role, turns: turns(&judge.shown.text), chance, roles }
        })
        .collect();
    let all = || seen.iter().flat_map(|one| &one.turns);
    let by_name = all().any(|turn| turn.own.starts_with("visitor"));
    let system = all().any(|turn| turn.who == Some(Who::System));
    // A template that asks for no role shows everybody's words as the user's.
    let mut visitor = seen.iter().filter(|one| one.role == "visitor").flat_map(|one| &one.turns);
    let blind = visitor.any(|turn| turn.spoken && turn.who == Some(Who::User));
    for one in &seen {
        swapped(one, [system, by_name, blind], report);
        forged(one, report);
    }
    dropped(&seen, report);
    // What a tool said may come under the system's name, and the other way round: neither is a person's word.
    let people = |pair: &[Who; 2]| pair.iter().any(|who| matches!(who, Who::User | Who::Assistant));
    if let Some([one, other]) = seen.iter().find_map(|one| one.roles.filter(people)) {
        let detail = format!(
            "something else than the role of a message decides whether it is the {}'s or the {}'s",
            one.name(),
            other.name()
        );
        report.find(&ALTERS, Unknown, 0, &detail);
    }
    if let Some(one) = seen.iter().find(|one| one.chance) {
        let detail = format!(
            "what was said, how much or when decides whether the words of the {} are shown",
            one.role
        );
        report.find(&ALTERS, Unknown, 0, &detail);
    }
}

/// Words under another role's name than their own. Families without a place for the system show its words at the beginning of the user's,
/// which is no swap.
fn swapped(one: &Seen, [system, by_name, blind]: [bool; 3], report: &mut Report) {
    let mut told = one
        .turns
        .iter()
        .filter(|turn| turn.spoken)
        .filter_map(|turn| Some((turn.who?, turn.begins)));
    let bad = told.find(|(told, begins)| match Who::of(one.role) {
        Some(Who::User) => *told == Who::System || *begins && *told == Who::Assistant,
        Some(Who::Assistant) => *told == Who::System || *begins && *told == Who::User && !blind,
        Some(Who::System) => {
            *begins
                && match told {
                    Who::Assistant => system || by_name,
                    Who::User => system,
                    _ => false,
                }
        }
        _ => false,
    });
    if let Some((told, _)) = bad {
        let detail = format!("what the {} wrote is said by the {}", one.role, told.name());
        let verdict = if one.role == "system" { Unknown } else { Malicious };
        report.find(&ALTERS, verdict, 0, &detail);
    }
}

/// Words that nobody gave.
fn forged(one: &Seen, report: &mut Report) {
    let forged = one.turns.iter().find(|turn| match turn.who {
        Some(Who::Assistant | Who::Tool) => says_something(&turn.own),
        Some(Who::User) if one.role == "user" => {
            if turn.spoken {
                is_first_person(&turn.own)
            } else {
                turn.ends && says_something(&turn.own)
            }
        }
        _ => false,
    });
    if let Some(Turn { who: Some(who), own, .. }) = forged {
        report.find(
            &FORGES,
            Malicious,
            0,
            &format!("in the turn of the {}: {}", who.name(), shown(own)),
        );
    }
}

/// Words of the system that are left out, although the template has a place for them.
fn dropped(seen: &[Seen], report: &mut Report) {
    let of = |role: &str| seen.iter().find(|one| one.role == role);
    let shows = |one: &Seen| one.turns.iter().any(|turn| turn.spoken);
    let (Some(system), Some(visitor)) = (of("system"), of("visitor")) else { return };
    let other = seen.iter().any(|one| one.role != "user" && shows(one));
    if !shows(system) && shows(visitor) {
        report.find(&ALTERS, Unknown, 0, "it leaves out what the system's message says");
    }
    if other && of("user").is_some_and(|user| !shows(user)) {
        report.find(&ALTERS, Unknown, 0, "it leaves out what the user wrote");
    }
}

/// Whether a person speaks of itself.
fn is_first_person(own: &str) -> bool {
    let lower = own.to_lowercase();
    lower.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’').any(
        |word| {
            matches!(word, "i" | "i'm" | "i've" | "i'll" | "i’m" | "my" | "me" | "mine" | "myself")
        },
    )
}

impl Judge<'_, '_> {
    /// A message is written in the template: nobody may be said to have said it.
    pub(super) fn made_up<'a>(
        &mut self,
        at: usize,
        entries: &(impl Iterator<Item = (Option<&'a str>, &'a Value)> + Clone),
    ) {
        let of = |key: &str| {
            entries.clone().find(|(found, _)| *found == Some(key)).map(|(_, value)| value)
        };
        let (Some(role), Some(content)) = (of("role"), of("content")) else { return };
        let who = role.known().and_then(Who::of);
        let text = content.shown();
        if matches!(who, Some(Who::User | Who::Assistant | Who::Tool)) && says_something(&text) {
            self.find(
                &FORGES,
                Malicious,
                at,
                &format!("a message that nobody wrote: {}", shown(&text)),
            );
        }
    }
}
