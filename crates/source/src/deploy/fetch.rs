//! Commands that fetch models and data, or train with them, by their words.

use super::{
    command::{Shown, data_of},
    model_name::{ModelName, Runner, hub, read},
    shell::Word,
};
use crate::code::{addresses, is_data_path, is_tool_of_text, is_whisper};

/// What a word behind a program names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// A model of the hub, or one that its program knows by this name.
    Model,
    /// Data, as its program knows it.
    Data,
    /// An address or file that says by itself what it is.
    Either,
    /// A size of Whisper.
    Whisper,
    /// The file in which a model is kept.
    File,
    /// `pretrained=…` among others.
    Arguments,
}

/// A program: its words, the flags behind which a name stands, and whether a word without a flag is one.
struct Fetcher {
    words: &'static [&'static str],
    names: Names,
    flags: &'static [&'static str],
    bare: bool,
}

const fn row(
    words: &'static [&'static str],
    names: Names,
    flags: &'static [&'static str],
    bare: bool,
) -> Fetcher {
    Fetcher { words, names, flags, bare }
}

const TRAINED: &[&str] =
    &["--model_name_or_path", "--model", "--base_model", "--model-name-or-path"];

/// To add one, add its line: the longer of two that begin alike first.
const FETCHERS: [Fetcher; 34] = [
    row(&["spacy", "download"], Names::Model, &[], true),
    row(&["stanza", "download"], Names::Model, &[], true),
    row(&["nltk.downloader"], Names::Data, &[], true),
    row(&["kaggle", "datasets", "download"], Names::Data, &["-d", "--dataset"], true),
    row(&["kaggle", "competitions", "download"], Names::Data, &["-c", "--competition"], true),
    row(&["gdown"], Names::File, &["-O", "--output"], true),
    row(&["lm_eval"], Names::Arguments, &["--model_args"], false),
    row(&["lm-eval"], Names::Arguments, &["--model_args"], false),
    row(&["aws", "s3"], Names::Either, &[], true),
    row(&["gsutil"], Names::Either, &[], true),
    row(&["gcloud", "storage"], Names::Either, &[], true),
    row(&["wget"], Names::Either, &[], true),
    row(&["curl"], Names::Either, &[], true),
    row(&["aria2c"], Names::Either, &[], true),
    row(&["axel"], Names::Either, &[], true),
    row(&["tune", "download"], Names::Model, &[], true),
    row(&["litgpt", "download"], Names::Model, &["--repo_id"], true),
    row(&["modelscope", "download"], Names::Model, &["--model"], false),
    row(&["docker", "model", "pull"], Names::Model, &[], true),
    row(&["docker", "model", "run"], Names::Model, &[], true),
    row(&["ramalama", "pull"], Names::Model, &[], true),
    row(&["lms", "get"], Names::Model, &[], true),
    row(&["llamafactory-cli"], Names::Model, TRAINED, false),
    row(&["trl"], Names::Model, TRAINED, false),
    row(&["axolotl"], Names::Model, &["--base_model", "--base-model"], false),
    row(&["swift"], Names::Model, &["--model", "--model_id_or_path"], false),
    row(&["mlx_lm.lora"], Names::Model, &["--model"], false),
    row(&["mlx_lm.generate"], Names::Model, &["--model"], false),
    row(&["mlx_lm.server"], Names::Model, &["--model"], false),
    row(&["optimum-cli", "export"], Names::Model, &["--model", "-m"], false),
    row(&["ct2-transformers-converter"], Names::Model, &["--model"], false),
    row(&["tritonclient"], Names::Model, &["--model"], false),
    row(&["whisper"], Names::Whisper, &["--model"], false),
    row(&["download-ggml-model.sh"], Names::Whisper, &[], true),
];

/// Flags behind which the data stands that is trained or measured with.
const DATA: [&str; 16] = [
    "--dataset_name",
    "--dataset-name",
    "--dataset_id",
    "--dataset",
    "--data_path",
    "--data-path",
    "--train_file",
    "--validation_file",
    "--test_file",
    "--train_data",
    "--dataset_path",
    "--data",
    "--data_dir",
    "--instance_data_dir",
    "--train_data_path",
    "--eval_data_path",
];

