//! The document.

use std::collections::BTreeMap;

use coseal_core::outcome::State;
use serde_json::{Value, json};

use super::{
    super::{
        input::Exported,
        written::{document, instant, with},
    },
    finding,
    names::{Names, control, markup},
    observation, risk,
};

/// Version of OSCAL.
const OSCAL: &str = "1.2.1";

/// The assessment as OSCAL assessment results (JSON). Guidelines are controls, and each check is an objective of its own.
#[must_use]
pub fn oscal(of: &Exported<'_>) -> String {
    let names = Names::new(of);
    let results = json!({
        "uuid": names.here("assessment-results", ""),
        "metadata": {
            "title": markup(&format!("Checks of coseal on {}", of.system)),
            "last-modified": instant(of.made),
            "version": of.tool_version,
            "oscal-version": OSCAL,
        },
        "import-ap": {
            "href": format!("#{}", names.lasting("resource", "plan")),
            "remarks": "There is no plan in OSCAL: controls are the guidelines, and objectives the checks of coseal's catalogue, by their ids.",
        },
        "results": [result(&names)],
        "back-matter": { "resources": resources(&names) },
    });
    document(&json!({ "assessment-results": results }))
}

fn result(names: &Names<'_>) -> Value {
    let of = names.of;
    let checks = &of.assessment.checks;
    let findings: Vec<_> = of
        .assessment
        .verdicts
        .iter()
        .filter_map(|verdict| finding::of_guideline(names, verdict))
        .chain(checks.iter().filter_map(|judged| finding::of_check(names, judged)))
        .collect();
    let risks: Vec<_> = checks.iter().filter_map(|judged| risk::risk(names, judged)).collect();
    let controls: Vec<_> = of
        .guidelines()
        .iter()
        .map(|guideline| json!({ "control-id": control(&guideline.id) }))
        .collect();
    let objectives: Vec<_> = checks
        .iter()
        .filter(|judged| judged.outcome.state != State::NotApplicable)
        .map(|judged| json!({ "objective-id": judged.entry.id }))
        .collect();
    let reviewed = json!({ "control-selections": [{ "include-controls": controls }] });
    let objectives =
        (!objectives.is_empty()).then(|| json!([{ "include-objectives": objectives }]));
    let result = json!({
        "uuid": names.here("result", ""),
        "title": markup(&format!("Assessment as of {}", of.assessment.as_of)),
        "description": "Each check of coseal, and the guidelines that they roll up to.",
        "start": instant(of.made),
        "end": instant(of.made),
        "local-definitions": { "components": [system(names)], "assessment-assets": assets(names) },
        "reviewed-controls": with(reviewed, "control-objective-selections", objectives),
        "observations":
            checks.iter().map(|judged| observation::observation(names, judged)).collect::<Vec<_>>(),
    });
    let result = with(result, "risks", (!risks.is_empty()).then(|| json!(risks)));
    with(result, "findings", (!findings.is_empty()).then(|| json!(findings)))
}

fn system(names: &Names<'_>) -> Value {
    json!({
        "uuid": names.system(),
        "type": "this-system",
        "title": markup(names.of.system),
        "description": markup(&names.of.purpose()),
        "status": { "state": "other", "remarks": "Not stated to coseal." },
    })
}

fn assets(names: &Names<'_>) -> Value {
    let coseal = names.lasting("component", "coseal");
    json!({
        "components": [{
            "uuid": coseal,
            "type": "software",
            "title": "coseal",
            "description": format!("coseal {}", markup(names.of.tool_version)),
            "status": { "state": "operational" },
        }],
        "assessment-platforms": [{
            "uuid": names.lasting("platform", "coseal"),
            "title": "coseal",
            "uses-components": [{ "component-uuid": coseal }],
        }],
    })
}

fn resources(names: &Names<'_>) -> Vec<Value> {
    let mut all = vec![json!({
        "uuid": names.lasting("resource", "plan"),
        "title": "The catalogue of coseal",
        "description": "The checks under the Guidelines for Secure AI System Development, as built into coseal.",
        "rlinks": [{ "href": "https://github.com/coseal/coseal" }],
    })];
    // A record may stand behind more than one check.
    let records: BTreeMap<_, _> = names
        .of
        .assessment
        .checks
        .iter()
        .filter_map(|judged| names.of.record(judged))
        .map(|item| (item.record, item))
        .collect();
    all.extend(records.values().flat_map(|item| observation::resources(names, item)));
    all
}
