//! Assets as elements of the system file.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind},
    system::{Location, Scheme},
};

use super::{
    actions::effect,
    group::{Group, grouped},
    ids::Ids,
    kind::SystemKind,
    models::{Task, nearness, supplier, task},
    part::{Part, Value},
};
use crate::{compare::address, names::core};

/// Longer locations are no names of anything.
const MAX_LOCATION: usize = 400;

/// What the parts of a system are made with.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    pub(super) kind: SystemKind,
    /// The class of what goes in.
    pub(super) class: &'static str,
    pub(super) ids: Ids,
    /// The elements made so far, each with the assets that it stands for.
    pub(super) made: Vec<(Part, Vec<&'a Asset>)>,
    /// What has no place in the file, and why.
    pub(super) left_out: Vec<(&'a Asset, &'static str)>,
    /// The model that answers, as `model.id`, where a system file says so.
    declared: Option<String>,
    /// Models that may be the one, with what they are there for.
    answering: Vec<(Task, String)>,
    /// The model that an agent names.
    decides: Option<String>,
    files: &'a BTreeSet<String>,
    /// Ids of tools, by their names.
    tools: BTreeMap<String, String>,
}

/// The tables, in the order in which a file has them: what others name comes first.
const ORDER: [AssetKind; 9] = [
    AssetKind::Model,
    AssetKind::Adapter,
    AssetKind::Dataset,
    AssetKind::Prompt,
    AssetKind::Store,
    AssetKind::Mcp,
    AssetKind::Tool,
    AssetKind::Agent,
    AssetKind::Service,
];

impl<'a> Maker<'a> {
    pub(super) fn new(
        kind: SystemKind,
        class: &'static str,
        ids: Ids,
        declared: Option<String>,
        files: &'a BTreeSet<String>,
    ) -> Self {
        Self {
            kind,
            class,
            ids,
            made: Vec::new(),
            left_out: Vec::new(),
            declared,
            answering: Vec::new(),
            decides: None,
            files,
            tools: BTreeMap::new(),
        }
    }

    /// The models of which one answers: those that talk, else those that score.
    pub(super) fn candidates(&self) -> Vec<&str> {
        let task = self.answering.iter().map(|(task, _)| *task).min();
        let of_it = self.answering.iter().filter(|(of, _)| Some(*of) == task);
        of_it.map(|(_, name)| name.as_str()).collect()
    }

    /// The model that answers, as `model.id`; none where files do not tell which of several it is.
    pub(super) fn main(&self) -> Option<&str> {
        let told = self.declared.as_deref().or(self.decides.as_deref());
        told.or_else(|| match self.candidates().as_slice() {
            [one] => Some(*one),
            _ => None,
        })
    }

