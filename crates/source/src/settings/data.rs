//! Settings that say which data is used.

use coseal_core::{fact::AssetKind, finding::Confidence};

use crate::{
    code::{addresses, is_data_path},
    deploy::{model_name::hub, place_of_data, told::Told},
};

/// Words of names under which data is made, not used.
const MADE: [&str; 18] = [
    "output",
    "outputs",
    "out",
    "save",
    "log",
    "logs",
    "result",
    "results",
    "report",
    "reports",
    "metrics",
    "cache",
    "predictions",
    "export",
    "hub",
    "target",
    "image",
    "repo",
];

/// The data that a setting names, told; false if it names none. `around` are the words of the keys above it.
pub(super) fn tell(
    told: &mut Told<'_>,
    own: &[String],
    around: &[String],
    value: &str,
    line: u32,
) -> bool {
    let value = value.trim().trim_start_matches("./");
    if own.iter().any(|word| MADE.contains(&word.as_str())) || !is_plain(value) {
        return false;
    }
    if addresses::is_data(value) || is_file(value) {
        return put(told, addresses::bare(value), line);
    }
    let mut all = false;
    if names_a_set(own, around) {
        for one in value.split(',').map(str::trim).take(20) {
            let of_hub = hub(one, "").is_some() && !is_data_path(one);
            all |= (of_hub || is_word(one)) && put(told, one, line);
        }
    }
    all
}

/// `dataset_mixer: {org/name: 1.0}`: sets of the hub by the keys.
pub(super) fn tell_mixed(told: &mut Told<'_>, key: &str, below: &str, line: u32) {
    let mixes = matches!(key, "dataset_mixer" | "datasets" | "data_mixture" | "dataset_mix");
    if mixes && hub(below, "").is_some() {
        put(told, below, line);
    }
}

fn put(told: &mut Told<'_>, name: &str, line: u32) -> bool {
    let location = place_of_data(name).and_then(|place| place.parse().ok());
    told.asset(AssetKind::Dataset, name, line, Confidence::Medium).location = location;
    true
}

fn is_plain(value: &str) -> bool {
    let odd = |c: char| c.is_control() || "${}<>*|;\"'()[]".contains(c);
    value.len() > 2
        && value.len() < 300
        && !value.contains(odd)
        && !value.starts_with(['/', '~', '-'])
}

/// Whether a value is the path of a file of data, and not of what a run wrote.
fn is_file(value: &str) -> bool {
    let lower = value.to_lowercase();
    let of_run = ["result", "output", "report", "metrics", "predict", "history", "log"];
    let file = lower.rsplit('/').next().unwrap_or_default();
    is_data_path(value)
        && file.contains('.')
        && !value.contains([' ', '@', ','])
        && !lower.starts_with("../..")
        && !file.ends_with(".pdf")
        && !of_run.iter().any(|word| lower.contains(word))
}

/// Whether a name says that the name of a dataset stands there: `dataset_name`, `train_dataset`, `datasets[].path`.
fn names_a_set(own: &[String], around: &[String]) -> bool {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let above = around.last().map(String::as_str);
    match own.as_slice() {
        [.., "dataset", "name" | "id" | "path"] | [.., "dataset"] => true,
        ["path" | "name" | "id"] => matches!(above, Some("dataset" | "datasets")),
        _ => false,
    }
}

/// A name that a library or a registry of data knows: one word, no sentence, no switch.
fn is_word(text: &str) -> bool {
    let switch = ["true", "false", "none", "null", "default", "auto", "custom", "train", "test"];
    let letters = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    letters
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() > 2
        && !switch.contains(&text.to_lowercase().as_str())
        && !text.to_lowercase().contains("your")
}

#[cfg(test)]
mod tests {
    use crate::{deploy::told::Told, node::yaml, settings::tree};

    fn of(text: &str) -> Vec<String> {
        let mut told = Told::new("conf/app.yaml");
        for document in yaml(text).documents {
            tree::tell(&document, &mut told);
        }
        let assets = told.into_found().assets.into_iter();
        assets
            .filter(|asset| asset.kind.word() == "dataset")
            .map(|asset| {
                format!(
                    "{} {}",
                    asset.name,
                    asset.location.map(|at| at.to_string()).unwrap_or_default()
                )
                .trim()
                .to_owned()
            })
            .collect()
    }

    #[test]
    fn data_is_told_by_key_and_by_form() {
        for (text, wanted) in [
            ("dataset_name: glue\n", "glue"),
            (
                "datasets:\n  - path: someone/talks\n    type: x\n",
                "someone/talks hf:datasets/someone/talks",
            ),
            ("dataset_mixer:\n  someone/talks: 1.0\n", "someone/talks hf:datasets/someone/talks"),
            ("prepare:\n  raw: data/raw/x.csv\n", "data/raw/x.csv path:data/raw/x.csv"),
            ("testdata_path: ground_truth.jsonl\n", "ground_truth.jsonl path:ground_truth.jsonl"),
            ("u: https://x.org/data/t.csv\n", "https://x.org/data/t.csv https://x.org/data/t.csv"),
        ] {
            assert_eq!(of(text), [wanted], "{text}");
        }
        for text in [
            "output_path: data/out.csv\n",
            "dataset_name: ${NAME}\n",
            "dataset: true\n",
            "metrics: results/m.csv\n",
            "name: someone/talks\n",
        ] {
            assert!(of(text).is_empty(), "{text}: {:?}", of(text));
        }
    }
}
