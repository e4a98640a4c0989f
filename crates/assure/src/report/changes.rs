//! What has changed since the last report; where there is none, since what is on record.

use std::collections::BTreeMap;

use coseal_core::{catalogue::catalogue, digest::Digest, fact::Facts, outcome::State};
use jiff::{civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    answer::MayRun,
    state::{DecidedState, ReportState},
};
use crate::{Assessment, on_record::records_here};

/// What has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Changes {
    /// Compared with what.
    pub since: Since,
    /// The answer then, where it was another.
    pub answer_was: Option<MayRun>,
    /// Checks that got worse, in the order of the catalogue.
    pub worse: Vec<Change>,
    /// Checks that got better.
    pub better: Vec<Change>,
    /// Checks that are neither better nor worse, and no longer the same.
    pub other: Vec<Change>,
    /// Checks that the earlier report did not know.
    pub new: Vec<Change>,
    /// What waivers and the like are about that came into force.
    pub accepted: Vec<String>,
    /// What waivers and the like are about that no longer are in force.
    pub ended: Vec<String>,
}

/// What a report is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Since {
    /// Nothing: it is the first.
    #[default]
    First,
    /// An earlier report.
    Report {
        /// The day it is about.
        #[schemars(with = "String")]
        as_of: Date,
        /// The digest of its state.
        digest: Digest,
    },
    /// The newest outcomes on record.
    Record {
        /// The newest day of them.
        #[schemars(with = "String")]
        day: Date,
        /// How many checks have one.
        checks: usize,
    },
}

/// One check that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// Its id.
    pub check: String,
    /// What it asks, in the words of the catalogue.
    pub question: &'static str,
    /// Its state then.
    pub was: Option<State>,
    /// Its state now.
    pub now: State,
}

impl Changes {
    /// Whether nothing has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answer_was.is_none()
            && [&self.worse, &self.better, &self.other, &self.new]
                .iter()
                .all(|list| list.is_empty())
            && self.accepted.is_empty()
            && self.ended.is_empty()
    }
}

pub(super) fn changes(
    assessment: &Assessment,
    facts: &Facts,
    now: &ReportState,
    earlier: Option<&ReportState>,
) -> Changes {
    match earlier {
        Some(earlier) => since_report(assessment, now, earlier),
        None => since_record(assessment, facts),
    }
}

fn since_report(assessment: &Assessment, now: &ReportState, earlier: &ReportState) -> Changes {
    let was = |id: &str| earlier.checks.get(id).map(|check| check.state);
    let mut changes = compared(assessment, &was, true);
    changes.since = Since::Report { as_of: earlier.as_of, digest: earlier.digest() };
    changes.answer_was = Some(earlier.answer).filter(|answer| *answer != now.answer);
    changes.accepted = only_in(&now.decisions, &earlier.decisions);
    changes.ended = only_in(&earlier.decisions, &now.decisions);
    changes
}

/// Ids that coseal knows: of an earlier report nothing else is shown.
fn only_in(
    these: &BTreeMap<Digest, DecidedState>,
    those: &BTreeMap<Digest, DecidedState>,
) -> Vec<String> {
    let only = these.iter().filter(|(digest, _)| !those.contains_key(*digest));
    let mut about: Vec<_> = only.map(|(_, decided)| said(&decided.about)).collect();
    about.sort();
    about.dedup();
    about
}

fn said(about: &str) -> String {
    catalogue()
        .check(about)
        .map_or_else(|| "a threat".to_owned(), |(_, entry)| entry.question.clone())
}

fn since_record(assessment: &Assessment, facts: &Facts) -> Changes {
    let mut newest = BTreeMap::new();
    for judged in &assessment.checks {
        let records = records_here(judged.entry, facts);
        if let Some(record) = records.max_by_key(|record| (record.received, *record)) {
            newest.insert(judged.entry.id.as_str(), record);
        }
    }
    let Some(day) = newest.values().map(|record| record.received).max() else {
        return Changes::default();
    };
    let was = |id: &str| newest.get(id).map(|record| record.state);
    let day = day.to_zoned(TimeZone::UTC).date();
    Changes {
        since: Since::Record { day, checks: newest.len() },
        ..compared(assessment, &was, false)
    }
}

