//! The only place that reads the clock.

use jiff::{Timestamp, Zoned, civil::Date};

/// Today, in the time zone of this machine.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn today() -> Date {
    Zoned::now().date()
}

/// Now, in whole seconds.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
