//! The index of a model in several files, compared with these files.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious};

use super::{
    json::Json,
    rules::{CLIMBS, PARTS},
};
use crate::{
    artefact::{format::Input, report::Report},
    bytes::{ReadAt, Section, read_exact_at},
};

/// Bytes of a header that are read here.
const MAX_HEADER: u64 = 8 << 20;

/// Compares.
pub(super) fn read(input: Input<'_>, json: &Json, report: &mut Report) {
    let Some(Json::Map(tensors)) = json.at("weight_map") else {
        report.find(&PARTS, Malformed, 0, "it has no map of tensors");
        return;
    };
    let mut shards: BTreeMap<&str, HashSet<u64>> = BTreeMap::new();
    for (name, shard) in tensors {
        match shard.text() {
            Some(shard) => {
                shards.entry(shard).or_default().insert(number(name));
            }
            None => report.find(&PARTS, Malformed, 0, "a tensor is in no file"),
        }
    }
    let names: BTreeSet<String> = input.beside.names().into_iter().collect();
    if names.is_empty() {
        report.gap("the parts of the model", "what lies around the index is not known");
    }
    for (shard, tensors) in &shards {
        if shard.contains("..") || shard.starts_with(['/', '~']) || shard.contains(['\\', ':']) {
            report.find(&CLIMBS, Malicious, 0, &format!("the index names {shard}"));
        } else if !names.is_empty() {
            compare(input, &names, shard, tensors, report);
        }
    }
    extra(&names, &shards, report);
}

fn compare(
    input: Input<'_>,
    names: &BTreeSet<String>,
    shard: &str,
    tensors: &HashSet<u64>,
    report: &mut Report,
) {
    let opened = input.beside.open(shard).filter(|_| names.contains(shard));
    let Some(bytes) = opened else {
        report.find(&PARTS, Malformed, 0, &format!("{shard} is not there"));
        return;
    };
    if !shard.ends_with(".safetensors") {
        return;
    }
    // A part that can't be read is told where it is read as a file of its own.
    let Some(held) = held(&*bytes) else { return };
    if let Some(missing) = tensors
        .iter()
        .filter(|name| !held.contains(*name))
        .map(|_| 1_usize)
        .reduce(usize::saturating_add)
    {
        report.find(
            &PARTS,
            Malformed,
            0,
            &format!("{shard} lacks {missing} tensors that the index places there"),
        );
    }
    let more = held.difference(tensors).count();
    if more > 0 {
        report.find(
            &PARTS,
            Malformed,
            0,
            &format!("{shard} holds {more} tensors that the index does not place there"),
        );
    }
}

/// Names of the tensors of a safetensors file, as numbers.
fn held(bytes: &dyn ReadAt) -> Option<HashSet<u64>> {
    let mut length = [0; 8];
    read_exact_at(bytes, 0, &mut length).ok()?;
    let length = u64::from_le_bytes(length);
    let text = super::folder::whole(&Section::new(bytes, 8, length), MAX_HEADER)?;
    let Some(Json::Map(entries)) = Json::parse(text.trim_end()) else { return None };
    let names =
        entries.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "__metadata__");
    Some(names.map(number).collect())
}

/// Files of the same series that the index does not name.
fn extra(names: &BTreeSet<String>, shards: &BTreeMap<&str, HashSet<u64>>, report: &mut Report) {
    let series = |name: &str| {
        let (head, tail) = name.split_once("-of-")?;
        let prefix = head.rsplit_once('-')?.0;
        Some(format!("{prefix}-of-{tail}"))
    };
    let known: BTreeSet<String> = shards.keys().filter_map(|shard| series(shard)).collect();
    for name in names.iter().filter(|name| !shards.contains_key(name.as_str())) {
        if series(name).is_some_and(|series| known.contains(&series)) {
            report.find(
                &PARTS,
                Malformed,
                0,
                &format!("{name} is of the series, and the index does not name it"),
            );
        }
    }
}

fn number(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
