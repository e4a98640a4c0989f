//! Whether bytes at a path are a model or a dataset, as far as the path says.

use coseal_core::{fact::AssetKind, finding::Confidence};

const MODELS: [&str; 24] = [
    "pkl",
    "pickle",
    "joblib",
    "pt",
    "pth",
    "ckpt",
    "safetensors",
    "gguf",
    "ggml",
    "onnx",
    "keras",
    "tflite",
    "pb",
    "mlmodel",
    "torchscript",
    "cbm",
    "ubj",
    "bst",
    "llamafile",
    "engine",
    "caffemodel",
    "nemo",
    "model",
    "dill",
];
const DATASETS: [&str; 24] = [
    "csv",
    "tsv",
    "jsonl",
    "ndjson",
    "parquet",
    "arrow",
    "feather",
    "avro",
    "orc",
    "tfrecord",
    "tfrecords",
    "npy",
    "npz",
    "xlsx",
    "xls",
    "sqlite",
    "sqlite3",
    "db",
    "zip",
    "tar",
    "gz",
    "tgz",
    "zst",
    "hdf",
];
/// Suffixes that either may have.
const EITHER: [&str; 5] = ["bin", "h5", "hdf5", "json", "txt"];
/// What is neither: code, settings, pictures and pages of a report.
const NEITHER: [&str; 24] = [
    "py", "ipynb", "r", "sh", "js", "ts", "md", "html", "png", "jpg", "jpeg", "svg", "gif", "pdf",
    "yaml", "yml", "toml", "log", "lock", "ico", "webp", "mp4", "woff2", "ttf",
];
const MODEL_PLACES: [&str; 9] = [
    "model",
    "models",
    "checkpoint",
    "checkpoints",
    "weights",
    "artifacts",
    "ckpt",
    "ckpts",
    "trained_models",
];
const DATA_PLACES: [&str; 14] = [
    "data",
    "dataset",
    "datasets",
    "raw",
    "processed",
    "corpus",
    "train",
    "training_data",
    "test_data",
    "validation",
    "interim",
    "features",
    "eval_data",
    "inputs",
];

/// What stands at a path, and how sure that is; none for code, settings and reports.
pub(super) fn role(path: &str) -> Option<(AssetKind, Confidence)> {
    let lower = path.to_lowercase();
    let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let suffix = file.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let in_place =
        |places: &[&str]| folders.split('/').rev().find(|part| places.contains(part)).is_some();
    if MODELS.contains(&suffix) {
        return Some((AssetKind::Model, Confidence::High));
    }
    if DATASETS.contains(&suffix) {
        let archived_model = in_place(&MODEL_PLACES) && !in_place(&DATA_PLACES);
        let archive = matches!(suffix, "zip" | "tar" | "gz" | "tgz" | "zst");
        let kind = if archive && archived_model { AssetKind::Model } else { AssetKind::Dataset };
        return Some((kind, if archive { Confidence::Medium } else { Confidence::High }));
    }
    let kind = if in_place(&DATA_PLACES) || DATA_PLACES.contains(&file) {
        AssetKind::Dataset
    } else if in_place(&MODEL_PLACES) || MODEL_PLACES.contains(&file) || suffix == "bin" {
        AssetKind::Model
    } else {
        return None;
    };
    let told = suffix.is_empty() || EITHER.contains(&suffix) || !NEITHER.contains(&suffix);
    told.then_some((kind, Confidence::Medium))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::AssetKind::{Dataset, Model};

    use super::role;

    #[test]
    fn suffix_and_place_tell() {
        let kind = |path: &str| role(path).map(|(kind, _)| kind);
        for path in [
            "model.pkl",
            "data/best.onnx",
            "models/a.bin",
            "models/bert",
            "checkpoints",
            "models/x.tar.gz",
        ] {
            assert_eq!(kind(path), Some(Model), "{path}");
        }
        for path in
            ["x.csv", "data/raw", "data", "data/labels.json", "data/img.zip", "models/x.csv"]
        {
            assert_eq!(kind(path), Some(Dataset), "{path}");
        }
        for path in
            ["src/train.py", "data/load.py", "reports/a.png", "params.yaml", "metrics.json", "src"]
        {
            assert_eq!(kind(path), None, "{path}");
        }
    }
}
