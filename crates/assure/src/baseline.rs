//! What an earlier run found: fingerprints that survive moved lines, and the SARIF file that holds them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use coseal_core::{
    digest::Digest,
    fact::Facts,
    finding::{Finding, Location},
    plain::plain,
    tree::{ReadError, read_bytes},
};
use coseal_sign::{canonical, sha256};
use serde::Deserialize;

use about::About;

use crate::Assessment;

mod about;

/// The key of a fingerprint in SARIF. A new way to make them gets a new number.
pub const KEY: &str = "coseal/v2";
/// The key of fingerprints of before, that tell nothing by its content; baselines with them are still read.
const OLD_KEY: &str = "coseal/v1";

/// A baseline may be this long, in bytes.
const MAX_BYTES: u64 = 64 << 20;
/// A baseline may hold this many results.
const MAX_RESULTS: usize = 200_000;

/// What an earlier run found, by fingerprint.
#[derive(Debug, Default)]
pub struct Baseline {
    known: BTreeMap<Digest, Known>,
}

/// A result of an earlier run, fit to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Id of its rule.
    pub rule: String,
    /// Its level in SARIF.
    pub level: &'static str,
    /// What was said.
    pub message: String,
    /// Where: a relative path as a URI reference.
    pub uri: Option<String>,
}

/// Why a file is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum NoBaseline {
    /// It can't be read.
    #[error("{0}")]
    Unreadable(#[from] ReadError),
    /// It is not SARIF 2.1.0.
    #[error("it is not SARIF 2.1.0 (line {line})")]
    NotSarif {
        /// Where that shows.
        line: usize,
    },
    /// Another tool made it, or none.
    #[error("it holds no run of coseal: write one with coseal check --format sarif")]
    NotOurs,
    /// A result has no fingerprint.
    #[error("result {index} has no fingerprint {KEY}: write it anew with this version of coseal")]
    NoFingerprint {
        /// Which, counted from 1.
        index: usize,
    },
    /// It holds too much.
    #[error("it holds more than {MAX_RESULTS} results")]
    TooMany,
}

impl Baseline {
    /// Reads what `coseal check --format sarif` wrote.
    ///
    /// # Errors
    /// If the file can't be read, or is not that.
    pub fn read(path: &Path) -> Result<Self, NoBaseline> {
        Self::parse(&read_bytes(path, MAX_BYTES)?)
    }

    /// Reads the bytes of such a file.
    ///
    /// # Errors
    /// If they are not that.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoBaseline> {
        let log: Log = serde_json::from_slice(bytes)
            .map_err(|error| NoBaseline::NotSarif { line: error.line() })?;
        if log.version != "2.1.0" {
            return Err(NoBaseline::NotSarif { line: 1 });
        }
        let ours: Vec<Run> =
            log.runs.into_iter().filter(|run| run.tool.driver.name == "coseal").collect();
        if ours.is_empty() {
            return Err(NoBaseline::NotOurs);
        }
        let mut known = BTreeMap::new();
        for (index, result) in ours.into_iter().flat_map(|run| run.results).enumerate() {
            if index >= MAX_RESULTS {
                return Err(NoBaseline::TooMany);
            }
            // What was gone then is not known now.
            if result.baseline_state.as_deref() == Some("absent") {
                continue;
            }
            let by =
                [KEY, OLD_KEY].into_iter().find_map(|key| result.partial_fingerprints.get(key));
            let fingerprint = by.and_then(|text| text.parse().ok());
            let fingerprint = fingerprint.ok_or(NoBaseline::NoFingerprint { index: index + 1 })?;
            known.insert(fingerprint, Known::from(result));
        }
        Ok(Self { known })
    }
}

/// The findings of a run with their fingerprints, and which of them an earlier run found.
#[derive(Debug)]
pub struct Marks<'a> {
    /// By check and finding, as they are made now and as they were made before.
    fingerprints: BTreeMap<&'a str, BTreeMap<&'a Finding, Both>>,
    baseline: Option<&'a Baseline>,
}

