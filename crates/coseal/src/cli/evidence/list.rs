//! `coseal evidence list`.

use coseal_assure::evidence::Depth;
use coseal_core::{catalogue::catalogue, exit::ExitCode, nearest::nearest};
use jiff::civil::Date;
use serde_json::json;

use super::of::{Of, failed};
use crate::{
    cli::{
        complain,
        output::{DataFormat, print, width},
    },
    clock,
    places::Places,
    render::{scan_text::fitted, style::wrap},
};

/// List the outcomes on record: the newest of each check.
///
/// A line a record: its id, when it was observed, the state, the grade, the environment and the check.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    of: Of,
    /// Only this check.
    #[arg(long, value_name = "ID")]
    check: Option<String>,
    /// At most this many for each check.
    #[arg(long, value_name = "N", default_value_t = 1)]
    last: usize,
    /// Only what was known on this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: DataFormat,
    #[command(flatten)]
    places: Places,
}

pub(super) fn run(args: &Args) -> ExitCode {
    match list(args) {
        Ok(code) | Err(code) => code,
    }
}

fn list(args: &Args) -> Result<ExitCode, ExitCode> {
    if let Some(check) = &args.check {
        known(check)?;
    }
    let system = args.of.id()?;
    let root = args.places.root(&system, args.of.folder().as_deref()).map_err(failed)?;
    let as_of = args.as_of.unwrap_or_else(clock::today);
    let evidence =
        args.places.evidence(&system, root.as_ref(), as_of, Depth::Checkpoint).map_err(failed)?;
    let mut code = ExitCode::Clean;
    for error in evidence.errors() {
        complain(&error.to_string());
        code = ExitCode::Integrity;
    }
    let wanted = |check: &str| args.check.as_ref().is_none_or(|asked| asked == check);
    let records = evidence
        .recorded
        .iter()
        .filter(|(check, _)| wanted(check))
        .flat_map(|(_, records)| records.iter().take(args.last));
    let mut text = String::new();
    let mut data = Vec::new();
    for record in records {
        let id = record.record.to_string();
        let environment = record.environment.as_deref().unwrap_or("-");
        let shown = [
            record.record.short().to_string(),
            record.observed.to_string(),
            format!("{:<14}", record.state.word()),
            record.grade.to_string(),
            environment.to_owned(),
            record.check.clone(),
        ];
        text.push_str(&fitted(&shown.join("  "), width()));
        data.push(json!({
            "record": id, "check": record.check, "state": record.state, "grade": record.grade,
            "observed": record.observed.to_string(), "received": record.received.to_string(),
            "environment": record.environment, "origin": record.origin, "index": record.index,
        }));
    }
    if text.is_empty() {
        let of = args.check.as_ref().map(|check| format!(" of {check}")).unwrap_or_default();
        let line =
            format!("nothing is on record{of} for {system}: coseal check --record adds a run");
        text = wrap(&line, width(), "", "  ");
    }
    let shown = match args.format {
        DataFormat::Text => text,
        DataFormat::Json => {
            format!("{:#}\n", json!({ "schema": 1, "system": system, "records": data }))
        }
    };
    Ok(print(&shown, code))
}

/// Complains of a check that there is not.
fn known(check: &str) -> Result<(), ExitCode> {
    if catalogue().check(check).is_some() {
        return Ok(());
    }
    let near = nearest(check, catalogue().checks().map(|(_, entry)| entry.id.as_str()));
    let hint = near.map(|near| format!("did you mean {near}?"));
    let hint = hint.unwrap_or_else(|| "`coseal explain` lists them all".to_owned());
    complain(&format!("--check: there is no check of that id; {hint}"));
    Err(ExitCode::Usage)
}
