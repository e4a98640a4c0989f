//! The verdict on a template.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::ArtefactVerdict::{self, Malformed, Malicious, Unknown},
    finding::Rule,
};

use super::{
    encoded, english, hidden, history, instruction,
    names::Names,
    rules::{ENDLESS, ESCAPE, HIDDEN, SPEAKS, SYNTAX, TRIGGER},
    shown::Shown,
    statement::parse,
    supposed::Supposed,
    syntax::Macro,
    text::HOLE,
    value::{self, Data, Value},
    words,
};
use crate::artefact::report::Report;

/// Bytes of a template that are read. The longest of known models has 40 kB.
const MAX_TEMPLATE: usize = 1 << 20;
/// Steps of evaluation: nodes, and bytes of text made.
const FUEL: u64 = 6_000_000;
/// Words of 16 bytes of a variable that is looked at.
pub(super) const MAX_VALUE: usize = 1 << 14;
/// Steps that a byte costs to be read.
const READ: u64 = 8;
const SPENT: &str = "the templates of this file take more steps than are followed";
/// Bytes of one folded text.
const MAX_TEXT: usize = 1 << 16;
/// Numbers in a list that may be letters, from which on they are a text.
const MIN_LETTERS: usize = 12;
/// Findings of one kind that are told.
const MAX_TOLD: usize = 4;

