//! What stands above the checks: the system, what is on record, counts and guidelines.

use std::fmt::Write as _;

use coseal_assure::Assessment;
use coseal_core::{
    catalogue::{Stage, catalogue},
    counted::counted,
    fact::Facts,
    grade::Grade,
    outcome::State,
    system::FILE_NAME,
};

use super::Shown;
use crate::{
    on_record::OnRecord,
    render::style::{DIM, styled, symbol, wrap},
};

/// Fewer columns than these have no room for a hanging column.
const NARROW: usize = 60;

pub(super) fn header(
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
pub(super) fn evidence(assessment: &Assessment, on_record: &OnRecord, width: usize) -> String {
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

pub(super) fn scopes(assessment: &Assessment, width: usize) -> String {
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

pub(super) fn guidelines(assessment: &Assessment, width: usize) -> String {
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

/// What the system file asks, and nobody has answered.
pub(super) fn open_questions(facts: &Facts, width: usize) -> String {
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
