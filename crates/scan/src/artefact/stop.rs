//! Why reading a file ends early, for rooms that read one from front to back.

use coseal_core::{fact::ArtefactVerdict, finding::Rule};

use super::report::Report;

/// What ended it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The file breaks a rule of its format at this byte.
    Broken(u64, String),
    /// A limit of ours.
    Limit(&'static str),
    /// A read failed at this byte.
    Unreadable(u64),
}

/// A step of reading.
pub(crate) type Step<T = ()> = Result<T, Stop>;

/// The file breaks a rule.
pub(crate) fn broken<T>(at: u64, what: impl Into<String>) -> Step<T> {
    Err(Stop::Broken(at, what.into()))
}

/// Says how reading ended: what is broken by `rule`.
pub(crate) fn settle(step: Step, rule: &Rule, report: &mut Report) {
    match step {
        Ok(()) => {}
        Err(Stop::Broken(at, what)) => report.find(rule, ArtefactVerdict::Malformed, at, &what),
        Err(Stop::Limit(what)) => report.gap("the rest of the file", what),
        Err(Stop::Unreadable(at)) => report.unreadable(at),
    }
}
