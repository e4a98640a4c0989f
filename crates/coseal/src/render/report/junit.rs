//! The report as JUnit XML: a test suite a guideline, a test case a check.

use askama::Template;
use coseal_assure::report::Report;
use coseal_core::outcome::State;

use super::shown::name;

#[derive(Template)]
#[template(path = "report/junit.xml")]
struct Document {
    suites: Vec<Suite>,
}

pub(in crate::render) struct Suite {
    number: usize,
    name: String,
    timestamp: String,
    tests: usize,
    failures: usize,
    skipped: usize,
    cases: Vec<Case>,
}

/// A test case; all of its texts are fit for XML.
pub(in crate::render) struct Case {
    pub(in crate::render) id: String,
    pub(in crate::render) class: String,
    pub(in crate::render) failure: Option<Failure>,
    pub(in crate::render) skipped: Option<String>,
}

/// What failed, and in which places.
pub(in crate::render) struct Failure {
    pub(in crate::render) kind: String,
    pub(in crate::render) said: String,
    pub(in crate::render) places: String,
}

impl Suite {
    /// Of these cases.
    pub(in crate::render) fn of(
        number: usize,
        name: String,
        timestamp: String,
        cases: Vec<Case>,
    ) -> Self {
        Self {
            number,
            name,
            timestamp,
            tests: cases.len(),
            failures: cases.iter().filter(|case| case.failure.is_some()).count(),
            skipped: cases.iter().filter(|case| case.skipped.is_some()).count(),
            cases,
        }
    }
}

/// The document of these suites.
pub(in crate::render) fn document(suites: Vec<Suite>) -> Result<String, askama::Error> {
    let mut text = Document { suites }.render()?;
    text.push('\n');
    Ok(text)
}

pub(crate) fn render(report: &Report<'_>) -> Result<String, askama::Error> {
    let system = name(report);
    let suites = report.cards.iter().enumerate().map(|(number, card)| {
        let class = format!("{system}.{}", card.guideline.name);
        let cases: Vec<_> = card.checks.iter().map(|judged| case(judged, &class)).collect();
        let name = xml(&format!("{} {}", card.guideline.id, card.guideline.title));
        Suite::of(number, name, format!("{}T00:00:00", report.as_of), cases)
    });
    document(suites.collect())
}

fn case(judged: &coseal_assure::Judged, class: &str) -> Case {
    let outcome = &judged.outcome;
    let said = format!("{}: {}", outcome.state, outcome.reason);
    let places: Vec<_> = judged
        .findings
        .iter()
        .map(|finding| {
            let place = crate::render::text::place(&finding.location);
            format!("{place}: {} ({}); {}", finding.message, finding.rule, finding.tip)
        })
        .collect();
    let mut case =
        Case { id: xml(&judged.entry.id), class: xml(class), failure: None, skipped: None };
    match outcome.state {
        State::Pass => {}
        // In part is not met: a gate on tests must not take it for a pass.
        State::Fail | State::Partial => {
            let kind = "not met".to_owned();
            case.failure =
                Some(Failure { kind, said: xml(&said), places: xml(&places.join("\n")) });
        }
        State::NotApplicable | State::Waived | State::Stale | State::Unknown => {
            case.skipped = Some(xml(&said));
        }
    }
    case
}

/// Without the characters that XML 1.0 has no form for; the template escapes the others.
pub(in crate::render) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => {
                out.push(c);
            }
            _ => out.extend(c.escape_unicode()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn leaves_nothing_that_xml_has_no_form_for() {
        assert_eq!(xml("a\u{0}b\u{ffff}c\u{1b}\r"), "a\\u{0}b\\u{ffff}c\\u{1b}\\u{d}");
        assert_eq!(xml("ü \u{1f600}\n<"), "ü \u{1f600}\n<");
    }
}
