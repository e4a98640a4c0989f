//! Files that stand for bytes kept elsewhere: pointers of DVC and Git LFS. They name size and digest of what is not here.

mod dvc;
mod found;
mod lfs;
mod role;

pub use dvc::{Out, lock, outs, remotes, stages};
pub use found::{found, searched};
pub use lfs::{Pointer, pointer};
