//! `coseal explain`.

use coseal_core::{catalogue::catalogue, exit::ExitCode, nearest::nearest};

use super::{
    complain,
    output::{print, width},
};
use crate::{registry, render::explain};

/// What a check, guideline or rule asks, why, and how to put it right.
///
/// Without an id it lists all guidelines with their checks.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Id of a check (model-files-scanned), a guideline (2.1 or supply-chain) or a rule (asset-changed).
    id: Option<String>,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let width = width();
    let Some(id) = &args.id else { return print(&explain::all(width), ExitCode::Clean) };
    let text = catalogue()
        .check(id)
        .map(|(guideline, entry)| explain::check(guideline, entry, width))
        .or_else(|| catalogue().guideline(id).map(|guideline| explain::guideline(guideline, width)))
        .or_else(|| {
            registry::rules()
                .iter()
                .find(|rule| rule.id == id)
                .map(|rule| explain::rule(rule, width))
        });
    match text {
        Some(text) => print(&text, ExitCode::Clean),
        None => {
            let rules = registry::rules();
            let checks = catalogue().checks().map(|(_, check)| check.id.as_str());
            let guidelines = catalogue().guidelines.iter().map(|guideline| guideline.name.as_str());
            let known = checks.chain(guidelines).chain(rules.iter().map(|rule| rule.id));
            let hint = nearest(id, known).map_or_else(
                || "`coseal explain` lists them all".to_owned(),
                |name| format!("did you mean {name}?"),
            );
            complain(&format!("there is no check, guideline or rule of that id; {hint}"));
            ExitCode::Usage
        }
    }
}
