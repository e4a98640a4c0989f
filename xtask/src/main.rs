//! `cargo xtask COMMAND`: what the project does to itself.
//!
//! - `generate [--check]` writes the schemas and the pages of the book, or fails when one is stale or stray
//! - `layers` fails when a crate depends on one that it may not depend on
//! - `fuzz [--seconds N] [TARGET…]` builds the fuzz targets and runs each
//! - `bench [evidence|discovery|scan]` prints the ratios that the project promises

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for developers")]

mod bench;
mod bench_discovery;
mod bench_evidence;
mod bench_pickles;
mod bench_scan;
mod chapters;
mod fuzz;
mod generate;
mod layers;
mod system_file;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["generate"] => generate::run(false),
        ["generate", "--check"] => generate::run(true),
        ["layers"] => layers::run(),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["bench", rest @ ..] => bench::run(rest),
        _ => Err(
            "usage: cargo xtask generate [--check] | layers | fuzz [--seconds N] [TARGET…] | bench [evidence|discovery|scan]"
                .to_owned(),
        ),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
