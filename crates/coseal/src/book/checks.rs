//! The page of a check.

use coseal_core::{
    catalogue::{CheckEntry, EvidenceKind, Guideline, Level},
    check::{Check, Meta},
    decision::takes_statements,
    fact::Read,
    system::word,
};

use super::{
    example::{self, Examples},
    guidelines,
    page::{Page, sentence},
    place,
};
use crate::registry;

/// The page of a check, with its example.
pub(super) fn page(guideline: &Guideline, entry: &CheckEntry, examples: &Examples) -> Page {
    let mut page = Page::new(path(&entry.id), &entry.id);
    page.text(format!(
        "**{}** · {} · guideline [{} {}]({}): {}",
        level(entry.level),
        entry.scope.word(),
        guideline.id,
        guideline.name,
        guidelines::path(guideline),
        guideline.title
    ));
    page.text(format!("Asks: *{}.*", entry.question));
    match registry::check(&entry.id).map(Check::meta) {
        Some(meta) => built(&mut page, meta),
        None => page.text("**Not built yet.** Until it is, it counts as unknown, never as a pass; what follows is what it will hold a system to."),
    }
    judged(&mut page, entry);
    evidence(&mut page, entry);
    if let Some(meta) = registry::check(&entry.id).map(Check::meta) {
        findings(&mut page, meta);
        if let Some(example) = examples.checks.get(&entry.id) {
            example::show(&mut page, example);
        }
    }
    guidelines::elsewhere(&mut page, guideline);
    next(&mut page, guideline, entry);
    page
}

/// Its page.
pub(super) fn path(id: &str) -> String {
    format!("checks/{id}.md")
}

pub(super) const fn level(level: Level) -> &'static str {
    match level {
        Level::Must => "must",
        Level::Should => "should",
    }
}

/// The paragraphs of a doc comment.
pub(super) fn paragraphs(docs: &str) -> impl Iterator<Item = String> + '_ {
    let parts = docs.split("\n\n").flat_map(|part| part.split("\n \n"));
    parts.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn built(page: &mut Page, meta: &Meta) {
    let mut right = Vec::new();
    for paragraph in paragraphs(meta.docs) {
        match paragraph.strip_prefix("To put it right:") {
            Some(what) => right.push(sentence(what)),
            None => page.text(paragraph),
        }
    }
    if !right.is_empty() {
        page.heading("To put it right");
        for what in right {
            page.text(what);
        }
    }
}

fn judged(page: &mut Page, entry: &CheckEntry) {
    page.heading("How it is judged");
    let (mut rows, rest) = verdicts(&entry.rule);
    if !entry.not_applicable_if.is_empty() {
        rows.retain(|row| row.first().is_none_or(|state| state != "not-applicable"));
        let conditions: Vec<_> =
            entry.not_applicable_if.iter().map(|condition| condition.words()).collect();
        rows.push(vec!["not-applicable".to_owned(), conditions.join("; or ")]);
    }
    page.table(&["state", "when"], rows);
    for part in rest {
        page.text(sentence(&part));
    }
}

/// The verdict rule of the catalogue: its states with when they are given, and what else it says.
fn verdicts(rule: &str) -> (Vec<Vec<String>>, Vec<String>) {
    const STATES: [&str; 6] = ["pass", "partial", "fail", "stale", "unknown", "not-applicable"];
    let (mut rows, mut rest) = (Vec::new(), Vec::new());
    for part in rule.split("; ") {
        let (first, words) = part.split_once(' ').unwrap_or((part, ""));
        let first = if matches!(first, "n-a" | "n/a") { "not-applicable" } else { first };
        let outcome = part.rsplit_once(" = ").map(|(when, state)| (state.trim(), when));
        match outcome {
            Some((state, when)) if STATES.contains(&state) => {
                rows.push(vec![state.to_owned(), when.to_owned()]);
            }
            _ if STATES.contains(&first) => {
                let when = if words.is_empty() { "what the question asks holds" } else { words };
                let when = if words.is_empty() && first == "fail" { "it does not" } else { when };
                rows.push(vec![first.to_owned(), when.to_owned()]);
            }
            _ => rest.push(part.to_owned()),
        }
    }
    (rows, rest)
}

