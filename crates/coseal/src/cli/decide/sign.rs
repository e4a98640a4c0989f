//! `coseal decide sign`.

use std::{
    ffi::OsString,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use coseal_assure::decision::SIGNATURE_ENDING;
use coseal_core::{
    decision::{FOLDER, MAX_DECISION, read},
    tree::read_bytes,
};

use super::{
    command::Refused,
    folder::{create, failed},
    seal,
};

/// Sign a decision that is written already.
///
/// FILE is a decision under decisions/; the signature is written beside it. What has errors is not signed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The decision.
    file: PathBuf,
    /// Key to sign with: a private key, or the .pub of one that the ssh agent holds. Left out: $COSEAL_KEY.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<String, Refused> {
    let within = args.file.parent().and_then(Path::file_name).is_some_and(|name| name == FOLDER);
    if !within || args.file.extension().is_none_or(|ending| ending != "toml") {
        return Err(Refused::usage(
            "FILE is not a decision; for example: coseal decide sign decisions/2026-11-22-exempt-restore-drilled.toml --key ~/.ssh/id_ed25519",
        ));
    }
    let bytes = read_bytes(&args.file, MAX_DECISION)
        .map_err(|error| Refused::environment(format!("the decision can't be read: {error}")))?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Refused::usage("the decision can't be read: it is not UTF-8 text"))?;
    let problems = read(text).problems;
    if !problems.is_empty() {
        let lines = problems.iter().map(|problem| {
            format!("\n  line {}: {}\n    help: {}", problem.line, problem.message, problem.hint)
        });
        let count = problems.len();
        let plural = if count == 1 { "error" } else { "errors" };
        let lines: String = lines.collect();
        return Err(Refused::usage(format!("the decision has {count} {plural}:{lines}")));
    }
    let Some(signature) = seal::signature(args.key.as_deref(), &bytes)? else {
        return Err(Refused::usage(
            "--key is missing; for example: --key ~/.ssh/id_ed25519 (or its .pub, held by the ssh agent)",
        ));
    };
    let mut beside = OsString::from(&args.file);
    beside.push(SIGNATURE_ENDING);
    create(Path::new(&beside), &signature.armoured).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Refused::usage(
            "it is signed already; remove the signature first, if it is to be another one",
        ),
        _ => failed(&error),
    })?;
    Ok(format!("signed with {}\n", signature.fingerprint))
}