    /// Makes elements of assets.
    pub(super) fn make(&mut self, assets: &[&'a Asset]) {
        for kind in ORDER {
            let mut of: Vec<&Asset> = assets.iter().copied().filter(|a| a.kind == kind).collect();
            // What is surest comes first, and of models those that answer.
            of.sort_by_key(|asset| {
                let first = (kind == AssetKind::Model).then(|| (task(asset), nearness(asset)));
                let sure = std::cmp::Reverse((asset.confidence(), asset.seen.len()));
                (first, sure, asset.name.as_str())
            });
            let (groups, beyond) = grouped(kind, &of, self.files);
            self.left_out
                .extend(beyond.into_iter().map(|asset| (asset, "there are too many of its kind")));
            for group in groups {
                self.element(kind, group);
            }
        }
        let documents = assets.iter().filter(|asset| asset.kind == AssetKind::Document);
        self.left_out.extend(documents.map(|asset| (*asset, "it is a document")));
    }

    fn element(&mut self, kind: AssetKind, group: Group<'a>) {
        let Some(first) = group.assets.first().copied() else { return };
        let made = match kind {
            AssetKind::Model => self.model(first, &group),
            AssetKind::Adapter => self.adapter(first, &group),
            AssetKind::Dataset => self.dataset(first, &group),
            AssetKind::Prompt => self.prompt(first, &group),
            AssetKind::Store => self.store(first),
            AssetKind::Mcp => self.mcp(first),
            AssetKind::Tool => self.tool(first, &group),
            AssetKind::Agent => self.agent(first),
            AssetKind::Service => self.service(first),
            AssetKind::Document => Err("it is a document"),
            AssetKind::Library => Err("it is a library"),
        };
        match made {
            Ok((part, assumed)) => {
                let note = note(&group, part.text("location"), assumed);
                self.made.push((part.note(note), group.assets));
            }
            Err(why) => self.left_out.extend(group.assets.into_iter().map(|asset| (asset, why))),
        }
    }

    fn model(&mut self, asset: &Asset, group: &Group<'_>) -> Made {
        let location = match place(asset, group)? {
            Some(location) => location,
            // A file whose name a system file can't hold is no hosted model.
            None if asset.seen.iter().any(|seen| seen.path == asset.name) => {
                return Err("its place can't be written in a system file");
            }
            None => parsed(&format!("api:unknown/{}", asset.name))?,
        };
        let id = self.id("model", asset, group);
        if matches!(task(asset), Task::Chat | Task::Score) {
            self.answering.push((task(asset), format!("model.{id}")));
        }
        let mut part = Part::new("model", &id).key("location", location.to_string());
        if let Some(supplier) = supplier(&location).filter(|supplier| is_told(supplier)) {
            part = part.key("provenance", "third-party").key("source", supplier);
        }
        Ok((part, ""))
    }

    fn adapter(&mut self, asset: &Asset, group: &Group<'_>) -> Made {
        let location = place(asset, group)?.ok_or("files do not tell where it is")?;
        let base = self.any_model().ok_or("files do not tell which model it belongs to")?;
        let id = self.id("adapter", asset, group);
        let part = Part::new("adapter", &id).key("location", location.to_string());
        Ok((part.key("base", base), "base is assumed"))
    }

    fn dataset(&mut self, asset: &Asset, group: &Group<'_>) -> Made {
        let location = place(asset, group)?.ok_or("files do not tell where it is")?;
        let id = self.id("dataset", asset, group);
        let hub = location.scheme() == Scheme::Hf;
        let part = Part::new("dataset", &id).key("location", location.to_string());
        let part = part.key("class", if hub { "public" } else { self.class });
        let uses = self.use_of(asset);
        let part = part.key("use", Value::List(vec![uses.into()]));
        Ok((part, ""))
    }

    /// What data is there for: as its name says, then as the code says that reads it, then as systems of the kind do.
    fn use_of(&self, asset: &Asset) -> &'static str {
        let measures = ["eval", "test", "bench", "golden", "holdout", "evaluation", "benchmark"];
        let trains = ["train", "training", "finetune", "finetuning", "sft", "lora"];
        let words = |text: &str| crate::names::kebab(text);
        let says = |text: &str, wanted: &[&str]| {
            words(text).split('-').any(|word| wanted.contains(&word.trim_end_matches('s')))
        };
        let reader = |wanted: &[&str]| asset.seen.iter().any(|seen| says(&seen.path, wanted));
        if says(&asset.name, &measures) {
            "evaluation"
        } else if says(&asset.name, &trains) || reader(&trains) {
            "training"
        } else if reader(&measures) {
            "evaluation"
        } else if matches!(self.kind, SystemKind::Rag | SystemKind::Agent) {
            "retrieval"
        } else {
            "training"
        }
    }

    fn prompt(&mut self, asset: &Asset, group: &Group<'_>) -> Made {
        let location = place(asset, group)?.ok_or("files do not tell where it is")?;
        // A prompt in code is called what it is called there.
        let id = match asset.name.rsplit_once('#') {
            Some((_, name)) if group.place.is_none() => self.ids.of_name("prompt", name),
            _ => self.id("prompt", asset, group),
        };
        Ok((Part::new("prompt", &id).key("location", location.to_string()), ""))
    }

    fn store(&mut self, asset: &Asset) -> Made {
        let id = self.ids.of_name("store", &asset.name);
        let forms = ["vector", "relational", "document", "cache"];
        let told = asset.details.get("store").map(String::as_str);
        let form = told.filter(|form| forms.contains(form)).unwrap_or("vector");
        let mut part = Part::new("store", &id).key("kind", form);
        if let Some(location) = sound(asset.location.clone())?.or_else(|| seen_at(asset)) {
            part = part.key("location", location.to_string());
        }
        Ok((part.key("class", self.class), ""))
    }

    fn mcp(&mut self, asset: &Asset) -> Made {
        let location = sound(asset.location.clone())?.or_else(|| seen_at(asset));
        let location = location.ok_or("files do not tell how it is started")?;
        let id = self.ids.of_name("mcp", &asset.name);
        Ok((Part::new("mcp", &id).key("location", location.to_string()), ""))
    }

    fn tool(&mut self, asset: &Asset, group: &Group<'_>) -> Made {
        let location = place(asset, group)?.or_else(|| seen_at(asset));
        let id = match &group.place {
            Some(path) => self.ids.of_path("tool", path),
            None => self.ids.of_name("tool", &asset.name),
        };
        let effects: Vec<_> = group.assets.iter().map(|asset| effect(asset)).collect();
        let order = ["read", "write", "external", "irreversible"];
        let worst = |(effect, _): &&(String, bool)| order.iter().position(|word| word == effect);
        let (effect, assumed) =
            effects.iter().max_by_key(worst).cloned().unwrap_or(("irreversible".into(), true));
        let mut part = Part::new("tool", &id).key("effect", effect);
        if let Some(location) = location {
            part = part.key("location", location.to_string());
        }
        if let Some(digest) =
            asset.digest.filter(|_| core(&id) != core(&asset.name) && group.place.is_none())
        {
            part = part.key("digest", digest.to_string());
        }
        for asset in &group.assets {
            self.tools.insert(core(&asset.name), format!("tool.{id}"));
        }
        Ok((part, if assumed { "effect is assumed" } else { "" }))
    }

