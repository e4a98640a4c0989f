//! What a parser reports, and how it becomes a fact.

use std::{collections::BTreeMap, sync::Arc};

use coseal_core::{
    fact::{Artefact, ArtefactCoverage, ArtefactVerdict},
    finding::{Confidence, Finding, Location, Rule, Severity},
    outcome::Gap,
    plain::plain,
    scan_policy::ScanPolicy,
};

use super::budget::Budget;
use crate::bytes::Tracked;

/// Findings kept of one file; the verdict counts all of them.
const MAX_FINDINGS: usize = 64;
/// Gaps kept of one file.
const MAX_GAPS: usize = 16;
/// Ranges shown of one file.
const MAX_RANGES: usize = 32;

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
    gaps: Vec<Gap>,
    payload: u64,
    measures: BTreeMap<String, String>,
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
            gaps: Vec::new(),
            payload: 0,
            measures: BTreeMap::new(),
        }
    }

    /// Adds a finding at byte `offset` (of the innermost member) that makes the verdict at least `verdict`.
    pub fn find(&mut self, rule: &Rule, verdict: ArtefactVerdict, offset: u64, detail: &str) {
        self.verdict = self.verdict.max(verdict);
        if self.findings.len() >= MAX_FINDINGS {
            self.left_out = self.left_out.saturating_add(1);
            return;
        }
        let mut location = Location::byte(&self.path, offset);
        for member in self.members.iter().rev() {
            location = location.within(member);
        }
        self.findings.push(Finding::new(rule, location, detail));
    }

    /// Notes something that was not looked at: the file can't be clean any more.
    pub fn gap(&mut self, what: &str, why: &str) {
        self.verdict = self.verdict.max(ArtefactVerdict::Undecided);
        let what = match self.members.last() {
            Some(member) => format!("{member}: {what}"),
            None => what.to_owned(),
        };
        let gap = Gap { what: plain(&what, 300), why: plain(why, 300) };
        if self.gaps.len() < MAX_GAPS && !self.gaps.contains(&gap) {
            self.gaps.push(gap);
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
        self.findings.iter().any(|finding| rules.iter().any(|rule| finding.rule == rule.id))
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
        self.findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
        self.findings.dedup();
        self.gaps.sort();
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
                gaps: self.gaps,
            },
            findings: self.findings,
            measures: self.measures,
        }
    }
}
