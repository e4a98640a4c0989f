//! The only place that reads the clock.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Today, in UTC: records are dated in it, and a verdict must not depend on where it is read.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Now, in whole seconds.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
