//! `coseal evidence prove`.

use coseal_core::exit::ExitCode;

use super::{
    of::{Of, failed},
    show::find,
};
use crate::{cli::output::print, places::Places};

/// Prove that a record is in its log: prints a C2SP tlog-proof.
///
/// The proof, the record (`coseal evidence show --envelope`) and the public key of the log are all that is needed to check it,
/// by any tool that reads tlog-proofs.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Id of the record, or the first digits of it.
    record: String,
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    places: Places,
}

pub(super) fn run(args: &Args) -> ExitCode {
    match prove(args) {
        Ok(code) | Err(code) => code,
    }
}

fn prove(args: &Args) -> Result<ExitCode, ExitCode> {
    let system = args.of.id()?;
    let store = args.places.store().map_err(failed)?;
    let found = find(&store, &system, &args.record)?;
    let proof = store.prove(&found).map_err(failed)?;
    Ok(print(&proof.to_string(), ExitCode::Clean))
}
