//! The page of a rule.

use coseal_core::{
    catalogue::{CheckEntry, Guideline, catalogue},
    check::Check,
    finding::{Confidence, Rule, Severity},
    system::word,
};

use super::{
    checks,
    example::{self, Examples},
    guidelines,
    page::{Page, sentence},
    place,
    rule_families::family,
};
use crate::registry;

/// The page of a rule, with its example.
pub(super) fn page(rule: &Rule, examples: &Examples) -> Page {
    let mut page = Page::new(path(rule.id), rule.id);
    page.text(format!("{} · {} confidence", severity(rule.severity), word(&rule.confidence)));
    let of = checks(rule);
    page.heading("What was found");
    page.text(sentence(rule.summary));
    page.heading("Why it matters");
    page.text(why(rule, &of));
    page.text(format!("{} {}", weight(rule.severity), certainty(rule.confidence)));
    page.heading("To put it right");
    page.text(sentence(rule.tip));
    if let Some(example) = examples.rules.get(rule.id) {
        example::show(&mut page, example);
    }
    found_by(&mut page, rule, &of);
    next(&mut page, rule, &of);
    page
}

/// Its page.
pub(super) fn path(id: &str) -> String {
    format!("rules/{id}.md")
}

/// Whether a parser of model files finds it.
pub(crate) fn is_of_parser(rule: &str) -> bool {
    coseal_scan::artefact::RULES.iter().any(|rules| rules.iter().any(|other| other.id == rule))
}

type Under = (&'static Guideline, &'static CheckEntry);

/// The checks that find it, in the order of the catalogue.
pub(super) fn checks(rule: &Rule) -> Vec<Under> {
    let finds = |id: &str| {
        let meta = registry::check(id).map(Check::meta);
        let of_parser = id == "model-files-scanned" && is_of_parser(rule.id);
        of_parser || meta.is_some_and(|meta| meta.rules.iter().any(|other| other.id == rule.id))
    };
    catalogue().checks().filter(|(_, entry)| finds(&entry.id)).collect()
}

fn why(rule: &Rule, of: &[Under]) -> String {
    if let Some(family) = family(rule.id) {
        return family.why.to_owned();
    }
    let docs = of.first().and_then(|(_, entry)| registry::check(&entry.id));
    docs.and_then(|check| checks::paragraphs(check.meta().docs).next()).unwrap_or_default()
}

fn severity(severity: Severity) -> String {
    format!("**{}** severity", word(&severity))
}

const fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "A note changes no verdict by itself.",
        Severity::Low => {
            "Low: it weakens the system a little, or only together with something else."
        }
        Severity::Medium => "Medium: it should be put right in the ordinary course of work.",
        Severity::High => "High: put it right before the next release.",
        Severity::Critical => "Critical: do not run the system like this.",
    }
}

const fn certainty(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "It is a hint for a reviewer, and may well be wrong.",
        Confidence::Medium => "It is usually true; have a look before you act.",
        Confidence::High => "It follows from what was read.",
    }
}

fn found_by(page: &mut Page, rule: &Rule, of: &[Under]) {
    page.heading("Found by");
    let rows = of.iter().map(|(guideline, entry)| {
        vec![
            format!("[{}]({})", entry.id, checks::path(&entry.id)),
            format!("[{} {}]({})", guideline.id, guideline.name, guidelines::path(guideline)),
        ]
    });
    page.table(&["check", "guideline"], rows.collect());
    if is_of_parser(rule.id) {
        page.text("And by [`coseal scan`](commands/scan.md), of any file, without a system file.");
    }
}

fn next(page: &mut Page, rule: &Rule, of: &[Under]) {
    page.heading("Next");
    if let Some((guideline, _)) = of.first() {
        page.text(place::sentence(&guideline.id));
    }
    let mut commands = Vec::new();
    if is_of_parser(rule.id) {
        commands.push(
            "coseal scan --explain FILE    # every finding in the file, and where".to_owned(),
        );
    }
    if let Some((_, entry)) = of.first() {
        commands
            .push("coseal check --verbose        # where it is found in this folder".to_owned());
        commands.push(format!("coseal explain {}", entry.id));
    }
    page.code("sh", commands.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::{checks, why};
    use crate::registry;

    #[test]
    fn every_rule_says_why_and_who_finds_it() {
        for rule in registry::rules() {
            let of = checks(&rule);
            assert!(!of.is_empty(), "no check finds {}", rule.id);
            assert!(why(&rule, &of).len() > 60, "{} does not say why it matters", rule.id);
        }
    }
}
