//! `coseal decide threat`.

use coseal_core::{decision::DecisionKind, digest::Digest, nearest::nearest};
use coseal_design::threat::ThreatModel;

use super::{
    command::{Common, Refused},
    draft::{Draft, list, quoted},
    folder::Folder,
};

const EXAMPLE: &str = "coseal decide threat instructions-drawn-out:prompt.answer --accept --severity low --role risk-owner --reason \"the prompt holds nothing that is not public\" --for 180d";

/// Say what is done about a threat.
///
/// The decision is about the threat as the system file makes it possible today: once the facts of its path change, it is open again.
///
/// Only the risk owner may accept a risk or hand it to somebody else, and only until a day.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("disposition").args(["mitigate", "accept", "transfer", "avoid"]))]
pub(super) struct Args {
    /// The threat, by its id, as `coseal threats` lists it.
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
    let witness = witness(&folder, &args.threat)?;
    let keys = format!("threat = {}\nwitness = \"{witness}\"\n{own}\n", quoted(&args.threat));
    Ok((folder, Draft { kind: DecisionKind::Threat, keys, tables: String::new() }, EXAMPLE))
}

/// Digest of the facts that make a threat possible.
fn witness(folder: &Folder, id: &str) -> Result<Digest, Refused> {
    let model = ThreatModel::of(&folder.system);
    if let Some(threat) = model.threats.iter().find(|threat| threat.id == id) {
        return Ok(threat.digest);
    }
    let known = model.threats.iter().map(|threat| threat.id.as_str());
    let hint = nearest(id, known).map_or_else(
        || "coseal threats lists those that there are".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    Err(Refused::usage(format!("the system file gives rise to no threat of that id; {hint}")))
}
