//! What is not as it should be, and whether that was accepted.

use coseal_core::{outcome::State, system::word};
use serde_json::{Value, json};

use super::{
    super::written::with,
    names::{Names, markup, property},
};
use crate::Judged;

/// Whether a state means a risk: a failure, waived or not.
pub(super) const fn arises(state: State) -> bool {
    matches!(state, State::Fail | State::Waived)
}

/// The risk of a check that fails.
pub(super) fn risk(names: &Names<'_>, judged: &Judged) -> Option<Value> {
    let state = judged.outcome.state;
    if !arises(state) {
        return None;
    }
    let risk = json!({
        "uuid": names.risk(judged),
        "title": judged.entry.id,
        "description": markup(&judged.outcome.reason),
        "statement": markup(&format!("It does not hold that {}.", judged.entry.question)),
        "props": [property("state", state.word()), property("level", &word(&judged.entry.level))],
        "status": if state == State::Waived { "deviation-approved" } else { "open" },
        "origins": names.origins(),
        "related-observations": [{ "observation-uuid": names.observation(judged) }],
    });
    let risk = with(risk, "characterizations", characterizations(names, judged));
    let remediations: Vec<_> = remediation(names, judged).into_iter().collect();
    Some(with(risk, "remediations", (!remediations.is_empty()).then(|| json!(remediations))))
}

/// The worst severity among the findings.
fn characterizations(names: &Names<'_>, judged: &Judged) -> Option<Value> {
    let worst = judged.findings.iter().map(|finding| finding.severity).max()?;
    let origin = names.origins().get(0).cloned()?;
    Some(json!([{
        "origin": origin,
        "facets": [{
            "name": "severity",
            "system": "http://csrc.nist.gov/ns/oscal",
            "value": word(&worst),
        }],
    }]))
}

fn remediation(names: &Names<'_>, judged: &Judged) -> Option<Value> {
    let mut tips: Vec<_> = judged.findings.iter().map(|finding| markup(&finding.tip)).collect();
    tips.sort();
    tips.dedup();
    (!tips.is_empty()).then(|| {
        json!({
            "uuid": names.here("remediation", &judged.entry.id),
            "lifecycle": "recommendation",
            "title": "To put it right",
            "description": tips.join("\n\n"),
        })
    })
}
