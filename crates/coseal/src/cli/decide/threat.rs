//! `coseal decide threat`.

use std::fmt::Write as _;

use coseal_core::decision::DecisionKind;

use super::{
    command::{Common, Refused},
    draft::{Draft, list, quoted},
    folder::Folder,
};

const EXAMPLE: &str = "coseal decide threat prompt-leaks --accept --severity low --role risk-owner --reason \"the prompt holds nothing that is not public\" --for 180d";

/// Say what is done about a threat.
///
/// Only the risk owner may accept a risk or hand it to somebody else, and only until a day.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("disposition").args(["mitigate", "accept", "transfer", "avoid"]))]
pub(super) struct Args {
    /// The threat, by its id.
    threat: String,
    /// Controls stand against it: name their checks with --control.
    #[arg(long)]
    mitigate: bool,
    /// Check of a control that stands against it. More than once.
    #[arg(long, value_name = "CHECK", requires = "mitigate")]
    control: Vec<String>,
    /// The risk is carried, until a day: say how bad it is with --severity.
    #[arg(long)]
    accept: bool,
    /// How bad it is: low, medium, high, critical.
    #[arg(long, requires = "accept")]
    severity: Option<String>,
    /// Somebody else carries the risk, until a day: an organisation or a role.
    #[arg(long, value_name = "WHOM")]
    transfer: Option<String>,
    /// What made it possible is gone: what was taken away.
    #[arg(long, value_name = "HOW")]
    avoid: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn draft(args: &Args) -> Result<(Folder, Draft, &'static str), Refused> {
    let folder = Folder::open(&args.common.path)?;
    let mut keys = format!("threat = {}\n", quoted(&args.threat));
    let own = if args.mitigate {
        format!("disposition = \"mitigated\"\ncontrols = {}", list(&args.control))
    } else if args.accept {
        let severity = args.severity.as_deref().map(quoted).map(|s| format!("\nseverity = {s}"));
        format!("disposition = \"accepted\"{}", severity.unwrap_or_default())
    } else if let Some(to) = &args.transfer {
        format!("disposition = \"transferred\"\nto = {}", quoted(to))
    } else if let Some(how) = &args.avoid {
        format!("disposition = \"avoided\"\nhow = {}", quoted(how))
    } else {
        let why = "one of --mitigate, --accept, --transfer and --avoid is missing";
        return Err(Refused::usage(format!("{why}; for example: {EXAMPLE}")));
    };
    let _ = writeln!(keys, "{own}");
    Ok((folder, Draft { kind: DecisionKind::Threat, keys, tables: String::new() }, EXAMPLE))
}
