//! What can go wrong with the evidence store, by whose fault it is.

use std::io;

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
    /// More entries at once than may be.
    #[error("more than {limit} entries at once")]
    TooMany {
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
    /// What is remembered of logs can't be read.
    #[error("the checkpoints seen before can't be read: {0}")]
    Seen(String),
    /// A place that logs are pushed to or pulled from failed.
    #[error("{0}")]
    Remote(String),
    /// The operating system refused.
    #[error("the evidence store can't be used ({0})")]
    Io(io::ErrorKind),
}

impl StoreError {
    #[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
    pub(crate) fn io(error: io::Error) -> Self {
        Self::Io(error.kind())
    }

    /// Whether this means that evidence was tampered with or damaged.
    #[must_use]
    pub const fn is_integrity(&self) -> bool {
        matches!(self, Self::Broken { .. })
    }
}
