//! The inventory, and what becomes of the register, for people.

use std::fmt::Write as _;

use coseal_core::{
    fact::Pin, finding::Confidence, lock::FILE_NAME, outcome::Gap, plain::plain, system::Location,
};
use coseal_scan::register::{Entry, Fate, Plan, Row, Standing};

use super::style::{BOLD, DIM, GREEN, RED, YELLOW, styled, wrap};

/// Characters shown of one name.
const MAX_NAME: usize = 120;
/// Columns given to names; longer ones push what follows aside.
const MAX_COLUMN: usize = 44;
/// Columns below which what is said of an asset stands on a line of its own.
const NARROW: usize = 76;

/// The inventory, grouped by kind. `hidden` assets are not shown because only tests and the like show them.
pub(crate) fn assets(
    rows: &[Row],
    gaps: &[Gap],
    hidden: usize,
    register: bool,
    width: usize,
) -> String {
    let mut out = String::new();
    for group in rows.chunk_by(|one, other| one.kind == other.kind) {
        let Some(kind) = group.first().map(|row| row.kind) else { continue };
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{} {}", styled(BOLD, kind.word()), group.len());
        let names = group.iter().map(|row| name(row).chars().count());
        let column = names.filter(|length| *length <= MAX_COLUMN).max().unwrap_or_default();
        for row in group {
            out.push_str(&line(row, column, width));
        }
    }
    if rows.is_empty() {
        out.push_str("no asset found\n");
    }
    for gap in gaps {
        let what = format!("not looked at: {}: {}", gap.what, gap.why);
        out.push_str(&wrap(&what, width, "\n", "  "));
    }
    out.push_str(&closing(rows, hidden, register, width));
    out
}

fn name(row: &Row) -> String {
    let element = row.element.as_ref().map(|element| format!(" ({element})")).unwrap_or_default();
    format!("{}{element}", plain(&row.name, MAX_NAME))
}

/// `column` columns for the name, if the terminal is wide.
fn line(row: &Row, column: usize, width: usize) -> String {
    let place = match row.line {
        0 => row.path.clone(),
        line => format!("{}:{line}", row.path),
    };
    let name = name(row);
    let place = if place == row.name { String::new() } else { plain(&place, MAX_NAME) };
    let optional = if row.optional { ", in tests or examples" } else { "" };
    let sure = match row.confidence {
        Confidence::High => "",
        Confidence::Medium => ", likely",
        Confidence::Low => ", perhaps",
    };
    let said = format!("{}{sure}{optional}", pin(row.pin));
    let register = match row.standing {
        Some(Standing::Unregistered) if !is_here(row) => (styled(DIM, "·"), "not here".into()),
        _ => standing(row.standing.as_ref()),
    };
    if width < NARROW {
        let said = [place.as_str(), &said, &register.1];
        let said: Vec<_> = said.into_iter().filter(|part| !part.is_empty()).collect();
        return format!(
            "{}{}",
            wrap(&format!("{} {name}", register.0), width, "  ", "    "),
            wrap(&said.join(", "), width, "      ", "      ")
        );
    }
    let said = format!("{said}{}{}", if register.1.is_empty() { "" } else { ", " }, register.1);
    format!("  {} {name:<column$}  {place:<18}  {said}\n", register.0)
}

const fn pin(pin: Pin) -> &'static str {
    match pin {
        Pin::Snapshot => "pinned",
        Pin::Alias => "moves",
        Pin::Unknown => "?",
    }
}

/// A symbol, and how it stands to the registers in words.
fn standing(standing: Option<&Standing>) -> (String, String) {
    let (style, symbol, words) = match standing {
        None => (DIM, "·", String::new()),
        Some(Standing::Same) => (GREEN, "✓", "registered".into()),
        Some(Standing::ToldSame) => (YELLOW, "◐", "registered, bytes not read".into()),
        Some(Standing::Changed { now, registered }) => {
            let (now, registered) = (now.short(), registered.short());
            (RED, "✗", format!("changed: {now}…, registered {registered}…"))
        }
        Some(Standing::Contradicted { .. }) => {
            (RED, "✗", format!("coseal.toml and {FILE_NAME} disagree"))
        }
        Some(Standing::Unknown(why)) => (YELLOW, "?", format!("registered, {why}")),
        Some(Standing::NamedOnly) => (DIM, "·", "not here".into()),
        Some(Standing::Unregistered) => (DIM, "-", "not registered".into()),
    };
    (styled(style, symbol), words)
}

