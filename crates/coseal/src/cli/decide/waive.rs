//! `coseal decide waive`.

use std::{collections::BTreeSet, fmt::Write as _};

use coseal_assure::assess;
use coseal_core::{
    catalogue::catalogue,
    decision::{DecisionKind, Risk},
    nearest::nearest,
    outcome::State,
    system::{Resolver, word},
};

use super::{
    command::{Common, Refused, needed},
    draft::{Draft, quoted},
    folder::Folder,
};
use crate::{inspect::inspect, progress::Progress, registry};

const EXAMPLE: &str = "coseal decide waive ai-debt-low --role owner --reason \"the vendor gives no snapshot of it yet\" --control \"the nightly probe would show a change\" --for 90d";

/// Accept for a while that a check fails.
///
/// The findings that the check has now are written into the waiver, and the worst of them: a new one is not waived. Only the owner
/// and the risk owner may, for a year at most, and something else has to stand in meanwhile.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The check.
    check: String,
    /// What is done instead, in plain words: the compensating control.
    #[arg(long, value_name = "TEXT")]
    control: Option<String>,
    /// A check that shows that the compensating control works.
    #[arg(long, value_name = "CHECK")]
    control_check: Option<String>,
    /// The waiver that this one renews.
    #[arg(long, value_name = "FILE")]
    renews: Option<String>,
    /// How bad it is (low, medium, high, critical), if the check fails without findings.
    #[arg(long)]
    severity: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn draft(args: &Args) -> Result<(Folder, Draft, &'static str), Refused> {
    let folder = Folder::open(&args.common.path)?;
    if args.renews.is_none() {
        not_waived_yet(args, &folder)?;
    }
    let control = needed(args.control.as_ref(), "--control", EXAMPLE)?;
    let (severity, covers) = covered(args, &folder)?;
    let mut keys = format!("check = {}\n", quoted(&args.check));
    let _ = writeln!(keys, "severity = {}", quoted(&severity));
    keys.push_str("# These findings and no others.\ncovers = [\n");
    for (rule, path, about) in covers {
        let (rule, path, about) = (quoted(rule), quoted(&path), quoted(&about));
        let _ = writeln!(keys, "  {{ rule = {rule}, path = {path}, about = {about} }},");
    }
    let _ = writeln!(keys, "]\n# What is done instead.\ncontrol = {}", quoted(control));
    if let Some(check) = &args.control_check {
        let _ = writeln!(keys, "control-check = {}", quoted(check));
    }
    if let Some(file) = &args.renews {
        let _ = writeln!(keys, "renews = \"{}\"", folder.digest_of(file)?);
    }
    Ok((folder, Draft { kind: DecisionKind::Waive, keys, tables: String::new() }, EXAMPLE))
}

/// A check that is waived already is waived on by a renewal, which is counted.
fn not_waived_yet(args: &Args, folder: &Folder) -> Result<(), Refused> {
    let made = args.common.made();
    let Some((path, expires)) = folder.waiver_of(&args.check, made) else { return Ok(()) };
    Err(Refused::usage(format!(
        "{path} waives {} until {expires}: add --renews {path}, or remove that file first",
        args.check
    )))
}

type Covered = BTreeSet<(&'static str, String, String)>;

/// What the check finds now, and the worst of it.
fn covered(args: &Args, folder: &Folder) -> Result<(String, Covered), Refused> {
    let progress = Progress::new(false);
    let made = args.common.made();
    let inspected = inspect(&folder.root, made, &Resolver::default(), false, &progress)
        .map_err(|error| Refused::environment(format!("the folder can't be read: {error}")))?;
    drop(progress);
    let assessment = assess(&registry::checks(), &inspected.facts);
    let Some(judged) = assessment.check(&args.check) else {
        let known = catalogue().checks().map(|(_, check)| check.id.as_str());
        let hint = nearest(&args.check, known).map(|near| format!("; did you mean {near}?"));
        let why = "there is no check of that id";
        return Err(Refused::usage(format!("{why}{}", hint.unwrap_or_default())));
    };
    if !matches!(judged.outcome.state, State::Fail | State::Waived) {
        let state = judged.outcome.state;
        let why = format!("{} is {state}: only what fails can be waived", args.check);
        return Err(Refused::usage(why));
    }
    let findings = judged.findings.iter();
    let covers = findings.map(|f| (f.rule, f.location.path.clone(), f.message.clone())).collect();
    let worst = judged.findings.iter().map(|finding| Risk::of(finding.severity)).max();
    let severity = match (worst, &args.severity) {
        (Some(worst), _) => word(&worst),
        (None, Some(severity)) => severity.clone(),
        (None, None) => {
            let why = "the check fails without findings, and --severity is missing";
            return Err(Refused::usage(format!("{why}; for example: {EXAMPLE} --severity low")));
        }
    };
    Ok((severity, covers))
}
