//! What changes with a file.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    digest::Digest,
    fact::{
        AdvisoryReport, Asset, AssetKind, Dependency, DependencySource, Facts, HostedUse, Kind,
        Measured, Pin, Secret, Workload,
    },
    outcome::Gap,
    system::{FILE_NAME, Problem, System},
};

use super::{answer::Walked, change::Change, decided};

/// Everything that derives from a file, changed. What every edit changes (text, digest) is certain; what depends on the
/// edit (what a model file holds, a secret, the name of a hosted model) is not.
pub(super) fn changes(facts: &Facts, walked: &Walked, path: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(text(facts, path));
    changes.extend(secrets(facts, path));
    changes.extend(measured(facts, path));
    changes.extend(model_file(facts, path));
    changes.extend(hosted_models(facts, walked, path));
    changes.extend(found(facts, walked, path));
    changes.extend(unread(facts, path));
    changes.extend(decided::changes(facts, path));
    if path == FILE_NAME {
        let mut after = facts.clone();
        after.system_file.problems.push(Problem::unreadable(""));
        changes.push(Change::possible(
            "what is wrong with coseal.toml",
            &[Kind::SystemFile],
            after,
        ));
    }
    changes
}

/// A path of the system file as the walk names it.
pub(super) fn normal(path: &str) -> &str {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    if path == "." { "" } else { path }
}

