//! `coseal threats blast`.

use std::path::PathBuf;

use coseal_core::{exit::ExitCode, nearest::nearest};
use coseal_design::blast::blast;

use super::{Format, described};
use crate::{
    cli::{judging::Failed, output::width},
    render::{threats_json, threats_text},
};

/// What is reached if this part is hostile?
///
/// Of an element (model.chat), an actor (partner), or a key or identity of an environment: what it reads, and what it reaches, the gravest first, each by the shortest way. For
/// an incident, and before one.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// An element, an actor, or the name of a key or identity.
    name: String,
    /// Folder of the AI system, or its coseal.toml.
    #[arg(long = "in", value_name = "PATH", default_value = ".")]
    folder: PathBuf,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn answer(args: &Args) -> Result<(String, ExitCode), Failed> {
    let system = described(&args.folder)?;
    let found = blast(&system, &args.name).ok_or_else(|| {
        let elements = system.elements();
        let hint = nearest(&args.name, elements.iter().map(String::as_str)).map_or_else(
            || "name an element, an actor, or a key or identity of an environment".to_owned(),
            |near| format!("did you mean {near}?"),
        );
        (format!("the system file names no such part; {hint}"), ExitCode::Usage)
    })?;
    let text = match args.format {
        Format::Text => threats_text::blast(&found, width()),
        Format::Json => threats_json::blast(&system, &found),
    };
    Ok((text, ExitCode::Clean))
}
