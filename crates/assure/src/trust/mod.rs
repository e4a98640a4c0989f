//! Whose word counts: the trust root, the keys that follow from it, and what was seen of each log before.
//!
//! A trust root always comes from outside the folder that is judged: whoever can change what is judged must not
//! be able to change who judges.

mod event;
mod keyring;
mod root;
mod seen;

pub use event::{Event, EventKind, NAMESPACE as KEY_NAMESPACE};
pub use keyring::{Carried, Keyring, Position};
pub use root::{Root, RootError, RootKey};
pub use seen::Seen;