/// The fingerprint of a finding, and the one that it had before.
#[derive(Clone, Copy, Debug)]
struct Both {
    now: Digest,
    before: Digest,
}

impl Baseline {
    /// Whether it holds either; one of the old kind is in it only where it has none of the new.
    fn knows(&self, both: &Both) -> bool {
        self.known.contains_key(&both.now) || self.known.contains_key(&both.before)
    }
}

impl<'a> Marks<'a> {
    /// Of all findings of a run; `facts` are those that it judged.
    #[must_use]
    pub fn of(
        assessment: &'a Assessment,
        facts: &'a Facts,
        baseline: Option<&'a Baseline>,
    ) -> Self {
        Self { fingerprints: fingerprints(assessment, &About::new(facts)), baseline }
    }

    /// The fingerprint of a finding of a check.
    #[must_use]
    pub fn fingerprint(&self, check: &str, finding: &Finding) -> Option<&Digest> {
        self.both(check, finding).map(|both| &both.now)
    }

    fn both(&self, check: &str, finding: &Finding) -> Option<&Both> {
        self.fingerprints.get(check)?.get(finding)
    }

    /// Whether an earlier run found it; none without a baseline.
    #[must_use]
    pub fn is_known(&self, check: &str, finding: &Finding) -> Option<bool> {
        let baseline = self.baseline?;
        Some(baseline.knows(self.both(check, finding)?))
    }

    /// How many findings are known, new, and gone; none without a baseline.
    #[must_use]
    pub fn counts(&self) -> Option<(usize, usize, usize)> {
        let baseline = self.baseline?;
        let (known, new): (Vec<&Both>, Vec<&Both>) =
            self.all().partition(|both| baseline.knows(both));
        Some((known.len(), new.len(), self.gone().len()))
    }

    fn all(&self) -> impl Iterator<Item = &Both> {
        self.fingerprints.values().flat_map(BTreeMap::values)
    }

    /// What an earlier run found and this one did not, by fingerprint.
    #[must_use]
    pub fn gone(&self) -> Vec<(&'a Digest, &'a Known)> {
        let found: BTreeSet<&Digest> =
            self.all().flat_map(|both| [&both.now, &both.before]).collect();
        let known = self.baseline.into_iter().flat_map(|baseline| &baseline.known);
        known.filter(|(fingerprint, _)| !found.contains(fingerprint)).collect()
    }
}

/// A finding is told by its check, rule, file, members and what is said, but by no line and no offset of its place, and by a
/// digest of what it is about. Those that are alike in all of these are counted in their order. What is said counts as it
/// stands: a number in it may be part of the name of something inspected, and nothing tells `line 1` as a name from a place.
fn fingerprints<'a>(
    assessment: &'a Assessment,
    about: &About<'_>,
) -> BTreeMap<&'a str, BTreeMap<&'a Finding, Both>> {
    let mut findings = assessment.findings();
    findings.sort_by_key(|(_, finding)| &finding.location);
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbered = |key: &str, what: String| {
        let times = count.entry(format!("{key}\n{what}")).or_insert(0);
        let made = sha256(format!("{key}\n{what}\n{times}").as_bytes());
        *times += 1;
        made
    };
    let mut made: BTreeMap<&str, BTreeMap<&Finding, Both>> = BTreeMap::new();
    for (judged, finding) in findings {
        let what = what(&judged.entry.id, finding);
        let now = numbered(KEY, with_content(&what, &about.of(finding)));
        let both = Both { now, before: numbered(OLD_KEY, what) };
        made.entry(&judged.entry.id).or_default().insert(finding, both);
    }
    made
}

fn with_content(what: &str, about: &serde_json::Value) -> String {
    let content = canonical(about);
    format!("{what}\n{}", sha256(content.as_bytes()))
}

