//! What an address or path leads to: a model, data, or neither.

/// Suffixes of files of models.
const MODELS: [&str; 30] = [
    "pt",
    "pth",
    "ckpt",
    "bin",
    "safetensors",
    "gguf",
    "ggml",
    "onnx",
    "h5",
    "hdf5",
    "keras",
    "pb",
    "tflite",
    "pkl",
    "pickle",
    "joblib",
    "model",
    "ubj",
    "cbm",
    "mlmodel",
    "engine",
    "weights",
    "caffemodel",
    "task",
    "sav",
    "nemo",
    "pdparams",
    "mar",
    "llamafile",
    "mlpackage",
];
/// Suffixes of packed files, which may hold either.
const PACKED: [&str; 8] = ["zip", "tar", "tgz", "gz", "bz2", "xz", "7z", "zst"];
/// Parts of names that say a model.
const SAYS_MODEL: [&str; 24] = [
    "model",
    "weight",
    "checkpoint",
    "ckpt",
    "vosk",
    "glove",
    "word2vec",
    "fasttext",
    "embedding",
    "pretrained",
    "whisper",
    "wav2vec",
    "mobilenet",
    "resnet",
    "rcnn",
    "yolo",
    "inception",
    "vgg",
    "efficientnet",
    "detector",
    "classifier",
    "caption",
    "deeplab",
    "unet",
];
/// Parts of names that say data.
const SAYS_DATA: [&str; 20] = [
    "data",
    "corpus",
    "train",
    "images",
    "annotation",
    "coco",
    "squad",
    "val2017",
    "mnist",
    "cifar",
    "documents",
    "reviews",
    "questions",
    "ground_truth",
    "ground-truth",
    "benchmark",
    "faq",
    "imagenet",
    "librispeech",
    "shakespeare",
];
/// Suffixes of texts that hold data where something around them says so.
const RECORDS: [&str; 6] = ["json", "txt", "xml", "yaml", "yml", "pdf"];

/// Whether a file is one of a model by its suffix.
pub(crate) fn is_model_file(path: &str) -> bool {
    MODELS.contains(&suffix(path).as_str()) || path.contains(".ckpt-")
}

/// Whether an address leads to a model.
pub(crate) fn is_model(address: &str) -> bool {
    let bare = bare(address);
    let packed = PACKED.contains(&suffix(bare).as_str());
    let says = |words: &[&str]| words.iter().any(|word| bare.to_lowercase().contains(word));
    is_address(address)
        && (is_model_file(bare) && !bare.contains("/datasets/")
            || packed && says(&SAYS_MODEL) && !says(&["dataset"]))
}

/// Whether an address leads to data: by its suffix, or by what it says.
pub(crate) fn is_data(address: &str) -> bool {
    let bare = bare(address);
    let suffix = suffix(bare);
    let says = |words: &[&str]| words.iter().any(|word| bare.to_lowercase().contains(word));
    let may = PACKED.contains(&suffix.as_str()) || RECORDS.contains(&suffix.as_str());
    is_address(address)
        && !is_model(address)
        && (super::datasets::is_data(bare) || may && says(&SAYS_DATA))
}

fn is_address(text: &str) -> bool {
    ["https://", "http://", "s3://", "gs://"].iter().any(|scheme| text.starts_with(scheme))
        && text.len() <= 300
        && !text.contains(['{', '}', '<', '>', ' ', '$', '@'])
        && !text.contains("://localhost")
}

/// An address without what stands behind `?` and `#`, where a secret may be.
pub(crate) fn bare(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

fn suffix(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or("", |(_, suffix)| suffix).to_lowercase()
}

/// The location of an address; none for schemes that a system file does not know.
pub(crate) fn location(address: &str) -> Option<String> {
    let address = bare(address);
    if let Some(rest) = address.strip_prefix("s3://") {
        return Some(format!("s3:{rest}"));
    }
    let https = address.replacen("http://", "https://", 1);
    https.starts_with("https://").then_some(https)
}

#[cfg(test)]
mod tests {
    use super::{is_data, is_model};

    #[test]
    fn suffix_and_words_tell() {
        for address in [
            "https://x.org/a/best.onnx",
            "http://x.org/glove.6B.zip",
            "s3://bucket/models/v1.tar.gz",
            "https://x.org/pretrained/a.pth?download=1",
        ] {
            assert!(is_model(address) && !is_data(address), "{address}");
        }
        for address in
            ["https://x.org/t.csv", "https://x.org/data/a.zip", "https://x.org/faq.json?raw=1"]
        {
            assert!(is_data(address) && !is_model(address), "{address}");
        }
        for address in [
            "https://x.org/tool.tar.gz",
            "https://x.org/v1/chat/completions",
            "https://x.org/package.json",
            "http://localhost:8000/data.csv",
            "https://{host}/data.csv",
            "data.csv",
        ] {
            assert!(!is_model(address) && !is_data(address), "{address}");
        }
    }
}
