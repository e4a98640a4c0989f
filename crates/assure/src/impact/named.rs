//! What a name of the command line means.

use coseal_core::{
    fact::Facts,
    nearest::nearest,
    system::{FILE_NAME, System},
};
use serde_json::Value;

use super::{
    answer::Walked,
    element::Part,
    file::{is_in, normal, places},
};

/// Files that a misspelt name is compared with.
const MAX_COMPARED: usize = 20_000;

/// What kind of thing a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A file.
    File,
    /// A folder: any file below it.
    Folder,
    /// The system file, element by element.
    SystemFile,
    /// A table of the system file.
    Table,
    /// An element of the system file.
    Element,
    /// A field of an element.
    Field,
}

impl What {
    /// The word used everywhere.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Folder => "folder",
            Self::SystemFile => "system-file",
            Self::Table => "table",
            Self::Element => "element",
            Self::Field => "field",
        }
    }
}

/// A name that is neither a file nor an element.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is neither a file below the folder nor an element of the system file; {}", coseal_core::plain::plain(name, 100), hint(.nearest.as_deref()))]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// The nearest name that is one.
    pub nearest: Option<String>,
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(
        || {
            "write a path as seen from the folder that is judged, or an element as in model.chat"
                .into()
        },
        |nearest| format!("did you mean {nearest}?"),
    )
}

/// What a name means: an element before a file of the same name, which `./` in front makes a file.
pub(super) enum Named<'a> {
    Whole,
    Part(What, Part<'a>),
    Files(What, Vec<String>),
}

pub(super) fn named<'a>(
    facts: &Facts,
    walked: &Walked,
    name: &'a str,
) -> Result<Named<'a>, Unknown> {
    if normal(name) == FILE_NAME && facts.system_file.present {
        return Ok(Named::Whole);
    }
    if let Some((what, part)) = facts.system.as_ref().and_then(|system| part(system, name)) {
        return Ok(Named::Part(what, part));
    }
    let path = normal(name);
    let known = known(facts);
    if walked.files.contains(path) || known.iter().any(|known| known == path) {
        return Ok(Named::Files(What::File, vec![path.to_owned()]));
    }
    let mut below: Vec<String> =
        walked.files.iter().chain(&known).filter(|file| is_in(file, path)).cloned().collect();
    below.sort();
    below.dedup();
    if !below.is_empty() {
        return Ok(Named::Files(What::Folder, below));
    }
    let elements = facts.system.iter().flat_map(System::elements).collect::<Vec<_>>();
    let files = walked.files.iter().take(MAX_COMPARED).chain(&known);
    let names = elements.iter().chain(files).map(String::as_str).chain([FILE_NAME]);
    let nearest = nearest(name, names).map(str::to_owned);
    Err(Unknown { name: name.to_owned(), nearest })
}

/// A table, element or field that is there. A table may be empty: an element could be added.
fn part<'a>(system: &System, name: &'a str) -> Option<(What, Part<'a>)> {
    let mut parts = name.splitn(3, '.');
    let (table, second, third) = (parts.next()?, parts.next(), parts.next());
    let whole = serde_json::to_value(system).ok()?;
    let there = whole.get(table).filter(|there| there.is_object() && table != "x")?;
    let has = |of: &Value, key: &str| of.get(key).is_some();
    match (table == "system", second, third) {
        (_, None, _) => {
            let what = if table == "system" { What::Element } else { What::Table };
            Some((what, Part { table, id: None, field: None }))
        }
        (true, field @ Some(name), None) if has(there, name) => {
            Some((What::Field, Part { table, id: None, field }))
        }
        (false, id @ Some(name), field) if has(there, name) => match field {
            None => Some((What::Element, Part { table, id, field: None })),
            Some(key) if has(there.get(name)?, key) => {
                Some((What::Field, Part { table, id, field }))
            }
            Some(_) => None,
        },
        _ => None,
    }
}

/// Files that facts are about, whether they are there or not.
fn known(facts: &Facts) -> Vec<String> {
    let declared = facts.system.iter().flat_map(places).map(|(_, place)| place.to_owned());
    let texts = facts.texts.keys().map(|path| normal(path).to_owned());
    let cited = facts.decisions.values().flat_map(|fact| fact.decision.iter());
    let cited = cited.flat_map(|decision| decision.evidence.iter().filter_map(|e| e.path.clone()));
    let all = declared.chain(texts).chain(cited.map(|path| normal(&path).to_owned()));
    all.filter(|path| !path.is_empty()).collect()
}
