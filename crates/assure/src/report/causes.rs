//! What stands behind the findings: findings that mean the same become one cause, with its owner and its day.

use std::collections::BTreeMap;

use coseal_core::{
    catalogue::Level,
    fact::Facts,
    finding::{Finding, Severity},
    outcome::State,
    plain::plain,
};
use jiff::{Span, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    answer::{Weight, weight},
    owner::{Who, element},
    words,
};
use crate::{Assessment, Judged, assumed::is_assumed};

/// What to do first about what only `coseal init` says.
const UNCONFIRMED: &str =
    "This was assumed, and nobody has confirmed it: say in coseal.toml whether it is so.";

/// Something that stands against the system, in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Cause {
    /// What is wrong.
    pub what: String,
    /// What to have done.
    pub act: String,
    /// Whether it rests only on what nobody has confirmed.
    pub assumed: bool,
    /// Where it was seen, in the words of the findings: the worst first, each once.
    pub seen: Vec<String>,
    /// How bad the worst of it is.
    pub severity: Severity,
    /// Whether it stands in a requirement that must be met.
    pub must: bool,
    /// Guidelines that it stands under.
    pub guidelines: Vec<String>,
    /// Who has to act.
    pub who: Who,
    /// By when.
    pub by: By,
    #[serde(skip)]
    pub(super) weight: Weight,
}

/// By when something has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Before the system runs another day.
    Now,
    /// The day is over.
    Overdue(#[schemars(with = "String")] Date),
    /// On a day.
    On(#[schemars(with = "String")] Date),
    /// No day is set, and it stands against running.
    BeforeItRuns,
    /// No day is set.
    NextRelease,
}

impl By {
    /// A day, seen from another.
    pub(super) fn day(day: Date, as_of: Date) -> Self {
        if day < as_of { Self::Overdue(day) } else { Self::On(day) }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Now => "at once".to_owned(),
            Self::Overdue(day) => format!("overdue since {day}"),
            Self::On(day) => format!("by {day}"),
            Self::BeforeItRuns => "before it runs".to_owned(),
            Self::NextRelease => "before the next release".to_owned(),
        }
    }
}

/// What fails or holds in part, merged by what it means; the weightiest first.
pub(super) fn causes(assessment: &Assessment, facts: &Facts) -> Vec<Cause> {
    let mut merged: BTreeMap<(usize, String), Cause> = BTreeMap::new();
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    let failing = |judged: &&Judged| {
        matches!(judged.outcome.state, State::Fail | State::Partial) && judged.decision.is_none()
    };
    for judged in assessment.checks.iter().filter(failing) {
        for cause in of_check(judged, facts) {
            let next = order.len();
            let place = *order.entry(cause.what.clone()).or_insert(next);
            match merged.get_mut(&(place, cause.what.clone())) {
                Some(known) => known.take_in(cause),
                None => drop(merged.insert((place, cause.what.clone()), cause)),
            }
        }
    }
    let mut all: Vec<_> = merged.into_values().collect();
    for cause in &mut all {
        if cause.weight == Weight::Serious && cause.by == By::NextRelease {
            cause.by = By::BeforeItRuns;
        }
    }
    all.sort_by_key(|cause| {
        (cause.weight, std::cmp::Reverse(cause.severity), !cause.must, cause.by)
    });
    all
}

fn of_check(judged: &Judged, facts: &Facts) -> Vec<Cause> {
    let told: Vec<_> =
        judged.findings.iter().filter(|finding| finding.severity > Severity::Note).collect();
    if told.is_empty() {
        return vec![without_findings(judged, facts)];
    }
    told.into_iter().map(|finding| of_finding(judged, finding, facts)).collect()
}

fn of_finding(judged: &Judged, finding: &Finding, facts: &Facts) -> Cause {
    let system = facts.system.as_ref();
    let (what, act) = words::of(finding.rule).map_or_else(
        || (generic(judged), format!("{}.", capital(&finding.tip))),
        |words| (words.what.to_owned(), words.act.to_owned()),
    );
    let assumed = is_assumed(facts, finding);
    let act = if assumed { format!("{UNCONFIRMED} If so: {}", uncapital(&act)) } else { act };
    Cause {
        what,
        act,
        assumed,
        seen: vec![plain(&format!("{}: {}", place(finding), finding.message), 160)],
        severity: finding.severity,
        must: judged.entry.level == Level::Must,
        guidelines: vec![judged.guideline.id.clone()],
        who: Who::of(Some(finding), &judged.guideline.id, system),
        by: due(finding, facts),
        weight: weight_of(judged, finding.severity),
    }
}

