//! Sets what a run sees itself against what is on record.

use coseal_core::{
    catalogue::{CheckEntry, EvidenceKind, Scope},
    fact::{Facts, Recorded},
    grade::Grade,
    outcome::{Outcome, State},
    system::System,
};
use jiff::tz::TimeZone;

use crate::{assessment::Judged, engine::aged};

/// Gives an answer the grade of the best record that says the same of the same facts; and where nothing is known here,
/// takes the newest answer on record, if what it rests on is still so.
///
/// What a run sees itself always goes before what is on record. The order in which records are found leaves no trace.
pub(crate) fn fold(judged: &mut Judged, facts: &Facts) {
    let records = records_here(judged.entry, facts);
    match judged.outcome.state {
        State::Unknown => recall(judged, records, facts),
        _ => vouch(judged, records, facts),
    }
}

/// The records of a check that say something of the environment that the run is about.
pub(crate) fn records_here<'a>(
    entry: &CheckEntry,
    facts: &'a Facts,
) -> impl Iterator<Item = &'a Recorded> {
    // What a folder shows is so everywhere; what was seen of a running system says nothing of another environment.
    let anywhere = matches!(entry.scope, Scope::Files | Scope::People);
    let here = move |record: &&Recorded| {
        record.environment == facts.environment || anywhere && record.environment.is_none()
    };
    facts.recorded.get(&entry.id).into_iter().flatten().filter(here)
}

/// A record of the same state, bound to the same facts, vouches for what is seen.
fn vouch<'a>(judged: &mut Judged, records: impl Iterator<Item = &'a Recorded>, facts: &Facts) {
    let same = |record: &&Recorded| {
        record.binding == judged.binding
            && record.state == judged.outcome.state
            && is_fresh(record, judged.entry, facts)
    };
    // The newest of those with the best grade.
    let Some(best) =
        records.filter(same).min_by_key(|record| (record.grade, std::cmp::Reverse(*record)))
    else {
        return;
    };
    // A runner that saw a person's word vouches for having seen it, not for the word.
    let word = if judged.entry.best_grade() == Grade::C { Grade::D } else { Grade::A };
    judged.grade = best.grade.max(judged.outcome.rests_on.unwrap_or(word));
    judged.evidence = Some(best.clone());
}

/// Nothing is known here: the newest answer on record stands in, or is stale.
fn recall<'a>(judged: &mut Judged, records: impl Iterator<Item = &'a Recorded>, facts: &Facts) {
    // A person's word counts where it stands, signed: never from a record of it.
    if judged.entry.evidence.contains(&EvidenceKind::H) {
        return;
    }
    let judged_then = records.filter(|record| record.state.is_judged());
    let Some(newest) = judged_then.max_by_key(|record| (record.received, *record)) else { return };
    // A waiver is in force where and as long as it is, not on record.
    let state = if newest.state == State::Waived { State::Fail } else { newest.state };
    let before = Outcome {
        subjects: newest.subjects.keys().cloned().collect(),
        coverage: judged.outcome.coverage.clone(),
        ..Outcome::new(state, &newest.reason)
    }
    .observed(day(newest));
    let needs_exact = judged.entry.max_age_days.is_none();
    // What could be seen here and was not counts from a record only if that is about the very same bytes.
    if judged.implemented
        && (newest.declared != judged.declared || !is_exact(newest, judged, facts))
    {
        // It says itself what it lacks: that is more than that an older answer no longer holds.
        return;
    }
    judged.outcome = if newest.declared != judged.declared {
        let reason = format!(
            "it was {} on {}; what that rests on has changed since",
            newest.state,
            day(newest)
        );
        Outcome { state: State::Stale, reason, ..before }
    } else if needs_exact && !is_exact(newest, judged, facts) {
        let reason = format!(
            "it was {} on {}; whether that is still so can't be seen from here",
            newest.state,
            day(newest)
        );
        Outcome { state: State::Stale, reason, ..before }
    } else {
        aged(before, judged.entry, facts)
    };
    judged.grade = newest.grade;
    judged.evidence = Some(newest.clone());
    judged.recalled = true;
}

