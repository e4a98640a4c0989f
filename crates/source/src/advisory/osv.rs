//! What OSV-Scanner writes, and records of OSV.

use coseal_core::{
    fact::{Advisory, AdvisoryReport},
    finding::Severity,
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    cvss,
    product::url,
    told::{MAX_RESULTS, advisory, by_score, by_value, by_word, day, nullable},
};

/// The tool of a report that is a record of a vulnerability, which says of no system that it is in it.
pub const RECORD: &str = "OSV record";

#[derive(Deserialize)]
struct Results {
    #[serde(default, deserialize_with = "nullable")]
    results: Vec<Source>,
    timestamp: Option<String>,
}

#[derive(Deserialize)]
struct Source {
    #[serde(default)]
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    package: Name,
    #[serde(default, deserialize_with = "nullable")]
    vulnerabilities: Vec<Record>,
    #[serde(default, deserialize_with = "nullable")]
    groups: Vec<Group>,
}

#[derive(Default, Deserialize)]
struct Name {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    ecosystem: String,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    ids: Vec<String>,
    #[serde(default, deserialize_with = "nullable")]
    aliases: Vec<String>,
    max_severity: Option<Value>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: String,
    #[serde(default, deserialize_with = "nullable")]
    aliases: Vec<String>,
    modified: Option<String>,
    withdrawn: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    severity: Vec<Score>,
    #[serde(default, deserialize_with = "nullable")]
    affected: Vec<Affected>,
    #[serde(default)]
    database_specific: Value,
}

#[derive(Deserialize)]
struct Score {
    #[serde(default)]
    score: String,
}

#[derive(Deserialize)]
struct Affected {
    #[serde(default)]
    package: Name,
}

/// Reads the results of OSV-Scanner.
pub(super) fn read_results(
    path: &str,
    bytes: &[u8],
) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let read: Results = serde_json::from_slice(bytes)?;
    let packages = read.results.iter().flat_map(|source| &source.packages);
    let results: Vec<Advisory> = packages.flat_map(of_package).take(MAX_RESULTS).collect();
    Ok(Some(AdvisoryReport {
        path: path.to_owned(),
        format: "osv".into(),
        tool: "osv-scanner".into(),
        target: None,
        made: read.timestamp.as_deref().and_then(day),
        problem: (results.len() >= MAX_RESULTS)
            .then(|| format!("it has more than {MAX_RESULTS} results")),
        results,
    }))
}

fn of_package(package: &Package) -> Vec<Advisory> {
    let subject = url(&package.package.ecosystem, &package.package.name, &package.package.version);
    let of = |record: &Record| {
        let group = package.groups.iter().find(|group| group.ids.contains(&record.id));
        let others =
            group.into_iter().flat_map(|group| group.ids.iter().chain(&group.aliases)).cloned();
        let ids = std::iter::once(record.id.clone()).chain(record.aliases.clone()).chain(others);
        let mut found = advisory(ids, &subject)?;
        let of_group = group.and_then(|group| by_value(group.max_severity.as_ref()?));
        found.severity = of_group.or_else(|| severity(record));
        found.triaged = record.withdrawn.as_ref().map(|_| "withdrawn".to_owned());
        Some(found)
    };
    package.vulnerabilities.iter().take(MAX_RESULTS).filter_map(of).collect()
}

/// Reads one record of a vulnerability.
pub(super) fn read_record(
    path: &str,
    bytes: &[u8],
) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let record: Record = serde_json::from_slice(bytes)?;
    let of = |affected: &Affected| {
        let subject = url(&affected.package.ecosystem, &affected.package.name, "");
        let ids = std::iter::once(record.id.clone()).chain(record.aliases.clone());
        let mut found = advisory(ids, &subject)?;
        found.severity = severity(&record);
        found.triaged = record.withdrawn.as_ref().map(|_| "withdrawn".to_owned());
        Some(found)
    };
    Ok(Some(AdvisoryReport {
        path: path.to_owned(),
        format: "osv".into(),
        tool: RECORD.into(),
        target: None,
        made: record.modified.as_deref().and_then(day),
        results: record.affected.iter().take(MAX_RESULTS).filter_map(of).collect(),
        problem: (record.affected.len() > MAX_RESULTS)
            .then(|| format!("it has more than {MAX_RESULTS} results")),
    }))
}

fn severity(record: &Record) -> Option<Severity> {
    let scored =
        record.severity.iter().filter_map(|score| by_score(cvss::score(&score.score)?)).max();
    scored.or_else(|| by_word(record.database_specific.get("severity")?.as_str()?))
}

#[cfg(test)]
mod tests {
    use coseal_core::finding::Severity;
    use serde_json::json;

    use super::{read_record, read_results};

    #[test]
    fn reads_results_and_records() {
        let record = json!({"id": "GHSA-1", "aliases": ["CVE-2026-1"], "modified": "2026-11-01T00:00:00Z",
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
            "affected": [{"package": {"ecosystem": "PyPI", "name": "a"}}]});
        let results = json!({"results": [{"source": {"path": "x"}, "packages": [{
            "package": {"name": "a", "version": "1.0", "ecosystem": "PyPI"}, "vulnerabilities": [record],
            "groups": [{"ids": ["GHSA-1"], "aliases": ["PYSEC-1"], "max_severity": "7.5"}]}]}]});
        let report = read_results("o.json", results.to_string().as_bytes()).unwrap().unwrap();
        let found = &report.results[0];
        assert_eq!(
            (found.subject.as_str(), found.severity),
            ("pkg:pypi/a@1.0", Some(Severity::High))
        );
        assert!(found.aliases.contains("CVE-2026-1") && found.aliases.contains("PYSEC-1"));
        let report = read_record("r.json", record.to_string().as_bytes()).unwrap().unwrap();
        assert_eq!(report.results[0].severity, Some(Severity::Critical));
        assert_eq!(report.results[0].subject, "pkg:pypi/a");
    }
}