/// Whether its bytes or text are part of the folder.
fn is_here(row: &Row) -> bool {
    let location = row.location.as_deref().unwrap_or_default();
    ["path:", "code:"].iter().any(|scheme| location.starts_with(scheme))
}

fn closing(rows: &[Row], hidden: usize, register: bool, width: usize) -> String {
    let mut out = String::new();
    if hidden > 0 {
        let what = format!("{hidden} more in tests, examples and documentation: --all");
        out.push_str(&wrap(&what, width, "\n", "  "));
    }
    let bare = rows
        .iter()
        .filter(|row| row.standing == Some(Standing::Unregistered) && is_here(row))
        .count();
    if bare > 0 {
        let verb = if register { "adds them to" } else { "writes" };
        let what = format!("{bare} not registered: coseal assets lock {verb} {FILE_NAME}");
        out.push_str(&wrap(&what, width, "\n", "  "));
    }
    out
}

/// Whether the register was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It says what it said.
    AsItWas,
    /// It was.
    Now,
    /// It would be, without --check.
    WouldBe,
}

/// What becomes of the register.
pub(crate) fn plan(plan: &Plan, written: Written, width: usize) -> String {
    let mut out = String::new();
    let (elsewhere, told): (Vec<_>, Vec<_>) =
        plan.entries.iter().partition(|entry| entry.is_elsewhere());
    for entry in told.into_iter().filter(|entry| entry.fate != Fate::Same) {
        out.push_str(&fate(entry, width));
    }
    out.push_str(&not_here(&elsewhere, width));
    let same = plan.entries.iter().filter(|entry| entry.fate == Fate::Same).count();
    let head = match written {
        Written::AsItWas => format!("{FILE_NAME} stays as it is"),
        Written::Now => format!("wrote {FILE_NAME}"),
        Written::WouldBe => format!("{FILE_NAME} would be written"),
    };
    let of = format!("{} registered, {same} unchanged", plan.register.len());
    out.push_str(&wrap(&format!("{head}: {of}"), width, "", "  "));
    let open: Vec<_> = plan.open().map(|entry| entry.name.as_str()).collect();
    if let Some(first) = open.first() {
        let what = format!(
            "{} not taken over: look at the change, then coseal assets lock --accept {}",
            open.len(),
            quoted(&plain(first, MAX_NAME))
        );
        out.push_str(&wrap(&what, width, "", "  "));
    }
    out
}

/// What is not in this folder, and what to do about it.
fn not_here(elsewhere: &[&Entry], width: usize) -> String {
    let mut out = String::new();
    for entry in elsewhere {
        let name = plain(&entry.name, MAX_NAME);
        let pinned = entry.location.parse().is_ok_and(|location: Location| location.is_pinned());
        let why = if pinned {
            "its exact revision stands for its bytes".to_owned()
        } else {
            "its bytes are elsewhere, and its name may come to mean others".to_owned()
        };
        let line = format!("{} not here {name}: {why}", styled(DIM, "·"));
        out.push_str(&wrap(&line, width, "", "    "));
    }
    if !elsewhere.is_empty() {
        let tip = "name an exact revision (hf:org/name@COMMIT, oci:…@sha256:…) or a digest, or give a copy with --local FILE";
        out.push_str(&wrap(tip, width, "  → ", "    "));
    }
    out
}

fn quoted(name: &str) -> String {
    let simple = |letter: char| letter.is_ascii_alphanumeric() || "./_-:#@".contains(letter);
    if name.chars().all(simple) && !name.starts_with('#') {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

fn fate(entry: &Entry, width: usize) -> String {
    let taken = if entry.accepted { "" } else { ", not taken over" };
    let now = entry.asset.as_ref().map(|asset| asset.digest.short()).unwrap_or_default();
    let (symbol, word, what) = match &entry.fate {
        Fate::Same => return String::new(),
        Fate::Added => (styled(GREEN, "+"), "added", format!("{now}…")),
        Fate::Renamed => (styled(DIM, "="), "renamed", "the same bytes by another name".into()),
        Fate::Changed { from, pinned } => {
            let toml = if *pinned { "; coseal.toml still has the old digest" } else { "" };
            (styled(YELLOW, "~"), "changed", format!("{}… → {now}…{taken}{toml}", from.short()))
        }
        Fate::Gone => (styled(YELLOW, "-"), "gone", format!("it is not there any more{taken}")),
        Fate::Unknown(why) => (styled(DIM, "?"), "not read", why.clone()),
    };
    let name = plain(&entry.name, MAX_NAME);
    wrap(&format!("{symbol} {word:<8} {name}: {what}"), width, "", "    ")
}
