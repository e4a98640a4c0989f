//! What changes with a file.

use coseal_core::{
    digest::Digest,
    fact::{Facts, HostedUse, Kind, Measured, Pin, Secret},
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
    models
        .chain(adapters)
        .chain(datasets)
        .chain(prompts)
        .chain(documents)
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
    let elements = facts.system.iter().flat_map(places);
    let of =
        elements.filter(|(_, place)| is_in(path, place) && !(place.is_empty() && path.is_empty()));
    let change = |(element, _): (String, &str)| {
        let mut after = facts.clone();
        let fact = after.digests.get_mut(&element)?;
        let label = format!("digest of {element}");
        let now = match fact.measured {
            Measured::Digest(now) => Some(now),
            _ => None,
        };
        fact.measured = Measured::Digest(unlike(now));
        let change = if now.is_some() { Change::certain } else { Change::possible };
        Some(change(label, &[Kind::Digest], after))
    };
    of.filter_map(change).collect()
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
