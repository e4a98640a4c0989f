//! The evidence store: signed records in transparency logs, one log for each writer.
//!
//! A record is an in-toto statement in a DSSE envelope, and one entry of a log; its id is the hash of that entry. A log is
//! a C2SP tlog-tiles log: whoever holds its checkpoint can check every record that it covers. Nothing is ever
//! changed or removed, so copies merge by taking the longer one.

mod content;
pub mod disk;
mod error;
mod expected;
mod judge;
mod log_folder;
mod origin;
mod record;
mod recorder;
pub mod remote;
mod store;
mod sync;

pub use content::{Content, Depth, Entry, Outcome};
pub use error::StoreError;
pub use expected::Missing;
pub use judge::{Evidence, JudgedLog, Question};
pub use log_folder::{Head, LogFolder};
pub use origin::Origin;
pub use record::{
    Decided, KeyRecord, Listed, OutcomeRecord, Period, Record, Run, Schedule, record_id,
};
pub use recorder::{Recording, signed};
pub use remote::{Change, Remote, RemoteError, Swap};
pub use store::{Found, Store};
pub use sync::{Synced, Witnesses, pull, push};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_hardening;
