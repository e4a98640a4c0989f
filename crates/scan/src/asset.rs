//! Model files as assets.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Artefact, Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    place::{is_aside, is_installed},
    system::ModelFormat,
};

/// An asset for each model file that was found, and for each file of the same formats whose name says that it is data. A file that only stands for one is left to who reads pointers; one
/// that is a dataset, or an index that a store of vectors keeps, is no model.
#[must_use]
pub fn models(found: &BTreeMap<String, Artefact>, datasets: &[Asset]) -> Vec<Asset> {
    let is_dataset = |path: &str| {
        let of = |asset: &&Asset| asset.kind == AssetKind::Dataset;
        let mut known = datasets.iter().filter(of);
        known.any(|asset| asset.name == path || asset.seen.iter().any(|seen| seen.path == path))
    };
    let of_store = |path: &str| {
        let around = |asset: &Asset| {
            asset
                .seen
                .iter()
                .filter_map(|seen| seen.path.strip_suffix("chroma.sqlite3"))
                .any(|f| path.starts_with(f))
        };
        datasets.iter().any(|asset| asset.kind == AssetKind::Store && around(asset))
    };
    found
        .values()
        .filter(|artefact| !artefact.format.ends_with("-pointer") && !is_installed(&artefact.path))
        .filter(|artefact| !is_dataset(&artefact.path) && !of_store(&artefact.path))
        .map(asset)
        .collect()
}

/// Words with which the name of a file of data ends.
const DATA: [&str; 9] =
    ["data", "dataset", "train", "test", "val", "valid", "features", "labels", "targets"];

/// A pickle is a model or data; the last word of its name tells, else it is taken for a model.
fn kind(path: &str) -> AssetKind {
    let file = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = file.split('.').next().unwrap_or_default();
    let last = stem.rsplit(['_', '-']).next().unwrap_or_default();
    if DATA.contains(&last) { AssetKind::Dataset } else { AssetKind::Model }
}

fn asset(artefact: &Artefact) -> Asset {
    // Arrays and files of unknown make may be data as well.
    let sure = !matches!(artefact.family, None | Some(ModelFormat::Numpy | ModelFormat::Other));
    let confidence = if sure { Confidence::High } else { Confidence::Low };
    Asset {
        kind: kind(&artefact.path),
        name: artefact.path.clone(),
        location: format!("path:{}", artefact.path).parse().ok(),
        digest: None,
        pin: Pin::Unknown,
        optional: is_aside(&artefact.path),
        details: [
            ("format".to_owned(), artefact.format.clone()),
            ("size".to_owned(), artefact.size.to_string()),
        ]
        .into(),
        seen: vec![Sighting {
            path: artefact.path.clone(),
            line: 0,
            method: Method::Content,
            confidence,
        }],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::fact::AssetKind;

    use super::models;
    use crate::{bytes::SliceBytes, inspect_anyway};

    #[test]
    fn a_model_file_is_a_model_and_a_pointer_is_not() {
        let mut found = BTreeMap::new();
        for (path, bytes) in [
            ("m/a.pkl", b"}.".as_slice()),
            ("m/training_data.pkl", b"}."),
            ("tests/b.gguf", b"GGUF"),
            ("c.onnx", b"version https://git-lfs.github.com/spec/v1\n"),
        ] {
            found.insert(path.to_owned(), inspect_anyway(path, &SliceBytes(bytes)));
        }
        let told: Vec<_> =
            models(&found, &[]).into_iter().map(|a| (a.kind, a.name, a.optional)).collect();
        assert_eq!(
            told,
            [
                (AssetKind::Model, "m/a.pkl".to_owned(), false),
                (AssetKind::Dataset, "m/training_data.pkl".to_owned(), false),
                (AssetKind::Model, "tests/b.gguf".to_owned(), true)
            ]
        );
    }
}
