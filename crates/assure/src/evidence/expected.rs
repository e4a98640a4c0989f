//! Runs that a signed schedule expects, and that are not there.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    content::Content,
    record::{Record, Schedule},
};

/// A time in which a run was expected and none came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The environment.
    pub environment: Option<String>,
    /// When the last run before it was recorded, or the schedule set.
    pub after: Timestamp,
    /// When the next one was recorded, or the end of the day that is asked about.
    pub before: Timestamp,
    /// How many hours there may be between two runs.
    pub every_hours: u64,
}

/// The times between runs that were longer than the schedule in force allows.
pub(super) fn missing(content: &Content, as_of: Date) -> Vec<Missing> {
    let Some(end) = end_of(as_of) else { return Vec::new() };
    let mut in_force: BTreeMap<Option<&str>, (&Schedule, Timestamp)> = BTreeMap::new();
    let mut out = Vec::new();
    let mut check = |schedule: &Schedule, after: Timestamp, before: Timestamp| {
        let hours = (before.as_second() - after.as_second()) / 3600;
        if schedule.every_hours > 0 && hours >= 0 && hours.unsigned_abs() > schedule.every_hours {
            out.push(Missing {
                environment: schedule.environment.clone(),
                after,
                before,
                every_hours: schedule.every_hours,
            });
        }
    };
    let runs = content.runs.iter().map(|run| (run.index, Record::Run(run.what.clone())));
    let schedules = content.schedules.iter().map(|s| (s.index, Record::Schedule(s.what.clone())));
    let mut all: Vec<_> = runs.chain(schedules).collect();
    all.sort_by_key(|(index, _)| *index);
    for (_, record) in &all {
        let Some(received) = record.received().filter(|received| *received <= end) else {
            continue;
        };
        match record {
            Record::Run(run) => {
                if let Some((schedule, last)) = in_force.get_mut(&run.environment.as_deref()) {
                    check(schedule, *last, received);
                    *last = received;
                }
            }
            Record::Schedule(schedule) => {
                let environment = schedule.environment.as_deref();
                if let Some((before, last)) = in_force.get(&environment) {
                    check(before, *last, received);
                }
                in_force.insert(environment, (schedule, received));
            }
            _ => {}
        }
    }
    for (schedule, last) in in_force.into_values() {
        check(schedule, last, end);
    }
    out
}

/// The day of a time, in UTC.
pub(super) fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

fn end_of(day: Date) -> Option<Timestamp> {
    let next = day.tomorrow().ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
