//! What files show and the system file lacks, and the other way round.

use std::path::Path;

use coseal_core::{
    exit::ExitCode,
    fact::Asset,
    system::Location,
    tree::{ReadError, Tree},
};
use coseal_source::compare::{Element, compare, declared};

use super::command::{Args, incomplete};
use crate::{
    cli::output::{DataFormat, print, width},
    inspect::Inspected,
    render::{
        init_json,
        init_text::{self, Difference, Unseen},
    },
};

pub(super) fn run(args: &Args, root: &Path, inspected: &Inspected, observed: &[Asset]) -> ExitCode {
    let facts = &inspected.facts;
    let elements = facts.system.as_ref().map(declared).unwrap_or_default();
    let compared = compare(&elements, observed);
    let unseen = |element: &Element, why| Unseen {
        element: element.name(),
        line: facts.spans.line(&element.name()),
        why,
    };
    let mut gone: Vec<Unseen> = compared
        .unseen
        .iter()
        .map(|element| unseen(element, "nothing in the folder shows it"))
        .collect();
    let absent = elements.iter().filter(|element| is_absent(root, element));
    gone.extend(absent.map(|element| unseen(element, "there is nothing at its location")));
    gone.sort();
    gone.dedup_by(|a, b| a.element == b.element);
    let difference =
        Difference { lacking: &compared.undeclared, gone, common: compared.declared.len() };
    let code = if difference.is_empty() { ExitCode::Clean } else { ExitCode::Findings };
    let code = incomplete(inspected, code);
    match args.format {
        DataFormat::Text => print(&init_text::diff(&difference, width()), code),
        DataFormat::Json => print(&init_json::diff(&difference, code), code),
    }
}

/// Whether nothing is where an element says that it is. What can't be looked at is no sign of that.
fn is_absent(root: &Path, element: &Element) -> bool {
    let path = element.location.as_ref().and_then(Location::path);
    let found = path.and_then(|path| Tree::open(root).ok().map(|tree| tree.find(path)));
    matches!(found, Some(Err(ReadError::Absent)))
}
