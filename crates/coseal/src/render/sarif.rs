//! SARIF 2.1.0 (OASIS), for code scanning.

use std::collections::BTreeMap;

use coseal_assure::{
    Assessment, Judged,
    baseline::{KEY, Known, Marks},
};
use coseal_core::{
    digest::Digest,
    exit::ExitCode,
    fact::Artefact,
    finding::{Confidence, Finding, Location, Rule, Severity},
    outcome::{Gap, State},
};
use serde_json::{Map, Value, json};

use super::json::pretty;
use crate::{cli::Scanned, registry};

/// Part of a file was not looked at. Only here is that a finding: a report of SARIF has no other place for it.
const INCOMPLETE: Rule = Rule {
    id: "scan-incomplete",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "part of a model file was not looked at",
    tip: "don't load it: coseal scan --explain says which bytes were looked at",
};

pub(crate) fn check(assessment: &Assessment, marks: &Marks<'_>, exit: ExitCode) -> String {
    let index = rule_index(&registry::rules());
    let of = |(judged, finding): &(&Judged, &Finding)| {
        let mut made = result(Some(*judged), finding, &index);
        mark(&mut made, &judged.entry.id, finding, marks);
        made
    };
    let mut results: Vec<Value> = assessment.findings().iter().map(of).collect();
    results.extend(marks.gone().into_iter().map(|(fingerprint, known)| gone(fingerprint, known)));
    let verdicts: Map<String, Value> = assessment
        .verdicts
        .iter()
        .map(|verdict| (verdict.guideline.clone(), json!(verdict.state)))
        .collect();
    document(
        &registry::rules(),
        &results,
        &[],
        exit,
        &json!({ "asOf": assessment.as_of.to_string(), "guidelines": verdicts }),
    )
}

pub(crate) fn scan(scanned: &Scanned, exit: ExitCode) -> String {
    let artefacts = scanned.artefacts.iter();
    let findings: Vec<Finding> = artefacts
        .flat_map(|(artefact, _)| artefact.findings.iter().cloned().chain(not_looked_at(artefact)))
        .collect();
    let mut rules = registry::rules();
    rules.push(INCOMPLETE);
    rules.retain(|rule| findings.iter().any(|finding| finding.rule == rule.id));
    let index = rule_index(&rules);
    let results: Vec<Value> =
        findings.iter().map(|finding| result(None, finding, &index)).collect();
    let unread: Vec<Value> = scanned.gaps.iter().map(unread).collect();
    let verdicts: Map<String, Value> = scanned
        .artefacts
        .iter()
        .map(|(artefact, _)| (artefact.path.clone(), json!(artefact.verdict)))
        .collect();
    let mut properties = json!({ "verdicts": verdicts });
    if let (Some(properties), Some(policy)) = (properties.as_object_mut(), scanned.policy) {
        properties.insert("policy".into(), json!(policy.to_string()));
    }
    document(&rules, &results, &unread, exit, &properties)
}

/// What was not looked at in a file: it is no finding of a parser, and a file with one is never clean.
fn not_looked_at(artefact: &Artefact) -> impl Iterator<Item = Finding> {
    let of = |gap: &Gap| {
        let text = format!("not looked at: {}: {}", gap.what, gap.why);
        Finding::new(&INCOMPLETE, Location::file(&artefact.path), &text)
    };
    artefact.coverage.gaps.iter().map(of)
}

/// What could not be read, as a notification (SARIF 2.1.0, 3.20.21).
fn unread(gap: &Gap) -> Value {
    json!({
        "level": "error",
        "message": { "text": format!("not looked at: {}: {}", gap.what, gap.why) },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&gap.what) } } }],
    })
}

/// Where each rule stands in the list of rules.
fn rule_index(rules: &[Rule]) -> BTreeMap<&'static str, usize> {
    rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect()
}

/// The fingerprint of a result, and with a baseline whether it is new.
fn mark(made: &mut Value, check: &str, finding: &Finding, marks: &Marks<'_>) {
    let Some(object) = made.as_object_mut() else { return };
    if let Some(fingerprint) = marks.fingerprint(check, finding) {
        object.insert("partialFingerprints".into(), json!({ KEY: fingerprint.to_string() }));
    }
    if let Some(known) = marks.is_known(check, finding) {
        let state = if known { "unchanged" } else { "new" };
        object.insert("baselineState".into(), json!(state));
    }
}

