//! The answer: which checks and decisions a change would make stale.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    check::Check,
    decision::DecisionKind,
    fact::{Facts, Kind},
    outcome::State,
    system::FILE_NAME,
};
use serde_json::Value;

use super::{
    bound::Bound,
    change::Change,
    decided, element,
    element::Part,
    file,
    named::{Named, Unknown, What, named},
};
use crate::{
    Assessment,
    engine::{reads_outcomes, with_outcomes},
};

/// Files that were looked at, whether or not a fact came of them.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// All files, by their path below the folder.
    pub files: BTreeSet<String>,
    /// Those in which names of hosted models are looked for.
    pub code: BTreeSet<String>,
    /// Those in which something of the system is looked for, by the kind of fact that may come of it.
    pub searched: BTreeMap<Kind, BTreeSet<String>>,
}

/// What would go stale.
#[derive(Clone, Debug)]
pub struct Impact {
    /// One answer for each thing, in the order asked.
    pub things: Vec<Thing>,
}

/// What would go stale with one thing.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its name, as asked.
    pub name: String,
    /// What it is.
    pub what: What,
    /// The checks, in the order of the catalogue.
    pub affected: Vec<Affected>,
    /// The decisions of people, by path.
    pub decisions: Vec<AtRisk>,
}

/// A check that would have to be judged again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// Its id.
    pub check: String,
    /// Whether every edit makes it so: of a file any, of an element any of the fields named in `by`. Otherwise it depends on
    /// the edit.
    pub certain: bool,
    /// What of the thing it reads: fields of an element, elements of a table, facts that derive from a file.
    pub by: BTreeSet<String>,
}

/// A decision that would no longer count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// Its file.
    pub path: String,
    /// What it does.
    pub kind: DecisionKind,
    /// The check, model or threat that it is about.
    pub about: String,
    /// Whether every edit makes it so.
    pub certain: bool,
    /// Why.
    pub why: String,
}

/// Works out what would go stale if each of these changed: paths of files and folders below the judged folder, the system
/// file as a whole, and its tables (`flow`), elements (`model.chat`) and fields (`model.chat.location`).
///
/// `assessment` is that of these facts. What a new file would add, and what an edit turns into something else altogether (a
/// text into a model file), can't be known beforehand.
///
/// # Errors
/// If a name is none of these.
pub fn impact(
    checks: &[&dyn Check],
    facts: &Facts,
    assessment: &Assessment,
    walked: &Walked,
    names: &[String],
) -> Result<Impact, Unknown> {
    let above = |id: &str| checks.iter().any(|c| c.meta().id == id && reads_outcomes(*c));
    let first = assessment.checks.iter().filter(|judged| !above(&judged.entry.id));
    let now = with_outcomes(facts, first);
    let bound = Bound::of(checks, &now);
    let thing = |name: &String| {
        let named = named(&now, walked, name)?;
        Ok(Thing::of(name, named, &now, walked, &bound))
    };
    Ok(Impact { things: names.iter().map(thing).collect::<Result<_, _>>()? })
}

impl Thing {
    fn of(name: &str, named: Named<'_>, facts: &Facts, walked: &Walked, bound: &Bound) -> Self {
        let (what, changes, files) = match named {
            Named::Whole => (What::SystemFile, whole(facts, walked), vec![FILE_NAME.to_owned()]),
            Named::Part(what, part) => {
                let mut changes = element::changes(facts, part);
                changes.extend(of_system_file(facts, walked));
                (what, changes, vec![FILE_NAME.to_owned()])
            }
            Named::Files(what, files) => {
                let mut changes = Vec::new();
                for path in &files {
                    let of = file::changes(facts, walked, path).into_iter();
                    // A folder is told by its files.
                    let told = |c: Change| if what == What::Folder { c.told_as(path) } else { c };
                    changes.extend(of.map(told));
                }
                (what, changes, files)
            }
        };
        let decides = files.iter().any(|path| decided::concerns(facts, path));
        let affected = affected(facts, &changes, decides, bound);
        let checks = affected.keys().map(String::as_str).collect();
        let at_risk = |path: &String| decided::at_risk(facts, path, &checks);
        let mut decisions: Vec<_> = files.iter().flat_map(at_risk).collect();
        decisions.sort_by(|a, b| (&a.path, !a.certain, &a.why).cmp(&(&b.path, !b.certain, &b.why)));
        decisions.dedup_by(|a, b| a.path == b.path);
        let order = coseal_core::catalogue::catalogue().checks();
        let mut affected = affected;
        let affected = order.filter_map(|(_, entry)| affected.remove(&entry.id)).collect();
        Self { name: name.to_owned(), what, affected, decisions }
    }
}

/// The system file, told by its elements.
fn whole(facts: &Facts, walked: &Walked) -> Vec<Change> {
    let system = facts.system.as_ref().and_then(|system| serde_json::to_value(system).ok());
    let tables = system.as_ref().and_then(Value::as_object).into_iter().flatten();
    let mut changes: Vec<Change> = Vec::new();
    for (table, _) in tables.filter(|(table, of)| of.is_object() && *table != "x") {
        let of = element::changes(facts, Part { table, id: None, field: None });
        let single = table == Kind::System.name();
        changes.extend(of.into_iter().map(|c| if single { c.told_as(table) } else { c }));
    }
    changes.extend(of_system_file(facts, walked));
    changes
}

/// What changes with the system file as a file.
fn of_system_file(facts: &Facts, walked: &Walked) -> Vec<Change> {
    file::changes(facts, walked, FILE_NAME)
}

fn affected(
    facts: &Facts,
    changes: &[Change],
    decides: bool,
    bound: &Bound,
) -> BTreeMap<String, Affected> {
    let mut out = BTreeMap::new();
    for change in changes {
        note(&mut out, change, bound);
    }
    // What is waived or exempt is another answer to the same facts.
    let change =
        if decides { above(facts, facts.outcomes.keys()) } else { above(facts, out.keys()) };
    if let Some(change) = change {
        note(&mut out, &change, bound);
    }
    out
}

fn note(out: &mut BTreeMap<String, Affected>, change: &Change, bound: &Bound) {
    for check in bound.changed_by(change) {
        let new = || Affected { check: check.into(), certain: false, by: BTreeSet::new() };
        let of = out.entry(check.to_owned()).or_insert_with(new);
        // What makes it certain is told alone.
        if change.certain && !of.certain {
            of.by.clear();
            of.certain = true;
        }
        if change.certain == of.certain {
            of.by.insert(change.label.clone());
        }
    }
}

/// Checks about checks read what the others answer.
fn above<'a>(facts: &Facts, affected: impl Iterator<Item = &'a String>) -> Option<Change> {
    let mut after = facts.clone();
    let mut any = false;
    for check in affected {
        let Some(outcome) = after.outcomes.get_mut(check) else { continue };
        outcome.state = if outcome.state == State::Stale { State::Fail } else { State::Stale };
        any = true;
    }
    any.then(|| Change::possible("what other checks answer", &[Kind::Outcome], after))
}
