//! One parser for each format, and the list of them.

mod format;
mod inspect;
mod registry;
mod report;

pub use format::{Format, Input, Look};
pub use inspect::{inspect, inspect_anyway, sniff_len};
pub use registry::{FORMATS, RULES};
pub use report::Report;
