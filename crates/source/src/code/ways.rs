//! The ways in which code names models and data, each by a small sample.

use coseal_core::fact::{Asset, AssetKind};

use super::of_text;

/// The models, adapters and data in a text of Python that are no choices, as `name location`; data with `+` before it.
fn shown(text: &str) -> Vec<String> {
    let found = of_text("app.py", text).unwrap();
    let line = |asset: &Asset| {
        let mark = if asset.kind == AssetKind::Dataset { "+" } else { "" };
        let location = asset.location.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{mark}{} {location}", asset.name).trim_end().to_owned()
    };
    let wanted = [AssetKind::Model, AssetKind::Adapter, AssetKind::Dataset];
    let mut lines: Vec<_> = found
        .iter()
        .filter(|asset| wanted.contains(&asset.kind) && !asset.optional)
        .map(line)
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

fn each(samples: &[(&str, &[&str])]) {
    for (text, wanted) in samples {
        assert_eq!(shown(text), *wanted, "{text}");
    }
}

#[test]
fn libraries_know_models_by_short_names() {
    each(&[
        (
            "from faster_whisper import WhisperModel as W\nsize = 'small'\nW(size)",
            &["small hf:Systran/faster-whisper-small"],
        ),
        ("import whisper\nwhisper.load_model('turbo')", &["turbo hf:openai/whisper-turbo"]),
        ("import os\nM = os.getenv('WHISPER_MODEL', 'base')", &["base hf:openai/whisper-base"]),
        ("import spacy\nspacy.load('de_core_news_sm')", &["de_core_news_sm"]),
        (
            "import torch\ntorch.hub.load('someone/seen', 'net_small')",
            &["net_small https://github.com/someone/seen"],
        ),
        ("import clip\nclip.load('ViT-B/16')", &["ViT-B/16"]),
        (
            "from torchvision import models\nmodels.detection.ssd300_vgg16(weights='DEFAULT')",
            &["ssd300_vgg16"],
        ),
        (
            "from keras.applications import VGG16, preprocess_input\nVGG16()\npreprocess_input(x)",
            &["VGG16"],
        ),
        ("from keras.applications import VGG16\nVGG16(weights=None)", &[]),
        (
            "from huggingface_hub import snapshot_download\nsnapshot_download('a-b/cd', repo_type='dataset')",
            &["+a-b/cd hf:datasets/a-b/cd"],
        ),
    ]);
}

#[test]
fn calls_use_models_of_their_own() {
    each(&[
        (
            "from transformers import pipeline\npipeline('summarization')",
            &["sshleifer/distilbart-cnn-12-6 hf:sshleifer/distilbart-cnn-12-6"],
        ),
        ("from transformers import pipeline\npipeline('x', model='a-b/c1')", &["a-b/c1 hf:a-b/c1"]),
        (
            "from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings()",
            &["text-embedding-ada-002 api:openai/text-embedding-ada-002"],
        ),
        ("from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings(**settings)", &[]),
        ("from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings(model=unknown)", &[]),
    ]);
}

#[test]
fn files_of_models_are_told_where_they_are_loaded_written_and_named() {
    each(&[
        ("import joblib\njoblib.load('./m/best.joblib')", &["m/best.joblib path:m/best.joblib"]),
        ("import torch\ntorch.save(x, f'{folder}/last.pth')", &["last.pth path:last.pth"]),
        (
            "import pickle\nwith open('clf.pkl', 'rb') as f:\n    pickle.load(f)",
            &["clf.pkl path:clf.pkl"],
        ),
        ("import pickle\nwith open('token.pickle', 'rb') as f:\n    pickle.load(f)", &[]),
        ("MODEL_PATH = 'weights/net.onnx'", &["weights/net.onnx path:weights/net.onnx"]),
        ("import gdown\ngdown.download(id='1', output='net.pth')", &["net.pth path:net.pth"]),
        (
            "import mlflow\nmlflow.sklearn.log_model(m, 'm', registered_model_name='houses')",
            &["houses mlflow:models/houses"],
        ),
        (
            "from urllib.request import urlretrieve\nurlretrieve('https://x.org/net.onnx?key=k', 'n')",
            &["https://x.org/net.onnx https://x.org/net.onnx"],
        ),
        ("image.save('x.png')\nimport torch", &[]),
    ]);
}

#[test]
fn data_is_told_by_calls_names_and_services() {
    each(&[
        (
            "from datasets import load_dataset\nload_dataset('json', data_files={'train': 'd/a.json', 'test': ['d/b.json']})",
            &["+d/a.json path:d/a.json", "+d/b.json path:d/b.json"],
        ),
        (
            "from langsmith import Client\nN = 'Mails of May'\nClient().create_dataset(N)",
            &["+Mails of May"],
        ),
        ("from langsmith import evaluate\nevaluate(f, data='Mails of May')", &["+Mails of May"]),
        (
            "p.add_argument('--dataset', default='someone/talks')\nimport torch",
            &["+someone/talks hf:datasets/someone/talks"],
        ),
        (
            "class A:\n    dataset_name: str = field(default='someone/talks')",
            &["+someone/talks hf:datasets/someone/talks"],
        ),
        (
            "import pandas as pd\npd.read_csv('https://x.org/a/t.csv?token=k')",
            &["+https://x.org/a/t.csv https://x.org/a/t.csv"],
        ),
        ("import nltk\nnltk.download('brown')\nnltk.download('punkt')", &["+brown"]),
        ("OUTPUT_CSV_PATH = 'out/predictions.csv'\nmodel = 1", &[]),
        ("from sklearn.datasets import make_blobs\nmake_blobs()", &[]),
    ]);
}

#[test]
fn commands_that_code_runs_fetch_models() {
    let model = "tiny3:1b oci:registry.ollama.ai/library/tiny3:1b";
    each(&[
        ("import os\nos.system('ollama pull tiny3:1b')", &[model]),
        ("import subprocess as s\ns.run(['ollama', 'pull', 'tiny3:1b'])", &[model]),
        ("print('ollama pull tiny3:1b')", &[]),
    ]);
    let cells = r#"{"cells":[{"cell_type":"code","source":["!ollama pull tiny3:1b\n"]},{"cell_type":"code","source":["%%bash\n","ollama pull tiny3:2b\n"]}]}"#;
    let found = of_text("a.ipynb", cells).unwrap();
    let names: Vec<_> = found.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["tiny3:1b", "tiny3:2b"]);
}

#[test]
fn records_in_a_file_that_is_called_data_are_data() {
    let text = "CASES = [{'question': 'a'}, {'question': 'b'}, {'question': 'c'}]\n";
    let data = |path: &str| {
        let found = of_text(path, text).unwrap();
        found.iter().any(|asset| asset.kind == AssetKind::Dataset && asset.name == path)
    };
    assert!(data("eval/mail_dataset.py") && !data("app/tables.py"));
}
