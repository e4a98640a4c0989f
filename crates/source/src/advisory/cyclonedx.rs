//! Vulnerabilities in CycloneDX, with what was said of them (VEX).

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Advisory, AdvisoryReport},
    finding::Severity,
    plain::plain,
};
use serde::Deserialize;

use super::told::{MAX_RESULTS, advisory, by_score, by_word, day};

#[derive(Deserialize)]
struct Document {
    metadata: Option<Metadata>,
    #[serde(default)]
    components: Vec<Component>,
    #[serde(default)]
    vulnerabilities: Vec<Vulnerability>,
}

#[derive(Deserialize)]
struct Metadata {
    timestamp: Option<String>,
}

#[derive(Deserialize)]
struct Component {
    #[serde(rename = "bom-ref")]
    reference: Option<String>,
    purl: Option<String>,
}

#[derive(Deserialize)]
struct Vulnerability {
    #[serde(default)]
    id: String,
    #[serde(default)]
    references: Vec<Reference>,
    #[serde(default)]
    ratings: Vec<Rating>,
    analysis: Option<Analysis>,
    #[serde(default)]
    affects: Vec<Affected>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(default)]
    id: String,
}

#[derive(Deserialize)]
struct Rating {
    score: Option<f64>,
    severity: Option<String>,
}

#[derive(Deserialize)]
struct Analysis {
    #[serde(default)]
    state: String,
    justification: Option<String>,
    detail: Option<String>,
}

#[derive(Deserialize)]
struct Affected {
    #[serde(rename = "ref", default)]
    reference: String,
}

/// Reads a document; none if it names no vulnerability.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let read: Document = serde_json::from_slice(bytes)?;
    if read.vulnerabilities.is_empty() {
        return Ok(None);
    }
    let of = |component: &Component| Some((component.reference.clone()?, component.purl.clone()?));
    let packages: BTreeMap<String, String> = read.components.iter().filter_map(of).collect();
    let found = read.vulnerabilities.iter().flat_map(|found| of_vulnerability(found, &packages));
    let results: Vec<Advisory> = found.take(MAX_RESULTS).collect();
    Ok(Some(AdvisoryReport {
        path: path.to_owned(),
        format: "cyclonedx-vex".into(),
        tool: "CycloneDX".into(),
        target: None,
        made: read.metadata.and_then(|metadata| day(metadata.timestamp.as_deref()?)),
        problem: (results.len() >= MAX_RESULTS)
            .then(|| format!("it has more than {MAX_RESULTS} results")),
        results,
    }))
}

fn of_vulnerability(found: &Vulnerability, packages: &BTreeMap<String, String>) -> Vec<Advisory> {
    let ids = || {
        std::iter::once(found.id.clone())
            .chain(found.references.iter().map(|other| other.id.clone()))
    };
    let triaged = found.analysis.as_ref().and_then(triaged);
    let of = |affected: &Affected| {
        // A link to another document ends with the part's reference.
        let reference = affected.reference.rsplit('#').next().unwrap_or_default();
        let subject = packages.get(&affected.reference).map_or(reference, String::as_str);
        Some(Advisory {
            severity: severity(found),
            triaged: triaged.clone(),
            ..advisory(ids(), subject)?
        })
    };
    found.affects.iter().take(MAX_RESULTS).filter_map(of).collect()
}

fn severity(found: &Vulnerability) -> Option<Severity> {
    let of = |rating: &Rating| {
        rating.severity.as_deref().and_then(by_word).or_else(|| rating.score.and_then(by_score))
    };
    found.ratings.iter().filter_map(of).max()
}

fn triaged(analysis: &Analysis) -> Option<String> {
    let why = analysis.justification.as_deref().or(analysis.detail.as_deref()).map(str::trim);
    match (analysis.state.as_str(), why) {
        ("not_affected" | "false_positive", Some(why)) if !why.is_empty() => {
            Some(format!("not affected: {}", plain(why, 200)))
        }
        ("resolved" | "resolved_with_pedigree", _) => Some("fixed".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::finding::Severity;
    use serde_json::json;

    use super::read;

    #[test]
    fn reads_vulnerabilities_with_analysis() {
        let text = json!({"bomFormat": "CycloneDX", "metadata": {"timestamp": "2026-11-20T00:00:00Z"},
            "components": [{"bom-ref": "a1", "purl": "pkg:pypi/a@1"}],
            "vulnerabilities": [
                {"id": "CVE-2026-1", "ratings": [{"severity": "critical"}], "affects": [{"ref": "a1"}],
                 "analysis": {"state": "not_affected", "justification": "code_not_reachable"}},
                {"id": "CVE-2026-2", "ratings": [{"score": 7.1}], "affects": [{"ref": "urn:cdx:x/1#pkg:pypi/b@2"}],
                 "analysis": {"state": "in_triage"}}]});
        let report = read("c.json", text.to_string().as_bytes()).unwrap().unwrap();
        let told: Vec<_> = report
            .results
            .iter()
            .map(|r| (r.subject.as_str(), r.severity, r.triaged.is_some()))
            .collect();
        assert_eq!(
            told,
            [
                ("pkg:pypi/a@1", Some(Severity::Critical), true),
                ("pkg:pypi/b@2", Some(Severity::High), false)
            ]
        );
        assert_eq!(read("c.json", b"{\"bomFormat\": \"CycloneDX\"}").unwrap(), None);
    }
}
