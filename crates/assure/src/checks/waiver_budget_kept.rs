use coseal_core::{
    check::{Check, Findings, Meta},
    counted::counted,
    decision::DecisionKind,
    fact::{DecisionFact, Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
};
use jiff::{ToSpan as _, civil::Date};

use crate::decision::{Standing, renewals, standing};

/// How far back a budget is compared.
const WINDOW_DAYS: i32 = 30;
/// Renewals that need no more than the owner.
const FREE_RENEWALS: usize = 2;

const OVER: Rule = Rule {
    id: "waiver-budget-exceeded",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "more is waived than the budget allows",
    tip: "put right what is waived, oldest first; or raise waiver-budget where everybody sees it",
};
const RENEWED: Rule = Rule {
    id: "waiver-renewed-too-often",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a waiver is renewed more than twice without the risk owner",
    tip: "put right what is waived, or have the risk owner sign the renewal",
};
const GROWING: Rule = Rule {
    id: "waivers-growing",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "more is waived than thirty days ago",
    tip: "put right what is waived, oldest first",
};

coseal_core::check! {
    /// A waiver is a debt. `waiver-budget` in `[system]` says how many may be in force at once; this check counts those in force today
    /// and thirty days ago, from the days in the files, and how often each was renewed.
    ///
    /// It passes when there are no more than the budget, is partial when there are more than thirty days ago, and fails above the budget
    /// or when one was renewed more than twice without the risk owner's key. With waivers and without a budget it is unknown.
    ///
    /// To put it right: set `waiver-budget`, mend what was waived longest, and let the risk owner sign what is renewed again and again.
    pub(crate) WaiverBudgetKept = "waiver-budget-kept";
    reads: [
        Read::only(Kind::Decision, &["waive"]),
        Read::only(Kind::System, &["id", "waiver-budget"]),
    ];
    rules: [OVER, RENEWED, GROWING];
}

impl Check for WaiverBudgetKept {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let system = facts.about().map(|about| about.id.as_str()).unwrap_or_default();
        let budget = facts.about().and_then(|about| about.waiver_budget);
        let mut coverage = Coverage::default();
        for fact in facts.decisions().filter(|fact| fact.decision.is_err()) {
            if fact.may_be(&[DecisionKind::Waive]) {
                coverage.leave_out(&fact.path, "it can't be read");
            }
        }
        let waivers: Vec<&DecisionFact> = (facts.decisions())
            .filter(|fact| fact.decision.as_ref().is_ok_and(|decision| decision.waive().is_some()))
            .collect();
        let before = facts.as_of().checked_sub(WINDOW_DAYS.days()).unwrap_or(Date::MIN);
        let now = in_force(&waivers, facts.as_of(), system);
        let then = in_force(&waivers, before, system);
        coverage.looked_at = waivers.len() as u64;
        for fact in &now {
            let role = fact.decision.as_ref().map_or("", |decision| &decision.role);
            let times = renewals(fact, &waivers);
            if times > FREE_RENEWALS && role != "risk-owner" {
                let detail =
                    format!("it is renewed {times} times, and the risk owner did not sign it");
                findings.add(&RENEWED, Location::file(&fact.path), detail);
            }
        }
        let over = budget.is_some_and(|budget| now.len() > budget as usize);
        if over {
            let place = facts.place("system.waiver-budget");
            findings.add(&OVER, place, in_force_words(now.len()));
        } else if now.len() > then.len() {
            let detail = format!("{}, {} were", in_force_words(now.len()), then.len());
            findings.add(&GROWING, facts.place("system"), detail);
        }
        answer(findings, budget, (now.len(), then.len()), coverage)
    }
}

fn answer(
    findings: &Findings,
    budget: Option<u32>,
    (now, then): (usize, usize),
    coverage: Coverage,
) -> Outcome {
    let outcome = if findings.of(&RENEWED) > 0 {
        Outcome::new(
            State::Fail,
            "a waiver is renewed more than twice without the risk owner's key",
        )
    } else if findings.of(&OVER) > 0 {
        let most = budget.unwrap_or_default();
        Outcome::new(State::Fail, format!("{}; the budget is {most}", in_force_words(now)))
    } else if !coverage.is_complete() {
        Outcome::unknown("a decision that may be a waiver can't be read")
    } else if now == 0 {
        Outcome::new(State::Pass, "no waiver is in force")
    } else if budget.is_none() {
        Outcome::unknown(
            "waivers are in force, and system.waiver-budget does not say how many may be",
        )
    } else if now > then {
        Outcome::new(State::Partial, format!("{}, {then} were 30 days ago", in_force_words(now)))
    } else {
        Outcome::new(State::Pass, format!("{}, within the budget", in_force_words(now)))
    };
    outcome.covering(coverage)
}

/// How many are in force, in words.
fn in_force_words(count: usize) -> String {
    let are = if count == 1 { "is" } else { "are" };
    format!("{} {are} in force", counted(count, "waiver"))
}

fn in_force<'a>(waivers: &[&'a DecisionFact], day: Date, system: &str) -> Vec<&'a DecisionFact> {
    let holds =
        |fact: &&DecisionFact| matches!(standing(fact, day, system), Standing::Holds { .. });
    waivers.iter().copied().filter(holds).collect()
}
