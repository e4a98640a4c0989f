use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::DocumentKind,
};

use crate::markdown::{item_ids, mentions};

const UNMENTIONED: Rule = Rule {
    id: "weak-case-unmentioned",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a known weak case is not among the documented limitations",
    tip: "say in the limitations what goes wrong, and name the case's id",
};

coseal_core::check! {
    /// Users can only be careful about limits they are told of. This check reads the list of known failing or weak
    /// test cases (a document of the kind `weak-cases`, lines `- id: what goes wrong`) and looks for each id
    /// in the documented limitations (kind `limitations`).
    ///
    /// It passes when every case is mentioned, is partial when some are, fails when none is, and is unknown
    /// while there is no list: no known weakness usually means that nobody looked.
    ///
    /// To put it right: describe each case in the limitations, with its id.
    pub(crate) LimitationsDocumented = "limitations-documented";
    reads: [Read::only(Kind::Document, &["kind", "location"]), Read::all(Kind::Text)];
    rules: [UNMENTIONED];
}

impl Check for LimitationsDocumented {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let mut coverage = Coverage::default();
        let cases = texts(facts, DocumentKind::WeakCases, &mut coverage);
        let limits = texts(facts, DocumentKind::Limitations, &mut coverage);
        coverage.looked_at = (cases.len() + limits.len()) as u64;
        let ids: Vec<(&str, String)> = cases
            .iter()
            .flat_map(|(id, text)| item_ids(text).into_iter().map(move |case| (*id, case)))
            .collect();
        for (document, case) in &ids {
            if !limits.iter().any(|(_, text)| mentions(text, case)) {
                findings.add(
                    &UNMENTIONED,
                    facts.place(&format!("document.{document}")),
                    format!("the limitations do not mention {case}"),
                );
            }
        }
        let unmentioned = findings.len();
        let outcome = if ids.is_empty() {
            Outcome::unknown("there is no list of weak cases yet")
        } else if unmentioned == 0 && !coverage.is_complete() {
            Outcome::unknown(format!("{} of the documents can't be read", coverage.gaps.len()))
        } else if unmentioned == 0 {
            Outcome::new(State::Pass, format!("all {} known weak cases are mentioned", ids.len()))
        } else if unmentioned == ids.len() {
            Outcome::new(
                State::Fail,
                format!("none of {} known weak cases is mentioned", ids.len()),
            )
        } else {
            Outcome::new(
                State::Partial,
                format!("{unmentioned} of {} known weak cases are not mentioned", ids.len()),
            )
        };
        let subjects = cases.iter().chain(&limits).map(|(id, _)| format!("document.{id}"));
        outcome.about(subjects).covering(coverage)
    }
}

fn texts<'a>(
    facts: &View<'a>,
    kind: DocumentKind,
    coverage: &mut Coverage,
) -> Vec<(&'a str, &'a str)> {
    let mut out = Vec::new();
    for (id, document) in facts.document().iter().filter(|(_, document)| document.kind == kind) {
        match facts.text_at(&document.location).map(|text| &text.text) {
            Some(Ok(text)) => out.push((id.as_str(), text.as_str())),
            Some(Err(why)) => coverage.leave_out(&format!("document.{id}"), why),
            None => coverage.leave_out(&format!("document.{id}"), "it is not in this folder"),
        }
    }
    out
}