/// What a command fetches or trains with, if it is one that does. `words` begin with the program.
pub(super) fn shown(words: &[Word]) -> Option<Shown> {
    let (fetcher, rest) = FETCHERS.iter().find_map(|one| Some((one, behind(words, one)?)))?;
    let mut shown = Shown { line: words.first().map_or(0, |word| word.line), ..Shown::default() };
    for word in named(rest, fetcher) {
        add(&mut shown, word, fetcher.names);
    }
    if !fetcher.bare && fetcher.names == Names::Model {
        shown.datasets.extend(data(rest));
    }
    if fetcher.words == ["llamafactory-cli"] {
        shown.datasets.extend(registered(rest));
    }
    Some(shown)
}

/// The data that arguments of a script name: of the hub, or in a file or folder of data.
pub(super) fn data(words: &[Word]) -> Vec<(String, u32)> {
    let behind = |pair: &[Word]| match pair {
        [flag, value] if DATA.contains(&flag.text.as_str()) => Some(value.clone()),
        _ => None,
    };
    let named = words.windows(2).filter_map(behind).take(20);
    named.filter_map(|word| data_name(&word.text).map(|name| (name, word.line))).collect()
}

/// `--dataset a,b`: sets by the names that the trainer has for them.
fn registered(words: &[Word]) -> Vec<(String, u32)> {
    let named = words.windows(2).find_map(|pair| match pair {
        [flag, value] if flag.text == "--dataset" => Some(value),
        _ => None,
    });
    let each = |word: &Word| {
        let names = word.text.split(',').filter(|name| is_plain(name)).take(20);
        names.map(|name| (name.to_owned(), word.line)).collect()
    };
    named.map(each).unwrap_or_default()
}

fn data_name(text: &str) -> Option<String> {
    let text = text.trim_start_matches("./").trim_end_matches('/');
    let odd = text.is_empty() || text.len() > 200 || text.contains(['$', '{', '<', '*', ' ', ',']);
    if odd || text.starts_with(['/', '~', '.', '-']) {
        return None;
    }
    let known = hub(text, "").is_some() && !is_data_path(text);
    (known || is_data_path(text) || addresses::is_data(text)).then(|| text.to_owned())
}

fn behind<'a>(words: &'a [Word], fetcher: &Fetcher) -> Option<&'a [Word]> {
    let fits = fetcher.words.iter().enumerate().all(|(at, wanted)| {
        words.get(at).is_some_and(|word| {
            let text = word.text.trim_start_matches(['@', '-']);
            if at == 0 { text.rsplit('/').next() == Some(*wanted) } else { text == *wanted }
        })
    });
    if fits { words.get(fetcher.words.len()..) } else { None }
}

fn named<'a>(words: &'a [Word], fetcher: &Fetcher) -> Vec<&'a Word> {
    let mut found: Vec<&Word> = words
        .windows(2)
        .filter_map(|pair| match pair {
            [flag, value] if fetcher.flags.contains(&flag.text.as_str()) => Some(value),
            _ => None,
        })
        .collect();
    if fetcher.bare {
        let after_flag = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            before.is_some_and(|before| {
                before.text.starts_with("--")
                    || before.text.len() == 2 && before.text.starts_with('-')
            })
        };
        let either = fetcher.names == Names::Either;
        let bare = words
            .iter()
            .enumerate()
            .filter(|(at, word)| !word.text.starts_with('-') && (either || !after_flag(*at)));
        found.extend(bare.map(|(_, word)| word).take(if either { 20 } else { 4 }));
    }
    found
}

