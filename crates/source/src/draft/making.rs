//! Facts and answers as a draft of a system file.

use std::collections::BTreeSet;

use coseal_core::{
    fact::{Asset, AssetKind, Workload},
    finding::Confidence,
    system::Exposure,
};

use super::{
    answers::Answers,
    flows::Flows,
    ids::{self, Ids},
    kind::Guess,
    models::{Task, task},
    part::{Part, Value},
    parts::Maker,
};

/// Endpoints that a draft may have.
const MOST_ENDPOINTS: usize = 3;

/// What a draft is made from.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// What files show, as `compare::observed` gives it.
    pub observed: &'a [Asset],
    /// What configuration runs.
    pub workloads: &'a [Workload],
    /// The files of the folder, as paths from the root.
    pub files: &'a BTreeSet<String>,
}

/// A system file in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Id of the system.
    pub id: String,
    /// Its kind, and why.
    pub guess: Guess,
    /// What people said, or what is assumed.
    pub answers: Answers,
    /// Its elements, flows included, table by table.
    pub parts: Vec<Part>,
    /// What the elements stand for, with the surest place of each.
    pub told: Vec<Told>,
    /// What is not in it, and why; sorted.
    pub left_out: Vec<LeftOut>,
    /// How many models may be the one that answers.
    pub candidates: usize,
}

/// An element, and where it was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// As `kind.id`.
    pub element: String,
    /// How many assets it stands for.
    pub assets: usize,
    /// The surest place.
    pub path: String,
    /// Its line, counted from 1; 0 for the file as a whole.
    pub line: u32,
}

/// Something that files show and that is not in the draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Why.
    pub why: &'static str,
    /// What it is.
    pub kind: AssetKind,
    /// Its name, as files say it.
    pub name: String,
}

/// Makes a draft for a system that is called `name`.
#[must_use]
pub fn draft(name: &str, found: Found<'_>, guess: Guess, answers: Answers) -> Draft {
    let class = class(&answers);
    let (mut left_out, sure) = sorted_out(found.observed);
    let mut maker = Maker::new(guess.kind, class, Ids::default(), None, found.files);
    maker.make(&sure);
    let made_from = training(&mut maker);
    let user = user(answers.exposure.value);
    let flows =
        Flows::new(&maker, user, Ids::default()).of_the_kind().of_parts(&maker.made, &made_from);
    let candidates = maker.candidates().len();
    left_out.extend(maker.left_out.iter().map(|(asset, why)| LeftOut::new(asset, why)));
    left_out.sort();
    let told = told(&maker.made);
    let mut parts: Vec<Part> = maker.made.into_iter().map(|(part, _)| part).collect();
    parts.extend(endpoints(found.workloads, answers.exposure.value));
    parts.extend(flows);
    Draft { id: ids::of_system(name), guess, answers, parts, told, left_out, candidates }
}

impl LeftOut {
    fn new(asset: &Asset, why: &'static str) -> Self {
        Self { why, kind: asset.kind, name: asset.name.clone() }
    }
}

/// The class of what goes in.
pub(super) const fn class(answers: &Answers) -> &'static str {
    if answers.personal.value { "personal" } else { "internal" }
}

/// The actor that uses a system of this exposure.
pub(super) const fn user(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Offline => "operator",
        Exposure::Staff => "staff",
        Exposure::Partners => "partner",
        Exposure::Public => "user",
    }
}

/// What stays out of a file from the start, and what goes in.
pub(super) fn sorted_out(observed: &[Asset]) -> (Vec<LeftOut>, Vec<&Asset>) {
    let mut left_out = Vec::new();
    let mut sure = Vec::new();
    for asset in observed {
        let why = if asset.optional {
            "only tests, examples, documents or lists of choices show it"
        } else if asset.confidence() == Confidence::Low {
            "it is not sure enough"
        } else if is_behind_a_model(asset, observed) {
            "its models stand for it"
        } else {
            sure.push(asset);
            continue;
        };
        left_out.push(LeftOut::new(asset, why));
    }
    (left_out, sure)
}

/// A provider of hosted models that are in the file needs no line of its own.
fn is_behind_a_model(asset: &Asset, observed: &[Asset]) -> bool {
    let of_it = |model: &&Asset| {
        model.kind == AssetKind::Model && !model.optional && model.confidence() > Confidence::Low
    };
    asset.kind == AssetKind::Service
        && observed.iter().filter(of_it).any(|model| crate::compare::provides(asset, model))
}

/// Data that files of models are likely to be made from; the models say so.
fn training(maker: &mut Maker<'_>) -> Vec<String> {
    let is_training = |part: &Part| {
        part.table == "dataset"
            && part.keys.contains(&("use", Value::List(vec!["training".to_owned()])))
    };
    let data: Vec<String> = maker
        .made
        .iter()
        .filter(|(part, _)| is_training(part))
        .map(|(part, _)| part.name())
        .collect();
    let mut used = false;
    for (part, assets) in &mut maker.made {
        let ours = assets.first().is_some_and(|asset| task(asset) == Task::Score);
        if part.table == "model" && ours && !data.is_empty() {
            used = true;
            part.keys.push(("made-from", Value::List(data.clone())));
            let before = if part.note.is_empty() { "" } else { "; " };
            part.note.push_str(&format!("{before}made-from is assumed"));
        }
    }
    if used { data } else { Vec::new() }
}

fn told(made: &[(Part, Vec<&Asset>)]) -> Vec<Told> {
    let one = |(part, assets): &(Part, Vec<&Asset>)| {
        let seen = assets.first()?.main_place()?;
        Some(Told {
            element: part.name(),
            assets: assets.len(),
            path: seen.path.clone(),
            line: seen.line,
        })
    };
    made.iter().filter_map(one).collect()
}

/// Where the system can be reached, as configuration opens it. How callers prove who they are, files do not tell.
fn endpoints(workloads: &[Workload], exposure: Exposure) -> Vec<Part> {
    if exposure == Exposure::Offline {
        return Vec::new();
    }
    let mut ids = Ids::default();
    let serves = |of: &&Workload| of.runs.as_deref() == Some("app") && !of.ports.is_empty();
    let of_workload = |of: &Workload| {
        let ports: Vec<_> = of.ports.iter().take(3).map(String::as_str).collect();
        let address: String = format!("port {}", ports.join(", ")).chars().take(80).collect();
        Part::new("endpoint", &ids.of_name("endpoint", &of.name))
            .key("address", address)
            .note(format!("{}:{}", of.path, of.line))
    };
    workloads.iter().filter(serves).take(MOST_ENDPOINTS).map(of_workload).collect()
}
