//! The report for risk owners: one content, four forms.

pub mod json;
pub(super) mod junit;
mod markdown;
mod page;
mod shelves;
mod shown;

pub(crate) use junit::render as junit;
pub(crate) use markdown::render as markdown;
pub(crate) use page::render as page;
pub(crate) use shown::About;
