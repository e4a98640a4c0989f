//! Why a file is not clean, for somebody who wants to load it: what loading it does, why that matters, what to do.

use std::{collections::BTreeMap, fmt::Write as _};

use coseal_core::{
    fact::{Artefact, ArtefactCoverage},
    finding::{Finding, Rule},
};

use super::{
    scan_allow::allowing,
    scan_text::size,
    scan_words::{advice, reach},
    style::{BOLD, DIM, styled, wrap},
};
use crate::registry;

/// Columns in which names of measures stand.
const NAMES: usize = 14;

/// All that is to be said of one file, below its line.
pub(super) fn details(artefact: &Artefact, width: usize) -> String {
    let rules: BTreeMap<_, _> = registry::rules().into_iter().map(|rule| (rule.id, rule)).collect();
    let mut out = String::new();
    if !artefact.findings.is_empty() {
        heading(&mut out, "What was found");
    }
    for finding in &artefact.findings {
        out.push_str(&found(finding, rules.get(finding.rule), width));
    }
    if !artefact.coverage.gaps.is_empty() {
        heading(&mut out, "What was not looked at");
        for gap in &artefact.coverage.gaps {
            out.push_str(&wrap(&format!("{}: {}", gap.what, gap.why), width, "    – ", "      "));
        }
    }
    let advice = advice(artefact);
    if !advice.is_empty() {
        heading(&mut out, "What to do");
    }
    for line in advice {
        out.push_str(&wrap(&line, width, "    → ", "      "));
    }
    let allowing = allowing(artefact);
    if !allowing.is_empty() {
        heading(&mut out, "What a policy file would say to allow exactly this");
        allowing.lines().for_each(|line| out.push_str(&format!("    {line}\n")));
    }
    heading(&mut out, "What was seen");
    for (name, value) in &artefact.measures {
        match name.as_str() {
            "policy" => row(&mut out, name, &format!("built-in, version {value}"), width),
            _ => row(&mut out, name, value, width),
        }
    }
    row(&mut out, "bytes read", &read(&artefact.coverage, artefact.size), width);
    out.push('\n');
    out
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "  {}", styled(BOLD, text));
}

/// One finding: what happens, what that means, why it is said, where more is told.
fn found(finding: &Finding, rule: Option<&Rule>, width: usize) -> String {
    let place = &finding.location;
    let byte = place
        .byte
        .filter(|byte| *byte > 0)
        .map(|byte| format!("at byte {byte:#x}"))
        .unwrap_or_default();
    let line = place.line.map(|line| format!("in line {line}")).unwrap_or_default();
    let within = place.members.last().map(|member| format!("of {member}")).unwrap_or_default();
    let at = [byte, line, within].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let at = if at.is_empty() { String::new() } else { format!(" ({})", at.join(" ")) };
    let mut out = wrap(&format!("{}{at}", finding.message), width, "    ✗ ", "      ");
    if let Some(meaning) = reach(&finding.message) {
        out.push_str(&wrap(meaning, width, "      = ", "        "));
    }
    if let Some(rule) = rule {
        let why = format!("{} ({})", rule.summary, rule.id);
        out.push_str(&wrap(&why, width, "      because ", "        "));
    }
    out.push_str(&wrap(&finding.tip, width, "      → ", "        "));
    out
}

fn row(out: &mut String, name: &str, value: &str, width: usize) {
    let first = format!("    {}  ", styled(DIM, &format!("{name:<NAMES$}")));
    out.push_str(&wrap(value, width, &first, &" ".repeat(NAMES + 6)));
}

/// Which bytes were looked at.
fn read(coverage: &ArtefactCoverage, all: u64) -> String {
    let ranges: Vec<_> =
        coverage.ranges.iter().map(|range| format!("{}–{}", range.start, range.end)).collect();
    let ranges = ranges.join(", ");
    if coverage.looked_at >= all {
        return format!("all {}", size(all));
    }
    let rest = match coverage.payload {
        0 => String::new(),
        payload => format!("; {} are numbers that no loader interprets", size(payload)),
    };
    let ranges = if ranges.is_empty() { ranges } else { format!(": {ranges}") };
    format!("{} of {}{rest}{ranges}", size(coverage.looked_at), size(all))
}
