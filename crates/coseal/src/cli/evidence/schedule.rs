//! `coseal evidence schedule`.

use std::{collections::BTreeMap, path::PathBuf};

use coseal_assure::evidence::{Record, Schedule, signed};
use coseal_core::exit::ExitCode;
use coseal_sign::{canonical, sha256, statement::Subject};

use super::of::{Of, failed};
use crate::{
    cli::{complain, output::print},
    clock,
    places::{PlaceError, Places, recording_key},
};

/// Say how often a run is expected, so that a missing or withheld one shows.
///
/// The schedule is signed into the log of the key that records. `coseal evidence verify` and `coseal check` name every longer
/// time without a run. Another schedule takes its place; --every 0 ends it. Both stay in the log.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Longest time between two runs: hours or days, as in 36h or 7d; 0 ends the schedule.
    #[arg(long, value_name = "TIME", value_parser = hours)]
    every: u64,
    /// Environment that the runs are about, as for check --environment.
    #[arg(long, value_name = "NAME")]
    environment: Option<String>,
    #[command(flatten)]
    of: Of,
    /// Key that records [env: COSEAL_KEY].
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    places: Places,
}

fn hours(text: &str) -> Result<u64, String> {
    let wrong = || "write hours or days, as in 36h or 7d".to_owned();
    if text == "0" {
        return Ok(0);
    }
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let number: u64 = number.parse().map_err(|_| wrong())?;
    match (unit, number) {
        ("h", 1..=100_000) => Ok(number),
        ("d", 1..=4_000) => Ok(number * 24),
        _ => Err(wrong()),
    }
}

pub(super) fn run(args: &Args) -> ExitCode {
    match schedule(args) {
        Ok(code) | Err(code) => code,
    }
}

fn schedule(args: &Args) -> Result<ExitCode, ExitCode> {
    let system = args.of.id()?;
    let Some(key) = recording_key(args.key.as_deref()).map_err(failed)? else {
        complain("a schedule is signed: give the key that records by --key FILE or COSEAL_KEY");
        return Err(ExitCode::Usage);
    };
    let folder = args.of.folder();
    let log = args.places.log_to_add_to(&system, folder.as_deref(), &key).map_err(failed)?;
    let schedule = Schedule {
        schema: 1,
        system: system.clone(),
        environment: args.environment.clone(),
        every_hours: args.every,
        received: clock::now(),
    };
    let value = serde_json::to_value(&schedule).unwrap_or_default();
    let digest = sha256(canonical(&value).as_bytes()).hex();
    let subject = Subject {
        name: format!("{system}/schedule"),
        digest: BTreeMap::from([("jcsSha256".to_owned(), digest)]),
    };
    let entry = signed(&Record::Schedule(schedule), vec![subject], &key)
        .map_err(|error| failed(PlaceError::Record(error)))?;
    log.append(&key, &[entry]).map_err(|error| failed(PlaceError::Record(error)))?;
    let line = match args.every {
        0 => format!("{}: no run is expected any more\n", log.origin()),
        hours => format!("{}: a run is expected every {hours} hours\n", log.origin()),
    };
    Ok(print(&line, ExitCode::Clean))
}
