//! What was seen, a check each.

use coseal_core::{catalogue::EvidenceKind, finding::Finding};
use serde_json::{Value, json};

use super::{
    super::{
        input::EvidenceItem,
        written::{ENVELOPE, base64, instant, with},
    },
    names::{Names, markup, property},
};
use crate::Judged;

/// The observation of a check. There is one of every check, so that none is left out unsaid.
pub(super) fn observation(names: &Names<'_>, judged: &Judged) -> Value {
    let item = names.of.record(judged);
    let evidence = item.map(|item| json!([relevant(names, item)]));
    let observation = json!({
        "uuid": names.observation(judged),
        "title": judged.entry.id,
        "description": markup(&judged.outcome.reason),
        "props": [
            property("state", judged.outcome.state.word()),
            property("binding", &judged.binding.to_string()),
        ],
        "methods": methods(judged),
        "types": ["control-objective"],
        "origins": names.origins(),
        "subjects": [{ "subject-uuid": names.system(), "type": "component" }],
        "collected": instant(names.of.seen(judged)),
    });
    let expires = names.of.expires(judged).map(|at| json!(instant(at)));
    let observation = with(observation, "expires", expires);
    let observation = with(observation, "relevant-evidence", evidence);
    let remarks = judged.findings.iter().map(remark).collect::<Vec<_>>().join("\n\n");
    with(observation, "remarks", (!remarks.is_empty()).then(|| json!(remarks)))
}

/// The record of a check as resources at the end of the document: the envelope, and the proof that it is in its log.
pub(super) fn resources(names: &Names<'_>, item: &EvidenceItem) -> Vec<Value> {
    let resource = |uuid: String, title: &str, file: &str, kind: &str, bytes: &[u8]| {
        json!({
            "uuid": uuid,
            "title": title,
            "props": [property("record", &item.record.to_string())],
            "base64": { "filename": file, "media-type": kind, "value": base64(bytes) },
        })
    };
    let record = format!("record-{}", item.record.short());
    let mut all = vec![resource(
        names.record(item),
        "signed outcome (DSSE envelope)",
        &format!("{record}.dsse.json"),
        ENVELOPE,
        &item.envelope,
    )];
    all.extend(item.proof.iter().map(|proof| {
        let uuid = names.here("proof", &item.record.to_string());
        let file = format!("{record}.tlog-proof");
        resource(uuid, "proof of inclusion (tlog-proof)", &file, "text/plain", proof.as_bytes())
    }));
    all
}

fn relevant(names: &Names<'_>, item: &EvidenceItem) -> Value {
    let mut props = vec![
        property("record", &item.record.to_string()),
        property("received", &instant(item.received)),
    ];
    props.extend(item.environment().map(|environment| property("environment", &environment)));
    props.extend(item.grade.map(|grade| property("grade", &grade.to_string())));
    let proof = item.proof.as_ref().map(|_| {
        json!([{ "href": format!("#{}", names.here("proof", &item.record.to_string())), "rel": "proof" }])
    });
    let relevant = json!({
        "href": format!("#{}", names.record(item)),
        "description": "The signed outcome.",
        "props": props,
    });
    with(relevant, "links", proof)
}

fn methods(judged: &Judged) -> Vec<&'static str> {
    let mut methods: Vec<_> = judged
        .entry
        .evidence
        .iter()
        .map(|kind| match kind {
            EvidenceKind::S | EvidenceKind::V | EvidenceKind::M => "EXAMINE",
            EvidenceKind::L | EvidenceKind::T => "TEST",
            EvidenceKind::H => "INTERVIEW",
        })
        .collect();
    methods.sort_unstable();
    methods.dedup();
    methods
}

fn remark(finding: &Finding) -> String {
    let line = finding.location.line.map(|line| format!(", line {line}")).unwrap_or_default();
    markup(&format!("{}: {} ({}{line})", finding.rule, finding.message, finding.location.path))
}
