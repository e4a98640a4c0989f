//! The inventory.

use clap::ValueEnum;
use coseal_core::{exit::ExitCode, fact::AssetKind};
use coseal_scan::register::inventory;

use super::Place;
use crate::{
    cli::output::{DataFormat, print, width},
    render::{assets_json, assets_text},
};

#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    place: Place,
    /// Only assets of this kind; may be given more than once.
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Vec<Kind>,
    /// Also what only tests, examples, documentation and lists of choices show.
    #[arg(long)]
    all: bool,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: DataFormat,
}

/// A kind, as the command line says it.
#[derive(Clone, Copy, Debug)]
struct Kind(AssetKind);

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Kind; AssetKind::ALL.len()] = {
            let mut all = [Kind(AssetKind::Model); AssetKind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = Kind(AssetKind::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(self.0.word().into())
    }
}

pub(super) fn run(args: &List) -> Result<ExitCode, ExitCode> {
    let inspected = args.place.inspect(&args.place.root(), false)?;
    let facts = &inspected.facts;
    let mut rows = inventory(facts);
    let more = rows.iter().filter(|row| row.optional).count();
    rows.retain(|row| args.all || !row.optional);
    rows.retain(|row| args.kind.is_empty() || args.kind.iter().any(|kind| kind.0 == row.kind));
    let gaps = &facts.inspection.gaps;
    let code = if gaps.is_empty() { ExitCode::Clean } else { ExitCode::Incomplete };
    let result = match args.format {
        DataFormat::Json => assets_json::assets(&rows, gaps, code),
        DataFormat::Text => {
            let hidden = if args.all { 0 } else { more };
            assets_text::assets(&rows, gaps, hidden, facts.lock.present, width())
        }
    };
    Ok(print(&result, code))
}