fn what(check: &str, finding: &Finding) -> String {
    let Location { path, members, .. } = &finding.location;
    serde_json::json!([check, finding.rule, path, members, finding.message]).to_string()
}

#[derive(Deserialize)]
struct Log {
    version: String,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    tool: Tool,
    #[serde(default)]
    results: Vec<SarifResult>,
}

#[derive(Deserialize)]
struct Tool {
    driver: Driver,
}

#[derive(Deserialize)]
struct Driver {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    #[serde(default)]
    rule_id: String,
    level: Option<String>,
    #[serde(default)]
    message: Message,
    #[serde(default)]
    locations: Vec<Place>,
    #[serde(default)]
    partial_fingerprints: BTreeMap<String, String>,
    baseline_state: Option<String>,
}

#[derive(Default, Deserialize)]
struct Message {
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: Option<Physical>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Option<Artifact>,
}

#[derive(Deserialize)]
struct Artifact {
    uri: Option<String>,
}

impl From<SarifResult> for Known {
    fn from(result: SarifResult) -> Self {
        let level = ["error", "warning", "note", "none"];
        let said = result.level.unwrap_or_default();
        let uri = result.locations.into_iter().next().and_then(|place| place.physical_location);
        let uri = uri.and_then(|place| place.artifact_location).and_then(|at| at.uri);
        Self {
            rule: plain(&result.rule_id, 100),
            level: level.into_iter().find(|level| *level == said).unwrap_or("warning"),
            message: plain(&result.message.text, 1_000),
            uri: uri.filter(|uri| is_relative(uri)),
        }
    }
}

