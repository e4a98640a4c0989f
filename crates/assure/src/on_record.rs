//! Sets what a run sees itself against what is on record.

use coseal_core::{
    catalogue::{CheckEntry, Scope},
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
    judged.grade = best.grade.max(judged.outcome.rests_on.unwrap_or(Grade::A));
    judged.evidence = Some(best.clone());
}

/// Nothing is known here: the newest answer on record stands in, or is stale.
fn recall<'a>(judged: &mut Judged, records: impl Iterator<Item = &'a Recorded>, facts: &Facts) {
    let Some(newest) = records.filter(|record| record.state.is_judged()).max() else { return };
    // A waiver is in force where and as long as it is, not on record.
    let state = if newest.state == State::Waived { State::Fail } else { newest.state };
    let before = Outcome {
        subjects: newest.subjects.keys().cloned().collect(),
        coverage: judged.outcome.coverage.clone(),
        ..Outcome::new(state, &newest.reason)
    }
    .observed(day(newest));
    judged.outcome = if newest.declared != judged.declared {
        let reason = format!(
            "it was {} on {}; what that rests on has changed since",
            newest.state,
            day(newest)
        );
        Outcome { state: State::Stale, reason, ..before }
    } else if judged.entry.max_age_days.is_none() && !is_exact(newest, judged, facts) {
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
