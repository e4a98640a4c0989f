//! The engine: facts → outcomes → verdicts.

use std::collections::BTreeMap;

use coseal_core::{
    catalogue::{CheckEntry, Guideline, catalogue},
    check::{Check, Findings},
    fact::{Facts, Kind, OutcomeFact, Read, View},
    grade::Grade,
    outcome::{Outcome, State},
    verdict::{Verdict, roll_up},
};
use coseal_sign::binding;

use crate::{
    assessment::{Assessment, Judged},
    decision::in_force,
    on_record,
};

/// Judges every check of the catalogue over the facts and rolls the answers up.
///
/// Checks about checks run in a second stratum, over the outcomes of the first. The order of `checks` leaves no trace.
#[must_use]
pub fn assess(checks: &[&dyn Check], facts: &Facts) -> Assessment {
    let built: BTreeMap<&str, &dyn Check> =
        checks.iter().map(|check| (check.meta().id, *check)).collect();
    let second = |id: &str| built.get(id).is_some_and(|check| reads_outcomes(*check));

    let mut judged: BTreeMap<&str, Judged> = BTreeMap::new();
    for (guideline, entry) in catalogue().checks().filter(|(_, entry)| !second(&entry.id)) {
        judged.insert(
            &entry.id,
            judge(guideline, entry, built.get(entry.id.as_str()).copied(), facts),
        );
    }
    let controls: BTreeMap<String, State> =
        judged.values().map(|judged| (judged.entry.id.clone(), judged.outcome.state)).collect();
    for judged in judged.values_mut() {
        in_force::apply(judged, facts, &controls);
    }
    let above = with_outcomes(facts, judged.values());
    for (guideline, entry) in catalogue().checks().filter(|(_, entry)| second(&entry.id)) {
        let mut second = judge(guideline, entry, built.get(entry.id.as_str()).copied(), &above);
        in_force::apply(&mut second, facts, &controls);
        judged.insert(&entry.id, second);
    }
    let checks: Vec<_> =
        catalogue().checks().filter_map(|(_, entry)| judged.remove(entry.id.as_str())).collect();
    let verdicts =
        catalogue().guidelines.iter().map(|guideline| verdict(guideline, &checks)).collect();
    Assessment { as_of: facts.as_of, checks, verdicts }
}

/// The facts with the outcomes of the first stratum, for checks about checks.
pub(crate) fn with_outcomes<'a>(
    facts: &Facts,
    judged: impl IntoIterator<Item = &'a Judged>,
) -> Facts {
    let outcomes =
        judged.into_iter().map(|judged| (judged.entry.id.clone(), outcome_fact(judged))).collect();
    Facts { outcomes, ..facts.clone() }
}

/// All that a check of the catalogue and its conditions read: its evidence is bound to exactly this.
pub(crate) fn reads(entry: &CheckEntry, check: Option<&dyn Check>) -> Vec<Read> {
    let mut reads = check.map_or_else(Vec::new, |check| check.meta().reads.to_vec());
    reads.extend(entry.not_applicable_if.iter().flat_map(|condition| condition.reads()));
    reads
}

/// Whether it is a check about checks.
pub(crate) fn reads_outcomes(check: &dyn Check) -> bool {
    check.meta().reads.iter().any(|read| read.kind == Kind::Outcome)
}

fn outcome_fact(judged: &Judged) -> OutcomeFact {
    OutcomeFact {
        check: judged.entry.id.clone(),
        level: judged.entry.level,
        scope: judged.entry.scope,
        state: judged.outcome.state,
        implemented: judged.implemented,
    }
}

