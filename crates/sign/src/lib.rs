//! The leaf that everything signed or bound rests on: the canonical form of data, and digests over it.

mod canonical;
mod digest;
pub mod ssh;

pub use canonical::canonical;
pub use digest::{binding, sha256};
