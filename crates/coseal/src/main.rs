//! `coseal`: see `coseal --help`.

use std::{panic, process::ExitCode};

fn main() -> ExitCode {
    // A panic is a bug of ours: it says so, without the text that it was looking at, and ends with 70.
    panic::set_hook(Box::new(|info| {
        let at =
            info.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        coseal::cli::complain(&format!("a bug of ours{at}; please report it"));
    }));
    let code = panic::catch_unwind(coseal::cli::run).unwrap_or(coseal_core::exit::ExitCode::Bug);
    ExitCode::from(code.code())
}