fn judge(
    guideline: &'static Guideline,
    entry: &'static CheckEntry,
    check: Option<&dyn Check>,
    facts: &Facts,
) -> Judged {
    let conditions: Vec<Read> =
        entry.not_applicable_if.iter().flat_map(|condition| condition.reads()).collect();
    let reads = reads(entry, check);
    let mut findings = Findings::default();

    let spared = View::new(facts, conditions);
    let exempt = entry.not_applicable_if.iter().find(|condition| condition.holds(&spared));
    let outcome = match (exempt, check) {
        _ if spared.breach().is_some() => breach(spared.breach()),
        (Some(condition), _) => Outcome::new(State::NotApplicable, condition.words()),
        (None, None) => Outcome::unknown("not built yet"),
        (None, Some(check)) => run(check, entry, facts, &mut findings),
    };
    let declared: Vec<Read> =
        reads.iter().copied().filter(|read| read.kind.is_declared()).collect();
    let grade = outcome.rests_on.unwrap_or(Grade::D);
    let mut judged = Judged {
        guideline,
        entry,
        binding: binding(&entry.id, &reads, facts),
        declared: binding(&entry.id, &declared, facts),
        outcome,
        findings: findings.into_sorted(),
        grade,
        evidence: None,
        recalled: false,
        decision: None,
        implemented: check.is_some(),
    };
    on_record::fold(&mut judged, facts);
    judged
}

fn run(check: &dyn Check, entry: &CheckEntry, facts: &Facts, findings: &mut Findings) -> Outcome {
    if facts.system.is_none() && !check.meta().without_system_file {
        return Outcome::unknown(if facts.system_file.present {
            "the system file has errors"
        } else {
            "there is no system file"
        });
    }
    let view = View::new(facts, check.meta().reads.to_vec());
    let outcome = check.run(&view, findings);
    match view.breach() {
        Some(kind) => breach(Some(kind)),
        None => aged(outcome, entry, facts),
    }
}

/// A check that looks at facts it did not name would rest on more than its evidence is bound to.
fn breach(kind: Option<Kind>) -> Outcome {
    let kind = kind.map_or("", Kind::name);
    Outcome::unknown(format!("a bug of ours: the check read {kind} facts that it does not name"))
}

/// Evidence that is too old holds no longer; evidence from after the day of the run is not known on it.
/// A failure stays a failure until something newer says otherwise.
pub(crate) fn aged(outcome: Outcome, entry: &CheckEntry, facts: &Facts) -> Outcome {
    let Some(observed) = outcome.observed else { return outcome };
    if !matches!(outcome.state, State::Pass | State::Partial | State::Waived) {
        return outcome;
    }
    let days = (facts.as_of - observed).get_days();
    let (state, reason) = if days < 0 {
        (State::Unknown, format!("its evidence is dated {observed}, after the day of this run"))
    } else if entry.max_age_days.is_some_and(|max| i64::from(days) > i64::from(max)) {
        let max = entry.max_age_days.unwrap_or_default();
        (
            State::Stale,
            format!("last observed {days} days ago, on {observed}; it holds for {max} days"),
        )
    } else {
        return outcome;
    };
    Outcome { state, reason, ..outcome }
}