/// A result of the baseline that is there no longer (SARIF 2.1.0, 3.27.24).
fn gone(fingerprint: &Digest, known: &Known) -> Value {
    let locations: Vec<Value> = known
        .uri
        .iter()
        .map(|uri| json!({ "physicalLocation": { "artifactLocation": { "uri": uri } } }))
        .collect();
    json!({
        "ruleId": known.rule,
        "level": known.level,
        "message": { "text": known.message },
        "locations": locations,
        "partialFingerprints": { KEY: fingerprint.to_string() },
        "baselineState": "absent",
    })
}

fn document(
    rules: &[Rule],
    results: &[Value],
    notifications: &[Value],
    exit: ExitCode,
    properties: &Value,
) -> String {
    let mut invocation = json!({
        "executionSuccessful": !matches!(exit, ExitCode::Bug | ExitCode::Environment | ExitCode::InvalidSystemFile),
        "exitCode": exit.code(),
    });
    if let (Some(invocation), false) = (invocation.as_object_mut(), notifications.is_empty()) {
        invocation.insert("toolExecutionNotifications".into(), json!(notifications));
    }
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "coseal",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(descriptor).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": results,
            "properties": properties,
        }],
    }))
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": sentence(rule.summary) },
        "help": { "text": sentence(rule.tip) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "precision": coseal_core::system::word(&rule.confidence),
            "security-severity": security_severity(rule.severity),
            "tags": ["security", "ai"],
        },
    })
}

fn result(check: Option<&Judged>, finding: &Finding, index: &BTreeMap<&str, usize>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": format!("{} {}", sentence(&finding.message), sentence(&finding.tip)) },
        "locations": [location(&finding.location)],
    });
    if let Some(object) = result.as_object_mut() {
        if let Some(index) = index.get(finding.rule) {
            object.insert("ruleIndex".into(), json!(index));
        }
        if let Some(check) = check {
            object.insert("properties".into(), json!({ "check": check.entry.id }));
            if check.outcome.state == State::Waived {
                let accepted = json!([{ "kind": "external", "status": "accepted", "justification": check.outcome.reason }]);
                object.insert("suppressions".into(), accepted);
            }
        }
    }
    result
}

fn location(location: &Location) -> Value {
    let region = match (location.line, location.byte) {
        (Some(line), _) => json!({ "startLine": line.max(1) }),
        // Within a container the offset is one of the member, not of the file.
        (None, Some(byte)) if location.members.is_empty() => json!({ "byteOffset": byte }),
        _ => json!({ "startLine": 1 }),
    };
    let mut value = json!({
        "physicalLocation": { "artifactLocation": { "uri": uri(&location.path) }, "region": region },
    });
    if let (Some(object), false) = (value.as_object_mut(), location.members.is_empty()) {
        let name = location.members.join("!");
        object.insert(
            "logicalLocations".into(),
            json!([{ "fullyQualifiedName": name, "kind": "member" }]),
        );
    }
    value
}

/// A relative path as a URI reference (RFC 3986): everything but unreserved characters and `/` is encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    // A first part with a colon would read as a scheme; encoding took care of it. Nothing is absolute.
    out.trim_start_matches('/').to_owned()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Note => "note",
    }
}

/// The number that code-scanning services sort by.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
        Severity::Note => "0.5",
    }
}

fn sentence(text: &str) -> String {
    // Ids and paths stay as they are.
    if text.split_whitespace().next().is_some_and(|word| word.contains(['.', '/', '_'])) {
        return format!("{}.", text.trim_end_matches('.'));
    }
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let rest = letters.as_str();
    let end = if rest.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{rest}{end}")
}

#[cfg(test)]
mod tests {
    use coseal_core::{exit::ExitCode, outcome::Gap};
    use coseal_scan::{bytes::SliceBytes, inspect_anyway};
    use serde_json::Value;

    use super::{scan, uri};
    use crate::cli::Scanned;

    #[test]
    fn what_was_not_looked_at_is_said() {
        let artefact = inspect_anyway("m.bin", &SliceBytes(b"\0\x01"));
        let missing = Gap { what: "gone.pt".into(), why: "it is not there".into() };
        let scanned = Scanned {
            artefacts: vec![(artefact, None)],
            gaps: vec![missing],
            ..Scanned::default()
        };
        let made: Value = serde_json::from_str(&scan(&scanned, ExitCode::Environment)).unwrap();
        let run = &made["runs"][0];
        assert_eq!(run["results"][0]["ruleId"], "scan-incomplete");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(run["results"][0]["ruleIndex"], 0);
        let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert_eq!(said, "not looked at: gone.pt: it is not there");
    }

    #[test]
    fn encodes_paths() {
        assert_eq!(uri("a b/ü%.pkl"), "a%20b/%C3%BC%25.pkl");
        assert_eq!(uri("c:/x"), "c%3A/x");
    }
}
