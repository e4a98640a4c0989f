//! The command line: one file a command.

mod assets;
mod check;
mod completions;
mod convert;
mod decide;
mod evidence;
mod explain;
pub(crate) mod guide;
mod impact;
mod init;
mod judging;
mod man;
mod output;
mod report;
mod root;
mod scan;
mod threats;
mod watch;

pub(crate) use root::has;
pub use root::{Cli, command, complain, run};
pub(crate) use scan::Scanned;