/// Whether a file is a folder's, or is it.
pub(super) fn is_in(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where the bytes of each element are, below the system file.
pub(super) fn places(system: &System) -> impl Iterator<Item = (String, &str)> {
    let models = system.model.iter().map(|(id, of)| ("model", id, &of.location));
    let adapters = system.adapter.iter().map(|(id, of)| ("adapter", id, &of.location));
    let datasets = system.dataset.iter().map(|(id, of)| ("dataset", id, &of.location));
    let prompts = system.prompt.iter().map(|(id, of)| ("prompt", id, &of.location));
    let documents = system.document.iter().map(|(id, of)| ("document", id, &of.location));
    let tools = system.tool.iter().filter_map(|(id, of)| Some(("tool", id, of.location.as_ref()?)));
    models
        .chain(adapters)
        .chain(datasets)
        .chain(prompts)
        .chain(documents)
        .chain(tools)
        .filter_map(|(kind, id, location)| Some((format!("{kind}.{id}"), normal(location.path()?))))
}

/// A secret that may come to stand in a file.
pub(super) fn secret(path: &str) -> Secret {
    Secret { path: path.to_owned(), line: 1, kind: "secret".into() }
}

fn text(facts: &Facts, path: &str) -> Option<Change> {
    let key = facts.texts.keys().find(|key| normal(key) == path)?;
    let mut after = facts.clone();
    let text = after.texts.get_mut(key)?;
    let readable = text.text.is_ok();
    text.text = Ok(format!("{}\u{1}", text.text.as_deref().unwrap_or_default()));
    text.digest = Some(unlike(text.digest));
    let change = if readable { Change::certain } else { Change::possible };
    Some(change("text", &[Kind::Text], after))
}

fn secrets(facts: &Facts, path: &str) -> Option<Change> {
    let searched = path == FILE_NAME || facts.texts.keys().any(|key| normal(key) == path);
    if !searched {
        return None;
    }
    let mut after = facts.clone();
    after.secrets.retain(|secret| normal(&secret.path) != path);
    if after.secrets.len() == facts.secrets.len() {
        after.secrets.push(secret(path));
    }
    let label = if path == FILE_NAME { "secrets in coseal.toml" } else { "secrets" };
    Some(Change::possible(label, &[Kind::Secret], after))
}

fn measured(facts: &Facts, path: &str) -> Vec<Change> {
    let elements: BTreeMap<String, &str> = facts.system.iter().flat_map(places).collect();
    let is_of = |key: &str| match (key.split_once(":path:"), key.split_once('/')) {
        (Some((_, place)), _) => is_in(path, place),
        (None, Some((element, file))) => elements.get(element).is_some_and(|place| {
            path == *place
                || path.strip_prefix(place).is_some_and(|rest| normal_below(rest) == file)
        }),
        (None, None) => elements
            .get(key)
            .is_some_and(|place| is_in(path, place) && !(place.is_empty() && path.is_empty())),
    };
    let change = |key: &String| {
        let mut after = facts.clone();
        let fact = after.digests.get_mut(key)?;
        let label = format!("digest of {key}");
        let now = fact.measured.digest();
        fact.measured = Measured::Digest(unlike(now));
        let change = if now.is_some() { Change::certain } else { Change::possible };
        Some(change(label, &[Kind::Digest], after))
    };
    facts.digests.keys().filter(|key| is_of(key)).filter_map(change).collect()
}

/// What is left of a path behind the folder that it is in.
fn normal_below(rest: &str) -> &str {
    rest.trim_start_matches('/')
}

fn model_file(facts: &Facts, path: &str) -> Option<Change> {
    let key = facts.artefacts.keys().find(|key| normal(key) == path)?;
    let mut after = facts.clone();
    // Every field of it may be another; so it is as if another file were there.
    after.artefacts.remove(key);
    Some(Change::possible("what the model file holds", &[Kind::Artefact, Kind::Inspection], after))
}

fn hosted_models(facts: &Facts, walked: &Walked, path: &str) -> Option<Change> {
    let used = facts.hosted_uses.iter().any(|used| used.path == path);
    if !used && !walked.code.contains(path) {
        return None;
    }
    let mut after = facts.clone();
    if used {
        after.hosted_uses.retain(|used| used.path != path);
    } else {
        let model = "\u{1}other-1".to_owned();
        after.hosted_uses.push(HostedUse { path: path.into(), line: 1, model, pin: Pin::Unknown });
    }
    Some(Change::possible("names of hosted models", &[Kind::HostedUse], after))
}

/// A kind of fact, what it is called, and a change of such facts that derive from a file.
type Other = (Kind, &'static [Kind], &'static str, fn(&mut Facts, &str));

/// What discovery may come to find in the file, of each kind that it looks for there.
fn found(facts: &Facts, walked: &Walked, path: &str) -> Vec<Change> {
    let searched = |kind| {
        walked.searched.get(&kind).is_some_and(|files: &BTreeSet<String>| files.contains(path))
    };
    let kinds: [Other; 6] = [
        (Kind::Asset, &[Kind::Asset], "assets that it shows", other_asset),
        (Kind::Dependency, &[Kind::Dependency], "packages that it names", other_dependency),
        (Kind::Workload, &[Kind::Workload], "what it runs", other_workload),
        (Kind::Lock, &[Kind::Lock], "what is registered", other_lock),
        (Kind::Advisory, &[Kind::Advisory], "vulnerabilities that it reports", other_advisory),
        (Kind::Inspection, &[Kind::Inspection], "whether it can be read in full", other_gap),
    ];
    kinds
        .into_iter()
        .filter(|(kind, ..)| searched(*kind))
        .map(|(_, kinds, label, change)| {
            let mut after = facts.clone();
            change(&mut after, path);
            Change::possible(label, kinds, after)
        })
        .collect()
}

fn other_gap(facts: &mut Facts, path: &str) {
    let before = facts.inspection.gaps.len();
    facts.inspection.gaps.retain(|gap| normal(&gap.what) != path);
    if facts.inspection.gaps.len() == before {
        facts.inspection.gaps.push(Gap { what: path.to_owned(), why: String::new() });
    }
}

fn other_asset(facts: &mut Facts, path: &str) {
    let before = facts.assets.len();
    facts.assets.retain(|asset| asset.seen.iter().all(|seen| seen.path != path));
    if facts.assets.len() == before {
        facts.assets.push(Asset {
            kind: AssetKind::Model,
            name: "\u{1}other".into(),
            location: None,
            digest: None,
            pin: Pin::Unknown,
            optional: false,
            details: BTreeMap::new(),
            seen: Vec::new(),
        });
    }
}

fn other_dependency(facts: &mut Facts, path: &str) {
    facts.dependencies.push(Dependency {
        path: path.to_owned(),
        line: 1,
        ecosystem: String::new(),
        name: "\u{1}other".into(),
        wants: String::new(),
        exact: false,
        locked: None,
        source: DependencySource::Registry,
        ai: true,
        development: false,
    });
}

fn other_workload(facts: &mut Facts, path: &str) {
    facts.workloads.push(Workload {
        path: path.to_owned(),
        line: 1,
        form: String::new(),
        name: "\u{1}other".into(),
        image: None,
        runs: None,
        ports: BTreeSet::new(),
        settings: Vec::new(),
    });
}

fn other_lock(facts: &mut Facts, _: &str) {
    facts.lock.problem = match facts.lock.problem {
        Some(_) => None,
        None => Some("\u{1}".into()),
    };
}

fn other_advisory(facts: &mut Facts, path: &str) {
    let before = facts.advisories.len();
    facts.advisories.retain(|report| report.path != path);
    if facts.advisories.len() == before {
        facts.advisories.push(AdvisoryReport {
            path: path.to_owned(),
            format: String::new(),
            tool: String::new(),
            target: None,
            made: None,
            results: Vec::new(),
            problem: None,
        });
    }
}

fn unread(facts: &Facts, path: &str) -> Option<Change> {
    facts.inspection.gaps.iter().find(|gap| normal(&gap.what) == path)?;
    let mut after = facts.clone();
    after.inspection.gaps.retain(|gap| normal(&gap.what) != path);
    Some(Change::possible("that it could not be read", &[Kind::Inspection], after))
}

/// A digest that is not this one.
pub(super) fn unlike(digest: Option<Digest>) -> Digest {
    let [zero, one] = [0, 1].map(|byte| Digest::new([byte; 32]));
    if digest == Some(zero) { one } else { zero }
}
