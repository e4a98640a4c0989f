//! Decisions by people: gathered from `decisions/`, and whether each counts.

mod gather;
pub(crate) mod in_force;
mod refusal;
mod renewal;
mod standing;
mod statement;
mod threat;

pub use gather::{Gathered, Identify, SIGNATURE_ENDING, gather, no_trust_root};
pub use refusal::{
    BROKEN, EXPIRED, NOT_YET, OTHER_SYSTEM, REVOKED, ROLE_NOT_HELD, ROLE_WRONG, STALE, STRANGER,
    UNREADABLE, UNSIGNED,
};
pub(crate) use refusal::{note, sentence};
pub(crate) use renewal::{renewals, renewed};
pub use standing::{Refusal, Standing, roles_that_may, standing};
pub(crate) use statement::{Stated, stated};
pub use threat::{Answer, Answered, answered};