/// Judges a template. `origin` says where it stands, such as the key of a file.
pub(crate) fn judge(text: &str, origin: &str, report: &mut Report) {
    report.within(origin, |report| {
        if text.len() > MAX_TEMPLATE {
            report.gap("the template", "it is longer than is read: 1 MiB");
            return;
        }
        if report.budget.step((text.len() as u64).saturating_mul(READ)).is_err() {
            report.gap("the template", SPENT);
            return;
        }
        if let Some(what) = hidden::hidden(text) {
            report.find(&HIDDEN, Malicious, 0, &format!("it holds {what}"));
        }
        match parse(text) {
            Ok(body) => {
                let mut judge = Judge::new(report, None);
                judge.walk(&body);
                judge.finish();
                history::judge(&body, report);
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
    /// By the byte at which they begin.
    pub(super) macros: BTreeMap<usize, &'t Macro>,
    pub(super) first_macros: BTreeMap<&'t str, usize>,
    pub(super) names: Names,
    /// Macros that are being called.
    pub(super) calls: Vec<usize>,
    /// What `caller()` gives, within each call of a macro, and to the next one.
    pub(super) callers: Vec<Option<Value>>,
    pub(super) caller: Option<Value>,
    /// The first local scope: what was set before is what macros see.
    pub(super) root: Option<usize>,
    /// What was shown so far.
    pub(super) shown: Shown,
    /// Whether a condition on what somebody said holds here.
    pub(super) under: u16,
    /// Conditions under which the rest of the loop around is left out.
    pub(super) jumped: u16,
    pub(super) jumps: bool,
    /// The role that a message has here, and what was shown before that was known.
    pub(super) role: Option<(&'t str, usize)>,
    /// The message that is the system's here.
    pub(super) operator: Option<String>,
    /// What gets longer in each round of a loop, and what the loop leaves out by.
    pub(super) growing: BTreeSet<String>,
    pub(super) left_out: u16,
    /// What held before the innermost loop.
    pub(super) around: u16,
    /// Rounds of the constant loops around.
    pub(super) rounds: u64,
    /// Within the text of an error, which no model reads.
    pub(super) quiet: bool,
    /// How often somebody's words were shown, and an error was made.
    pub(super) words: usize,
    pub(super) errors: usize,
    /// Loops around.
    pub(super) loops: usize,
    /// What is taken for given, if the template is followed to see who speaks: nothing is told then.
    pub(super) supposed: Option<Supposed>,
    /// All that was said under conditions, piece by piece.
    pieces: String,
    fuel: u64,
    told: BTreeMap<&'static str, BTreeSet<usize>>,
}

impl<'r> Judge<'_, 'r> {
    pub(super) fn new(report: &'r mut Report, supposed: Option<Supposed>) -> Self {
        Self {
            report,
            macros: BTreeMap::new(),
            first_macros: BTreeMap::new(),
            names: Names::default(),
            calls: Vec::new(),
            callers: Vec::new(),
            caller: None,
            root: None,
            shown: Shown::default(),
            under: 0,
            jumped: 0,
            jumps: false,
            role: None,
            operator: None,
            growing: BTreeSet::new(),
            left_out: 0,
            around: 0,
            rounds: 1,
            quiet: false,
            words: 0,
            errors: 0,
            loops: 0,
            supposed,
            pieces: String::new(),
            fuel: FUEL,
            told: BTreeMap::new(),
        }
    }

    fn finish(mut self) {
        let output = std::mem::take(&mut self.shown).text;
        self.heard(0, &output);
        self.under = value::TRIGGER;
        let pieces = std::mem::take(&mut self.pieces);
        self.conditional(0, &pieces);
        if self.fuel == 0 {
            self.report.gap("the rest of the template", SPENT);
        }
    }

    /// Spends steps; false when none are left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        self.fuel = self.fuel.saturating_sub(steps as u64);
        if self.report.budget.step(steps as u64).is_err() {
            self.fuel = 0;
        }
        self.fuel > 0
    }

    /// A variable gets a value.
    pub(super) fn bind(&mut self, name: String, value: Value) {
        if self.spend(value.weight()) {
            self.names.set(name, value);
        }
    }

    pub(super) fn find(
        &mut self,
        rule: &'static Rule,
        verdict: ArtefactVerdict,
        at: usize,
        detail: &str,
    ) {
        if self.supposed.is_some() {
            return;
        }
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
        if self.supposed.is_some() || text.len() < 4 || !self.spend(text.len().saturating_mul(8)) {
            return;
        }
        if let Some(name) = inner_name(text) {
            self.escape(at, &format!("it makes the name {name}, which leads inside Python"));
        }
        if let Some(what) = hidden::hidden(text) {
            self.find(&HIDDEN, Malicious, at, &format!("it makes {what}"));
        }
        if self.quiet {
            return;
        }
        if let Some(what) = encoded::encoded(text) {
            self.find(&HIDDEN, Malicious, at, &format!("it holds a text that is {what}"));
        }
        if english::is_foreign(text) {
            self.outside(at, &format!("a text in a language that is not read: {}", shown(text)));
        }
        if let Some(what) = instruction::speaks(text) {
            // A text that says it is the system's may keep itself to itself.
            let own = what == instruction::SECRECY && text.to_lowercase().contains("system prompt");
            let verdict = if own { Unknown } else { Malicious };
            self.find(&SPEAKS, verdict, at, &format!("{what}: {}", shown(text)));
        }
        self.conditional(at, text);
    }

    /// Constants of which what was said chooses one, or a part.
    pub(super) fn chosen(&mut self, at: usize, from: &Value, by: u16) {
        let by = by & (value::TRIGGER | value::CONTENT | value::DATE | value::COUNT | value::NAME);
        if by == 0 {
            return;
        }
        let before = std::mem::replace(&mut self.under, value::TRIGGER);
        from.texts().iter().for_each(|text| self.conditional(at, text));
        self.under = before;
    }

    /// A piece of what is said under conditions.
    pub(super) fn piece(&mut self, text: &str) {
        if self.under != 0 && self.pieces.len() < MAX_TEXT {
            self.pieces.push_str(text);
        }
    }

    /// Looks at a list of constants: numbers of letters are a text that nobody reads.
    pub(super) fn numbered(&mut self, at: usize, items: &[Value]) {
        let letter = |item: &Value| match item.data {
            Data::Int(code) => u8::try_from(code).is_ok_and(|code| matches!(code, b' '..=b'~')),
            _ => false,
        };
        let letters = items.iter().filter(|item| letter(item)).count();
        if letters >= MIN_LETTERS && letters.saturating_mul(10) >= items.len().saturating_mul(8) {
            self.find(&HIDDEN, Malicious, at, "it holds a list of numbers of letters");
        }
    }

    /// Looks at a text that is only there under conditions.
    pub(super) fn conditional(&mut self, at: usize, text: &str) {
        if self.under != 0
            && !self.quiet
            && self.supposed.is_none()
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
        super::danger::INNER.contains(&name).then(|| format!("__{name}__"))
    })
}

/// A part of a text, for a finding.
pub(super) fn shown(text: &str) -> String {
    let text: String =
        text.chars().map(|letter| if letter == HOLE { '…' } else { letter }).collect();
    let cut: String = text.trim().chars().take(160).collect();
    format!("{cut:?}")
}
