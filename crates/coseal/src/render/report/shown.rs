//! What every form of the report shows, in words: nothing in it needs more than escaping.

use coseal_assure::report::{
    By, Cause, Change, Changes, Expiring, MayRun, Reason, Report, Since, Waived, Who,
};
use coseal_core::{counted::counted, crosswalk::Framework, outcome::State};

use crate::render::style;

/// Places told of one cause on the first page.
const SEEN: usize = 2;
/// Gaps told.
pub(super) const GAPS: usize = 40;

/// What a report is about, beside its content.
#[derive(Clone, Copy)]
pub(crate) struct About {
    /// The framework whose order is asked for.
    pub(crate) framework: Option<&'static Framework>,
}

/// A state as symbol, word and class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
    pub(super) class: &'static str,
}

pub(super) fn mark(state: State) -> Mark {
    let (word, class) = match state {
        State::Pass => ("met", "pass"),
        State::Partial => ("in part", "partial"),
        State::Fail => ("not met", "fail"),
        State::NotApplicable => ("does not apply", "na"),
        State::Waived => ("accepted for now", "waived"),
        State::Stale => ("out of date", "stale"),
        State::Unknown => ("not known", "unknown"),
    };
    Mark { symbol: style::symbol(state).0, word, class }
}

/// The answer as symbol, headline and sentence.
pub(super) struct Headline {
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
    pub(super) class: &'static str,
    pub(super) sentence: String,
    pub(super) rests: String,
}

pub(super) fn headline(report: &Report<'_>) -> Headline {
    let tally = &report.tally;
    let answered = tally.musts.saturating_sub(tally.open);
    let (symbol, class) = match report.answer {
        MayRun::Yes => ("✓", "pass"),
        MayRun::WithLimits => ("◐", "partial"),
        MayRun::No => ("✗", "fail"),
        MayRun::NotEnoughEvidence => ("?", "unknown"),
    };
    let sentence = match report.answer {
        MayRun::Yes => "Everything that must be met is met.".to_owned(),
        MayRun::WithLimits => "It may run, as long as the points below are watched and put right in time.".to_owned(),
        MayRun::No => "It should not run as it is now; if it runs, stop it. Put it right, or have the risk accepted in writing.".to_owned(),
        MayRun::NotEnoughEvidence => "Too little is known of this system to say that it may run.".to_owned(),
    };
    let judged = &report.not_judged;
    let rests = format!(
        "This rests on {} of the {} requirements, and on {answered} of the {} that must be met. The others were not looked at or are out of date: not known, never met.",
        judged.judged, judged.applicable, tally.musts
    );
    Headline { symbol, word: report.answer.words(), class, sentence, rests }
}

/// A reason or risk on the first page.
pub(super) struct Told {
    pub(super) what: String,
    pub(super) act: String,
    pub(super) seen: Vec<String>,
    pub(super) more: usize,
    pub(super) role: String,
    pub(super) contact: String,
    pub(super) by: String,
    pub(super) late: bool,
}

pub(super) fn reason(reason: &Reason) -> Told {
    let (role, contact) = reason.who.as_ref().map(who).unwrap_or_default();
    Told {
        what: reason.what.clone(),
        act: reason.act.clone().unwrap_or_default(),
        seen: reason.seen.iter().take(SEEN).cloned().collect(),
        more: reason.seen.len().saturating_sub(SEEN),
        role,
        contact,
        by: reason.by.map(By::words).unwrap_or_default(),
        late: matches!(reason.by, Some(By::Now | By::Overdue(_))),
    }
}

pub(super) fn risk(cause: &Cause) -> Told {
    let told = Reason {
        what: cause.what.clone(),
        act: Some(cause.act.clone()),
        seen: cause.seen.clone(),
        who: Some(cause.who.clone()),
        by: Some(cause.by),
    };
    reason(&told)
}

/// A role and how to reach it.
pub(super) fn who(who: &Who) -> (String, String) {
    match &who.role {
        Some(role) => (role.clone(), who.contact.clone().unwrap_or_default()),
        None => ("nobody is named yet".to_owned(), String::new()),
    }
}

/// What changed, in lines of a heading and what is under it.
pub(super) struct Shift {
    pub(super) symbol: &'static str,
    pub(super) class: &'static str,
    pub(super) text: String,
    pub(super) from: String,
}

/// Since when, in one sentence.
pub(super) fn since(changes: &Changes) -> String {
    match &changes.since {
        Since::First => "This is the first report: there is no earlier one, and nothing on record, to compare with.".to_owned(),
        Since::Report { as_of, digest } if changes.is_empty() => {
            format!("Nothing has changed since the report of {as_of} ({}).", digest.short())
        }
        Since::Report { as_of, digest } => {
            format!("Since the report of {as_of} ({}):", digest.short())
        }
        Since::Record { day, checks } if changes.is_empty() => {
            format!("First report. Nothing differs from the {checks} answers on record up to {day}.")
        }
        Since::Record { day, checks } => {
            format!("First report. Compared with the {checks} answers on record up to {day}:")
        }
    }
}

