//! The result of `check` for people.

mod checks;
mod summary;

use std::{fmt::Write as _, time::Duration};

use coseal_assure::{
    Assessment, Judged,
    baseline::Marks,
    gate::{Profile, blockers},
};
use coseal_core::{
    counted::counted,
    fact::Facts,
    finding::{Finding, Location, Severity},
    outcome::State,
};

use self::{
    checks::{every_check, one, unknown},
    summary::{evidence, guidelines, header, open_questions, scopes},
};
use super::{next_steps, style::wrap};
use crate::on_record::OnRecord;

/// How to show a result.
pub(crate) struct Shown<'a> {
    pub(crate) width: usize,
    pub(crate) verbose: bool,
    pub(crate) gate: Option<Profile>,
    pub(crate) elapsed: Duration,
    /// What of it a baseline knows.
    pub(crate) marks: &'a Marks<'a>,
}

pub(crate) fn check(
    facts: &Facts,
    assessment: &Assessment,
    on_record: &OnRecord,
    shown: &Shown<'_>,
) -> String {
    let mut out = String::new();
    out.push_str(&header(facts, assessment, on_record, shown));
    out.push_str(&open_questions(facts, shown.width));
    out.push('\n');
    out.push_str(&scopes(assessment, shown.width));
    out.push('\n');
    out.push_str(&evidence(assessment, on_record, shown.width));
    if let Some((known, new, gone)) = shown.marks.counts() {
        let line = format!("{known} known (baseline), {new} new, {gone} gone");
        out.push_str(&wrap(&line, shown.width, "  findings  ", "            "));
        out.push('\n');
    }
    out.push_str(&guidelines(assessment, shown.width));
    out.push('\n');
    if shown.verbose {
        out.push_str(&every_check(facts, assessment, shown));
    } else {
        for judged in to_show(assessment) {
            out.push_str(&one(facts, judged, shown));
        }
        out.push_str(&unknown(assessment, shown.width));
    }
    out.push_str(&gaps(facts, shown.width));
    if let Some(profile) = shown.gate {
        let lacks = on_record.lacks(profile, facts);
        out.push_str(&gate(assessment, profile, &lacks, shown.width));
    }
    out.push_str(&next_steps::next(facts, assessment, shown.width));
    out
}

/// Failed, partial and stale checks: must before should, worst first.
pub(super) fn to_show(assessment: &Assessment) -> Vec<&Judged> {
    let rank = |judged: &&Judged| {
        let state = match judged.outcome.state {
            State::Fail => 0,
            State::Stale => 2,
            _ => 1,
        };
        let severity = judged.findings.iter().map(|finding| finding.severity).max();
        (state, std::cmp::Reverse(severity), judged.entry.level)
    };
    let wanted = [State::Fail, State::Partial, State::Waived, State::Stale];
    let mut shown: Vec<_> = assessment
        .checks
        .iter()
        // What a person decided is shown, whatever came of it; and what is wrong, even where the check passes.
        .filter(|judged| {
            wanted.contains(&judged.outcome.state)
                || judged.decision.is_some()
                || judged.findings.iter().any(|finding| finding.severity >= Severity::Medium)
        })
        .collect();
    shown.sort_by_key(rank);
    shown
}

/// What is wrong, after where.
pub(crate) fn line(finding: &Finding) -> String {
    format!("{}: {}", place(&finding.location), finding.message)
}

pub(crate) fn place(location: &Location) -> String {
    let mut out = location.path.clone();
    for member in &location.members {
        let _ = write!(out, "!{member}");
    }
    if let Some(line) = location.line {
        let _ = write!(out, ":{line}");
    } else if let Some(byte) = location.byte {
        let _ = write!(out, " at byte {byte:#x}");
    }
    out
}

fn gaps(facts: &Facts, width: usize) -> String {
    let mut out = String::new();
    let gaps = &facts.inspection.gaps;
    for gap in gaps.iter().take(5) {
        out.push_str(&wrap(
            &format!("not looked at: {}: {}", gap.what, gap.why),
            width,
            "! ",
            "  ",
        ));
    }
    if gaps.len() > 5 {
        let _ = writeln!(out, "! and {} more that were not looked at", gaps.len() - 5);
    }
    if !gaps.is_empty() {
        out.push('\n');
    }
    out
}

fn gate(assessment: &Assessment, profile: Profile, lacks: &[&str], width: usize) -> String {
    let blockers = blockers(assessment, profile);
    if blockers.is_empty() && lacks.is_empty() {
        return "Gate: open\n\n".to_owned();
    }
    let mut out = String::new();
    for what in lacks {
        out.push_str(&wrap(&format!("Gate: shut: {what}"), width, "", "  "));
    }
    if blockers.is_empty() {
        return format!("{out}\n");
    }
    let names: Vec<_> = blockers
        .iter()
        .map(|blocker| format!("{} ({})", blocker.judged.entry.id, blocker.why))
        .collect();
    let line =
        format!("Gate: shut by {}: {}", counted(blockers.len(), "must-check"), names.join(", "));
    format!("{out}{}\n", wrap(&line, width, "", "  "))
}
