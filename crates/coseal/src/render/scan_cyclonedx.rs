//! A scan as a CycloneDX 1.6 bill of materials: a component a model file, a vulnerability a finding.
//!
//! Verdict and coverage are properties of the component. Nothing in it tells when it was made: the same files give the same document.

use coseal_assure::export::{Version, uuid};
use coseal_core::{
    digest::Digest,
    exit::ExitCode,
    fact::Artefact,
    finding::{Finding, Severity},
};
use serde_json::{Value, json};

use super::{json::pretty, text::place};
use crate::cli::Scanned;

pub(crate) fn scan(scanned: &Scanned, exit: ExitCode) -> String {
    let files = scanned.artefacts.iter().enumerate();
    let components: Vec<_> =
        files.clone().map(|(at, (file, digest))| component(at, file, *digest)).collect();
    let findings: Vec<_> = files
        .flat_map(|(at, (file, _))| file.findings.iter().map(move |finding| (at, finding)))
        .enumerate()
        .map(|(number, (at, finding))| vulnerability(number, at, finding))
        .collect();
    let properties = properties(scanned, exit);
    let content = json!([components, findings, properties]).to_string();
    let serial = uuid(Version::Custom, &["scan", "cyclonedx-1.6", &content]);
    pretty(&json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{serial}"),
        "version": 1,
        "metadata": {
            "tools": { "components": [
                { "type": "application", "name": "coseal", "version": env!("CARGO_PKG_VERSION") },
            ]},
            "properties": properties,
        },
        "components": components,
        "vulnerabilities": findings,
    }))
}

/// What holds for the scan as a whole.
fn properties(scanned: &Scanned, exit: ExitCode) -> Vec<Value> {
    let mut all = vec![property("exit", &exit.code().to_string())];
    all.extend(scanned.policy.map(|policy| property("policy", &policy.to_string())));
    let gaps = scanned.gaps.iter();
    all.extend(gaps.map(|gap| property("not-looked-at", &format!("{}: {}", gap.what, gap.why))));
    all
}

fn component(at: usize, file: &Artefact, digest: Option<Digest>) -> Value {
    let coverage = &file.coverage;
    let mut properties = vec![
        property("verdict", file.verdict.word()),
        property("format", &file.format),
        property("size", &file.size.to_string()),
        property("coverage:complete", if coverage.complete { "true" } else { "false" }),
        property("coverage:looked-at", &coverage.looked_at.to_string()),
        property("coverage:payload", &coverage.payload.to_string()),
    ];
    let gaps = coverage.gaps.iter();
    properties
        .extend(gaps.map(|gap| property("coverage:gap", &format!("{}: {}", gap.what, gap.why))));
    let measures = file.measures.iter();
    properties.extend(measures.map(|(name, value)| property(&format!("measure:{name}"), value)));
    let mut component = json!({
        "type": "machine-learning-model",
        "bom-ref": reference(at),
        "name": file.path,
        "properties": properties,
    });
    if let (Some(object), Some(digest)) = (component.as_object_mut(), digest) {
        object.insert("hashes".into(), json!([{ "alg": "SHA-256", "content": digest.hex() }]));
    }
    component
}

fn vulnerability(number: usize, at: usize, finding: &Finding) -> Value {
    json!({
        "bom-ref": format!("finding-{}", number + 1),
        "id": finding.rule,
        "source": { "name": "coseal" },
        "ratings": [{ "source": { "name": "coseal" }, "severity": severity(finding.severity), "method": "other" }],
        "description": finding.message,
        "detail": place(&finding.location),
        "recommendation": finding.tip,
        "affects": [{ "ref": reference(at) }],
        "properties": [property("confidence", &coseal_core::system::word(&finding.confidence))],
    })
}

fn reference(at: usize) -> String {
    format!("file-{}", at + 1)
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": format!("coseal:{name}"), "value": value })
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
        Severity::Note => "info",
    }
}
