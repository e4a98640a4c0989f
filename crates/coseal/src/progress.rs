//! Progress of long work, on a terminal only, and on standard error.

use std::{
    io::IsTerminal as _,
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is shorter shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two looks of the clock that is shown.
const TICK: Duration = Duration::from_millis(250);

/// Shows what is done once it has gone on for a second.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    hashed: AtomicU64,
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Of a folder that is looked at; shown on a terminal, unless `quiet`.
    #[must_use]
    pub fn new(quiet: bool) -> Self {
        Self::doing(quiet, "looking at the folder")
    }

    /// Of work that a few words describe.
    #[must_use]
    pub fn doing(quiet: bool, what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("  {elapsed} {msg}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        let seen = !quiet && std::io::stderr().is_terminal();
        let shown = seen.then(|| show(bar.clone()));
        Self { bar, hashed: AtomicU64::new(0), shown }
    }

    pub(crate) fn files(&self, count: usize) {
        self.bar.set_message(coseal_core::counted::counted(count, "file"));
    }

    pub(crate) fn step(&self, name: &str, bytes: u64) {
        let hashed = self.hashed.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if self.shown.is_some() && self.bar.elapsed() > PATIENCE {
            let hashed = hashed >> 20;
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

/// Lets the bar be seen after a while, and its clock go on until the work ends.
fn show(bar: ProgressBar) -> (Sender<()>, JoinHandle<()>) {
    let (end, ended) = mpsc::channel();
    let ticking = thread::spawn(move || {
        let mut wait = PATIENCE;
        while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            if wait == PATIENCE {
                bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
            }
            bar.tick();
            wait = TICK;
        }
    });
    (end, ticking)
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, ticking)) = self.shown.take() {
            drop(end);
            drop(ticking.join());
        }
        self.bar.finish_and_clear();
    }
}
