//! One parser for each format, and the list of them.

mod archive;
mod budget;
mod format;
pub(crate) mod growth;
mod hidden;
mod ids;
mod inspect;
mod messages;
mod misnamed;
mod names;
mod nested;
mod own_policy;
mod registry;
mod report;
mod requirements;
mod room;
pub(crate) mod stop;
mod tags;

pub use budget::Budget;
pub use format::{Format, Input, Look};
pub use ids::FORMAT_IDS;
pub use inspect::{
    Called, inspect, inspect_anyway, inspect_anyway_in, inspect_anyway_under, inspect_in,
    inspect_under, sniff_len,
};
pub use registry::{FORMATS, RULES};
pub(crate) use registry::{
    numpy::header as npy_header,
    pickle::{is_legacy_torch, opcode},
};
pub use report::Report;
