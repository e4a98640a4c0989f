//! `coseal explain`.

use clap::ValueEnum;
use coseal_core::exit::ExitCode;

use super::{
    complain,
    output::{print, width},
};
use crate::book::{Page, Topic, find, overview};

/// What a check, guideline, finding, state or command means, why, and how to put it right.
///
/// Without a name it lists what can be explained, under the four stages of the guidelines. What it shows is a page of the
/// book: --format markdown prints it as it stands there.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A check (model-files-scanned), a guideline (2.1 or supply-chain), a rule (asset-changed), a stage (design), a state (stale), a
    /// grade (A), an exit code (6), a term (baseline, trust root) or a command (evidence verify).
    #[arg(value_name = "NAME")]
    name: Vec<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on a terminal.
    Text,
    /// The page of the book.
    Markdown,
    /// JSON: the page and its parts.
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    if args.name.is_empty() {
        return print(&shown(&overview(None), args.format), ExitCode::Clean);
    }
    match find(&args.name.join(" ")) {
        Topic::Page(page) => print(&shown(&page, args.format), ExitCode::Clean),
        Topic::None(near) => {
            let hint = near.map_or_else(
                || "`coseal explain` lists them all".to_owned(),
                |name| format!("did you mean {name}?"),
            );
            complain(&format!("there is no check, guideline, rule or word of that name; {hint}"));
            ExitCode::Usage
        }
    }
}

fn shown(page: &Page, format: Format) -> String {
    match format {
        Format::Text => page.terminal(width().min(100)),
        Format::Markdown => page.markdown(),
        Format::Json => {
            let value = serde_json::json!({ "schema": 1, "page": page });
            format!("{value:#}\n")
        }
    }
}
