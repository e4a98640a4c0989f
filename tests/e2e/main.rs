//! End-to-end tests: the real binary, real folders, the output that people see.
#![expect(clippy::disallowed_methods, reason = "tests read what they wrote, and run the binary")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that fails panics"
)]

mod assets;
mod bombs;
mod book;
mod broken;
mod chapters;
mod decide;
mod evidence;
mod examples;
mod exports;
mod formats;
mod harness;
mod hostile;
mod house;
mod impact;
mod init;
mod keys;
mod model_files;
mod properties;
mod report;
mod sources;
mod terminal;
mod threats;
mod weaknesses;
