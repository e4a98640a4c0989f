//! Which format a file of JSON is, by its members.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Sarif,
    OpenVex,
    OsvResults,
    OsvRecord,
    CycloneDx,
    Csaf,
    Grype,
    Trivy,
}

/// Members of which each such file has one, quoted as they stand in it.
pub(super) const MARKS: [&str; 8] = [
    "\"runs\"",
    "openvex",
    "\"bomFormat\"",
    "\"csaf_version\"",
    "\"matches\"",
    "\"Results\"",
    "\"results\"",
    "\"affected\"",
];

#[derive(Deserialize)]
struct Members {
    version: Option<Value>,
    runs: Option<IgnoredAny>,
    #[serde(rename = "@context")]
    context: Option<Value>,
    statements: Option<IgnoredAny>,
    #[serde(rename = "bomFormat")]
    bom_format: Option<Value>,
    vulnerabilities: Option<IgnoredAny>,
    document: Option<IgnoredAny>,
    matches: Option<IgnoredAny>,
    descriptor: Option<IgnoredAny>,
    #[serde(rename = "SchemaVersion")]
    schema_version: Option<IgnoredAny>,
    #[serde(rename = "Results")]
    trivy: Option<IgnoredAny>,
    results: Option<Vec<Source>>,
    experimental_config: Option<IgnoredAny>,
    id: Option<Value>,
    modified: Option<IgnoredAny>,
    affected: Option<IgnoredAny>,
}

/// What OSV-Scanner has in each of its results, and no other tool.
#[derive(Deserialize)]
struct Source {
    source: Option<IgnoredAny>,
    packages: Option<IgnoredAny>,
}

/// The format of a file, if it is one that is read.
pub(super) fn form(bytes: &[u8]) -> Option<Form> {
    let members: Members = serde_json::from_slice(bytes).ok()?;
    let text = |value: &Option<Value>| {
        value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    if members.runs.is_some() && text(&members.version).starts_with("2.1") {
        return Some(Form::Sarif);
    }
    if members.statements.is_some() && text(&members.context).contains("openvex") {
        return Some(Form::OpenVex);
    }
    if text(&members.bom_format) == "CycloneDX" {
        return members.vulnerabilities.map(|_| Form::CycloneDx);
    }
    if members.document.is_some() && members.vulnerabilities.is_some() {
        return Some(Form::Csaf);
    }
    if members.matches.is_some() && members.descriptor.is_some() {
        return Some(Form::Grype);
    }
    if members.schema_version.is_some() && members.trivy.is_some() {
        return Some(Form::Trivy);
    }
    if members.id.is_some() && members.modified.is_some() && members.affected.is_some() {
        return Some(Form::OsvRecord);
    }
    let sources = members.results?;
    let of_osv = sources.iter().all(|each| each.source.is_some() && each.packages.is_some());
    // Where it found nothing, only this member tells.
    (of_osv && (!sources.is_empty() || members.experimental_config.is_some()))
        .then_some(Form::OsvResults)
}
