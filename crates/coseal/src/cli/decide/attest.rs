//! `coseal decide attest`.

use std::fmt::Write as _;

use coseal_core::{
    decision::{DecisionKind, takes_statements},
    nearest::nearest,
};
use jiff::civil::Date;

use super::{
    command::{Common, Refused, day, needed},
    draft::{Draft, list, quoted},
    folder::Folder,
};

const EXAMPLE: &str = "coseal decide attest training-completed --privileged 12 --completed 12 --evidence 'the list of the course=docs/training.csv' --role risk-owner --reason \"all have done the course of this year\" --for 365d";
const LAWFUL: &str = "coseal decide attest logging-lawful --basis legitimate-interests --notice \"the help page on privacy\" --role privacy --reason \"weighed against the users' interests in March\" --for 365d";
const SUPPLIERS: &str = "coseal decide attest supplier-fallback-ready --due-diligence 2026-11-01 --evidence docs/suppliers.md --role owner --reason \"looked into security, location and terms\" --for 180d";
const LEGACY: &str = "coseal decide attest legacy-compensated --control \"reachable through the gateway only\" --role owner --reason \"the vendor is gone\" --for 180d";
const HOLDS: &str = "coseal decide attest threat-model-current --holds true --role risk-owner --reason \"reviewed after the last release\" --for 180d";

/// State something that no machine sees.
///
/// Only checks that want a person's word take statements; for any other, the error names those that do.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The check.
    check: String,
    /// People who hold a production, data or model role.
    #[arg(long, help_heading = "For training-completed", value_name = "N")]
    privileged: Option<u32>,
    /// Of these, people who have completed a course.
    #[arg(long, help_heading = "For training-completed", value_name = "N")]
    completed: Option<u32>,
    /// Consent, contract, legal-obligation, vital-interests, public-task or legitimate-interests.
    #[arg(long, help_heading = "For logging-lawful", value_name = "WORD")]
    basis: Option<String>,
    /// Where users are told.
    #[arg(long, help_heading = "For logging-lawful", value_name = "WHERE")]
    notice: Option<String>,
    /// A log that it is about, as in log.prompts; left out: all. More than once.
    #[arg(long, help_heading = "For logging-lawful", value_name = "LOG")]
    log: Vec<String>,
    /// A hosted model or service, as in model.chat; left out: all. More than once.
    #[arg(long, help_heading = "For supplier-fallback-ready", value_name = "ELEMENT")]
    supplier: Vec<String>,
    /// Day on which they were last looked into (YYYY-MM-DD).
    #[arg(long, help_heading = "For supplier-fallback-ready", value_name = "DATE", value_parser = day)]
    due_diligence: Option<Date>,
    /// What can't be updated, as in tool.x; left out: all that is marked legacy. More than once.
    #[arg(long, help_heading = "For legacy-compensated", value_name = "ELEMENT")]
    element: Vec<String>,
    /// What is done instead, in plain words.
    #[arg(long, help_heading = "For legacy-compensated", value_name = "TEXT")]
    control: Option<String>,
    /// A check that shows that the control works.
    #[arg(long, help_heading = "For legacy-compensated", value_name = "CHECK")]
    control_check: Option<String>,
    /// Whether what it asks is so.
    #[arg(long, help_heading = "For any other check", value_name = "true|false")]
    holds: Option<bool>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn draft(args: &Args) -> Result<(Folder, Draft, &'static str), Refused> {
    let takes = takes_statements();
    if !takes.contains(&args.check.as_str()) {
        let hint = match nearest(&args.check, takes.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("those that do: {}", takes.join(", ")),
        };
        return Err(Refused::usage(format!("no check of that id takes statements; {hint}")));
    }
    let folder = Folder::open(&args.common.path)?;
    let mut claim = String::from("# What is stated.\n[claim]\n");
    let example = match args.check.as_str() {
        "training-completed" => {
            let privileged = needed(args.privileged.as_ref(), "--privileged", EXAMPLE)?;
            let completed = needed(args.completed.as_ref(), "--completed", EXAMPLE)?;
            let _ = writeln!(claim, "privileged = {privileged}\ncompleted = {completed}");
            EXAMPLE
        }
        "logging-lawful" => {
            let basis = needed(args.basis.as_ref(), "--basis", LAWFUL)?;
            let notice = needed(args.notice.as_ref(), "--notice", LAWFUL)?;
            let logs = or_all(&args.log, folder.system.log.keys().map(|id| format!("log.{id}")));
            let _ = writeln!(claim, "basis = {}\nnotice = {}", quoted(basis), quoted(notice));
            let _ = writeln!(claim, "logs = {}", list(&logs));
            LAWFUL
        }
        "supplier-fallback-ready" => {
            let day = needed(args.due_diligence.as_ref(), "--due-diligence", SUPPLIERS)?;
            let suppliers = or_all(&args.supplier, suppliers(&folder).into_iter());
            let _ = writeln!(claim, "suppliers = {}\ndue-diligence = {day}", list(&suppliers));
            SUPPLIERS
        }
        "legacy-compensated" => {
            let control = needed(args.control.as_ref(), "--control", LEGACY)?;
            let elements = or_all(&args.element, legacy(&folder).into_iter());
            let _ =
                writeln!(claim, "elements = {}\ncontrol = {}", list(&elements), quoted(control));
            if let Some(check) = &args.control_check {
                let _ = writeln!(claim, "control-check = {}", quoted(check));
            }
            LEGACY
        }
        _ => {
            let holds = needed(args.holds.as_ref(), "--holds", HOLDS)?;
            let _ = writeln!(claim, "holds = {holds}");
            HOLDS
        }
    };
    let keys = format!("check = {}\n", quoted(&args.check));
    Ok((folder, Draft { kind: DecisionKind::Attest, keys, tables: claim }, example))
}

fn or_all(given: &[String], all: impl Iterator<Item = String>) -> Vec<String> {
    if given.is_empty() { all.collect() } else { given.to_vec() }
}

fn suppliers(folder: &Folder) -> Vec<String> {
    let models = folder.system.model.iter().filter(|(_, model)| model.location.hosted().is_some());
    let services = folder.system.service.keys().map(|id| format!("service.{id}"));
    models.map(|(id, _)| format!("model.{id}")).chain(services).collect()
}

fn legacy(folder: &Folder) -> Vec<String> {
    let system = &folder.system;
    let models = system.model.iter().filter(|(_, m)| m.legacy).map(|(id, _)| format!("model.{id}"));
    let tools = system.tool.iter().filter(|(_, t)| t.legacy).map(|(id, _)| format!("tool.{id}"));
    let services =
        system.service.iter().filter(|(_, s)| s.legacy).map(|(id, _)| format!("service.{id}"));
    models.chain(tools).chain(services).collect()
}
