//! What a parser reports, and how it becomes a fact.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use coseal_core::{
    fact::{Artefact, ArtefactCoverage, ArtefactVerdict},
    finding::{Confidence, Finding, Location, Rule, Severity},
    outcome::Gap,
    plain::plain,
    scan_policy::ScanPolicy,
};

use super::{
    budget::Budget,
    stop::{Step, Stop},
};
use crate::{
    bytes::{ReadAt, Tracked},
    encoding::json::{Json, Limits},
};

/// Findings kept of one file; the verdict counts all of them.
const MAX_FINDINGS: usize = 64;
/// Gaps kept of one file.
const MAX_GAPS: usize = 16;
/// Longest description of a gap, with the members that it lies in, in characters.
const MAX_WHAT: usize = 1000;
/// Ranges shown of one file.
const MAX_RANGES: usize = 32;
/// Bytes of JSON that are about one unit of work, and what one text costs at most.
const JSON_WORD: u64 = 4;
const JSON_MOST: u64 = 12_000_000;

/// A read failed midway.
const UNREADABLE: Rule = Rule {
    id: "artefact-unreadable",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a model file could not be read to its end",
    tip: "check the storage, and inspect the file again",
};

/// The findings of a parser, one row each: `NAME = "id", Severity, "summary", tip;`. All are certain, and `RULES` lists them.
macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $summary:literal, $tip:expr;)+) => {
        $(pub(crate) const $name: coseal_core::finding::Rule = coseal_core::finding::Rule {
            id: $id,
            severity: coseal_core::finding::Severity::$severity,
            confidence: coseal_core::finding::Confidence::High,
            summary: $summary,
            tip: $tip,
        };)+
        /// All of them.
        pub(crate) const RULES: &[coseal_core::finding::Rule] = &[$($name),+];
    };
}
pub(crate) use rules;

/// The findings any parser can make.
pub(super) const RULES: &[Rule] = &[UNREADABLE];

/// What was found so far in one file. Verdicts only get worse: no error hides a finding.
#[derive(Debug)]
pub struct Report {
    /// What may still be spent on the file.
    pub budget: Budget,
    /// What is allowed beyond the built-in policy.
    pub policy: Arc<ScanPolicy>,
    path: String,
    members: Vec<String>,
    verdict: ArtefactVerdict,
    findings: Vec<Finding>,
    left_out: u64,
    found: BTreeSet<&'static str>,
    gaps: BTreeSet<Gap>,
    more_gaps: u64,
    payload: u64,
    measures: BTreeMap<String, String>,
    granted: BTreeSet<String>,
}

