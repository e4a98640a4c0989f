//! An evaluation log of Gemara (OpenSSF), schema 1.4: <https://github.com/gemaraproj/gemara>.

use coseal_core::{catalogue::Scope, outcome::State, verdict::Verdict};
use serde_json::{Value, json};

use super::{
    identity::{Version, uuid},
    input::{EvidenceItem, Exported},
    tally::tally,
    written::{ENVELOPE, base64, document, instant, with, words},
};
use crate::Judged;

const CATALOGUE: &str = "coseal-catalogue";

/// The assessment as an evaluation log, in JSON (which is YAML, too). Each guideline is a control and each check one of
/// its requirements.
#[must_use]
pub fn gemara(of: &Exported<'_>) -> String {
    let groups: Vec<_> = Scope::ALL
        .into_iter()
        .map(|scope| json!({ "id": scope.word(), "title": scope.word(), "description": needs(scope) }))
        .collect();
    document(&json!({
        "metadata": {
            "id": uuid(Version::Custom, &["gemara", &of.digest().to_string()]),
            "type": "EvaluationLog",
            "gemara-version": "1.4.1",
            "version": "1",
            "date": instant(of.made),
            "description": format!("Checks of coseal on {}, as of {}", of.system, of.assessment.as_of),
            "author": {
                "id": "coseal",
                "name": "coseal",
                "type": "Software",
                "version": of.tool_version,
            },
            "mapping-references": [{
                "id": CATALOGUE,
                "title": "Checks of coseal under the Guidelines for Secure AI System Development",
                "version": of.tool_version,
            }],
            "applicability-groups": groups,
        },
        "target": {
            "id": of.system,
            "name": of.system,
            "type": "Software",
            "description": of.purpose(),
        },
        "result": whole(&of.assessment.verdicts),
        "evaluations": of.assessment.verdicts.iter().map(|verdict| evaluation(of, verdict)).collect::<Vec<_>>(),
    }))
}

/// The worst of the guidelines: a failure, then what is not known, then what is partial.
fn whole(verdicts: &[Verdict]) -> &'static str {
    let words: Vec<_> = verdicts.iter().map(|verdict| result(verdict.state, true)).collect();
    ["Failed", "Unknown", "Needs Review", "Passed"]
        .into_iter()
        .find(|word| words.contains(word))
        .unwrap_or("Not Applicable")
}

/// A state in Gemara's words.
const fn result(state: State, implemented: bool) -> &'static str {
    match state {
        State::Pass => "Passed",
        State::Partial | State::Stale => "Needs Review",
        State::Fail | State::Waived => "Failed",
        State::NotApplicable => "Not Applicable",
        State::Unknown if implemented => "Unknown",
        State::Unknown => "Not Run",
    }
}

fn evaluation(of: &Exported<'_>, verdict: &Verdict) -> Value {
    json!({
        "name": words(&verdict.name),
        "result": result(verdict.state, true),
        "message": tally(of, verdict),
        "control": { "reference-id": CATALOGUE, "entry-id": verdict.guideline },
        "assessment-logs": of.under(&verdict.guideline).map(|judged| log(of, judged)).collect::<Vec<_>>(),
    })
}

fn log(of: &Exported<'_>, judged: &Judged) -> Value {
    let state = judged.outcome.state;
    let ran = judged.implemented && state != State::NotApplicable;
    let item = of.record(judged);
    let log = json!({
        "requirement": { "reference-id": CATALOGUE, "entry-id": judged.entry.id },
        "description": judged.entry.question,
        "result": result(state, judged.implemented),
        "message": format!("{state}: {}", judged.outcome.reason),
        "applicability": [judged.entry.scope.word()],
        "steps": [format!("coseal check {}", judged.entry.id)],
        "steps-executed": u8::from(ran),
        "start": instant(of.made),
    });
    let log = with(log, "recommendation", recommendation(judged));
    let log = with(log, "confidence-level", confidence(judged, item).map(Value::from));
    with(log, "evidence", item.map(|item| json!([evidence(judged, item)])))
}

/// What to do about the findings, each once.
fn recommendation(judged: &Judged) -> Option<Value> {
    let mut tips: Vec<&str> = Vec::new();
    for finding in &judged.findings {
        if !tips.contains(&finding.tip.as_str()) {
            tips.push(&finding.tip);
        }
    }
    (!tips.is_empty()).then(|| Value::from(tips.join("; ")))
}

/// How sure one may be of an answer: by the grade of its record.
fn confidence(judged: &Judged, item: Option<&EvidenceItem>) -> Option<&'static str> {
    if !judged.outcome.state.is_judged() {
        return None;
    }
    Some(match item.and_then(|item| item.grade) {
        Some('A') => "High",
        Some('B' | 'C') => "Medium",
        Some(_) => "Low",
        None => "Undetermined",
    })
}

fn evidence(judged: &Judged, item: &EvidenceItem) -> Value {
    let payload = json!({
        "media-type": ENVELOPE,
        "base64": base64(&item.envelope),
        "record": item.record.to_string(),
        "received": instant(item.received),
    });
    let payload = with(payload, "environment", item.environment().map(Value::from));
    let payload = with(payload, "grade", item.grade.map(|grade| Value::from(grade.to_string())));
    let payload = with(payload, "tlog-proof", item.proof.clone().map(Value::from));
    json!({
        "id": format!("{}-{}", judged.entry.id, item.record.short()),
        "type": "in-toto attestation",
        "collected-at": instant(item.observed_until),
        "payload": payload,
        "description": format!("signed outcome of {}", judged.entry.id),
    })
}

const fn needs(scope: Scope) -> &'static str {
    match scope {
        Scope::Files => "can be judged from a folder",
        Scope::Live => "needs the running service",
        Scope::Log => "needs a window of logs",
        Scope::Drill => "needs a test or an exercise",
        Scope::People => "needs a statement of a person",
    }
}
