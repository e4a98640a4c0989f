//! The result of `init` for people.

use std::{collections::BTreeMap, fmt::Write as _};

use coseal_core::{counted::counted, fact::Asset, outcome::Gap, plain::plain, system::FILE_NAME};
use coseal_source::{
    compare::{Weight, weight},
    draft::{Answers, Draft, LeftOut, Updated},
};

use super::style::{BOLD, styled, wrap};

/// Names of one reason that are shown before the rest is counted.
const NAMES_SHOWN: usize = 5;
/// Fewer columns than these have no room for places beside elements.
const NARROW: usize = 76;
/// Lines of a list before the rest is counted.
const LINES_SHOWN: usize = 60;

/// What files and system file do not have in common.
pub(crate) struct Difference<'a> {
    /// What files show and it lacks.
    pub(crate) lacking: &'a [&'a Asset],
    /// What it declares and nothing shows, by element.
    pub(crate) gone: Vec<Unseen>,
    /// How many they have in common.
    pub(crate) common: usize,
}

impl Difference<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.lacking.is_empty() && self.gone.is_empty()
    }
}

/// An element that nothing shows.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unseen {
    /// As `kind.id`.
    pub(crate) element: String,
    /// Its line in the system file.
    pub(crate) line: u32,
    /// How that is known.
    pub(crate) why: &'static str,
}

/// What `init` wrote.
pub(crate) fn new(draft: &Draft, file: &str, gaps: &[Gap], width: usize) -> String {
    let flows = draft.parts.iter().filter(|part| part.table == "flow").count();
    let mut out = format!(
        "wrote {FILE_NAME}: {}, {}, {}\n\n",
        counted(file.lines().count(), "line"),
        counted(draft.parts.len() - flows, "element"),
        counted(flows, "flow")
    );
    let kind = format!("{}: {}", draft.guess.kind.word(), draft.guess.why);
    out.push_str(&wrap(&kind, width, "Kind      ", "          "));
    out.push_str("Found     ");
    out.push_str(&found(draft, width));
    out.push_str(&left_out(&draft.left_out, width));
    for gap in gaps.iter().take(3) {
        let line = format!("not looked at: {}: {}", gap.what, gap.why);
        out.push_str(&wrap(&line, width, "!         ", "          "));
    }
    if gaps.len() > 3 {
        let _ = writeln!(out, "!         and {} more that were not looked at", gaps.len() - 3);
    }
    out.push_str(&open(&draft.answers, width));
    let next = format!("read {FILE_NAME}   2 coseal check   3 coseal assets lock");
    out.push_str(&wrap(&next, width, &format!("{}      1 ", styled(BOLD, "Next")), "          "));
    out
}

fn found(draft: &Draft, width: usize) -> String {
    if draft.told.is_empty() {
        return "nothing that files show of an AI system\n".to_owned();
    }
    let longest = draft.told.iter().map(|told| told.element.len()).max().unwrap_or_default();
    let mut out = String::new();
    for (index, told) in draft.told.iter().take(LINES_SHOWN).enumerate() {
        let indent = if index == 0 { "" } else { "          " };
        let more =
            if told.assets > 1 { format!(" ({} of them)", told.assets) } else { String::new() };
        let place = at(&told.path, told.line);
        if width < NARROW {
            let _ = writeln!(out, "{indent}{}", told.element);
            out.push_str(&wrap(&format!("{place}{more}"), width, "            ", "            "));
        } else {
            let _ = writeln!(out, "{indent}{:<longest$}  {place}{more}", told.element);
        }
    }
    out.push_str(&beyond(draft.told.len()));
    out
}

fn at(path: &str, line: u32) -> String {
    let path = plain(path, 120);
    if line > 0 { format!("{path}:{line}") } else { path }
}

fn beyond(count: usize) -> String {
    match count.saturating_sub(LINES_SHOWN) {
        0 => String::new(),
        more => format!("          and {more} more\n"),
    }
}

/// What is not in the file: by reason, with the first names.
fn left_out(all: &[LeftOut], width: usize) -> String {
    let mut by_reason: BTreeMap<&str, Vec<&LeftOut>> = BTreeMap::new();
    for one in all {
        by_reason.entry(one.why).or_default().push(one);
    }
    let mut out = String::new();
    for (index, (why, of)) in by_reason.into_iter().enumerate() {
        let names: Vec<_> = of
            .iter()
            .take(NAMES_SHOWN)
            .map(|one| format!("{} {}", one.kind.word(), plain(&one.name, 60)))
            .collect();
        let more = of.len().saturating_sub(NAMES_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let line = format!("{}{more}: {why}", names.join(", "));
        let head = if index == 0 { "Left out  " } else { "          " };
        out.push_str(&wrap(&line, width, head, "            "));
    }
    out
}

fn open(answers: &Answers, width: usize) -> String {
    let all = [
        ("purpose", answers.purpose.given),
        ("exposure", answers.exposure.given),
        ("impact", answers.impact.given),
        ("data about people", answers.personal.given),
        ("who answers", answers.contact.given),
    ];
    let open: Vec<_> = all.iter().filter(|(_, given)| !given).map(|(what, _)| *what).collect();
    if open.is_empty() {
        return String::new();
    }
    let line = format!("{}: marked TODO(coseal), the safest is assumed", open.join(", "));
    wrap(&line, width, "Open      ", "          ")
}

/// What `init --update` added.
pub(crate) fn updated(updated: &Updated, width: usize) -> String {
    let mut out = if updated.added.is_empty() {
        format!("{FILE_NAME} has all that files show; nothing was added\n")
    } else {
        format!("added to {FILE_NAME}, and nothing else changed:\n")
    };
    for part in updated.added.iter().take(LINES_SHOWN) {
        let note = plain(&part.note, 200);
        let line = if note.is_empty() { part.name() } else { format!("{}  {note}", part.name()) };
        out.push_str(&wrap(&line, width, "  + ", "      "));
    }
    out.push_str(&beyond(updated.added.len()));
    out.push_str(&left_out(&updated.left_out, width));
    out
}

/// What `init --diff` shows.
pub(crate) fn diff(difference: &Difference<'_>, width: usize) -> String {
    if difference.is_empty() {
        return format!("files and {FILE_NAME} agree on {}\n", counted(difference.common, "asset"));
    }
    let mut out = String::new();
    if !difference.lacking.is_empty() {
        let _ = writeln!(out, "Files show, and {FILE_NAME} lacks:");
    }
    for asset in difference.lacking.iter().take(LINES_SHOWN) {
        let place = asset.main_place().map(|seen| at(&seen.path, seen.line)).unwrap_or_default();
        let weight = match weight(asset) {
            Weight::High => " (high)",
            _ => "",
        };
        let line = format!("{place}: {} {}{weight}", asset.kind.word(), plain(&asset.name, 120));
        out.push_str(&wrap(&line, width, "  + ", "      "));
    }
    out.push_str(&beyond(difference.lacking.len()));
    if !difference.gone.is_empty() {
        let _ = writeln!(out, "{FILE_NAME} declares, and files do not show:");
    }
    for unseen in difference.gone.iter().take(LINES_SHOWN) {
        let line = format!("{FILE_NAME}:{}: {}: {}", unseen.line, unseen.element, unseen.why);
        out.push_str(&wrap(&line, width, "  - ", "      "));
    }
    out.push_str(&beyond(difference.gone.len()));
    if !difference.lacking.is_empty() {
        let _ = writeln!(out, "{}  coseal init --update adds what lacks", styled(BOLD, "Next"));
    }
    out
}
