//! Progress of long work, on a terminal only, and on standard error.

use std::{cell::Cell, io::IsTerminal as _, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows what is looked at once work has gone on for a second.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    hashed: Cell<u64>,
}

impl Progress {
    /// Shown on a terminal, unless `quiet`.
    #[must_use]
    pub fn new(quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        let target = if shown {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("  {elapsed} {msg}") {
            bar.set_style(style);
        }
        Self { bar, hashed: Cell::new(0) }
    }

    pub(crate) fn files(&self, count: usize) {
        self.bar.set_message(format!("{count} files"));
    }

    pub(crate) fn step(&self, name: &str, bytes: u64) {
        self.hashed.set(self.hashed.get() + bytes);
        if self.bar.elapsed() > Duration::from_secs(1) {
            let hashed = self.hashed.get() >> 20;
            let name: String =
                name.chars().rev().take(48).collect::<Vec<_>>().into_iter().rev().collect();
            self.bar.set_message(if hashed > 0 {
                format!("{name}  {hashed} MB hashed")
            } else {
                name
            });
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
