//! SARIF 2.1.0 of tools that look for vulnerabilities.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Advisory, AdvisoryReport},
    finding::Severity,
    plain::plain,
};
use serde::Deserialize;
use serde_json::Value;

use super::told::{MAX_RESULTS, advisory, by_value, by_word, day, ids, nullable};

/// Tools whose results are of security, whatever their rules say of themselves.
const TOOLS: [&str; 22] = [
    "trivy",
    "grype",
    "osv-scanner",
    "snyk",
    "bandit",
    "codeql",
    "checkov",
    "semgrep",
    "kics",
    "gosec",
    "clair",
    "dependency-check",
    "dockle",
    "tfsec",
    "terrascan",
    "brakeman",
    "zizmor",
    "npm audit",
    "pip-audit",
    "docker scout",
    "sonarqube",
    "devskim",
];

#[derive(Deserialize)]
struct Sarif {
    #[serde(default)]
    runs: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    #[serde(default)]
    results: Option<Vec<Found>>,
    #[serde(default, deserialize_with = "nullable")]
    invocations: Vec<Invocation>,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Tool {
    driver: Driver,
    #[serde(default)]
    extensions: Vec<Driver>,
}

#[derive(Deserialize)]
struct Driver {
    #[serde(default)]
    name: String,
    #[serde(default, deserialize_with = "nullable")]
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    #[serde(default)]
    id: String,
    #[serde(default)]
    deprecated_ids: Vec<String>,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
    default_configuration: Option<Level>,
}

#[derive(Deserialize)]
struct Level {
    level: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    start_time_utc: Option<String>,
    end_time_utc: Option<String>,
    execution_successful: Option<bool>,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    rule_id: Option<String>,
    rule: Option<Reference>,
    kind: Option<String>,
    level: Option<String>,
    message: Option<Message>,
    baseline_state: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    locations: Vec<Place>,
    #[serde(default)]
    suppressions: Option<Vec<Suppression>>,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Reference {
    id: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: Option<Physical>,
    #[serde(default)]
    logical_locations: Vec<Logical>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Option<File>,
    region: Option<Region>,
}

#[derive(Deserialize)]
struct File {
    uri: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: Option<String>,
}

#[derive(Deserialize)]
struct Suppression {
    status: Option<String>,
    justification: Option<String>,
}

/// Reads a report; none if no run of it is of a tool for security. coseal's own findings are no vulnerabilities.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let sarif: Sarif = serde_json::from_slice(bytes)?;
    let runs: Vec<&Run> = sarif.runs.iter().filter(|run| is_of_security(run)).collect();
    let Some(first) = runs.first() else { return Ok(None) };
    // What holds several runs is as old as the oldest, and undated if one is.
    let days: Option<Vec<_>> = runs.iter().map(|run| made(run)).collect();
    let mut results: Vec<Advisory> =
        runs.iter().flat_map(|run| results(run)).take(MAX_RESULTS.saturating_add(1)).collect();
    let cut = results.len() > MAX_RESULTS;
    results.truncate(MAX_RESULTS);
    let failed =
        |run: &Run| run.invocations.iter().any(|each| each.execution_successful == Some(false));
    let partial = runs.iter().any(|run| run.results.is_none() || failed(run));
    Ok(Some(AdvisoryReport {
        path: path.to_owned(),
        format: "sarif".into(),
        tool: plain(&first.tool.driver.name, 60),
        target: None,
        made: days.and_then(|days| days.into_iter().min()),
        results,
        problem: match (cut, partial) {
            (true, _) => Some(format!("it has more than {MAX_RESULTS} results")),
            (_, true) => Some("a run in it failed, or did not look for results".into()),
            _ => None,
        },
    }))
}

fn is_of_security(run: &Run) -> bool {
    let name = run.tool.driver.name.to_lowercase();
    let tagged = |rule: &Rule| {
        let tags = rule.properties.get("tags").and_then(Value::as_array);
        rule.properties.contains_key("security-severity")
            || !ids(&rule.id).is_empty()
            || tags.is_some_and(|tags| {
                tags.iter().any(|tag| matches!(tag.as_str(), Some("security" | "vulnerability")))
            })
    };
    name != "coseal" && (TOOLS.iter().any(|tool| name.contains(tool)) || rules(run).any(tagged))
}

fn rules(run: &Run) -> impl Iterator<Item = &Rule> {
    run.tool.driver.rules.iter().chain(run.tool.extensions.iter().flat_map(|driver| &driver.rules))
}

fn made(run: &Run) -> Option<jiff::civil::Date> {
    const KEYS: [&str; 6] = ["timestamp", "generated", "created", "scanDate", "endTimeUtc", "date"];
    let in_bag = |bag: &BTreeMap<String, Value>| {
        KEYS.iter().find_map(|key| bag.get(*key).and_then(Value::as_str).and_then(day))
    };
    let invoked = run.invocations.iter().filter_map(|invocation| {
        let time = invocation.end_time_utc.as_deref().or(invocation.start_time_utc.as_deref());
        time.and_then(day).or_else(|| in_bag(&invocation.properties))
    });
    invoked.min().or_else(|| in_bag(&run.properties))
}

fn results(run: &Run) -> Vec<Advisory> {
    let by_id: BTreeMap<&str, &Rule> = rules(run).map(|rule| (rule.id.as_str(), rule)).collect();
    let found = run.results.iter().flatten().take(MAX_RESULTS.saturating_add(1));
    let open = found.filter(|found| {
        // What passed, did not apply or is gone is no vulnerability.
        found.kind.as_deref().is_none_or(|kind| matches!(kind, "fail" | "open" | "review"))
            && found.baseline_state.as_deref() != Some("absent")
    });
    open.filter_map(|found| {
        let of_rule = found.rule.as_ref().and_then(|rule| rule.id.as_deref());
        let id = found.rule_id.as_deref().or(of_rule).filter(|id| !id.trim().is_empty());
        let id = id.unwrap_or("a result without an id");
        of_result(found, id, by_id.get(id).copied())
    })
    .collect()
}

fn of_result(found: &Found, rule_id: &str, rule: Option<&Rule>) -> Option<Advisory> {
    let mut names = ids(rule_id);
    if names.is_empty() {
        names.push(rule_id.to_owned());
    }
    names.extend(rule.into_iter().flat_map(|rule| &rule.deprecated_ids).cloned());
    let (subject, line) = subject(found);
    let mut advisory = advisory(names, &subject)?;
    advisory.line = line;
    advisory.severity = severity(found, rule);
    advisory.exploited =
        exploited(&found.properties) || rule.is_some_and(|rule| exploited(&rule.properties));
    advisory.triaged = suppressed(found);
    Some(advisory)
}

/// The package that the tool names, else the file.
fn subject(found: &Found) -> (String, Option<u32>) {
    let place = found.locations.first();
    let physical = place.and_then(|place| place.physical_location.as_ref());
    let line = physical.and_then(|at| at.region.as_ref()).and_then(|region| region.start_line);
    let text = found.message.as_ref().map_or("", |message| message.text.as_str());
    let logical = place.into_iter().flat_map(|place| &place.logical_locations);
    let mut named = logical.filter_map(|logical| logical.fully_qualified_name.clone());
    let package = named.find(|name| name.contains('@')).or_else(|| package_in(text));
    let file = || {
        let uri = physical
            .and_then(|at| at.artifact_location.as_ref())
            .and_then(|file| file.uri.as_deref());
        let uri = uri.unwrap_or_default();
        // A path of the machine that the tool ran on says too much: only its last part is kept.
        let absolute = uri.starts_with('/') || uri.contains("://") || uri.contains(":\\");
        if absolute { uri.rsplit(['/', '\\']).next().unwrap_or_default() } else { uri }.to_owned()
    };
    (package.unwrap_or_else(file), line)
}

/// The package in a message, as Trivy, Grype and OSV-Scanner write it.
fn package_in(text: &str) -> Option<String> {
    let after = |mark: &str, ends: &[char]| {
        let (_, rest) = text.split_once(mark)?;
        let word = rest.split(ends).next()?.trim();
        (!word.is_empty() && word.len() < 200).then(|| word.to_owned())
    };
    if let (Some(name), Some(version)) =
        (after("Package: ", &['\n', '\r']), after("Installed Version: ", &['\n', '\r']))
    {
        return Some(format!("{name}@{version}"));
    }
    if let (Some(name), Some(version)) =
        (after("package: ", &[',', '\n']), after(", version ", &[' ', '\n']))
    {
        return Some(format!("{name}@{version}"));
    }
    after("Package '", &['\'']).filter(|name| name.contains('@'))
}

fn severity(found: &Found, rule: Option<&Rule>) -> Option<Severity> {
    let bags = [Some(&found.properties), rule.map(|rule| &rule.properties)];
    let told = bags.into_iter().flatten().find_map(|bag| {
        ["security-severity", "issue_severity", "severity"]
            .iter()
            .find_map(|key| by_value(bag.get(*key)?))
    });
    let level =
        found.level.as_deref().or_else(|| rule?.default_configuration.as_ref()?.level.as_deref());
    told.or_else(|| match level.unwrap_or("warning") {
        "error" => Some(Severity::High),
        "warning" => Some(Severity::Medium),
        "note" => Some(Severity::Low),
        word => by_word(word),
    })
}

fn exploited(bag: &BTreeMap<String, Value>) -> bool {
    const WORDS: [&str; 5] = ["known-exploited", "knownexploited", "kev", "cisa-kev", "exploited"];
    let is_word =
        |text: &str| WORDS.contains(&text.to_lowercase().replace([' ', '_'], "-").as_str());
    let tags = bag.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).any(is_word)
        || bag.iter().any(|(key, value)| is_word(key) && value.as_bool() == Some(true))
}

/// Why a result is suppressed, if it is, and somebody says why.
fn suppressed(found: &Found) -> Option<String> {
    let accepted =
        |status: &Option<String>| status.as_deref().is_none_or(|status| status == "accepted");
    let all = found.suppressions.as_deref().unwrap_or_default();
    // One that is under review or rejected leaves the result open.
    if all.is_empty() || !all.iter().all(|suppression| accepted(&suppression.status)) {
        return None;
    }
    let why =
        all.iter().find_map(|suppression| suppression.justification.as_deref()).map(str::trim)?;
    (!why.is_empty()).then(|| format!("suppressed: {}", plain(why, 200)))
}

#[cfg(test)]
mod tests;
