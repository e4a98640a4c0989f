//! The 17 guidelines and the checks under each, as data: one file per guideline in `catalogue/`.

mod entry;
mod load;

pub use entry::{CheckEntry, EvidenceKind, Guideline, Level, Scope, Stage};
pub use load::{Catalogue, catalogue};
