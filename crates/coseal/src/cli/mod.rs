//! The command line: one file a command.

mod assets;
mod check;
mod completions;
mod decide;
mod evidence;
mod explain;
mod impact;
mod init;
mod output;
mod root;
mod scan;
mod watch;

pub use root::{Cli, complain, run};
pub(crate) use scan::Scanned;