impl Report {
    /// Nothing found yet in the file at `path`.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            budget: Budget::default(),
            policy: Arc::default(),
            path: path.to_owned(),
            members: Vec::new(),
            verdict: ArtefactVerdict::Clean,
            findings: Vec::new(),
            left_out: 0,
            found: BTreeSet::new(),
            gaps: BTreeSet::new(),
            more_gaps: 0,
            payload: 0,
            measures: BTreeMap::new(),
            granted: BTreeSet::new(),
        }
    }

    /// Adds a finding at byte `offset` (of the innermost member) that makes the verdict at least `verdict`. Of many, the worst
    /// are kept.
    pub fn find(&mut self, rule: &Rule, verdict: ArtefactVerdict, offset: u64, detail: &str) {
        self.verdict = self.verdict.max(verdict);
        self.found.insert(rule.id);
        if self.findings.len() >= MAX_FINDINGS && !self.has_room_for(rule) {
            return;
        }
        let mut location = Location::byte(&self.path, offset);
        for member in self.members.iter().rev() {
            location = location.within(member);
        }
        self.findings.push(Finding::new(rule, location, detail));
    }

    /// Makes room for a finding of `rule` among as many as are kept: the last of the mildest goes, if it is milder.
    fn has_room_for(&mut self, rule: &Rule) -> bool {
        self.left_out = self.left_out.saturating_add(1);
        let mildest = self.findings.iter().enumerate();
        let mildest = mildest.min_by_key(|(place, kept)| (kept.severity, Reverse(*place)));
        let Some((place, _)) = mildest.filter(|(_, kept)| kept.severity < rule.severity) else {
            return false;
        };
        self.findings.remove(place);
        true
    }

    /// Notes something that was not looked at: the file can't be clean any more.
    pub fn gap(&mut self, what: &str, why: &str) {
        self.verdict = self.verdict.max(ArtefactVerdict::Undecided);
        let members = self.members.join("!");
        let what = if members.is_empty() { what.to_owned() } else { format!("{members}: {what}") };
        let gap = Gap { what: plain(&what, MAX_WHAT), why: plain(why, 300) };
        if self.gaps.contains(&gap) {
            return;
        }
        if self.gaps.len() < MAX_GAPS {
            self.gaps.insert(gap);
        } else {
            self.more_gaps = self.more_gaps.saturating_add(1);
        }
    }

    /// Notes that a read failed.
    pub fn unreadable(&mut self, offset: u64) {
        self.find(&UNREADABLE, ArtefactVerdict::Undecided, offset, "the file can't be read here");
        self.gap("the rest of the file", "a read failed");
    }

    /// Adds bytes that no loader interprets.
    pub fn payload(&mut self, bytes: u64) {
        self.payload = self.payload.saturating_add(bytes);
    }

    /// Notes a measure.
    pub fn measure(&mut self, name: &str, value: impl Into<String>) {
        self.measures.insert(name.to_owned(), plain(&value.into(), 400));
    }

    /// Notes what only somebody's own policy allows.
    pub fn granted(&mut self, name: &str) {
        if self.granted.len() < MAX_GAPS {
            self.granted.insert(plain(name, MAX_WHAT));
        }
    }

    /// Reads a text of JSON, if that is no more work than is left for the file.
    ///
    /// # Errors
    /// When it breaks the grammar or a limit, or can't be read.
    pub(crate) fn json(&mut self, bytes: &dyn ReadAt, limits: Limits) -> Step<Json> {
        let work = bytes.size().checked_div(JSON_WORD).unwrap_or(0).min(JSON_MOST);
        match self.budget.step(work) {
            Ok(()) => Json::read(bytes, limits),
            Err(_) => Err(Stop::Limit("the file is more work than is done for one")),
        }
    }

    /// Runs `inner` with all that it reports placed in a member of a container.
    pub fn within<T>(&mut self, member: &str, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.members.push(plain(member, 256));
        let answer = inner(self);
        self.members.pop();
        answer
    }

    /// Whether one of `rules` was found.
    #[must_use]
    pub(super) fn has(&self, rules: &[Rule]) -> bool {
        rules.iter().any(|rule| self.found.contains(rule.id))
    }

    /// The worst so far.
    #[must_use]
    pub const fn verdict(&self) -> ArtefactVerdict {
        self.verdict
    }

    /// How deep in containers it is.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.members.len()
    }

    /// The fact.
    #[must_use]
    pub fn finish(mut self, format: &str, size: u64, tracked: &Tracked<'_>) -> Artefact {
        if self.left_out > 0 {
            let left_out = self.left_out.to_string();
            self.measure("findings-left-out", left_out);
        }
        if self.more_gaps > 0 {
            let more = self.more_gaps.to_string();
            self.measure("gaps-left-out", more);
        }
        if !self.granted.is_empty() {
            let granted: Vec<_> = std::mem::take(&mut self.granted).into_iter().collect();
            self.measure("policy-allowed", granted.join(", "));
        }
        self.findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
        self.findings.dedup();
        let looked_at = tracked.looked_at();
        Artefact {
            path: plain(&self.path, 512),
            elements: Vec::new(),
            format: format.to_owned(),
            family: None,
            size,
            verdict: self.verdict,
            coverage: ArtefactCoverage {
                complete: self.gaps.is_empty(),
                looked_at,
                payload: self.payload.min(size.saturating_sub(looked_at)),
                ranges: tracked.ranges(MAX_RANGES),
                gaps: self.gaps.into_iter().collect(),
            },
            findings: self.findings,
            measures: self.measures,
        }
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        fact::{Artefact, ArtefactVerdict},
        finding::{Confidence, Rule, Severity},
    };

    use super::{MAX_FINDINGS, MAX_GAPS, Report};
    use crate::bytes::{SliceBytes, Tracked};

    const fn rule(id: &'static str, severity: Severity) -> Rule {
        Rule { id, severity, confidence: Confidence::High, summary: "", tip: "" }
    }

    fn finished(report: Report) -> Artefact {
        report.finish("pickle", 0, &Tracked::new(&SliceBytes(b"")))
    }

    #[test]
    fn of_many_findings_the_worst_are_kept() {
        let [mild, bad] = [rule("mild", Severity::Low), rule("bad", Severity::Critical)];
        let mut report = Report::new("m");
        for offset in 0..200 {
            report.find(&mild, ArtefactVerdict::Unknown, offset, "mild");
        }
        report.find(&bad, ArtefactVerdict::Malicious, 200, "bad");
        assert!(report.has(&[rule("bad", Severity::Critical)]));
        let artefact = finished(report);
        assert_eq!(artefact.findings.len(), MAX_FINDINGS);
        assert_eq!(artefact.findings[0].rule, "bad");
        assert_eq!(artefact.findings[1].location.byte, Some(0));
        assert_eq!(artefact.measures["findings-left-out"], "137");
    }

    #[test]
    fn a_rule_was_found_also_where_its_finding_is_not_kept() {
        let mut report = Report::new("m");
        for offset in 0..64 {
            let worse = rule("worse", Severity::High);
            report.find(&worse, ArtefactVerdict::Malicious, offset, "worse");
        }
        report.find(&rule("mild", Severity::Low), ArtefactVerdict::Unknown, 64, "mild");
        assert!(report.has(&[rule("mild", Severity::Low)]));
    }

    #[test]
    fn gaps_name_all_members_and_those_left_out_are_counted() {
        let mut report = Report::new("m");
        report.within("a.zip", |report| {
            report.within("b.tar", |report| report.gap("x", "it is packed"));
        });
        for place in 0..MAX_GAPS {
            report.gap(&format!("part {place}"), "it is packed");
        }
        let artefact = finished(report);
        assert_eq!(artefact.coverage.gaps[0].what, "a.zip!b.tar: x");
        assert_eq!(artefact.measures["gaps-left-out"], "1");
    }
}
