//! Skeleton.
use coseal_core::finding::Rule;
use super::super::format::{Format, Input, Look};
use super::super::report::Report;

/// The findings it can make.
pub(crate) const RULES: &[Rule] = &[];

/// Reads nothing yet.
pub(crate) struct Pickle;

impl Format for Pickle {
    fn id(&self, _: &Look<'_>) -> &'static str { "pickle" }
    fn recognises(&self, _: &Look<'_>) -> bool { false }
    fn inspect(&self, _: Input<'_>, _: &mut Report) {}
    fn rules(&self) -> &'static [Rule] { RULES }
}
