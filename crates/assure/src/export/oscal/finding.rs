//! What follows from an observation. OSCAL knows satisfied and not satisfied; the second also stands for what is not
//! known, as "other than satisfied" does in SP 800-53A, and its reason tells the two apart.

use coseal_core::{outcome::State, verdict::Verdict};
use serde_json::{Value, json};

use super::{
    super::{
        tally::tally,
        written::{with, words},
    },
    names::{Names, markup, objective, property},
    risk,
};
use crate::Judged;

/// The finding on a check; none if it does not apply.
pub(super) fn of_check(names: &Names<'_>, judged: &Judged) -> Option<Value> {
    let state = judged.outcome.state;
    let status = status(state)?;
    let risks = risk::arises(state).then(|| json!([{ "risk-uuid": names.risk(judged) }]));
    let finding = json!({
        "uuid": names.here("finding", &judged.entry.id),
        "title": judged.entry.id,
        "description": markup(&format!("{state}: {}", judged.outcome.reason)),
        "props": [property("state", state.word())],
        "origins": names.origins(),
        "target": {
            "type": "objective-id",
            "target-id": judged.entry.id,
            "title": markup(&judged.entry.question),
            "status": status,
        },
        "related-observations": [{ "observation-uuid": names.observation(judged) }],
    });
    Some(with(finding, "related-risks", risks))
}

/// The finding on a guideline; none if it does not apply.
pub(super) fn of_guideline(names: &Names<'_>, verdict: &Verdict) -> Option<Value> {
    let under: Vec<_> = names.of.under(&verdict.guideline).collect();
    let observations: Vec<_> = under
        .iter()
        .map(|judged| json!({ "observation-uuid": names.observation(judged) }))
        .collect();
    let risks: Vec<_> = under
        .iter()
        .filter(|judged| risk::arises(judged.outcome.state))
        .map(|judged| json!({ "risk-uuid": names.risk(judged) }))
        .collect();
    let finding = json!({
        "uuid": names.here("finding", &verdict.guideline),
        "title": format!("guideline {}", verdict.guideline),
        "description": markup(&tally(names.of, verdict)),
        "props": [property("state", verdict.state.word())],
        "origins": names.origins(),
        "target": {
            "type": "objective-id",
            "target-id": objective(&verdict.guideline),
            "title": words(&verdict.name),
            "status": status(verdict.state)?,
        },
        "related-observations": observations,
    });
    Some(with(finding, "related-risks", (!risks.is_empty()).then(|| json!(risks))))
}

fn status(state: State) -> Option<Value> {
    let (satisfied, reason) = match state {
        State::Pass => ("satisfied", "pass"),
        State::Fail => ("not-satisfied", "fail"),
        State::Partial | State::Waived | State::Stale | State::Unknown => {
            ("not-satisfied", "other")
        }
        State::NotApplicable => return None,
    };
    let remarks = match state {
        State::Stale => Some("Not known any more: the evidence is out of date."),
        State::Unknown => Some("Not known: there is not enough evidence to judge."),
        _ => None,
    };
    let status = json!({ "state": satisfied, "reason": reason });
    Some(with(status, "remarks", remarks.map(Value::from)))
}