    fn agent(&mut self, asset: &Asset) -> Made {
        let named = asset.details.get("model").and_then(|name| self.model_called(name));
        self.decides = self.decides.take().or_else(|| named.clone());
        let assumed = if named.is_none() { "model is assumed" } else { "" };
        let model = named.or_else(|| self.any_model());
        let model = model.ok_or("files do not tell which model it is of")?;
        let id = self.ids.of_name("agent", &asset.name);
        let mut part = Part::new("agent", &id).key("model", model);
        let named = asset.details.get("tools").map(String::as_str).unwrap_or_default();
        let mut tools: Vec<String> = named
            .split([',', ' '])
            .take(200)
            .filter_map(|name| self.tools.get(&core(name)).cloned())
            .collect();
        tools.sort();
        tools.dedup();
        if !tools.is_empty() {
            part = part.key("tools", Value::List(tools));
        }
        Ok((part, assumed))
    }

    /// The model that answers, or the first that there is.
    fn any_model(&self) -> Option<String> {
        let first = || self.made.iter().find(|(part, _)| part.table == "model");
        self.main().map(str::to_owned).or_else(|| first().map(|(part, _)| part.name()))
    }

    fn model_called(&self, name: &str) -> Option<String> {
        let of = |(part, assets): &(Part, Vec<&Asset>)| {
            (part.table == "model" && assets.iter().any(|asset| asset.name == name))
                .then(|| part.name())
        };
        self.made.iter().find_map(of)
    }

    fn service(&mut self, asset: &Asset) -> Made {
        let known = sound(asset.location.clone())?;
        let assumed = if known.is_none() { "its address is not known" } else { "" };
        let location = known.or_else(|| seen_at(asset)).ok_or("files do not tell where it is")?;
        let id = self.ids.of_name("service", &asset.name);
        let part = Part::new("service", &id).key("location", location.to_string());
        Ok((part.key("class", self.class), assumed))
    }

    fn id(&mut self, table: &str, asset: &Asset, group: &Group<'_>) -> String {
        let path = asset.location.as_ref().and_then(Location::path);
        match (&group.place, path) {
            (Some(place), _) => self.ids.of_path(table, place),
            (None, Some(path)) => self.ids.of_path(table, path),
            (None, None) => {
                let name = asset.name.rsplit('/').next().unwrap_or_default();
                self.ids.of_name(table, name)
            }
        }
    }
}

/// An element with what of it is assumed, or why there is none.
type Made = Result<(Part, &'static str), &'static str>;

/// Where a group is; none where files don't tell.
fn place(asset: &Asset, group: &Group<'_>) -> Result<Option<Location>, &'static str> {
    match &group.place {
        Some(place) => parsed(&format!("path:{place}")).map(Some),
        None => sound(asset.location.clone()),
    }
}

/// A location that a file may name: of bounded length, without a secret in it.
fn sound(location: Option<Location>) -> Result<Option<Location>, &'static str> {
    location.map(|location| parsed(&without_secrets(&location))).transpose()
}

fn parsed(text: &str) -> Result<Location, &'static str> {
    if text.len() > MAX_LOCATION {
        return Err("its name is too long");
    }
    text.parse().map_err(|_| "its place can't be written in a system file")
}

/// An address without user, password and query; a command without what looks like a secret.
fn without_secrets(location: &Location) -> String {
    let text = address(location).unwrap_or_else(|| location.to_string());
    crate::secrets::masked(&text).into_owned()
}

/// The file that shows an asset, for what has no place of its own.
fn seen_at(asset: &Asset) -> Option<Location> {
    parsed(&format!("path:{}", asset.main_place()?.path)).ok()
}

/// Where the surest place is, and what is assumed.
fn note(group: &Group<'_>, location: Option<&str>, assumed: &str) -> String {
    let first = group.assets.first().and_then(|asset| asset.main_place());
    let named = location.and_then(|text| text.strip_prefix("path:"));
    let place = match (first, group.assets.len()) {
        (Some(seen), 1) if seen.line > 0 && named == Some(&seen.path) => {
            format!("line {}", seen.line)
        }
        (Some(seen), 1) if seen.line > 0 => format!("{}:{}", seen.path, seen.line),
        (_, 1) => String::new(),
        (_, count) => format!("{count} of them"),
    };
    match (place.is_empty(), assumed.is_empty()) {
        (false, false) => format!("{place}; {assumed}"),
        (true, _) => assumed.to_owned(),
        (false, true) => place,
    }
}

/// Whether a supplier has a name that can be written.
fn is_told(supplier: &str) -> bool {
    supplier != "unknown" && !supplier.trim().is_empty()
}
