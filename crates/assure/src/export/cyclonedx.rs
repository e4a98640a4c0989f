//! CycloneDX declarations (CDXA): claims about the system against the guidelines as a standard, with evidence.
//!
//! A requirement's score is the share of its applicable checks that pass, a partial one counting half; 0 if it fails, and left
//! out where there is no verdict. Its confidence is the share that rests on signed records.

use coseal_core::{catalogue::Guideline, outcome::State, verdict::Verdict};
use serde_json::{Value, json};

use super::{
    identity::{Version, uuid},
    input::{EvidenceItem, Exported},
    tally::{backing, score, tally},
    written::{ENVELOPE, base64, document, instant, with, words},
};
use crate::Judged;

/// Version of CycloneDX (ECMA-424).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spec {
    /// 1.6.
    V1_6,
    /// 1.7.
    V1_7,
}

impl Spec {
    /// As documents name it.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }
}

/// The assessment as a CycloneDX document (JSON) with definitions and declarations. It lists no components but the
/// system itself, and is not signed: the records in it are.
#[must_use]
pub fn cyclonedx(of: &Exported<'_>, spec: Spec) -> String {
    let version = spec.version();
    let serial = uuid(Version::Custom, &["cyclonedx", version, &of.digest().to_string()]);
    document(&json!({
        "$schema": format!("http://cyclonedx.org/schema/bom-{version}.schema.json"),
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": format!("urn:uuid:{serial}"),
        "version": 1,
        "metadata": {
            "timestamp": instant(of.made),
            "tools": { "components": [
                { "type": "application", "name": "coseal", "version": of.tool_version },
            ]},
            "component": system(of, "subject"),
        },
        "definitions": { "standards": [standard(of)] },
        "declarations": declarations(of),
    }))
}

fn system(of: &Exported<'_>, reference: &str) -> Value {
    json!({
        "type": "application",
        "bom-ref": reference,
        "name": of.system,
        "description": of.purpose(),
    })
}

fn standard(of: &Exported<'_>) -> Value {
    let requirement = |guideline: &&Guideline| {
        json!({
            "bom-ref": requirement(&guideline.id),
            "identifier": guideline.id,
            "title": words(&guideline.name),
        })
    };
    json!({
        "bom-ref": "guidelines",
        "name": "Guidelines for Secure AI System Development",
        "version": "2023-11",
        "owner": "NCSC, CISA and partners",
        "description": "Numbers of the guidelines; the titles are coseal's.",
        "requirements": of.guidelines().iter().map(requirement).collect::<Vec<_>>(),
    })
}

fn declarations(of: &Exported<'_>) -> Value {
    let checks = &of.assessment.checks;
    json!({
        "assessors": [{
            "bom-ref": "assessor",
            "thirdParty": false,
            "organization": { "name": format!("operator of {}", of.system) },
        }],
        "attestations": [{
            "summary": "Checks of coseal, rolled up to the guidelines. What has no claim is stale, unknown or does not apply, as the rationale says.",
            "assessor": "assessor",
            "map": of.assessment.verdicts.iter().map(|verdict| mapping(of, verdict)).collect::<Vec<_>>(),
        }],
        "claims": checks.iter().filter_map(claim).collect::<Vec<_>>(),
        "evidence": checks.iter().filter_map(|judged| evidence(of, judged)).collect::<Vec<_>>(),
        "targets": { "components": [system(of, "system")] },
    })
}

fn mapping(of: &Exported<'_>, verdict: &Verdict) -> Value {
    let claims = |wanted: &[State]| -> Vec<_> {
        of.under(&verdict.guideline)
            .filter(|judged| wanted.contains(&judged.outcome.state))
            .map(|judged| reference("claim", judged))
            .collect()
    };
    let conformance = with(
        json!({ "rationale": tally(of, verdict) }),
        "score",
        score(of, verdict).map(|score| json!(score)),
    );
    let confidence = backing(of, verdict)
        .map(|(score, rationale)| json!({ "score": score, "rationale": rationale }));
    let map = json!({
        "requirement": requirement(&verdict.guideline),
        "claims": claims(&[State::Pass, State::Partial]),
        "counterClaims": claims(&[State::Fail, State::Waived]),
        "conformance": conformance,
    });
    with(map, "confidence", confidence)
}

/// What is said of the system by a check that was judged; nothing otherwise.
fn claim(judged: &Judged) -> Option<Value> {
    let (holds, counter) = match judged.outcome.state {
        State::Pass => ("holds", false),
        State::Partial => ("holds in part", true),
        State::Fail => ("does not hold", false),
        State::Waived => ("does not hold and is waived", false),
        State::NotApplicable | State::Stale | State::Unknown => return None,
    };
    let evidence = json!([reference("evidence", judged)]);
    let claim = json!({
        "bom-ref": reference("claim", judged),
        "target": "system",
        "predicate": format!("{holds}: {}", judged.entry.question),
        "reasoning": judged.outcome.reason,
        "evidence": evidence,
    });
    Some(with(claim, "counterEvidence", counter.then_some(evidence)))
}

/// What was judged, and the record of it where there is one. A record of something stale stays, without a claim.
fn evidence(of: &Exported<'_>, judged: &Judged) -> Option<Value> {
    let item = of.record(judged);
    if item.is_none() && !judged.outcome.state.is_judged() {
        return None;
    }
    let outcome = json!({
        "binding": judged.binding.to_string(),
        "check": judged.entry.id,
        "coverage": judged.outcome.coverage,
        "findings": judged.findings,
        "reason": judged.outcome.reason,
        "state": judged.outcome.state,
        "subjects": judged.outcome.subjects,
    });
    let mut data = vec![json!({
        "name": "outcome",
        "contents": { "attachment": { "contentType": "application/json", "content": outcome.to_string() } },
    })];
    data.extend(item.map(record).into_iter().flatten());
    let evidence = json!({
        "bom-ref": reference("evidence", judged),
        "propertyName": format!("coseal:check:{}", judged.entry.id),
        "description": item.map_or_else(
            || "seen by the assessor in this run; not recorded".to_owned(),
            |item| item_description(of, item),
        ),
        "data": data,
        "created": instant(item.map_or(of.made, |item| item.received)),
    });
    Some(with(evidence, "expires", of.expires(judged).map(|at| json!(instant(at)))))
}

fn item_description(of: &Exported<'_>, item: &EvidenceItem) -> String {
    let mut text =
        format!("record {}, observed until {}", item.record, instant(item.observed_until));
    if let Some(environment) = item.environment() {
        text.push_str(&format!(", environment {environment} of {}", of.system));
    }
    if let Some(grade) = item.grade {
        text.push_str(&format!(", grade {grade}"));
    }
    text
}

/// The envelope and the proof that it is in its log.
fn record(item: &EvidenceItem) -> Vec<Value> {
    let attached = |name: &str, kind: &str, bytes: &[u8]| {
        json!({
            "name": name,
            "contents": { "attachment": { "contentType": kind, "encoding": "base64", "content": base64(bytes) } },
        })
    };
    let mut all = vec![attached("envelope", ENVELOPE, &item.envelope)];
    all.extend(
        item.proof.iter().map(|proof| attached("tlog-proof", "text/plain", proof.as_bytes())),
    );
    all
}

fn reference(kind: &str, judged: &Judged) -> String {
    format!("{kind}-{}", judged.entry.id)
}

fn requirement(guideline: &str) -> String {
    format!("guideline-{guideline}")
}
