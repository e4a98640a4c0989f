//! The leaf that everything signed, bound or logged rests on: the canonical form of data and digests over it, keys,
//! envelopes and statements, notes, and the Merkle trees of transparency logs. It reads no file and knows no policy.

mod base64;
mod canonical;
pub mod checkpoint;
mod decimal;
mod digest;
pub mod dsse;
mod json;
pub mod key;
pub mod note;
pub mod proof;
pub mod ssh;
pub mod statement;
pub mod tlog;
mod verifier_key;

pub use canonical::canonical;
pub use digest::{binding, sha256};
