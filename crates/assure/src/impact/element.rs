//! What changes with an element of the system file.

use coseal_core::{
    digest::Digest,
    fact::{Artefact, ArtefactCoverage, ArtefactVerdict, DigestFact, Facts, Kind, Measured, Text},
    outcome::Gap,
    system::System,
};
use serde_json::Value;

use super::{change::Change, sample};
use crate::{gather::text_paths, hosted};

/// A table, element or field of the system file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) table: &'a str,
    /// The element; none for the table as a whole. The single table `system` has none.
    pub(super) id: Option<&'a str>,
    pub(super) field: Option<&'a str>,
}

/// Tables whose elements have bytes that are measured.
const MEASURED: [&str; 5] = ["model", "adapter", "dataset", "prompt", "document"];
/// Those of them that are model files.
const MODELS: [&str; 2] = ["model", "adapter"];

/// Each field in turn with another value, and what follows from it; for a whole table, another element too.
pub(super) fn changes(facts: &Facts, part: Part<'_>) -> Vec<Change> {
    let Some(system) = &facts.system else { return Vec::new() };
    let Ok(whole) = serde_json::to_value(system) else { return Vec::new() };
    let Some(kind) = Kind::ALL.iter().find(|kind| kind.name() == part.table).copied() else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    let single = kind == Kind::System;
    let table = whole.get(part.table).and_then(Value::as_object);
    let all: Vec<Option<&str>> = match (single, part.id) {
        (true, _) => vec![None],
        (false, Some(id)) => vec![Some(id)],
        (false, None) => table.into_iter().flatten().map(|(id, _)| Some(id.as_str())).collect(),
    };
    let wanted = |field: &str| part.field.is_none_or(|only| only == field);
    for id in all {
        for (field, schema) in sample::fields(part.table).filter(|(field, _)| wanted(field)) {
            // A table is told by its elements, an element by its fields.
            let label = match (single, part.id, id) {
                (false, None, Some(id)) => format!("{}.{id}", part.table),
                _ => field.to_owned(),
            };
            let one = One { facts, system, kind, table: part.table, id, field };
            changes.extend(one.changes(&whole, schema, &label));
        }
    }
    if !single && part.id.is_none() {
        changes.extend(another(facts, &whole, part.table, kind));
    }
    changes
}

/// One field of one element.
#[derive(Clone, Copy)]
struct One<'a> {
    facts: &'a Facts,
    system: &'a System,
    kind: Kind,
    table: &'a str,
    id: Option<&'a str>,
    field: &'a str,
}

impl One<'_> {
    fn changes(self, whole: &Value, schema: &Value, label: &str) -> Vec<Change> {
        let mut changes = Vec::new();
        for value in sample::values(schema) {
            let Some(system) = self.with(whole, value) else { continue };
            changes.extend(self.gathered(&system, label));
            changes.push(declared(self.facts, self.kind, system, label));
            if !is_place(self.field) {
                break;
            }
        }
        if changes.is_empty() {
            // No other value is known to fit: what reads the table at all may read it.
            let none = Facts { system: None, ..Facts::none(self.facts.as_of) };
            changes.push(Change::certain(label, kinds(self.kind), none));
        }
        changes
    }

    /// The system with another value there, if it fits and is another one.
    fn with(self, whole: &Value, value: Value) -> Option<System> {
        let mut whole = whole.clone();
        let mut at = whole.get_mut(self.table)?;
        if let Some(id) = self.id {
            at = at.get_mut(id)?;
        }
        at.as_object_mut()?.insert(self.field.to_owned(), value);
        let system: System = serde_json::from_value(whole).ok()?;
        (system != *self.system).then_some(system)
    }

    /// What is read from where the system file says that something is: what will be found at another place can't be
    /// known, so all of it may be another.
    fn gathered(self, system: &System, label: &str) -> Option<Change> {
        const KINDS: &[Kind] =
            &[Kind::Text, Kind::Secret, Kind::Digest, Kind::Artefact, Kind::Inspection];
        if !is_place(self.field) {
            return None;
        }
        let element = format!("{}.{}", self.table, self.id?);
        let mut facts = self.facts.clone();
        let (before, after) = (text_paths(self.system), text_paths(system));
        for path in before.iter().filter(|path| !after.contains(path)) {
            facts.texts.remove(path);
            facts.secrets.retain(|secret| secret.path != *path);
        }
        for path in after.iter().filter(|path| !before.contains(path)) {
            let text = Text { path: path.clone(), text: Err(String::new()), digest: None };
            facts.texts.insert(path.clone(), text);
            facts.secrets.push(super::file::secret(path));
        }
        if self.field != "card" && MEASURED.contains(&self.table) {
            if facts.digests.remove(&element).is_none() {
                facts.digests.insert(element.clone(), digest_fact(&element));
            }
            facts.inspection.gaps.push(Gap { what: element.clone(), why: String::new() });
        }
        if self.field == "location" && MODELS.contains(&self.table) {
            for artefact in facts.artefacts.values_mut() {
                artefact.elements.push(element.clone());
            }
            facts.artefacts.insert(element.clone(), artefact(&element));
        }
        Some(Change::possible(label, KINDS, facts))
    }
}

/// Fields that say where something is, or that it is to be measured.
fn is_place(field: &str) -> bool {
    matches!(field, "location" | "card" | "digest")
}

fn declared(facts: &Facts, kind: Kind, system: System, label: &str) -> Change {
    let hosted_models = hosted::models_in_use(&system);
    let after = Facts { system: Some(system), hosted_models, ..Facts::none(facts.as_of) };
    Change::certain(label, kinds(kind), after)
}

/// Every kind on its own, with what follows from models.
fn kinds(kind: Kind) -> &'static [Kind] {
    let place = Kind::ALL.iter().position(|other| *other == kind);
    match kind {
        Kind::Model => &[Kind::Model, Kind::HostedModel],
        _ => place.and_then(|place| Kind::ALL.get(place..=place)).unwrap_or_default(),
    }
}

/// One element more in a table.
fn another(facts: &Facts, whole: &Value, table: &str, kind: Kind) -> Option<Change> {
    let mut whole = whole.clone();
    let sample = sample::values(sample::of_table(table)?).into_iter().next()?;
    whole
        .as_object_mut()?
        .entry(table)
        .or_insert_with(|| Value::Object(Default::default()))
        .as_object_mut()?
        .insert("\u{1}another".to_owned(), sample);
    let system = serde_json::from_value(whole).ok()?;
    Some(declared(facts, kind, system, &format!("another {table}")))
}

fn digest_fact(element: &str) -> DigestFact {
    let measured = Measured::Digest(Digest::new([0; 32]));
    DigestFact { element: element.to_owned(), size: 0, measured }
}

fn artefact(path: &str) -> Artefact {
    Artefact {
        path: path.to_owned(),
        elements: Vec::new(),
        format: String::new(),
        family: None,
        size: 0,
        verdict: ArtefactVerdict::Undecided,
        coverage: ArtefactCoverage::default(),
        findings: Vec::new(),
        measures: std::collections::BTreeMap::new(),
    }
}