pub(super) fn shifts(changes: &Changes) -> Vec<Shift> {
    let mut out = Vec::new();
    if let Some(was) = changes.answer_was {
        out.push(Shift {
            symbol: "→",
            class: "other",
            text: "May it run?".to_owned(),
            from: format!("it was: {}", was.words()),
        });
    }
    let mut add = |symbol, class, list: &[Change]| {
        out.extend(list.iter().map(|change| Shift {
            symbol,
            class,
            text: capital(change.question),
            from: match change.was {
                Some(was) => format!("{} → {}", mark(was).word, mark(change.now).word),
                None => format!("new: {}", mark(change.now).word),
            },
        }));
    };
    add("↓", "fail", &changes.worse);
    add("↑", "pass", &changes.better);
    add("→", "other", &changes.other);
    add("+", "other", &changes.new);
    for (symbol, from, list) in
        [("+", "accepted for now", &changes.accepted), ("−", "no longer accepted", &changes.ended)]
    {
        out.extend(list.iter().map(|about| Shift {
            symbol,
            class: "other",
            text: capital(about),
            from: from.to_owned(),
        }));
    }
    out
}

/// Something that ends.
pub(super) struct Ends {
    pub(super) on: String,
    pub(super) when: String,
    pub(super) what: String,
    pub(super) role: String,
    pub(super) contact: String,
    pub(super) late: bool,
}

pub(super) fn ends(expiring: &Expiring) -> Ends {
    let (role, contact) = who(&expiring.who);
    let when = match expiring.days {
        days @ ..=-2 => format!("{} days overdue", -days),
        -1 => "1 day overdue".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    Ends {
        on: expiring.on.to_string(),
        when,
        what: capital(&expiring.what),
        role,
        contact,
        late: expiring.days < 0,
    }
}

/// A waiver.
pub(super) struct Exception {
    pub(super) kind: &'static str,
    pub(super) about: String,
    pub(super) reason: String,
    pub(super) instead: String,
    pub(super) role: String,
    pub(super) expires: String,
    pub(super) grade: &'static str,
    pub(super) file: String,
}

pub(super) fn exception(waived: &Waived) -> Exception {
    let about = coseal_core::catalogue::catalogue().check(&waived.about);
    Exception {
        kind: match waived.kind {
            "waived" => "accepted for now",
            "exempt" => "said not to apply",
            _ => "a threat decided on",
        },
        about: about.map_or_else(|| waived.about.clone(), |(_, entry)| capital(&entry.question)),
        reason: waived.reason.clone(),
        instead: waived.instead.clone().unwrap_or_default(),
        role: who(&waived.who).0,
        expires: waived.expires.map(|day| day.to_string()).unwrap_or_default(),
        grade: waived.grade.words(),
        file: waived.file.clone(),
    }
}

/// With a capital letter in front.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// The name that the report goes by.
pub(super) fn name(report: &Report<'_>) -> String {
    report.subject.id.clone().unwrap_or_else(|| "A system without a description".to_owned())
}

/// What the system is, in a few words each.
pub(super) fn facts_of(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let subject = &report.subject;
    let mut facts = vec![("As of", report.as_of.to_string())];
    facts.extend(subject.version.clone().map(|version| ("Version", version)));
    if !subject.environments.is_empty() {
        facts.push(("Environments", subject.environments.join(", ")));
    }
    if let Some((exposure, impact)) = &subject.exposure {
        let (_, reach, harm) = subject.assumed;
        facts.push(("Open to", said(exposure, reach)));
        facts.push(("Impact if wrong", said(impact, harm)));
    }
    if !subject.unanswered.is_empty() {
        let count = subject.unanswered.len();
        facts.push(("Not yet answered", format!("{} in coseal.toml", counted(count, "question"))));
    }
    facts
}

/// What it is for; where nobody has said, that it is assumed.
pub(super) fn purpose(report: &Report<'_>) -> String {
    let purpose = report.subject.purpose.as_deref().unwrap_or_default();
    said(purpose, report.subject.assumed.0 && !purpose.is_empty())
}

/// What the system file says, and whether somebody stands behind it.
fn said(value: &str, assumed: bool) -> String {
    if assumed { format!("{value} (assumed)") } else { value.to_owned() }
}

/// The first digits of a digest, in groups that can be read aloud.
pub(super) fn grouped(hex: &str) -> String {
    let digits: Vec<char> = hex.chars().take(16).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
