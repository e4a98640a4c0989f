//! `coseal decide exempt`.

use coseal_core::decision::DecisionKind;

use super::{
    command::{Common, Refused},
    draft::{Draft, quoted},
    folder::Folder,
};

const EXAMPLE: &str = "coseal decide exempt restore-drilled --role owner --reason \"the weights are bought anew, not restored\" --for 365d";

/// Put a check out of scope for a while: it does not arise.
///
/// Only the owner and the risk owner may.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The check.
    check: String,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn draft(args: &Args) -> Result<(Folder, Draft, &'static str), Refused> {
    let folder = Folder::open(&args.common.path)?;
    let keys = format!("check = {}\n", quoted(&args.check));
    Ok((folder, Draft { kind: DecisionKind::Exempt, keys, tables: String::new() }, EXAMPLE))
}