/// Whether evidence that holds only for the very things it was bound to is still about those: the same facts, or every
/// subject pinned in the system file to the digest that it had then.
fn is_exact(record: &Recorded, judged: &Judged, facts: &Facts) -> bool {
    let pinned = |name: &str, digest: &Option<coseal_core::digest::Digest>| {
        digest.is_some()
            && facts.system.as_ref().and_then(|system| declared_digest(system, name)) == *digest
    };
    record.binding == judged.binding
        || !record.subjects.is_empty()
            && record.subjects.iter().all(|(name, digest)| pinned(name, digest))
}

fn declared_digest(system: &System, element: &str) -> Option<coseal_core::digest::Digest> {
    let (kind, id) = element.split_once('.')?;
    match kind {
        "model" => system.model.get(id)?.digest,
        "adapter" => system.adapter.get(id)?.digest,
        "dataset" => system.dataset.get(id)?.digest,
        "prompt" => system.prompt.get(id)?.digest,
        "tool" => system.tool.get(id)?.digest,
        "document" => system.document.get(id)?.digest,
        _ => None,
    }
}

fn is_fresh(record: &Recorded, entry: &CheckEntry, facts: &Facts) -> bool {
    let days = i64::from((facts.as_of - day(record)).get_days());
    days >= 0 && entry.max_age_days.is_none_or(|max| days <= i64::from(max))
}

