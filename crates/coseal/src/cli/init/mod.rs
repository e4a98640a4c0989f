//! `coseal init`: a system file from what files show.

mod ask;
mod command;
mod diff;
mod file;
mod new;
mod update;

pub(super) use command::{Args, run};
