//! `coseal evidence show`.

use coseal_assure::evidence::{Found, Store};
use coseal_core::exit::ExitCode;
use coseal_sign::dsse::Envelope;
use serde_json::Value;

use super::of::{Of, failed};
use crate::{
    cli::{complain, output::print},
    places::Places,
};

/// Show a record: the in-toto statement in it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Id of the record, or the first digits of it.
    record: String,
    #[command(flatten)]
    of: Of,
    /// Print the signed DSSE envelope, byte for byte.
    #[arg(long)]
    envelope: bool,
    #[command(flatten)]
    places: Places,
}

pub(super) fn run(args: &Args) -> ExitCode {
    match show(args) {
        Ok(code) | Err(code) => code,
    }
}

fn show(args: &Args) -> Result<ExitCode, ExitCode> {
    let system = args.of.id()?;
    let store = args.places.store().map_err(failed)?;
    let found = find(&store, &system, &args.record)?;
    let bytes = store.bytes(&found).map_err(failed)?;
    if args.envelope {
        return Ok(print(&String::from_utf8_lossy(&bytes), ExitCode::Clean));
    }
    let statement: Value = Envelope::parse(&bytes)
        .ok()
        .and_then(|envelope| serde_json::from_slice(envelope.payload()).ok())
        .unwrap_or_default();
    Ok(print(&format!("{statement:#}\n"), ExitCode::Clean))
}

/// The one record whose id begins so.
pub(super) fn find(store: &Store, system: &str, id: &str) -> Result<Found, ExitCode> {
    let hex = id.strip_prefix("sha256:").unwrap_or(id);
    if hex.len() < 4 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        complain(
            "a record is named by its id, or by at least the first four digits of it: coseal evidence list",
        );
        return Err(ExitCode::Usage);
    }
    let mut found = store.find(system, id).map_err(failed)?;
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => {
            complain("more than one record begins with these digits: give more of them");
            Err(ExitCode::Usage)
        }
        (None, _) => {
            complain(&format!("no such record is in the store for {system}: coseal evidence list"));
            Err(ExitCode::Usage)
        }
    }
}
