//! What Grype and Trivy write in JSON of their own.

use coseal_core::{
    fact::{Advisory, AdvisoryReport},
    plain::plain,
};
use serde::Deserialize;
use serde_json::Value;

use super::told::{MAX_RESULTS, advisory, by_word, day, nullable};

#[derive(Deserialize)]
struct Grype {
    #[serde(default, deserialize_with = "nullable")]
    matches: Vec<Match>,
    descriptor: Option<Value>,
    source: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Match {
    vulnerability: Vulnerability,
    #[serde(default, deserialize_with = "nullable")]
    related_vulnerabilities: Vec<Vulnerability>,
    artifact: Artifact,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vulnerability {
    #[serde(default)]
    id: String,
    severity: Option<String>,
    #[serde(default)]
    known_exploited: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Artifact {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
    purl: Option<String>,
}

/// Reads what Grype writes. It is as old as the database that it was made with, where that is said.
pub(super) fn read_grype(
    path: &str,
    bytes: &[u8],
) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let read: Grype = serde_json::from_slice(bytes)?;
    let descriptor = read.descriptor.as_ref();
    let at = |pointer: &str| descriptor?.pointer(pointer)?.as_str().and_then(day);
    let made = ["/db/built", "/db/status/built", "/timestamp"].into_iter().filter_map(at).min();
    let results: Vec<Advisory> =
        read.matches.iter().take(MAX_RESULTS).filter_map(of_match).collect();
    let target = read.source.as_ref().and_then(grype_target);
    Ok(Some(AdvisoryReport { target, ..report(path, "grype", made, results) }))
}

/// What Grype looked at: a folder as text, an image as a table.
fn grype_target(source: &Value) -> Option<String> {
    let target = source.get("target")?;
    let name = target.as_str().or_else(|| target.get("userInput")?.as_str())?;
    Some(plain(name, 300)).filter(|name| !name.is_empty())
}

fn of_match(found: &Match) -> Option<Advisory> {
    let fallback = || format!("{}@{}", found.artifact.name, found.artifact.version);
    let subject =
        found.artifact.purl.clone().filter(|purl| !purl.is_empty()).unwrap_or_else(fallback);
    let all = || std::iter::once(&found.vulnerability).chain(&found.related_vulnerabilities);
    let mut advisory = advisory(all().map(|each| each.id.clone()), &subject)?;
    advisory.severity = found.vulnerability.severity.as_deref().and_then(by_word);
    advisory.exploited =
        all().any(|each| each.known_exploited.as_ref().is_some_and(|known| !known.is_empty()));
    Some(advisory)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Trivy {
    created_at: Option<String>,
    #[serde(default)]
    artifact_name: String,
    #[serde(default)]
    results: Option<Vec<Target>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Target {
    #[serde(default)]
    target: String,
    #[serde(default)]
    vulnerabilities: Option<Vec<Listed>>,
    #[serde(default)]
    misconfigurations: Option<Vec<Misconfiguration>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    #[serde(rename = "VulnerabilityID", default)]
    id: String,
    #[serde(rename = "VendorIDs", default)]
    others: Option<Vec<String>>,
    #[serde(default)]
    pkg_name: String,
    #[serde(default)]
    installed_version: String,
    pkg_identifier: Option<Identifier>,
    severity: Option<String>,
}

#[derive(Deserialize)]
struct Identifier {
    #[serde(rename = "PURL")]
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Misconfiguration {
    #[serde(rename = "ID", default)]
    id: String,
    severity: Option<String>,
    status: Option<String>,
}

/// Reads what Trivy writes.
pub(super) fn read_trivy(
    path: &str,
    bytes: &[u8],
) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let read: Trivy = serde_json::from_slice(bytes)?;
    let targets = read.results.iter().flatten();
    let results: Vec<Advisory> = targets.flat_map(of_target).take(MAX_RESULTS).collect();
    let target = Some(plain(&read.artifact_name, 300)).filter(|name| !name.is_empty());
    let made = read.created_at.as_deref().and_then(day);
    Ok(Some(AdvisoryReport { target, ..report(path, "trivy", made, results) }))
}

fn of_target(target: &Target) -> Vec<Advisory> {
    let listed = target.vulnerabilities.iter().flatten().filter_map(|listed| {
        let url = listed.pkg_identifier.as_ref().and_then(|identifier| identifier.url.clone());
        let subject =
            url.unwrap_or_else(|| format!("{}@{}", listed.pkg_name, listed.installed_version));
        let ids = std::iter::once(listed.id.clone()).chain(listed.others.iter().flatten().cloned());
        let severity = listed.severity.as_deref().and_then(by_word);
        Some(Advisory { severity, ..advisory(ids, &subject)? })
    });
    let misconfigured = target.misconfigurations.iter().flatten().filter_map(|found| {
        let failed = found.status.as_deref().is_none_or(|status| status == "FAIL");
        let severity = found.severity.as_deref().and_then(by_word);
        failed.then_some(Advisory { severity, ..advisory([found.id.clone()], &target.target)? })
    });
    listed.chain(misconfigured).take(MAX_RESULTS).collect()
}

fn report(
    path: &str,
    tool: &str,
    made: Option<jiff::civil::Date>,
    results: Vec<Advisory>,
) -> AdvisoryReport {
    let cut = results.len() >= MAX_RESULTS;
    AdvisoryReport {
        path: path.to_owned(),
        format: tool.to_owned(),
        tool: tool.to_owned(),
        target: None,
        made,
        results,
        problem: cut.then(|| format!("it has more than {MAX_RESULTS} results")),
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::finding::Severity;
    use serde_json::json;

    use super::{read_grype, read_trivy};

    #[test]
    fn reads_grype() {
        let text = json!({"matches": [{"vulnerability": {"id": "GHSA-1", "severity": "Critical", "knownExploited": [{"cve": "x"}]},
            "relatedVulnerabilities": [{"id": "CVE-2026-1"}], "artifact": {"name": "a", "version": "1", "purl": "pkg:pypi/a@1"}}],
            "descriptor": {"name": "grype", "timestamp": "2026-11-20T00:00:00Z", "db": {"status": {"built": "2026-11-18T00:00:00Z"}}}});
        let report = read_grype("g.json", text.to_string().as_bytes()).unwrap().unwrap();
        assert_eq!(report.made.unwrap().to_string(), "2026-11-18");
        let found = &report.results[0];
        assert!(found.exploited && found.aliases.contains("CVE-2026-1"));
        assert_eq!(
            (found.subject.as_str(), found.severity),
            ("pkg:pypi/a@1", Some(Severity::Critical))
        );
    }

    #[test]
    fn reads_trivy() {
        let text = json!({"SchemaVersion": 2, "CreatedAt": "2026-11-20T00:00:00Z", "Results": [
            {"Target": "Dockerfile", "Misconfigurations": [{"ID": "DS002", "Severity": "HIGH", "Status": "FAIL"}, {"ID": "DS1", "Status": "PASS"}]},
            {"Target": "requirements.txt", "Vulnerabilities": [{"VulnerabilityID": "CVE-2026-1", "PkgName": "a", "InstalledVersion": "1", "Severity": "UNKNOWN"}]}]});
        let report = read_trivy("t.json", text.to_string().as_bytes()).unwrap().unwrap();
        let told: Vec<_> = report
            .results
            .iter()
            .map(|r| (r.id.as_str(), r.subject.as_str(), r.severity))
            .collect();
        assert_eq!(
            told,
            [("DS002", "Dockerfile", Some(Severity::High)), ("CVE-2026-1", "a@1", None)]
        );
    }
}
