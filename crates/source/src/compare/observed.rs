//! What files show, the model files that a scan found included.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Artefact, Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    system::{Location, ModelFormat},
};

use crate::names::is_in;

/// Folders of what is no part of the system that runs.
const ASIDE: [&str; 9] =
    ["test", "tests", "fixtures", "testdata", "example", "examples", "docs", "doc", "samples"];

/// What discovery found but libraries, and the model files that it did not name; sorted. A system file has no place for a
/// library.
#[must_use]
pub fn observed(assets: &[Asset], artefacts: &BTreeMap<String, Artefact>) -> Vec<Asset> {
    let places: BTreeSet<&str> = assets
        .iter()
        .filter_map(|asset| asset.location.as_ref().and_then(Location::path))
        .collect();
    let mut all: Vec<Asset> =
        assets.iter().filter(|asset| asset.kind != AssetKind::Library).cloned().collect();
    let known = |path: &str| places.iter().any(|place| is_in(path, place));
    all.extend(artefacts.values().filter(|of| !known(&of.path)).map(model_file));
    all.sort();
    all
}

fn model_file(artefact: &Artefact) -> Asset {
    // Arrays and files of unknown make may be data as well.
    let sure = !matches!(artefact.family, None | Some(ModelFormat::Numpy | ModelFormat::Other));
    Asset {
        kind: AssetKind::Model,
        name: artefact.path.clone(),
        location: format!("path:{}", artefact.path).parse().ok(),
        digest: None,
        pin: Pin::Unknown,
        optional: artefact.path.split('/').any(|part| ASIDE.contains(&part)),
        details: BTreeMap::new(),
        seen: vec![Sighting {
            path: artefact.path.clone(),
            line: 0,
            method: Method::Content,
            confidence: if sure { Confidence::High } else { Confidence::Low },
        }],
    }
}