fn verdict(guideline: &Guideline, checks: &[Judged]) -> Verdict {
    let under: Vec<_> = checks
        .iter()
        .filter(|judged| judged.guideline.id == guideline.id)
        .map(|judged| (judged.entry.level, judged.outcome.state))
        .collect();
    let applicable = under.iter().filter(|(_, state)| *state != State::NotApplicable);
    Verdict {
        guideline: guideline.id.clone(),
        name: guideline.name.clone(),
        state: roll_up(&under),
        judged: under.iter().filter(|(_, state)| state.is_judged()).count(),
        applicable: applicable.count(),
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        check::{Check, Findings, Meta},
        fact::{Facts, Kind, Read, View},
        outcome::{Outcome, State},
        system,
    };
    use jiff::civil::{Date, date};

    use super::assess;
    use crate::checks::CHECKS;

    const DAY: Date = date(2026, 11, 21);

    /// A check in the place of `contacts-current` (90 days), that answers what a test wants.
    struct Says(fn(&View<'_>) -> Outcome);

    impl Check for Says {
        fn meta(&self) -> &'static Meta {
            const META: Meta = Meta {
                id: "contacts-current",
                docs: "",
                reads: &[Read::all(Kind::Role)],
                rules: &[],
                without_system_file: false,
                beyond_files: None,
            };
            &META
        }

        fn run(&self, facts: &View<'_>, _: &mut Findings) -> Outcome {
            (self.0)(facts)
        }
    }

    fn facts() -> Facts {
        let text = "schema = 1\n[system]\nid = \"x\"\npurpose = \"y\"\nexposure = \"staff\"\nimpact = \"low\"\n";
        Facts { system: system::read(text).system, ..Facts::none(DAY) }
    }

    fn said(check: fn(&View<'_>) -> Outcome, facts: &Facts) -> (State, String) {
        let assessment = assess(&[&Says(check)], facts);
        let outcome = &assessment.check("contacts-current").unwrap().outcome;
        (outcome.state, outcome.reason.clone())
    }

    #[test]
    fn evidence_holds_for_its_maximum_age_and_no_longer() {
        let state = |check| said(check, &facts()).0;
        assert_eq!(
            state(|_| Outcome::new(State::Pass, "").observed(date(2026, 8, 23))),
            State::Pass
        );
        assert_eq!(
            state(|_| Outcome::new(State::Pass, "").observed(date(2026, 8, 22))),
            State::Stale
        );
        assert_eq!(
            state(|_| Outcome::new(State::Partial, "").observed(date(2020, 1, 1))),
            State::Stale
        );
        assert_eq!(
            state(|_| Outcome::new(State::Fail, "").observed(date(2020, 1, 1))),
            State::Fail
        );
        assert_eq!(
            state(|_| Outcome::new(State::Pass, "").observed(date(2026, 11, 22))),
            State::Unknown
        );
    }

    #[test]
    fn a_check_that_reads_more_than_it_names_is_a_bug_and_unknown() {
        let (state, reason) = said(
            |facts| {
                assert!(facts.model().is_empty());
                Outcome::new(State::Pass, "")
            },
            &facts(),
        );
        assert_eq!(state, State::Unknown);
        assert!(reason.contains("model facts"), "{reason}");
    }

    #[test]
    fn without_a_system_file_nothing_is_exempt_and_little_is_known() {
        let assessment = assess(CHECKS, &Facts::none(DAY));
        assert!(
            assessment.checks.iter().all(|judged| judged.outcome.state != State::NotApplicable)
        );
        assert!(assessment.checks.iter().all(|judged| judged.outcome.state != State::Pass));
        assert_eq!(assessment.verdicts.len(), 17);
    }

    #[test]
    fn a_check_that_is_not_built_is_unknown_unless_a_fact_exempts_it() {
        let assessment = assess(&[], &facts());
        for judged in &assessment.checks {
            let exempt = judged.outcome.state == State::NotApplicable;
            assert!(
                exempt
                    || judged.outcome.state == State::Unknown
                        && judged.outcome.reason == "not built yet"
            );
            assert!(!judged.implemented);
        }
        assert!(
            assessment
                .check("tool-allow-list-enforced")
                .is_some_and(|j| j.outcome.state == State::NotApplicable)
        );
    }

    #[test]
    fn the_order_of_checks_leaves_no_trace_and_the_second_stratum_sees_the_first() {
        let facts = facts();
        let forwards = assess(CHECKS, &facts);
        let backwards: Vec<_> = CHECKS.iter().rev().copied().collect();
        let backwards = assess(&backwards, &facts);
        let bytes = |assessment: &crate::Assessment| {
            format!(
                "{:?}",
                assessment
                    .checks
                    .iter()
                    .map(|j| (&j.entry.id, &j.outcome, &j.binding))
                    .collect::<Vec<_>>()
            )
        };
        assert_eq!(bytes(&forwards), bytes(&backwards));
        let above = &forwards.check("no-stale-evidence").unwrap().outcome;
        assert!(
            !above.subjects.is_empty() && !above.subjects.contains(&"no-stale-evidence".to_owned()),
            "{above:?}"
        );
    }
}
