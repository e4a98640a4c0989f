//! One parser for each format, and the list of them.

mod archive;
mod budget;
mod format;
mod inspect;
mod misnamed;
mod nested;
mod registry;
mod report;

pub use budget::Budget;
pub use format::{Format, Input, Look};
pub use inspect::{inspect, inspect_anyway, inspect_anyway_in, inspect_in, sniff_len};
pub use registry::{FORMATS, RULES};
pub use report::Report;
