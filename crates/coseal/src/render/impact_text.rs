//! The result of `impact` for people.

use std::fmt::Write as _;

use coseal_assure::{
    Assessment, Judged,
    impact::{Affected, AtRisk, Gone, Impact, Thing, What},
};
use coseal_core::{
    catalogue::{Level, Scope},
    fact::{Facts, Recorded},
    outcome::State,
    system::word,
};
use jiff::tz::TimeZone;

use super::style::{BOLD, DIM, styled, symbol, wrap};
use crate::on_record::OnRecord;

/// Reasons shown for one check before the rest is counted.
const REASONS_SHOWN: usize = 4;

/// What is told.
pub(crate) enum Told {
    /// What would go stale.
    Would(Impact),
    /// What has gone stale since it was recorded.
    Since(Vec<Gone>),
}

pub(crate) fn render(
    facts: &Facts,
    assessment: &Assessment,
    on_record: &OnRecord,
    told: &Told,
    width: usize,
) -> String {
    let mut out = String::new();
    for log in &on_record.logs {
        if let Err(why) = &log.state {
            let line = format!("{}: {why}", log.standing(on_record.has_root));
            out.push_str(&wrap(&line, width, "! log  ", "       "));
        }
    }
    match told {
        Told::Would(impact) => {
            for thing in &impact.things {
                out.push_str(&one(thing, assessment, width));
            }
            if facts.recorded.is_empty() {
                let note = "none of these answers is on record, so each run works them out anew; coseal check --record signs them";
                out.push_str(&styled(DIM, wrap(note, width, "", "").trim_end()));
                out.push('\n');
            }
        }
        Told::Since(gone) => out.push_str(&since(gone, facts, assessment, on_record, width)),
    }
    out
}

fn one(thing: &Thing, assessment: &Assessment, width: usize) -> String {
    let name = coseal_core::plain::plain(&thing.name, 300);
    let mut out = format!("{} {}\n", styled(BOLD, &name), styled(DIM, kind(thing.what)));
    if thing.affected.is_empty() && thing.decisions.is_empty() {
        out.push_str("  nothing that any check reads derives from it\n\n");
        return out;
    }
    let judged: Vec<(&Judged, &Affected)> = (thing.affected.iter())
        .filter_map(|affected| Some((assessment.check(&affected.check)?, affected)))
        .collect();
    let (known, unknown): (Vec<_>, Vec<_>) =
        judged.into_iter().partition(|(judged, _)| is_known(judged));
    for (people, heading) in [(false, "run again"), (true, "attest again")] {
        for (certain, when) in [(true, "whatever the edit"), (false, "depending on the edit")] {
            let of: Vec<_> = (known.iter())
                .filter(|(j, a)| (j.entry.scope == Scope::People) == people && a.certain == certain)
                .collect();
            if !of.is_empty() {
                let _ = writeln!(out, "  {heading}, {}:", when_of(thing.what, certain, when));
            }
            for (judged, affected) in of {
                out.push_str(&line(judged, affected, width));
            }
        }
    }
    if !thing.decisions.is_empty() {
        out.push_str("  decisions that would no longer hold:\n");
    }
    for decision in &thing.decisions {
        out.push_str(&wrap(&at_risk(decision), width, "    ", "      "));
    }
    if !unknown.is_empty() {
        let names: Vec<_> = unknown.iter().map(|(judged, _)| judged.entry.id.as_str()).collect();
        let line = format!("read it too, and nothing is known of them now: {}", names.join(", "));
        out.push_str(&wrap(&line, width, "  ", "    "));
    }
    out.push('\n');
    out
}

const fn kind(what: What) -> &'static str {
    match what {
        What::File => "(file)",
        What::Folder => "(folder: any of its files)",
        What::SystemFile => "(the system file, element by element)",
        What::Table => "(table)",
        What::Element => "(element)",
        What::Field => "(field)",
    }
}

/// Of an element it is a change of what is named behind each check that counts.
const fn when_of(what: What, certain: bool, otherwise: &'static str) -> &'static str {
    match (what, certain) {
        (What::SystemFile | What::Table | What::Element | What::Field, true) => {
            "if what is named changes"
        }
        (What::Folder, true) => "whatever the edit of a file named",
        _ => otherwise,
    }
}

/// Whether there is an answer that could go stale.
fn is_known(judged: &Judged) -> bool {
    judged.outcome.state != State::Unknown || judged.evidence.is_some()
}

fn line(judged: &Judged, affected: &Affected, width: usize) -> String {
    let (symbol, style) = symbol(judged.outcome.state);
    let by: Vec<_> = affected.by.iter().take(REASONS_SHOWN).map(String::as_str).collect();
    let more = affected.by.len() - by.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let text = format!(
        "{} · {}, {}: {}, {} ({}{more})",
        judged.guideline.name,
        judged.entry.id,
        if judged.entry.level == Level::Must { "must" } else { "should" },
        judged.outcome.state,
        evidence(judged),
        by.join(", ")
    );
    wrap(&text, width, &format!("    {} ", styled(style, symbol)), "      ")
}

fn evidence(judged: &Judged) -> String {
    let record = judged.evidence.as_ref();
    let record = record.map(|record| format!(", recorded {}", day(record))).unwrap_or_default();
    format!("grade {}{record}", judged.grade)
}

fn day(record: &Recorded) -> String {
    record.observed.to_zoned(TimeZone::UTC).date().to_string()
}

fn at_risk(decision: &AtRisk) -> String {
    let may = if decision.certain { "" } else { ", perhaps" };
    format!("{}: {} {}{may}: {}", decision.path, word(&decision.kind), decision.about, decision.why)
}

fn since(
    gone: &[Gone],
    facts: &Facts,
    assessment: &Assessment,
    on_record: &OnRecord,
    width: usize,
) -> String {
    if facts.recorded.is_empty() {
        let has_log = !on_record.logs.is_empty();
        let none = if has_log { "no outcome on record counts" } else { "nothing is on record" };
        return format!("{none}: coseal check --record\n");
    }
    let checks = facts.recorded.len();
    let mut out =
        format!("{} of {checks} recorded checks rest on facts that are no longer so\n", gone.len());
    for gone in gone {
        let Some(judged) = assessment.check(&gone.check) else { continue };
        let (symbol, style) = symbol(judged.outcome.state);
        let text = format!(
            "{} · {}: was {} on {}, grade {}; {}; now {}",
            judged.guideline.name,
            gone.check,
            gone.record.state,
            day(&gone.record),
            gone.record.grade,
            gone.moved.words(),
            judged.outcome.state
        );
        out.push_str(&wrap(&text, width, &format!("  {} ", styled(style, symbol)), "    "));
    }
    out
}
