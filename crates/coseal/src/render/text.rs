//! The result of `check` for people.

use std::{fmt::Write as _, time::Duration};

use coseal_assure::{
    Assessment, Judged,
    assumed::is_assumed,
    baseline::Marks,
    gate::{Profile, blockers},
};
use coseal_core::{
    catalogue::{Level, Stage, catalogue},
    counted::counted,
    fact::Facts,
    finding::{Finding, Location, Severity},
    grade::Grade,
    outcome::State,
    system::FILE_NAME,
};

use super::{
    next_steps,
    style::{BOLD, DIM, styled, symbol, wrap},
};
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

/// Fewer columns than these have no room for a hanging column.
const NARROW: usize = 60;

/// Findings shown for one check before the rest is counted.
const FINDINGS_SHOWN: usize = 3;

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

fn header(
    facts: &Facts,
    assessment: &Assessment,
    on_record: &OnRecord,
    shown: &Shown<'_>,
) -> String {
    let seconds = shown.elapsed.as_secs_f64();
    let checked = format!(
        "checked in {seconds:.1} s as of {}, offline, {}",
        assessment.as_of,
        recorded(on_record)
    );
    let Some(system) = &facts.system else {
        let found = facts.artefacts.len();
        let files = counted(facts.inspection.files, "file");
        let line =
            format!("no system file · {files}, {} · {checked}", counted(found, "model file"));
        return wrap(&line, shown.width, "", "  ");
    };
    let assets = system.model.len()
        + system.adapter.len()
        + system.dataset.len()
        + system.prompt.len()
        + system.store.len()
        + system.tool.len()
        + system.memory.len()
        + system.log.len();
    let environments: Vec<_> = system.system.environments.iter().map(String::as_str).collect();
    let environments = if environments.is_empty() {
        "no environment declared".to_owned()
    } else {
        environments.join(", ")
    };
    let line = format!(
        "{} · {environments} · {}, {} · {checked}",
        system.system.id,
        counted(assets, "asset"),
        counted(system.flow.len(), "flow")
    );
    wrap(&line, shown.width, "", "  ")
}

fn recorded(on_record: &OnRecord) -> String {
    match &on_record.wrote {
        None => "nothing recorded".to_owned(),
        Some(Err(why)) => why.words().to_owned(),
        Some(Ok(written)) => {
            format!("{} recorded in {}", counted(written.count, "record"), written.origin)
        }
    }
}

/// What is on record: nothing is said where there is no log.
fn evidence(assessment: &Assessment, on_record: &OnRecord, width: usize) -> String {
    let mut out = String::new();
    for log in &on_record.logs {
        let standing = log.standing(on_record.has_root);
        let line = match &log.state {
            Ok(size) => format!("{}, {}, {standing}", log.origin, counted(*size, "record")),
            Err(why) => format!("{standing}: {why}"),
        };
        let head = if log.state.is_ok() { "  log     " } else { "! log     " };
        out.push_str(&wrap(&line, width, head, "          "));
        for missing in &log.missing {
            let line = format!(
                "no run between {} and {}, though one is expected every {}",
                missing.after,
                missing.before,
                counted(missing.every_hours, "hour")
            );
            out.push_str(&wrap(&line, width, "! log     ", "          "));
        }
    }
    if !out.is_empty() {
        let judged: Vec<_> =
            assessment.checks.iter().filter(|judged| judged.outcome.state.is_judged()).collect();
        let count = |grade| judged.iter().filter(|judged| judged.grade == grade).count();
        let grades = [Grade::A, Grade::B, Grade::C, Grade::D].map(|grade| (grade, count(grade)));
        let grades = grades.iter().filter(|(_, count)| *count > 0);
        let grades: Vec<_> = grades.map(|(grade, count)| format!("{count} {grade}")).collect();
        let line = format!("{} (A signed by a trusted runner … D unproven)", grades.join(", "));
        out.push_str(&wrap(&line, width, "  grades  ", "          "));
        out.push('\n');
    }
    out
}

