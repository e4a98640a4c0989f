//! All facts of one run.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    AdvisoryReport, Artefact, Asset, DecisionFact, Dependency, DigestFact, HostedModel, HostedUse,
    Inspection, Kind, LockFact, OutcomeFact, Read, Recorded, Secret, SystemFileFact, Text,
    Workload, decided,
};
use crate::system::{Spans, System};

/// All facts of one run. Order of gathering leaves no trace: everything is sorted.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day the run is about; an input like any other.
    pub as_of: Date,
    /// The system file itself.
    pub system_file: SystemFileFact,
    /// What the system file says, if it has no error.
    pub system: Option<System>,
    /// Where it says so; not bound.
    pub spans: Spans,
    /// Model files, by path.
    pub artefacts: BTreeMap<String, Artefact>,
    /// Digests, by element.
    pub digests: BTreeMap<String, DigestFact>,
    /// Texts, by path.
    pub texts: BTreeMap<String, Text>,
    /// Places with secrets, sorted.
    pub secrets: Vec<Secret>,
    /// What the walk saw.
    pub inspection: Inspection,
    /// Hosted models in use, by element.
    pub hosted_models: BTreeMap<String, HostedModel>,
    /// Names of hosted models in code, sorted.
    pub hosted_uses: Vec<HostedUse>,
    /// What files show of the system, sorted.
    pub assets: Vec<Asset>,
    /// Packages that manifests name, sorted.
    pub dependencies: Vec<Dependency>,
    /// What configuration runs, sorted.
    pub workloads: Vec<Workload>,
    /// What `coseal.lock` registers.
    pub lock: LockFact,
    /// Results of tools that look for vulnerabilities, by path.
    pub advisories: Vec<AdvisoryReport>,
    /// Decisions of people, statements included, by path.
    pub decisions: BTreeMap<String, DecisionFact>,
    /// Outcomes of the first stratum, by check; empty while it runs.
    pub outcomes: BTreeMap<String, OutcomeFact>,
    /// Outcomes on record, by check, the newest first; no check reads them, the engine does.
    pub recorded: BTreeMap<String, Vec<Recorded>>,
    /// The environment that the run is about; none for what a folder shows.
    pub environment: Option<String>,
}

impl Facts {
    /// No facts yet, on a day.
    #[must_use]
    pub fn none(as_of: Date) -> Self {
        Self {
            as_of,
            system_file: SystemFileFact::default(),
            system: None,
            spans: Spans::default(),
            artefacts: BTreeMap::new(),
            digests: BTreeMap::new(),
            texts: BTreeMap::new(),
            secrets: Vec::new(),
            inspection: Inspection::default(),
            hosted_models: BTreeMap::new(),
            hosted_uses: Vec::new(),
            assets: Vec::new(),
            dependencies: Vec::new(),
            workloads: Vec::new(),
            lock: LockFact::default(),
            advisories: Vec::new(),
            decisions: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            recorded: BTreeMap::new(),
            environment: None,
        }
    }

    /// The facts that a read names, as a value with only its fields: what evidence is bound to.
    #[must_use]
    pub fn bound(&self, read: &Read) -> Value {
        let value = self.whole(read.kind);
        if read.fields.is_empty() { value } else { narrowed(value, read) }
    }

    fn whole(&self, kind: Kind) -> Value {
        fn value<T: Serialize>(facts: &T) -> Value {
            serde_json::to_value(facts).unwrap_or(Value::Null)
        }
        match kind {
            Kind::SystemFile => {
                // Bound to what is wrong, not to the lines where it stands.
                let problems: Vec<_> = self
                    .system_file
                    .problems
                    .iter()
                    .map(|p| (p.weight, p.kind, &p.message))
                    .collect();
                value(&(self.system_file.present, problems))
            }
            Kind::Artefact => value(&self.artefacts),
            Kind::Digest => value(&self.digests),
            Kind::Text => value(&self.texts),
            Kind::Secret => value(&self.secrets),
            Kind::Inspection => value(&self.inspection.gaps),
            Kind::HostedModel => value(&self.hosted_models),
            Kind::HostedUse => value(&self.hosted_uses),
            // Bound to what is there, not to the lines where it was seen.
            Kind::Asset => without(value(&self.assets), &["seen"]),
            Kind::Dependency => without(value(&self.dependencies), &["line"]),
            Kind::Workload => without(value(&self.workloads), &["line"]),
            Kind::Lock => value(&self.lock),
            Kind::Advisory => without(value(&self.advisories), &["line"]),
            Kind::Statement | Kind::Decision => value(&decided::bound(&self.decisions, kind)),
            Kind::Outcome => value(&self.outcomes),
            _ => self.system.as_ref().map_or(Value::Null, |system| {
                // The remaining kinds are the tables of the system file, under their own names.
                match value(system) {
                    Value::Object(mut tables) => tables.remove(kind.name()).unwrap_or(Value::Null),
                    _ => Value::Null,
                }
            }),
        }
    }
}

/// The value without these fields, wherever they stand.
fn without(value: Value, fields: &[&str]) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .filter(|(key, _)| !fields.contains(&key.as_str()))
            .map(|(key, value)| (key, without(value, fields)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.into_iter().map(|item| without(item, fields)).collect(),
        other => other,
    }
}

/// Only the named fields, of a table of elements or of a single table.
fn narrowed(value: Value, read: &Read) -> Value {
    let pick = |object: Map<String, Value>| -> Value {
        object
            .into_iter()
            .filter(|(key, _)| read.fields.contains(&key.as_str()))
            .collect::<Map<_, _>>()
            .into()
    };
    match value {
        Value::Object(table) if read.kind == Kind::System => pick(table),
        Value::Object(mut table) if matches!(read.kind, Kind::Statement | Kind::Decision) => {
            table.retain(|key, _| key == decided::ANY || read.fields.contains(&key.as_str()));
            table.into()
        }
        Value::Object(mut digests) if read.kind == Kind::Digest => {
            digests.retain(|key, _| {
                let kind = key.split(['.', ':']).next().unwrap_or_default();
                read.fields.contains(&kind)
            });
            digests.into()
        }
        Value::Object(elements) => elements
            .into_iter()
            .map(|(id, element)| match element {
                Value::Object(element) => (id, pick(element)),
                other => (id, other),
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(item) => pick(item),
                other => other,
            })
            .collect(),
        other => other,
    }
}
