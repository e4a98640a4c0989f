//! One value, many renderers.

pub mod assets_json;
pub(crate) mod assets_text;
pub(crate) mod convert_text;
pub mod impact_json;
pub(crate) mod impact_text;
pub mod init_json;
pub(crate) mod init_text;
pub mod json;
mod next_steps;
pub(crate) mod problems;
pub mod report;
pub(crate) mod sarif;
mod scan_allow;
pub(crate) mod scan_cyclonedx;
mod scan_explain;
pub(crate) mod scan_guard;
pub(crate) mod scan_junit;
pub(crate) mod scan_text;
mod scan_words;
pub(crate) mod style;
pub(crate) mod text;
pub mod threats_json;
pub(crate) mod threats_text;
