//! The 17 guidelines, their checks, and the bars over them, in words.

use coseal_assure::{Judged, report::Card};
use coseal_core::{
    catalogue::{Level, Scope},
    finding::Finding,
    outcome::State,
    plain::plain,
    system::word,
    verdict::ScopeCount,
};

use super::shown::{Mark, capital, mark};

/// Findings told of one check.
const FINDINGS: usize = 20;

/// How many requirements of a scope are in which state.
pub(super) struct Bar {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) judged: usize,
    pub(super) applicable: usize,
    /// From where, how wide, of 1000.
    pub(super) parts: Vec<(usize, usize, Mark)>,
    pub(super) words: String,
}

pub(super) fn bar(count: &ScopeCount) -> Bar {
    let (name, about) = scope(count.scope);
    let order =
        [State::Fail, State::Partial, State::Waived, State::Stale, State::Pass, State::Unknown];
    let of = |state| count.states.iter().find(|(one, _)| *one == state).map_or(0, |(_, n)| *n);
    let mut parts = Vec::new();
    let mut words = Vec::new();
    let mut before = 0;
    for state in order {
        let n = of(state);
        if n > 0 {
            let at = |n: usize| n * 1000 / count.applicable.max(1);
            parts.push((at(before), at(before + n) - at(before), mark(state)));
            words.push(format!("{n} {}", mark(state).word));
            before += n;
        }
    }
    if of(State::NotApplicable) > 0 {
        words.push(format!("{} do not apply", of(State::NotApplicable)));
    }
    Bar {
        name,
        about,
        judged: count.judged,
        applicable: count.applicable,
        parts,
        words: words.join(", ")
            + if count.from_files_alone && count.judged > 0 { "; from files alone" } else { "" },
    }
}

/// A scope's heading, and what it needs.
pub(super) const fn scope(scope: Scope) -> (&'static str, &'static str) {
    match scope {
        Scope::Files => ("Files", "what the files show"),
        Scope::Live => ("Live", "what the running service shows"),
        Scope::Log => ("Logs", "what logs over time show"),
        Scope::Drill => ("Drills", "what tests and exercises show"),
        Scope::People => ("People", "what people state and sign"),
    }
}

/// A guideline.
pub(super) struct Shelf {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) mark: Mark,
    pub(super) judged: usize,
    pub(super) applicable: usize,
    pub(super) checks: Vec<Item>,
    /// Requirements without an answer since coseal can't look at them yet.
    pub(super) unbuilt: Vec<Item>,
    pub(super) people: String,
    pub(super) supports: Vec<(String, String)>,
    /// The marks of the checks of each scope.
    pub(super) cells: Vec<Cell>,
}

/// The checks of one guideline and scope.
pub(super) struct Cell {
    pub(super) marks: Vec<Mark>,
    pub(super) words: String,
}

/// A check.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) question: String,
    pub(super) must: bool,
    pub(super) scope: &'static str,
    pub(super) mark: Mark,
    pub(super) reason: String,
    pub(super) findings: Vec<Flaw>,
    pub(super) more: usize,
    pub(super) grade: &'static str,
    pub(super) grade_words: &'static str,
    pub(super) observed: String,
    pub(super) record: String,
    pub(super) gaps: Vec<String>,
    pub(super) is_judged: bool,
    pub(super) open: bool,
}

/// A finding.
pub(super) struct Flaw {
    pub(super) severity: String,
    pub(super) place: String,
    pub(super) message: String,
    pub(super) tip: String,
    pub(super) rule: &'static str,
}

pub(super) fn shelf(card: &Card<'_>) -> Shelf {
    let (built, unbuilt): (Vec<_>, Vec<_>) = card
        .checks
        .iter()
        .partition(|judged| judged.implemented || judged.outcome.state != State::Unknown);
    Shelf {
        id: card.guideline.id.clone(),
        name: capital(&card.guideline.name.replace('-', " ")),
        title: card.guideline.title.clone(),
        mark: mark(card.verdict.state),
        judged: card.verdict.judged,
        applicable: card.verdict.applicable,
        checks: built.into_iter().map(item).collect(),
        unbuilt: unbuilt.into_iter().map(item).collect(),
        people: capital(&card.guideline.left_to_people),
        supports: card.supports.iter().map(|(name, ids)| (name.clone(), ids.join(", "))).collect(),
        cells: Scope::ALL.into_iter().map(|scope| cell(card, scope)).collect(),
    }
}

fn cell(card: &Card<'_>, scope: Scope) -> Cell {
    let marks: Vec<_> = card
        .checks
        .iter()
        .filter(|judged| judged.entry.scope == scope)
        .map(|judged| mark(judged.outcome.state))
        .collect();
    let counted = State::ALL.into_iter().filter_map(|state| {
        let count = marks.iter().filter(|one| one.class == mark(state).class).count();
        (count > 0).then(|| format!("{count} {}", mark(state).word))
    });
    Cell { words: counted.collect::<Vec<_>>().join(", "), marks }
}

pub(super) fn item(judged: &Judged) -> Item {
    let outcome = &judged.outcome;
    let record = judged.evidence.as_ref();
    let observed = record.map(|record| record.observed.to_string());
    Item {
        id: judged.entry.id.clone(),
        question: capital(&judged.entry.question),
        must: judged.entry.level == Level::Must,
        scope: scope(judged.entry.scope).1,
        mark: mark(outcome.state),
        reason: plain(&outcome.reason, 400),
        findings: flaws(&judged.findings),
        more: judged.findings.len().saturating_sub(FINDINGS),
        grade: judged.grade.letter(),
        grade_words: judged.grade.words(),
        observed: outcome.observed.map(|day| day.to_string()).or(observed).unwrap_or_default(),
        record: record.map(|record| record.record.short()).unwrap_or_default(),
        gaps: outcome
            .coverage
            .gaps
            .iter()
            .take(10)
            .map(|gap| plain(&format!("{}: {}", gap.what, gap.why), 300))
            .collect(),
        is_judged: outcome.state.is_judged() || outcome.state == State::Stale,
        open: outcome.state == State::Fail,
    }
}

/// The first findings; a tip is told once for those in a row that share it.
fn flaws(findings: &[Finding]) -> Vec<Flaw> {
    let mut told = "";
    let mut out = Vec::new();
    for finding in findings.iter().take(FINDINGS) {
        let mut flaw = flaw(finding);
        if flaw.tip == told {
            flaw.tip.clear();
        }
        told = &finding.tip;
        out.push(flaw);
    }
    out
}

fn flaw(finding: &Finding) -> Flaw {
    Flaw {
        severity: word(&finding.severity),
        place: crate::render::text::place(&finding.location),
        message: finding.message.clone(),
        tip: finding.tip.clone(),
        rule: finding.rule,
    }
}
