//! Packages that manifests name, and the versions that lock files fix.
//!
//! A manifest is read as text or data, never run. What can't be told without running it, such as a list of packages
//! that `setup.py` works out, is not named.

mod cargo;
mod conda;
mod form;
mod found;
mod gems;
mod go;
mod indented;
mod jvm;
mod known;
mod lock;
mod named;
mod node;
mod pipfile;
mod pyproject;
mod requirement;
mod requirements;
mod setup;
mod table;

pub use form::{Form, LockForm};
pub use found::{found, searched};
pub(crate) use indented::{Line, lines};
pub use known::{Known, What, known};
pub use lock::Lock;
pub use named::{Named, Package};