fn scopes(assessment: &Assessment, width: usize) -> String {
    let mut out = String::new();
    let mut silent = Vec::new();
    for count in assessment.scopes() {
        if count.judged == 0 {
            silent.push(count.scope.word());
            continue;
        }
        let states = count.states.iter().filter(|(state, n)| {
            *n > 0 && *state != State::NotApplicable && *state != State::Unknown
        });
        let states: Vec<_> = states.map(|(state, n)| format!("{n} {state}")).collect();
        let exempt = count
            .states
            .iter()
            .find(|(state, _)| *state == State::NotApplicable)
            .map_or(0, |(_, n)| *n);
        let exempt = if exempt > 0 { format!(" ({exempt} not applicable)") } else { String::new() };
        let alone = if count.from_files_alone { ", from files alone" } else { "" };
        let head = format!(
            "  {:<7} {:>2} of {:>2} judged: ",
            count.scope.word(),
            count.judged,
            count.applicable
        );
        let line = format!("{}{alone}{exempt}", states.join(", "));
        let indent = if width < NARROW { 4 } else { head.chars().count() };
        out.push_str(&wrap(&line, width, &head, &" ".repeat(indent)));
    }
    if !silent.is_empty() {
        let _ = writeln!(out, "  {}: none judged yet", silent.join(", "));
    }
    out
}