fn compared(
    assessment: &Assessment,
    was: &dyn Fn(&str) -> Option<State>,
    with_new: bool,
) -> Changes {
    let mut changes = Changes::default();
    for judged in &assessment.checks {
        let (id, now) = (&judged.entry.id, judged.outcome.state);
        let change = |was| Change { check: id.clone(), question: &judged.entry.question, was, now };
        match was(id) {
            None if with_new => changes.new.push(change(None)),
            None => {}
            Some(was) if was == now => {}
            Some(was) if rank(now) > rank(was) => changes.worse.push(change(Some(was))),
            // What is no longer known has not become better.
            Some(was) if rank(now) < rank(was) && now.is_judged() => {
                changes.better.push(change(Some(was)));
            }
            Some(was) => changes.other.push(change(Some(was))),
        }
    }
    changes
}

/// Worst last.
const fn rank(state: State) -> u8 {
    match state {
        State::Pass | State::NotApplicable => 0,
        State::Partial | State::Waived => 1,
        State::Stale | State::Unknown => 2,
        State::Fail => 3,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{
        digest::Digest,
        fact::{Facts, Recorded},
        grade::Grade,
        outcome::State,
    };
    use jiff::civil::date;

    use super::{Changes, Since};
    use crate::{
        assess,
        checks::CHECKS,
        report::{DecidedState, MayRun, ReportState, Sources, write},
    };

    fn facts() -> Facts {
        Facts::none(date(2026, 11, 21))
    }

    fn report(facts: &Facts, earlier: Option<&ReportState>) -> (Changes, ReportState) {
        let assessment = assess(CHECKS, facts);
        let report = write(&Sources { facts, assessment: &assessment, earlier, intact: true });
        (report.changes, report.state)
    }

    #[test]
    fn the_first_report_says_so_and_the_second_finds_nothing_new() {
        let (first, state) = report(&facts(), None);
        assert_eq!(first, Changes::default());
        let (second, _) = report(&facts(), Some(&state));
        assert!(second.is_empty(), "{second:?}");
        assert!(matches!(second.since, Since::Report { .. }));
    }

    #[test]
    fn what_got_worse_or_better_or_is_new() {
        let (_, mut earlier) = report(&facts(), None);
        let now = assess(CHECKS, &facts());
        let state = |id: &str| now.check(id).unwrap().outcome.state;
        assert_eq!(state("quotas-enforced"), State::Unknown);
        for (id, was) in [
            ("quotas-enforced", State::Pass),
            ("restore-drilled", State::Fail),
            ("requests-traced", State::Stale),
        ] {
            earlier.checks.get_mut(id).unwrap().state = was;
        }
        earlier.checks.remove("inputs-screened");
        earlier.answer = MayRun::Yes;
        let decided = |about: &str| DecidedState { about: about.into(), expires: None };
        earlier.decisions = BTreeMap::from([
            (Digest::new([7; 32]), decided("quotas-enforced")),
            (Digest::new([8; 32]), decided("<script>")),
        ]);
        let (changes, _) = report(&facts(), Some(&earlier));
        let ids = |list: &[super::Change]| {
            list.iter().map(|change| change.check.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ids(&changes.worse), "quotas-enforced");
        assert_eq!(ids(&changes.better), "");
        assert_eq!(ids(&changes.other), "restore-drilled requests-traced");
        assert_eq!(ids(&changes.new), "inputs-screened");
        assert_eq!(changes.answer_was, Some(MayRun::Yes));
        assert_eq!(
            changes.ended,
            ["a threat", "burst beyond quota is limited, cost ceiling stops"]
        );
    }

    #[test]
    fn without_an_earlier_report_the_record_is_the_past() {
        let mut facts = facts();
        let at = "2026-11-19T12:00:00Z".parse().unwrap();
        facts.recorded.insert(
            "waivers-in-date".into(),
            vec![Recorded {
                observed: at,
                received: at,
                record: Digest::new([1; 32]),
                origin: "x/0".into(),
                index: 0,
                check: "waivers-in-date".into(),
                state: State::Fail,
                reason: String::new(),
                subjects: BTreeMap::new(),
                binding: Digest::new([9; 32]),
                declared: Digest::new([9; 32]),
                environment: None,
                grade: Grade::A,
            }],
        );
        let (changes, _) = report(&facts, None);
        assert_eq!(changes.since, Since::Record { day: date(2026, 11, 19), checks: 1 });
        assert_eq!(changes.other.len(), 1, "{changes:?}");
    }
}
