//! `coseal decide choose`.

use std::fmt::Write as _;

use coseal_core::{decision::DecisionKind, nearest::nearest};
use jiff::civil::Date;

use super::{
    command::{Common, Refused, day, needed},
    draft::{Draft, digests, list, quoted},
    folder::Folder,
};

const EXAMPLE: &str = "coseal decide choose model.chat --chosen gpt-5.4 --option 'gpt-5.4=withstood more attacks' --option 'own model=cheaper, and gave in more often' --criterion 'withstands injection' --evidence 'both on the same attacks=docs/compared.csv' --role owner --reason \"the best of two that we can run\"";

/// Record why a model was chosen.
///
/// The record names the options, what they were measured by, and the results.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The model of the system file, as in model.chat.
    model: String,
    /// Name of the option that was chosen.
    #[arg(long, value_name = "NAME")]
    chosen: Option<String>,
    /// An option that was looked at, and what speaks for or against it. More than once.
    #[arg(long, value_name = "NAME=WHY")]
    option: Vec<String>,
    /// What the options were measured by. More than once.
    #[arg(long, value_name = "TEXT")]
    criterion: Vec<String>,
    /// Day by which the choice is looked at again (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", value_parser = day)]
    reassess_by: Option<Date>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn draft(args: &Args) -> Result<(Folder, Draft, &'static str), Refused> {
    let folder = Folder::open(&args.common.path)?;
    let id = args.model.strip_prefix("model.").unwrap_or(&args.model);
    let Some(model) = folder.system.model.get(id) else {
        let known = folder.system.model.keys().map(String::as_str);
        let hint = nearest(id, known).map(|near| format!("; did you mean model.{near}?"));
        let why = "the system file has no such model";
        return Err(Refused::usage(format!("{why}{}", hint.unwrap_or_default())));
    };
    let chosen = needed(args.chosen.as_ref(), "--chosen", EXAMPLE)?;
    needed(args.option.first(), "--option", EXAMPLE)?;
    needed(args.criterion.first(), "--criterion", EXAMPLE)?;
    let mut keys =
        format!("model = {}\nchosen = {}\n", quoted(&format!("model.{id}")), quoted(chosen));
    let _ = writeln!(keys, "criteria = {}", list(&args.criterion));
    let results = digests(&folder, &args.common)?;
    if !results.is_empty() {
        let _ = writeln!(keys, "results = {}", list(&results));
    }
    if let Some(day) = args.reassess_by {
        let _ = writeln!(keys, "reassess-by = {day}");
    }
    let mut tables = String::from("# The options that were looked at.\n");
    for option in &args.option {
        let Some((name, why)) = option.split_once('=') else {
            return Err(Refused::usage(format!("--option is NAME=WHY; for example: {EXAMPLE}")));
        };
        let _ = writeln!(tables, "[[option]]\nname = {}", quoted(name.trim()));
        if name.trim() == chosen {
            let _ = writeln!(tables, "location = {}", quoted(&model.location.to_string()));
        }
        let _ = writeln!(tables, "why = {}\n", quoted(why.trim()));
    }
    tables.truncate(tables.trim_end().len());
    tables.push('\n');
    Ok((folder, Draft { kind: DecisionKind::Choose, keys, tables }, EXAMPLE))
}
