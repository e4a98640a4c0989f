use coseal_core::{
    check::{Check, Findings, Meta},
    decision::{Choose, Decision, DecisionKind},
    fact::{BrokenDecision, DecisionFact, Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    grade::Grade,
    outcome::{Coverage, Outcome, State},
    system::Model,
};
use jiff::civil::Date;

use crate::decision::{
    BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
    Standing, UNREADABLE, UNSIGNED, note, standing,
};

const NOT_RECORDED: Rule = Rule {
    id: "model-choice-not-recorded",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "no record says why a model was chosen",
    tip: "compare it with another, then record the choice: coseal decide choose MODEL",
};
const ANOTHER_CHOSEN: Rule = Rule {
    id: "model-choice-not-in-use",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the model in use is not the one that was chosen",
    tip: "use the model that was chosen, or record the new choice",
};
const ONE_OPTION: Rule = Rule {
    id: "model-choice-incomplete",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "a record of a choice of model is not complete",
    tip: "compare two options at least, and cite the results",
};

coseal_core::check! {
    /// Choosing a model weighs what it can do against what it brings in. The record of that choice names the options that
    /// were looked at, what they were measured by, the results (by digest), and why; it is signed.
    ///
    /// It passes when every model in use has a record with two options and cited results, and is the one that was chosen. It is partial
    /// with one option only, without results, or when some models have no record; fails when another model is in use than
    /// was chosen; is stale after a year, after the day of reassessment, or when a result has changed; and is unknown without any record.
    ///
    /// To put it right: `coseal decide choose model.ID --chosen NAME --option 'NAME=WHY' --criterion TEXT --evidence FILE`.
    pub(crate) ModelDecisionRecorded = "model-decision-recorded";
    reads: [
        Read::only(Kind::Decision, &["choose"]),
        Read::only(Kind::System, &["id"]),
        Read::only(Kind::Model, &["location", "retired"]),
    ];
    rules: [
        NOT_RECORDED, ANOTHER_CHOSEN, ONE_OPTION,
        BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
        UNREADABLE, UNSIGNED,
    ];
}

impl Check for ModelDecisionRecorded {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let records = records(facts, findings);
        let models: Vec<_> = (facts.model().iter())
            .filter(|(_, model)| model.retired.is_none_or(|day| day > facts.as_of()))
            .collect();
        let mut coverage = records.coverage.clone();
        let mut worst = State::Pass;
        let (mut none, mut unproven, mut oldest) = (0, false, None);
        for (id, model) in &models {
            let name = format!("model.{id}");
            let of_this = records.held.iter().filter(|record| record.choose.model == name);
            let Some(record) = of_this.max_by_key(|record| record.decision.made) else {
                none += 1;
                coverage.leave_out(&name, "no record of its choice counts");
                let detail = format!("no record says why {name} was chosen");
                findings.add(&NOT_RECORDED, facts.place(&name), detail);
                worst = worse(worst, records.without(&name));
                continue;
            };
            coverage.looked_at += 1;
            unproven |= record.grade == Grade::D;
            oldest = [oldest, Some(record.decision.made)].into_iter().flatten().min();
            worst = worse(worst, judge(record, model, facts.as_of(), findings));
        }
        if !coverage.gaps.is_empty() && worst == State::Pass {
            worst = State::Unknown;
        }
        if none > 0 && none < models.len() && worst == State::Unknown && !records.unread {
            worst = State::Partial;
        }
        let reason = match worst {
            _ if models.is_empty() => "no model is declared",
            _ if records.unread => "a decision that may be such a record can't be read",
            State::Pass => "every model has a signed record of its choice",
            State::Fail => "another model is in use than the one that was chosen",
            State::Stale => "a record of a choice no longer counts",
            State::Partial if none > 0 => "some models have no record of their choice",
            State::Partial => "a record of a choice is not complete",
            _ => "no signed record says why the models were chosen: coseal decide choose MODEL",
        };
        let state = if models.is_empty() || records.unread { State::Unknown } else { worst };
        let reason =
            if unproven { format!("{reason}; signer unproven") } else { reason.to_owned() };
        let outcome = Outcome::new(state, reason)
            .about(models.iter().map(|(id, _)| format!("model.{id}")))
            .covering(coverage);
        match oldest {
            Some(day) => {
                outcome.observed(day).resting_on(if unproven { Grade::D } else { Grade::C })
            }
            None => outcome,
        }
    }
}

struct Record<'a> {
    decision: &'a Decision,
    choose: &'a Choose,
    fact: &'a DecisionFact,
    grade: Grade,
    single: bool,
}

struct Records<'a> {
    held: Vec<Record<'a>>,
    /// Models whose record no longer counts.
    lapsed: Vec<&'a str>,
    unread: bool,
    coverage: Coverage,
}

impl Records<'_> {
    /// The state of a model without a record that counts.
    fn without(&self, model: &str) -> State {
        if self.lapsed.contains(&model) { State::Stale } else { State::Unknown }
    }
}

fn records<'a>(facts: &View<'a>, findings: &mut Findings) -> Records<'a> {
    let system = facts.about().map(|about| about.id.as_str()).unwrap_or_default();
    let mut records = Records {
        held: Vec::new(),
        lapsed: Vec::new(),
        unread: false,
        coverage: Coverage::default(),
    };
    for fact in facts.decisions() {
        let standing = standing(fact, facts.as_of(), system);
        let choose = match &fact.decision {
            Ok(decision) => decision.choose().map(|choose| (decision, choose)),
            Err(BrokenDecision { kind, why, .. }) => {
                if kind.is_none_or(|kind| kind == DecisionKind::Choose) {
                    records.unread = true;
                    records.coverage.leave_out(&fact.path, why);
                }
                if *kind == Some(DecisionKind::Choose) {
                    note(fact, &standing, findings);
                }
                None
            }
        };
        let Some((decision, choose)) = choose else { continue };
        match standing {
            Standing::Holds { grade, single } => {
                records.held.push(Record { decision, choose, fact, grade, single });
            }
            Standing::Expired { .. } | Standing::Stale { .. } => {
                records.lapsed.push(&choose.model);
                note(fact, &standing, findings);
            }
            Standing::NotYet | Standing::Refused(_) => note(fact, &standing, findings),
        }
    }
    records
}

fn judge(record: &Record<'_>, model: &Model, as_of: Date, findings: &mut Findings) -> State {
    let Choose { option, chosen, results, reassess_by, .. } = record.choose;
    let place = || Location::file(&record.fact.path);
    let location =
        option.iter().find(|offer| offer.name == *chosen).and_then(|o| o.location.as_ref());
    if location.is_some_and(|location| *location != model.location) {
        findings.add(&ANOTHER_CHOSEN, place(), "its location in the system file is another");
        return State::Fail;
    }
    if reassess_by.is_some_and(|day| day < as_of) {
        return State::Stale;
    }
    let lacks = [
        (option.len() < 2, "it looks at one option only"),
        (results.is_empty(), "it cites no results"),
        (location.is_none(), "it does not say where the chosen option is"),
    ];
    let mut state = if record.single { State::Partial } else { State::Pass };
    for (_, what) in lacks.iter().filter(|(lacks, _)| *lacks) {
        findings.add(&ONE_OPTION, place(), what);
        state = State::Partial;
    }
    state
}

fn worse(a: State, b: State) -> State {
    let rank = |state| match state {
        State::Pass => 0,
        State::Partial => 1,
        State::Unknown => 2,
        State::Stale => 3,
        _ => 4,
    };
    if rank(b) > rank(a) { b } else { a }
}
