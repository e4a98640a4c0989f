//! What would go stale if something changed, worked out beforehand.
//!
//! There is no table of what depends on what: the facts that derive from a file or an element are really changed, and what
//! each check is bound to is compared with what it is bound to now.

mod answer;
mod bound;
mod change;
mod decided;
mod element;
mod file;
mod named;
mod sample;
mod since;

pub use answer::{Affected, AtRisk, Impact, Thing, Walked, impact};
pub use named::{Unknown, What};
pub use since::{Gone, Moved, since_record};

#[cfg(test)]
mod tests;
