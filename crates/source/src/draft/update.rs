//! A system file with what it lacks, and otherwise byte for byte as it was.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::Asset,
    system::{self, System},
};
use toml_edit::{Document, Item, Table};

use super::{
    flows::Flows,
    ids::Ids,
    kind::guess,
    making::{LeftOut, user},
    part::Part,
    parts::Maker,
};
use crate::compare::{compare, declared};

/// The file with additions.
#[derive(Clone, Debug)]
pub struct Updated {
    /// Its text.
    pub text: String,
    /// What was added, in the order of the tables.
    pub added: Vec<Part>,
    /// What the file lacks and could not be added.
    pub left_out: Vec<LeftOut>,
}

/// Why nothing can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanNotAdd {
    /// It has errors.
    #[error("the system file has errors; coseal check shows them")]
    Errors,
    /// A table is written in one line, which takes no more.
    #[error("a table of the system file is written in one line: write it as [table]")]
    OneLine,
}

/// Adds what files show and the file lacks. `text` is the system file; it stays as it is but for lines that are added. `files` are the
/// paths of the folder's files.
///
/// # Errors
/// If the file has errors, or is written so that nothing can be added.
pub fn update(
    text: &str,
    observed: &[Asset],
    files: &BTreeSet<String>,
) -> Result<Updated, CanNotAdd> {
    let system = system::read(text).system.ok_or(CanNotAdd::Errors)?;
    let elements = declared(&system);
    let (mut left_out, sure) = super::making::sorted_out(observed);
    left_out.retain(|of| of.why.contains("not sure"));
    let lacking: Vec<&Asset> =
        compare(&elements, observed).undeclared.into_iter().filter(|a| sure.contains(a)).collect();
    let class = if holds_personal(&system) { "personal" } else { "internal" };
    let ids = || Ids::taken(system.elements());
    let mut maker = Maker::new(guess(observed).kind, class, ids(), main_model(&system), files);
    maker.make(&lacking);
    left_out.extend(maker.left_out.iter().map(|(asset, why)| LeftOut {
        why,
        kind: asset.kind,
        name: asset.name.clone(),
    }));
    let flows = Flows::new(&maker, user(system.system.exposure), ids()).of_parts(&maker.made, &[]);
    let added: Vec<Part> = maker.made.into_iter().map(|(part, _)| part).chain(flows).collect();
    let text = with_added(text, &added)?;
    if system::read(&text).system.is_none() {
        return Err(CanNotAdd::OneLine);
    }
    Ok(Updated { text, added, left_out })
}

/// Whether anything that is declared is about people.
fn holds_personal(system: &System) -> bool {
    let flows = system.flow.values().filter_map(|flow| flow.class);
    let data = system.dataset.values().map(|dataset| dataset.class);
    flows.chain(data).any(|class| class.is_personal())
}

/// The model that answers: the one that most flows come from.
fn main_model(system: &System) -> Option<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for id in system.model.keys() {
        count.insert(format!("model.{id}"), 0);
    }
    for flow in system.flow.values() {
        for (end, weight) in [(&flow.from, 2), (&flow.to, 1)] {
            count.entry(end.clone()).and_modify(|count| *count += weight);
        }
    }
    count.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name)
}

/// The text with each part put into its table where that is a table of lines, and as a table of its own at the end otherwise.
fn with_added(text: &str, added: &[Part]) -> Result<String, CanNotAdd> {
    let document = Document::parse(text).map_err(|_| CanNotAdd::Errors)?;
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut inserts: BTreeMap<usize, String> = BTreeMap::new();
    let mut behind = String::new();
    for part in added {
        match document.as_table().get(part.table) {
            Some(Item::Table(table)) if lines_of(table) => {
                let at = after_lines(text, table).ok_or(CanNotAdd::OneLine)?;
                let before = if text.get(..at).is_some_and(|before| before.ends_with('\n')) {
                    ""
                } else {
                    ending
                };
                let lines = inserts.entry(at).or_insert_with(|| before.to_owned());
                lines.push_str(&part.line());
                lines.push_str(ending);
            }
            Some(Item::Table(_)) | None => {
                behind.push_str(ending);
                behind.push_str(&part.section().replace('\n', ending));
                behind.push_str(ending);
            }
            Some(_) => return Err(CanNotAdd::OneLine),
        }
    }
    Ok(inserted(text, &inserts, &behind, ending))
}

/// Whether a table has a header of its own, with its elements as lines below it.
fn lines_of(table: &Table) -> bool {
    !table.is_implicit() && !table.is_dotted() && table.span().is_some()
}

/// The byte after the last line of a table, before the tables below it; after its header if it has none.
fn after_lines(text: &str, table: &Table) -> Option<usize> {
    let lines = table.iter().filter(|(_, item)| item.is_value());
    let ends = lines.filter_map(|(_, item)| item.span().map(|span| span.end));
    let last = ends.chain(table.span().map(|span| header_end(text, span.start))).max()?;
    let rest = text.get(last..)?;
    Some(rest.find('\n').map_or(text.len(), |at| last + at + 1))
}

/// Where the header that begins here ends: what it says is an id without quotes.
fn header_end(text: &str, start: usize) -> usize {
    text.get(start..).and_then(|rest| rest.find(']')).map_or(start, |at| start + at)
}

fn inserted(text: &str, inserts: &BTreeMap<usize, String>, behind: &str, ending: &str) -> String {
    let mut out = String::with_capacity(text.len() + behind.len());
    let mut from = 0;
    for (at, lines) in inserts {
        out.push_str(text.get(from..*at).unwrap_or_default());
        out.push_str(lines);
        from = *at;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    if !behind.is_empty() && !out.is_empty() && !out.ends_with('\n') {
        out.push_str(ending);
    }
    out.push_str(behind);
    out
}
