//! Checks, one by one, with what they found.

use std::fmt::Write as _;

use coseal_assure::{Assessment, Judged, assumed::is_assumed};
use coseal_core::{
    catalogue::{Level, catalogue},
    fact::Facts,
    finding::Finding,
    outcome::State,
};

use super::{Shown, line, to_show};
use crate::render::style::{BOLD, DIM, styled, symbol, wrap};

/// Findings shown for one check before the rest is counted.
const FINDINGS_SHOWN: usize = 3;

pub(super) fn one(facts: &Facts, judged: &Judged, shown: &Shown<'_>) -> String {
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

/// Checks of which nothing is known: those that could be known from here with their reason, the others counted.
pub(super) fn unknown(assessment: &Assessment, width: usize) -> String {
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

pub(super) fn every_check(facts: &Facts, assessment: &Assessment, shown: &Shown<'_>) -> String {
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