fn day(record: &Recorded) -> jiff::civil::Date {
    record.observed.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{
        digest::Digest,
        fact::{Facts, Recorded},
        grade::Grade,
        outcome::State,
        system,
    };
    use jiff::{Timestamp, civil::date};

    use crate::{assessment::Judged, checks::CHECKS, engine::assess};

    /// A live check with a maximum age of 7 days, that this run can't answer.
    const LIVE: &str = "quotas-enforced";
    /// A check of files, that holds for the very files only.
    const EXACT: &str = "model-files-scanned";

    fn facts() -> Facts {
        let digest = Digest::new([7; 32]);
        let text = format!(
            "schema = 1\n[system]\nid = \"x\"\npurpose = \"y\"\nexposure = \"public\"\nimpact = \"low\"\nenvironments = [\"production\", \"staging\"]\n[model.m]\nlocation = \"hf:a/b@c\"\ndigest = \"{digest}\"\n[endpoint.e]\naddress = \"/v1\"\nauth = \"none\"\n"
        );
        let read = system::read(&text);
        assert!(read.system.is_some(), "{:?}", read.problems);
        Facts { system: read.system, ..Facts::none(date(2026, 11, 21)) }
    }

    fn day(text: &str) -> Timestamp {
        format!("{text}T12:00:00Z").parse().unwrap()
    }

    fn record(facts: &Facts, check: &str, state: State, on: &str) -> Recorded {
        let bare = assess(CHECKS, facts);
        let judged = bare.check(check).unwrap();
        Recorded {
            observed: day(on),
            received: day(on),
            record: Digest::new([1; 32]),
            origin: "x/0".into(),
            index: 0,
            check: check.into(),
            state,
            reason: "seen there".into(),
            subjects: BTreeMap::from([("model.m".to_owned(), Some(Digest::new([7; 32])))]),
            binding: judged.binding,
            declared: judged.declared,
            environment: None,
            grade: Grade::A,
        }
    }

    fn with(facts: &Facts, records: Vec<Recorded>) -> Facts {
        let mut facts = facts.clone();
        for record in records {
            facts.recorded.entry(record.check.clone()).or_default().push(record);
        }
        facts
    }

    fn judged(facts: &Facts, check: &str) -> Judged {
        assess(CHECKS, facts).check(check).unwrap().clone()
    }

    #[test]
    fn what_was_seen_of_a_running_system_counts_for_its_environment_alone() {
        let mut here = facts();
        let staging = Recorded {
            environment: Some("staging".into()),
            ..record(&here, LIVE, State::Pass, "2026-11-20")
        };
        let nowhere = record(&here, LIVE, State::Pass, "2026-11-20");
        let state = |facts: &Facts, records| judged(&with(facts, records), LIVE).outcome.state;
        here.environment = Some("production".into());
        assert_eq!(state(&here, vec![staging.clone(), nowhere]), State::Unknown);
        here.environment = Some("staging".into());
        assert_eq!(state(&here, vec![staging]), State::Pass);
    }

    #[test]
    fn the_newest_answer_stands_in_while_it_is_in_date_and_of_the_same_facts() {
        let mut here = facts();
        here.environment = Some("production".into());
        let at = |state, on| Recorded {
            environment: Some("production".into()),
            ..record(&here, LIVE, state, on)
        };
        let state = |records| judged(&with(&here, records), LIVE).outcome.state;
        assert_eq!(state(vec![at(State::Pass, "2026-11-14")]), State::Pass);
        assert_eq!(state(vec![at(State::Pass, "2026-11-13")]), State::Stale);
        assert_eq!(state(vec![at(State::Fail, "2020-01-01")]), State::Fail);
        assert_eq!(state(vec![at(State::Pass, "2026-11-22")]), State::Unknown);
        assert_eq!(state(vec![at(State::Waived, "2026-11-20")]), State::Fail);
        let (pass, fail) = (at(State::Pass, "2026-11-19"), at(State::Fail, "2026-11-20"));
        assert_eq!(state(vec![pass.clone(), fail.clone()]), State::Fail);
        assert_eq!(state(vec![fail, pass]), State::Fail);
        let changed = Recorded { declared: Digest::new([9; 32]), ..at(State::Pass, "2026-11-20") };
        let stale = judged(&with(&here, vec![changed]), LIVE);
        assert_eq!(stale.outcome.state, State::Stale);
        assert!(stale.outcome.reason.contains("has changed since"), "{}", stale.outcome.reason);
    }

    #[test]
    fn what_holds_for_the_very_bytes_needs_them_pinned() {
        let here = facts();
        let state = |record| judged(&with(&here, vec![record]), EXACT).outcome.state;
        let pinned = record(&here, EXACT, State::Pass, "2026-01-01");
        let elsewhere = Recorded { binding: Digest::new([9; 32]), ..pinned };
        assert_eq!(judged(&here, EXACT).outcome.state, State::Unknown);
        assert_eq!(state(elsewhere.clone()), State::Pass);
        let other = BTreeMap::from([("model.m".to_owned(), Some(Digest::new([8; 32])))]);
        assert_eq!(state(Recorded { subjects: other, ..elsewhere.clone() }), State::Stale);
        let more = BTreeMap::from([
            ("model.m".to_owned(), Some(Digest::new([7; 32]))),
            ("…".to_owned(), None),
        ]);
        assert_eq!(state(Recorded { subjects: more, ..elsewhere }), State::Stale);
    }

    #[test]
    fn a_record_vouches_for_the_same_answer_to_the_same_facts() {
        let here = facts();
        let check = "waivers-in-date";
        let seen = judged(&here, check).outcome.state;
        assert!(seen.is_judged());
        let grade = |record| judged(&with(&here, vec![record]), check).grade;
        let same = record(&here, check, seen, "2026-11-20");
        assert_eq!(judged(&here, check).grade, Grade::D);
        assert_eq!(grade(same.clone()), Grade::A);
        assert_eq!(grade(Recorded { grade: Grade::D, ..same.clone() }), Grade::D);
        assert_eq!(grade(Recorded { binding: Digest::new([9; 32]), ..same.clone() }), Grade::D);
        let other = if seen == State::Pass { State::Fail } else { State::Pass };
        assert_eq!(grade(Recorded { state: other, ..same.clone() }), Grade::D);
        assert_eq!(grade(Recorded { environment: Some("staging".into()), ..same }), Grade::D);
    }
}