/// Whether a reference is one that we could have written: a relative path.
fn is_relative(uri: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b);
    !uri.is_empty() && uri.len() <= 2_000 && !uri.starts_with('/') && uri.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{
        digest::Digest,
        fact::{Asset, AssetKind, Facts, Method, Pin, Sighting},
        finding::{Confidence, Finding, Location, Rule, Severity},
    };
    use jiff::civil::date;

    use super::{Baseline, NoBaseline, about::About, what, with_content};

    fn sarif(result: &str) -> Vec<u8> {
        let driver = r#"{ "tool": { "driver": { "name": "coseal" } }, "results": ["#;
        format!(r#"{{ "version": "2.1.0", "runs": [{driver}{result}] }}] }}"#).into_bytes()
    }

    #[test]
    fn reads_fingerprints_and_makes_the_rest_fit_to_show() {
        let digest = format!("sha256:{}", "ab".repeat(32));
        let result = format!(
            r#"{{ "ruleId": "x", "level": "bad", "message": {{ "text": "a\u001b" }}, "partialFingerprints": {{ "coseal/v1": "{digest}" }},
               "locations": [{{ "physicalLocation": {{ "artifactLocation": {{ "uri": "/etc/passwd" }} }} }}] }}"#
        );
        let baseline = Baseline::parse(&sarif(&result)).unwrap();
        let known = &baseline.known[&digest.parse().unwrap()];
        assert_eq!((known.level, known.message.as_str()), ("warning", "a\\u{1b}"));
        assert_eq!(known.uri, None);
    }

    #[test]
    fn refuses_what_is_no_baseline() {
        let parse = |bytes: &[u8]| Baseline::parse(bytes).unwrap_err();
        assert!(matches!(parse(b"{"), NoBaseline::NotSarif { .. }));
        assert!(matches!(parse(b"[]"), NoBaseline::NotSarif { .. }));
        assert!(matches!(parse(br#"{"version":"2.0.0","runs":[]}"#), NoBaseline::NotSarif { .. }));
        assert!(matches!(parse(br#"{"version":"2.1.0","runs":[]}"#), NoBaseline::NotOurs));
        assert!(matches!(parse(&sarif("{}")), NoBaseline::NoFingerprint { index: 1 }));
        let bad = r#"{ "partialFingerprints": { "coseal/v1": "sha256:zz" } }"#;
        assert!(matches!(parse(&sarif(bad)), NoBaseline::NoFingerprint { index: 1 }));
        assert!(Baseline::parse(&sarif(r#"{ "baselineState": "absent" }"#)).is_ok());
        let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
        assert!(matches!(parse(&deep), NoBaseline::NotSarif { .. }));
    }

    const RULE: Rule = Rule {
        id: "x",
        severity: Severity::High,
        confidence: Confidence::High,
        summary: "",
        tip: "",
    };

    /// What tells the finding that a tool is in no register, where a file shows the tool on a line with a digest and a place.
    fn of_tool(line: u32, digest: u8, place: &str) -> String {
        let seen = Sighting {
            path: "a.py".into(),
            line,
            method: Method::Definition,
            confidence: Confidence::High,
        };
        let asset = Asset {
            kind: AssetKind::Tool,
            name: "look".into(),
            location: place.parse().ok(),
            digest: Some(Digest::new([digest; 32])),
            pin: Pin::Unknown,
            optional: false,
            details: BTreeMap::new(),
            seen: vec![seen],
        };
        let facts = Facts { assets: vec![asset], ..Facts::none(date(2026, 11, 22)) };
        let finding = Finding::new(&RULE, Location::line("a.py", line), "look is in no register");
        with_content(&what("c", &finding), &About::new(&facts).of(&finding))
    }

    #[test]
    fn another_thing_under_a_known_name_is_another_finding() {
        let first = of_tool(3, 1, "path:a.py");
        assert_eq!(first, of_tool(30, 1, "path:a.py"), "a moved line");
        assert_ne!(first, of_tool(3, 2, "path:a.py"), "another text");
        assert_ne!(first, of_tool(3, 1, "command:npx evil"), "another place");
    }

    #[test]
    fn an_element_that_is_elsewhere_is_another_finding() {
        let of = |place: &str| {
            let text = format!(
                "schema = 1\n[system]\nid = \"x\"\npurpose = \"y\"\nexposure = \"staff\"\nimpact = \"low\"\n[mcp]\nfiles = {{ location = \"{place}\" }}\n"
            );
            let system = coseal_core::system::read(&text).system;
            assert!(system.is_some());
            let facts = Facts { system, ..Facts::none(date(2026, 11, 22)) };
            let place = Location::line("coseal.toml", 8);
            About::new(&facts).of(&Finding::new(&RULE, place, "mcp.files names no version"))
        };
        assert_ne!(of("command:npx good"), of("command:npx evil"));
        assert!(!of("command:npx good").is_null());
    }

    #[test]
    fn a_baseline_of_before_is_read_by_its_old_fingerprints() {
        let (old, new) = ("11".repeat(32), "22".repeat(32));
        let both = format!(
            r#"{{ "partialFingerprints": {{ "coseal/v1": "sha256:{old}", "coseal/v2": "sha256:{new}" }} }}"#
        );
        let known = Baseline::parse(&sarif(&both)).unwrap().known;
        let digest = |hex: &str| format!("sha256:{hex}").parse().unwrap();
        assert!(known.contains_key(&digest(&new)) && !known.contains_key(&digest(&old)));
    }

    #[test]
    fn a_moved_line_is_the_same_and_another_name_is_not() {
        let rule = Rule {
            id: "x",
            severity: Severity::High,
            confidence: Confidence::High,
            summary: "",
            tip: "",
        };
        let of = |at, detail: &str| what("c", &Finding::new(&rule, at, detail));
        let first = of(Location::line("a", 1), "model line 1 is not declared");
        assert_eq!(first, of(Location::line("a", 9), "model line 1 is not declared"));
        assert_ne!(first, of(Location::line("a", 1), "model line 2 is not declared"));
        assert_ne!(first, of(Location::line("b", 1), "model line 1 is not declared"));
    }
}
