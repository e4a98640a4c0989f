//! The command line: one file a command.

mod check;
mod completions;
mod decide;
mod evidence;
mod explain;
mod impact;
mod judging;
mod output;
mod report;
mod root;
mod scan;

pub use root::{Cli, complain, run};
pub(crate) use scan::Scanned;
