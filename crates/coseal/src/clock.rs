//! The only place that reads the clock.

use jiff::{Zoned, civil::Date};

/// Today, in the time zone of this machine.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn today() -> Date {
    Zoned::now().date()
}