/// A finding weighs as its check does, if it is what makes it so.
fn weight_of(judged: &Judged, severity: Severity) -> Weight {
    let worst = judged.findings.iter().map(|finding| finding.severity).max();
    match weight(judged) {
        Weight::Serious if severity < Severity::High && worst > Some(severity) => Weight::Lesser,
        weight => weight,
    }
}

fn without_findings(judged: &Judged, facts: &Facts) -> Cause {
    let from_record = if judged.recalled { "seen before, on record: " } else { "" };
    Cause {
        what: generic(judged),
        act: "Put right what is named.".to_owned(),
        assumed: false,
        seen: vec![plain(&format!("{from_record}{}", judged.outcome.reason), 160)],
        severity: if judged.entry.level == Level::Must { Severity::High } else { Severity::Medium },
        must: judged.entry.level == Level::Must,
        guidelines: vec![judged.guideline.id.clone()],
        who: Who::of(None, &judged.guideline.id, facts.system.as_ref()),
        by: By::NextRelease,
        weight: weight(judged),
    }
}

/// Where nobody has found plain words yet: the guideline's own.
fn generic(judged: &Judged) -> String {
    let met = if judged.outcome.state == State::Fail { "not met" } else { "met in part" };
    format!("The guideline “{}” is {met}.", judged.guideline.title)
}

impl Cause {
    /// Another finding of the same meaning; the weightier of the two says who has to act.
    fn take_in(&mut self, other: Self) {
        let weightier = (other.weight, std::cmp::Reverse(other.severity))
            < (self.weight, std::cmp::Reverse(self.severity));
        let (mut seen, rest) = if weightier {
            (other.seen.clone(), self.seen.clone())
        } else {
            (self.seen.clone(), other.seen.clone())
        };
        seen.extend(rest.into_iter().filter(|place| !seen.contains(place)).collect::<Vec<_>>());
        self.seen = seen;
        if self.assumed && !other.assumed && !weightier {
            self.act.clone_from(&other.act);
        }
        self.assumed &= other.assumed;
        self.by = self.by.min(other.by);
        self.must |= other.must;
        for guideline in other.guidelines {
            if !self.guidelines.contains(&guideline) {
                self.guidelines.push(guideline);
            }
        }
        if weightier {
            (self.weight, self.who, self.act) = (other.weight, other.who, other.act);
        }
        self.severity = self.severity.max(other.severity);
    }
}

fn due(finding: &Finding, facts: &Facts) -> By {
    let days = || match finding.rule {
        "model-ended" | "model-ends-soon" => model_day(finding, facts),
        "keys-old" => {
            let (_, id) =
                facts.system.as_ref().and_then(|system| element_environment(finding, system))?;
            facts
                .system
                .as_ref()?
                .environment
                .get(&id)?
                .rotated?
                .checked_add(Span::new().days(365))
                .ok()
        }
        _ => None,
    };
    match days() {
        Some(day) => By::day(day, facts.as_of),
        None if finding.severity == Severity::Critical || finding.rule == "secret-in-asset" => {
            By::Now
        }
        None => By::NextRelease,
    }
}

fn model_day(finding: &Finding, facts: &Facts) -> Option<Date> {
    let (kind, id) = element(finding, facts.system.as_ref()?)?;
    let ends = facts.hosted_models.get(&format!("{kind}.{id}")).and_then(|model| model.ends);
    let again = facts.system.as_ref()?.model.get(&id).and_then(|model| model.reassess_by);
    ends.into_iter().chain(again).min()
}

fn element_environment(
    finding: &Finding,
    system: &coseal_core::system::System,
) -> Option<(String, String)> {
    let names = |word: &str| system.environment.contains_key(word);
    let word = finding.message.split_whitespace().find(|word| names(word))?;
    Some(("environment".to_owned(), word.to_owned()))
}

/// The place of a finding, in one text.
pub(super) fn place(finding: &Finding) -> String {
    let location = &finding.location;
    let mut out = location.path.clone();
    for member in location.members.iter().take(4) {
        out.push('!');
        out.push_str(member);
    }
    if let Some(line) = location.line {
        out.push_str(&format!(":{line}"));
    }
    out
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}
