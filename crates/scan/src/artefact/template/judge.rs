//! The verdict on a template.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::ArtefactVerdict::{self, Malformed, Malicious, Unknown},
    finding::Rule,
};

use super::{
    rules::{ENDLESS, ESCAPE, HIDDEN, SPEAKS, SYNTAX, TRIGGER},
    statement::parse,
    syntax::Macro,
    text::HOLE,
    value::Value,
    words,
};
use crate::artefact::report::Report;

/// Bytes of a template that are read. The longest of known models has 40 kB.
const MAX_TEMPLATE: usize = 1 << 20;
/// Steps of evaluation: nodes, and bytes of text made.
const FUEL: u64 = 6_000_000;
/// Words of 16 bytes of all variables, and of one that is looked at.
const MAX_HELD: usize = 1 << 18;
pub(super) const MAX_VALUE: usize = 1 << 14;
/// Bytes of one folded text.
const MAX_TEXT: usize = 1 << 16;
/// Findings of one kind that are told.
const MAX_TOLD: usize = 4;

/// Judges a template. `origin` says where it stands, such as the key of a file.
pub(crate) fn judge(text: &str, origin: &str, report: &mut Report) {
    report.within(origin, |report| {
        if text.len() > MAX_TEMPLATE {
            report.gap("the template", "it is longer than is read: 1 MiB");
            return;
        }
        if let Some(what) = words::hidden(text) {
            report.find(&HIDDEN, Malicious, 0, &format!("it holds {what}"));
        }
        match parse(text) {
            Ok(body) => {
                let mut judge = Judge::new(report);
                judge.walk(&body);
                judge.finish();
            }
            Err(problem) if problem.limit => report.gap("the template", problem.what),
            Err(problem) => {
                report.find(&SYNTAX, Malformed, problem.at as u64, problem.what);
            }
        }
    });
}

/// What evaluation holds.
pub(super) struct Judge<'t, 'r> {
    pub(super) report: &'r mut Report,
    pub(super) macros: BTreeMap<&'t str, &'t Macro>,
    /// Variables, and `space.attribute`.
    pub(super) names: BTreeMap<String, Value>,
    /// Macros that are being called.
    pub(super) calls: Vec<&'t str>,
    /// What was shown so far.
    pub(super) output: String,
    /// Whether a condition on what somebody said holds here.
    pub(super) under: u16,
    /// Rounds of the constant loops around.
    pub(super) rounds: u64,
    /// Within the text of an error, which no model reads.
    pub(super) quiet: bool,
    /// Loops around.
    pub(super) loops: usize,
    fuel: u64,
    told: BTreeMap<&'static str, BTreeSet<usize>>,
}

impl<'r> Judge<'_, 'r> {
    fn new(report: &'r mut Report) -> Self {
        Self {
            report,
            macros: BTreeMap::new(),
            names: BTreeMap::new(),
            calls: Vec::new(),
            output: String::new(),
            under: 0,
            rounds: 1,
            quiet: false,
            loops: 0,
            fuel: FUEL,
            told: BTreeMap::new(),
        }
    }

    fn finish(mut self) {
        let output = std::mem::take(&mut self.output);
        self.heard(0, &output);
        if self.fuel == 0 {
            self.report.gap("the rest of the template", "it takes more steps than are followed");
        }
    }

    /// Spends steps; false when none are left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        self.fuel = self.fuel.saturating_sub(steps as u64);
        self.fuel > 0
    }

    /// A copy of all variables.
    pub(super) fn fork(&mut self) -> BTreeMap<String, Value> {
        let names = std::mem::take(&mut self.names);
        let copy = self.copy_of(&names);
        self.names = names;
        copy
    }

    /// A copy of variables, if there are steps left for it.
    pub(super) fn copy_of(&mut self, names: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let weight = names.values().fold(0, |sum, value| value.weight().saturating_add(sum));
        if weight > MAX_HELD {
            self.fuel = 0;
        }
        if self.spend(weight) { names.clone() } else { BTreeMap::new() }
    }

    pub(super) fn find(
        &mut self,
        rule: &'static Rule,
        verdict: ArtefactVerdict,
        at: usize,
        detail: &str,
    ) {
        let told = self.told.entry(rule.id).or_default();
        if told.len() < MAX_TOLD && told.insert(at) {
            self.report.find(rule, verdict, at as u64, detail);
        }
    }

    pub(super) fn escape(&mut self, at: usize, detail: &str) {
        self.find(&ESCAPE, Malicious, at, detail);
    }

    pub(super) fn outside(&mut self, at: usize, detail: &str) {
        self.find(&super::rules::OUTSIDE, Unknown, at, detail);
    }

    pub(super) fn endless(&mut self, at: usize, detail: &str) {
        self.find(&ENDLESS, Malicious, at, detail);
    }

    /// Looks at a text that was written or folded.
    pub(super) fn heard(&mut self, at: usize, text: &str) {
        if text.len() < 4 || !self.spend(text.len().saturating_mul(4)) {
            return;
        }
        if let Some(name) = inner_name(text) {
            self.escape(at, &format!("it makes the name {name}, which leads inside Python"));
        }
        if let Some(what) = words::hidden(text) {
            self.find(&HIDDEN, Malicious, at, &format!("it makes {what}"));
        }
        if self.quiet {
            return;
        }
        if words::encoded(text) {
            self.find(&HIDDEN, Malicious, at, "it holds a text in Base64");
        }
        if let Some(what) = words::speaks(text) {
            self.find(&SPEAKS, Malicious, at, &format!("{what}: {}", shown(text)));
        }
        self.conditional(at, text);
    }

    /// Looks at a text that is only there under conditions.
    pub(super) fn conditional(&mut self, at: usize, text: &str) {
        if self.under != 0
            && !self.quiet
            && self.spend(text.len().saturating_mul(4))
            && words::says_something(text)
        {
            let detail =
                format!("text of its own under a condition on what was said: {}", shown(text));
            self.find(&TRIGGER, Malicious, at, &detail);
        }
    }

    /// A text that was folded, cut to what is kept.
    pub(super) fn kept(&mut self, at: usize, mut text: String) -> String {
        if text.len() > MAX_TEXT {
            self.report.gap("a text", "it grows longer than is followed");
            let cut = (0..=MAX_TEXT).rev().find(|cut| text.is_char_boundary(*cut)).unwrap_or(0);
            text.truncate(cut);
            text.push(HOLE);
        }
        self.heard(at, &text);
        text
    }
}

/// A name of Python's insides.
fn inner_name(text: &str) -> Option<String> {
    text.match_indices("__").find_map(|(at, _)| {
        let name = text.get(at.saturating_add(2)..)?.split_once("__")?.0;
        super::policy::INNER.contains(&name).then(|| format!("__{name}__"))
    })
}

/// A part of a text, for a finding.
fn shown(text: &str) -> String {
    let text: String =
        text.chars().map(|letter| if letter == HOLE { '…' } else { letter }).collect();
    let cut: String = text.trim().chars().take(160).collect();
    format!("{cut:?}")
}
