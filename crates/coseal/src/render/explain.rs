//! What `explain` prints; the book's pages are generated from the same.

use std::fmt::Write as _;

use coseal_core::{
    catalogue::{CheckEntry, Guideline, Level, catalogue},
    crosswalk::crosswalk,
    finding::Rule,
    system::word,
};

use super::style::{BOLD, DIM, styled, wrap};
use crate::registry;

/// All guidelines with their checks.
#[must_use]
pub fn all(width: usize) -> String {
    let mut out = String::new();
    for guideline in &catalogue().guidelines {
        let _ = writeln!(
            out,
            "{} {}  {}",
            styled(BOLD, &guideline.id),
            styled(BOLD, &guideline.name),
            guideline.title
        );
        for check in &guideline.checks {
            let built = if registry::check(&check.id).is_some() { "" } else { " (not built yet)" };
            let line = format!("{}{built}: {}", check.id, check.question);
            out.push_str(&wrap(&line, width, "    ", "      "));
        }
        out.push('\n');
    }
    out
}

/// One guideline.
#[must_use]
pub fn guideline(guideline: &Guideline, width: usize) -> String {
    let mut out = format!("{} {}\n", styled(BOLD, &guideline.id), styled(BOLD, &guideline.name));
    out.push_str(&wrap(&guideline.title, width, "", ""));
    out.push('\n');
    for check in &guideline.checks {
        let built = if registry::check(&check.id).is_some() { "" } else { ", not built yet" };
        let _ = writeln!(
            out,
            "  {} {}",
            styled(BOLD, &check.id),
            styled(DIM, &format!("({}, {}{built})", level(check.level), check.scope.word()))
        );
        out.push_str(&wrap(&check.question, width, "    ", "    "));
    }
    out.push('\n');
    out.push_str(&wrap(&format!("Left to people: {}.", guideline.left_to_people), width, "", ""));
    out.push_str(&wrap(
        "Roll-up: a failing must-check fails the guideline; an unknown or stale one makes it unknown; a partial or waived one, \
         or a should-check that is not a pass, makes it partial. Checks that do not apply do not count.",
        width, "", "",
    ));
    out.push_str(&elsewhere(guideline, width));
    out
}

/// One check.
#[must_use]
pub fn check(guideline: &Guideline, entry: &CheckEntry, width: usize) -> String {
    let mut out = format!("{}\n", styled(BOLD, &entry.id));
    out.push_str(&wrap(&format!("Asks: {}.", entry.question), width, "", ""));
    out.push('\n');
    let built = registry::check(&entry.id).map(|check| check.meta());
    match built {
        Some(meta) => out.push_str(&paragraphs(meta.docs, width)),
        None => out.push_str(&wrap(
            "This check is not built yet. It counts as unknown, never as a pass.",
            width,
            "",
            "",
        )),
    }
    out.push('\n');
    let evidence: Vec<_> = entry.evidence.iter().map(|kind| kind.words()).collect();
    let mut evidence = evidence.join(", and ");
    if let Some(detail) = &entry.evidence_detail {
        let _ = write!(evidence, " ({detail})");
    }
    let mut fields = vec![
        ("guideline", format!("{} {}: {}", guideline.id, guideline.name, guideline.title)),
        ("level", level(entry.level).to_owned()),
        ("scope", entry.scope.word().to_owned()),
        ("evidence", evidence),
        ("rule", entry.rule.clone()),
        (
            "holds for",
            entry.max_age_days.map_or("the exact facts it was bound to".to_owned(), |days| {
                format!("{days} days")
            }),
        ),
        ("bound to", entry.binds_to.join(", ")),
    ];
    if !entry.not_applicable_if.is_empty() {
        let conditions: Vec<_> =
            entry.not_applicable_if.iter().map(|condition| condition.words()).collect();
        fields.push(("not if", conditions.join("; or ")));
    }
    if let Some(meta) = built {
        if let Some(beyond) = meta.beyond_files {
            fields.push(("not in files", beyond.to_owned()));
        }
        let rules: Vec<_> = meta.rules.iter().map(|rule| rule.id).collect();
        if !rules.is_empty() {
            fields.push(("findings", rules.join(", ")));
        }
    }
    for (name, value) in fields {
        out.push_str(&wrap(
            &value,
            width,
            &format!("  {} ", styled(DIM, &format!("{name:<12}"))),
            "               ",
        ));
    }
    out.push_str(&elsewhere(guideline, width));
    out
}

/// One rule.
#[must_use]
pub fn rule(rule: &Rule, width: usize) -> String {
    let mut out = format!("{}\n", styled(BOLD, rule.id));
    out.push_str(&wrap(&format!("Found: {}.", rule.summary), width, "", ""));
    out.push_str(&wrap(&format!("To put it right: {}.", rule.tip), width, "", ""));
    let _ =
        writeln!(out, "  severity {}, confidence {}", word(&rule.severity), word(&rule.confidence));
    if let Some(check) = registry::checks()
        .iter()
        .find(|check| check.meta().rules.iter().any(|other| other.id == rule.id))
    {
        let _ = writeln!(out, "  found by {}", check.meta().id);
    } else {
        let _ = writeln!(out, "  found by model-files-scanned, and by coseal scan");
    }
    out
}

/// What a guideline supports in other frameworks, a line each.
fn elsewhere(guideline: &Guideline, width: usize) -> String {
    let mut out = String::new();
    for reference in crosswalk().of(&guideline.id) {
        if out.is_empty() {
            let _ = writeln!(out, "\nIn other frameworks, guideline {}", guideline.id);
        }
        let framework = reference.framework;
        let line = format!(
            "{} {} ({}): {}",
            framework.relation.word(),
            framework.title,
            framework.version,
            reference.ids.join(", ")
        );
        out.push_str(&wrap(&line, width, "  ", "    "));
    }
    out
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Must => "must",
        Level::Should => "should",
    }
}

/// A doc comment as paragraphs.
fn paragraphs(docs: &str, width: usize) -> String {
    let paragraphs: Vec<_> = docs
        .split("\n\n")
        .flat_map(|part| part.split("\n \n"))
        .map(|part| wrap(part, width, "", ""))
        .collect();
    paragraphs.join("\n")
}