fn evidence(page: &mut Page, entry: &CheckEntry) {
    page.heading("Its evidence");
    let kinds: Vec<_> = entry.evidence.iter().map(|kind| kind.words()).collect();
    let detail = entry.evidence_detail.as_ref().map(|detail| format!(" ({detail})"));
    let mut rows = vec![
        row("wants", format!("{}{}", kinds.join(", and "), detail.unwrap_or_default())),
        row(
            "best grade",
            format!(
                "[{0}](words.md#grade-{1})",
                entry.best_grade(),
                word(&entry.best_grade()).to_lowercase()
            ),
        ),
        row(
            "holds for",
            entry.max_age_days.map_or("the exact facts it was bound to".to_owned(), |days| {
                format!("{days} days, while those facts are the same")
            }),
        ),
        row("reads", reads(entry)),
    ];
    if let Some(meta) = registry::check(&entry.id).map(Check::meta) {
        if let Some(beyond) = meta.beyond_files {
            rows.push(row("not in files", beyond.to_owned()));
        }
        if meta.without_system_file {
            rows.push(row("needs", "no system file".to_owned()));
        }
    }
    page.table(&["evidence", ""], rows);
}

fn row(name: &str, text: String) -> Vec<String> {
    vec![name.to_owned(), text]
}

/// The kinds of facts that it reads, and the fields where it does not read all.
fn reads(entry: &CheckEntry) -> String {
    let Some(check) = registry::check(&entry.id) else {
        return entry.binds_to.join(", ");
    };
    let of = |read: &Read| match read.fields {
        [] => format!("`{}`", read.kind.name()),
        fields => format!("`{}` ({})", read.kind.name(), fields.join(", ")),
    };
    check.meta().reads.iter().map(of).collect::<Vec<_>>().join(", ")
}

fn findings(page: &mut Page, meta: &Meta) {
    let rows = meta.rules.iter().map(|rule| {
        vec![format!("[{0}](rules/{0}.md)", rule.id), word(&rule.severity), rule.summary.to_owned()]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() && meta.id != "model-files-scanned" {
        return;
    }
    page.heading("Its findings");
    if rows.is_empty() {
        page.text("Those of the parser that read the file: [rules of model files](rules/README.md#model-files).");
    }
    page.table(&["rule", "severity", "what was found"], rows);
}

fn next(page: &mut Page, guideline: &Guideline, entry: &CheckEntry) {
    page.heading("Next");
    page.text(place::sentence(&guideline.id));
    let mut commands = vec![
        format!(
            "coseal check --verbose        # the state of {} in this folder, and why",
            entry.id
        ),
        format!("coseal explain {:<15}# the other checks of its guideline", guideline.id),
    ];
    let takes = takes_statements().contains(&entry.id.as_str());
    if takes && registry::check(&entry.id).is_some() {
        commands.push(format!(
            "coseal decide attest {} --role ROLE --reason TEXT --for 365d",
            entry.id
        ));
    } else if entry.evidence.contains(&EvidenceKind::H) && entry.id.starts_with("model-decision") {
        commands.push("coseal decide choose MODEL --role ROLE --reason TEXT".to_owned());
    }
    page.code("sh", commands.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::verdicts;

    #[test]
    fn verdict_rules_become_a_table() {
        let (rows, rest) =
            verdicts("pass all; partial some; no result = unknown; n-a none; weights too");
        let states: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(states, ["pass", "partial", "unknown", "not-applicable"]);
        assert_eq!((rows[0][1].as_str(), rows[2][1].as_str()), ("all", "no result"));
        assert_eq!(rest, ["weights too"]);
    }
}
