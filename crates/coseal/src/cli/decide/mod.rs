//! `coseal decide`: one file a kind of decision; `command` holds what they share.

mod attest;
mod choose;
mod command;
mod draft;
mod exempt;
mod folder;
mod seal;
mod sign;
mod threat;
mod waive;

pub(super) use command::{Args, run};
pub(super) use folder::create;