fn guidelines(assessment: &Assessment, width: usize) -> String {
    let mut out = String::new();
    for stage in Stage::ALL {
        let head = format!("  {} {:<12}", stage.number(), stage.heading());
        let mut line = head.clone();
        let mut column = head.chars().count();
        let under = catalogue()
            .guidelines
            .iter()
            .zip(&assessment.verdicts)
            .filter(|(guideline, _)| guideline.stage == stage);
        for (index, (guideline, verdict)) in under.enumerate() {
            let item = guideline.name.chars().count() + 4;
            if index > 0 && column + item > width {
                line.truncate(line.trim_end().len());
                line.push('\n');
                line.push_str(&" ".repeat(head.chars().count()));
                column = head.chars().count();
            }
            let (symbol, style) = symbol(verdict.state);
            let _ = write!(line, " {} {} ", styled(style, symbol), guideline.name);
            column += item;
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let legend =
        "a guideline is ? while a must-check under it is unknown or stale, and no must-check fails";
    out.push_str(&styled(DIM, wrap(legend, width, "  ", "  ").trim_end()));
    out.push('\n');
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

fn one(facts: &Facts, judged: &Judged, shown: &Shown<'_>) -> String {
    let width = shown.width;
    let (symbol, style) = symbol(judged.outcome.state);
    let title = format!("{} · {}", judged.guideline.name, styled(BOLD, &judged.entry.id));
    let mut out = wrap(&title, width, &format!("{} ", styled(style, symbol)), "  ");
    if let Some(file) = &judged.decision {
        let line = format!("{} ({file})", judged.outcome.reason);
        out.push_str(&wrap(&line, width, "  ", "  "));
    } else if judged.findings.is_empty() {
        out.push_str(&wrap(&judged.outcome.reason, width, "  ", "  "));
        out.push_str(&wrap(&format!("coseal explain {}", judged.entry.id), width, "  → ", "    "));
    }
    out.push_str(&findings(facts, judged, shown));
    out.push('\n');
    out
}

/// The first findings of a check, each tip once. Those that a baseline knows are counted in one line.
fn findings(facts: &Facts, judged: &Judged, shown: &Shown<'_>) -> String {
    let is_known = |finding: &&Finding| shown.marks.is_known(&judged.entry.id, finding);
    let (known, told): (Vec<_>, Vec<_>) =
        judged.findings.iter().partition(|finding| is_known(finding) == Some(true));
    let mut out = String::new();
    let mut tips: Vec<&str> = Vec::new();
    for finding in told.iter().take(FINDINGS_SHOWN) {
        let new = if is_known(finding) == Some(false) { "new: " } else { "" };
        let text = format!("{new}{}{}", line(finding), assumed(facts, finding));
        out.push_str(&wrap(&text, shown.width, "  ", "    "));
        if judged.decision.is_none() && !tips.contains(&finding.tip.as_str()) {
            tips.push(&finding.tip);
            out.push_str(&wrap(&finding.tip, shown.width, "  → ", "    "));
        }
    }
    let more = told.len().saturating_sub(FINDINGS_SHOWN);
    if more > 0 {
        let _ = writeln!(out, "  and {more} more");
    }
    if !known.is_empty() {
        let _ = writeln!(out, "  {} known (baseline)", known.len());
    }
    out
}

/// That a finding rests on what nobody has confirmed.
fn assumed(facts: &Facts, finding: &Finding) -> &'static str {
    if is_assumed(facts, finding) { " (assumed: nobody has said so)" } else { "" }
}

/// What the system file asks, and nobody has answered.
fn open_questions(facts: &Facts, width: usize) -> String {
    let questions = &facts.system_file.unconfirmed.questions;
    if questions.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = questions.iter().map(|question| question.line.to_string()).collect();
    let line = format!(
        "{} in {FILE_NAME} (TODO in {} {}): until somebody answers, the safest is assumed",
        counted(questions.len(), "open question"),
        if lines.len() == 1 { "line" } else { "lines" },
        lines.join(", ")
    );
    wrap(&line, width, "? ", "  ")
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

/// Checks of which nothing is known: those that could be known from here with their reason, the others counted.
fn unknown(assessment: &Assessment, width: usize) -> String {
    let shown: Vec<_> = to_show(assessment).iter().map(|judged| &judged.entry.id).collect();
    let unknown: Vec<_> = (assessment.checks.iter())
        .filter(|judged| judged.outcome.state == State::Unknown)
        .filter(|judged| !shown.contains(&&judged.entry.id))
        .collect();
    let (built, unbuilt): (Vec<_>, Vec<_>) =
        unknown.into_iter().partition(|judged| judged.implemented);
    let mut out = String::new();
    let mut told: Vec<&str> = Vec::new();
    for judged in &built {
        let reason = judged.outcome.reason.as_str();
        let same: Vec<_> = built
            .iter()
            .filter(|other| other.outcome.reason == reason)
            .map(|other| other.entry.id.as_str())
            .collect();
        if told.contains(&reason) {
            continue;
        }
        told.push(reason);
        let (symbol, style) = symbol(State::Unknown);
        let what = match same.as_slice() {
            [_] => format!("{} · {}: {reason}", judged.guideline.name, judged.entry.id),
            _ => format!("{} checks: {reason}: {}", same.len(), same.join(", ")),
        };
        out.push_str(&wrap(&what, width, &format!("{} ", styled(style, symbol)), "  "));
    }
    if !unbuilt.is_empty() {
        let line = format!(
            "{} not built yet and {} as unknown: coseal check --verbose lists them",
            if unbuilt.len() == 1 {
                "1 check is".to_owned()
            } else {
                format!("{} checks are", unbuilt.len())
            },
            if unbuilt.len() == 1 { "counts" } else { "count" }
        );
        out.push_str(&wrap(&line, width, "? ", "  "));
    }
    out.push('\n');
    out
}

fn every_check(facts: &Facts, assessment: &Assessment, shown: &Shown<'_>) -> String {
    let width = shown.width;
    let mut out = String::new();
    for guideline in &catalogue().guidelines {
        let _ = writeln!(out, "{} {}", styled(BOLD, &guideline.id), styled(BOLD, &guideline.name));
        for judged in assessment.checks.iter().filter(|judged| judged.guideline.id == guideline.id)
        {
            let (symbol, style) = symbol(judged.outcome.state);
            let level = if judged.entry.level == Level::Must { "must" } else { "should" };
            let title = format!(
                "{} {}",
                judged.entry.id,
                styled(
                    DIM,
                    &format!("({level}, {}) {}", judged.entry.scope.word(), judged.outcome.state)
                ),
            );
            let first = format!("  {} ", styled(style, symbol));
            out.push_str(&wrap(&title, width, &first, "    "));
            out.push_str(&wrap(&judged.outcome.reason, width, "      ", "      "));
            for finding in &judged.findings {
                let new = match shown.marks.is_known(&judged.entry.id, finding) {
                    Some(false) => "new: ",
                    Some(true) => "known: ",
                    None => "",
                };
                let text = format!("{new}{}{}", line(finding), assumed(facts, finding));
                out.push_str(&wrap(&text, width, "      ", "        "));
                out.push_str(&wrap(&finding.tip, width, "      → ", "        "));
            }
            for gap in &judged.outcome.coverage.gaps {
                out.push_str(&wrap(
                    &format!("not looked at: {}: {}", gap.what, gap.why),
                    width,
                    "      ",
                    "        ",
                ));
            }
        }
        out.push_str(&wrap(
            &format!("left to people: {}", guideline.left_to_people),
            width,
            "    ",
            "    ",
        ));
        out.push('\n');
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
