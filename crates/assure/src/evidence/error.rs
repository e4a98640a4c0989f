//! What can go wrong with the evidence store, by whose fault it is.

use std::io;

use coseal_core::tree::ReadError;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A log is not intact: something in it was changed, removed or made up.
    #[error("the log {origin} is not intact: {why}")]
    Broken {
        /// Its origin.
        origin: String,
        /// What is wrong, and where.
        why: String,
    },
    /// The key given is not the one that writes this log.
    #[error("the log {origin} is written by another key")]
    OtherKey {
        /// Its origin.
        origin: String,
    },
    /// More of something than may be.
    #[error("more than {limit} {what}")]
    TooMany {
        /// What is counted.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A record can't be written.
    #[error("a record can't be written: {0}")]
    Record(String),
    /// A record is larger than an entry of a log may be.
    #[error("a record is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// A part of the store, or of what is remembered of it, can't be read.
    #[error("{what} can't be read: {why}")]
    Unreadable {
        /// What.
        what: &'static str,
        /// Why.
        why: String,
    },
    /// A place that logs are pushed to or pulled from failed.
    #[error("{0}")]
    Remote(String),
    /// Others are writing, and have been for long.
    #[error("another process has the log locked, for more than {seconds} seconds")]
    Busy {
        /// How long it was waited for, in seconds.
        seconds: u64,
    },
    /// A log changed while it was being changed.
    #[error("the log {origin} has grown in the meantime: try again")]
    Moved {
        /// Its origin.
        origin: String,
    },
    /// Something in the store is not what this program put there.
    #[error("{name} is a link, or not what belongs there")]
    Foreign {
        /// Its name in the store.
        name: String,
    },
    /// A log can't be locked.
    #[error("the lock can't be used: {0}")]
    Lock(String),
    /// What is no id of a system names no log.
    #[error("that is no id of a system: lower-case letters, digits, `-` and `_`, 64 at most")]
    NoSystem,
    /// The operating system refused.
    #[error("the evidence store can't be used ({0})")]
    Io(io::ErrorKind),
}

impl StoreError {
    #[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
    pub(crate) fn io(error: io::Error) -> Self {
        Self::Io(error.kind())
    }

    /// Whether other logs are not touched by it.
    #[must_use]
    pub(crate) const fn is_of_one_log(&self) -> bool {
        matches!(self, Self::Broken { .. } | Self::TooMany { .. } | Self::Moved { .. })
    }

    /// A part that can't be read.
    pub fn unreadable(what: &'static str) -> impl Fn(ReadError) -> Self {
        move |error| Self::Unreadable { what, why: error.to_string() }
    }

    /// Whether this means that evidence was tampered with or damaged.
    #[must_use]
    pub const fn is_integrity(&self) -> bool {
        matches!(self, Self::Broken { .. })
    }
}
