//! The only place that reads the clock.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Today, in UTC, as records have their days: what is recorded now counts today, and two machines that look at one store at
/// one time see the same, wherever they are.
pub(crate) fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}

/// Now, in whole seconds.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