fn add(shown: &mut Shown, word: &Word, names: Names) {
    let text = word.text.trim_matches(['"', '\'']);
    if text.is_empty() || text.len() > 300 || text.contains(['$', '{', '<', '*', '\n']) {
        return;
    }
    match names {
        Names::Model => shown.models.extend(model(text).map(|model| (model, word.line))),
        Names::Whisper if is_whisper(text) => {
            shown.models.push((at(text, Some(&format!("hf:openai/whisper-{text}"))), word.line));
        }
        Names::Data if is_plain(text) && !is_tool_of_text(text) => {
            shown.datasets.push((text.to_owned(), word.line));
        }
        Names::File if addresses::is_model_file(text) && !text.contains("://") => {
            let place = format!("path:{}", text.trim_start_matches("./"));
            shown.models.push((at(text.trim_start_matches("./"), Some(&place)), word.line));
        }
        Names::Arguments => {
            let of = text.split(',').find_map(|part| part.strip_prefix("pretrained="));
            shown.models.extend(of.and_then(model).map(|model| (model, word.line)));
        }
        Names::Either if addresses::is_model(text) => {
            let place = addresses::location(text);
            shown.models.push((at(addresses::bare(text), place.as_deref()), word.line));
        }
        Names::Either if addresses::is_data(text) => {
            let of_hub = data_of(word).filter(|(name, _)| !name.contains("://"));
            let bare = addresses::bare(text).to_owned();
            shown.datasets.push(of_hub.unwrap_or((bare, word.line)));
        }
        Names::Either => shown.datasets.extend(data_of(word)),
        _ => {}
    }
}

fn model(text: &str) -> Option<ModelName> {
    read(text, Runner::Hub, true)
        .or_else(|| (is_plain(text) && text.len() > 3).then(|| at(text, None)))
}

/// Whether a word is a name and no path, number or option.
fn is_plain(text: &str) -> bool {
    let letters = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:".contains(&b));
    letters && text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.contains("//")
}

fn at(name: &str, location: Option<&str>) -> ModelName {
    let location = location.and_then(|text| text.parse().ok());
    ModelName { name: name.to_owned(), location, pin: coseal_core::fact::Pin::Unknown }
}

#[cfg(test)]
mod tests {
    use super::super::{command::shown, shell::commands};

    /// The models, then the data, that a command shows.
    fn of(text: &str) -> Vec<String> {
        let all = shown(&commands(text, 1));
        let models =
            all.iter().flat_map(|one| one.models.iter().map(|(model, _)| model.name.clone()));
        let data =
            all.iter().flat_map(|one| one.datasets.iter().map(|(name, _)| format!("+{name}")));
        models.chain(data).collect()
    }

    #[test]
    fn models_and_data_that_are_fetched_are_told() {
        for (text, wanted) in [
            ("python -m spacy download en_core_web_md", "en_core_web_md"),
            ("python3 -m nltk.downloader -d /x brown", "+brown"),
            ("kaggle datasets download -d someone/houses -p data", "+someone/houses"),
            ("kaggle competitions download -c titanic", "+titanic"),
            ("aws s3 cp s3://b/models/best.onnx ./m/", "s3://b/models/best.onnx"),
            ("gsutil -m cp gs://b/data/t.csv .", "+gs://b/data/t.csv"),
            (
                "curl -L -o v.zip https://x.org/vosk/vosk-small.zip",
                "https://x.org/vosk/vosk-small.zip",
            ),
            ("wget -q https://x.org/data/train.tar.gz", "+https://x.org/data/train.tar.gz"),
            ("tune download org/base-8B --output-dir /t", "org/base-8B"),
            ("docker model pull ai/small2", "ai/small2"),
            ("gdown 1AbC -O weights/best.pth", "weights/best.pth"),
            ("lm_eval --model hf --model_args pretrained=org/base-6B,dtype=x", "org/base-6B"),
            ("llamafactory-cli train --dataset talks_en", "+talks_en"),
            ("whisper a.wav --model medium.en", "medium.en"),
            ("bash ./models/download-ggml-model.sh base.en", "base.en"),
        ] {
            assert_eq!(of(text), [wanted], "{text}");
        }
        for text in [
            "wget https://x.org/tool.tar.gz",
            "whisper a.wav --model x",
            "aws s3 ls",
            "curl -X POST https://x.org/train",
        ] {
            assert!(of(text).is_empty(), "{text}: {:?}", of(text));
        }
    }

    #[test]
    fn data_that_a_script_is_told_to_learn_from_is_told() {
        assert_eq!(
            of("torchrun train.py --model_name_or_path org/b-1 --data_path ./data/a.json --lr 1"),
            ["org/b-1", "+data/a.json"]
        );
        assert_eq!(
            of("trl sft --model_name_or_path org/b-1 --dataset_name org/talks"),
            ["org/b-1", "+org/talks"]
        );
        assert_eq!(of("python -c \"import whisper; whisper.load_model('small')\""), ["small"]);
    }
}
