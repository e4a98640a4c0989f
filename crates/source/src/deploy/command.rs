//! Commands that start servers of models or fetch models, by their words.

use coseal_core::fact::{AssetKind, Setting};

use super::{
    fetch,
    model_name::{ModelName, Runner, hub, read},
    product::{Named, named},
    shell::{Word, commands},
};
use crate::code::addresses;

/// A program: its words, the product that it is, what a model's name in it means, the flags that name one, and whether the first
/// word that is no flag does.
struct Program {
    words: &'static [&'static str],
    product: Option<&'static str>,
    runner: Runner,
    flags: &'static [&'static str],
    first: bool,
}

const fn server(
    words: &'static [&'static str],
    product: &'static str,
    flags: &'static [&'static str],
) -> Program {
    Program { words, product: Some(product), runner: Runner::Hub, flags, first: false }
}

const fn plain(words: &'static [&'static str], product: Option<&'static str>) -> Program {
    Program { words, product, runner: Runner::Unknown, flags: &[], first: false }
}

const VLLM: &[&str] = &["--model", "--speculative-model", "--tokenizer"];

/// To add one, add its line: the longer of two that begin alike first.
const PROGRAMS: [Program; 44] = [
    Program {
        words: &["vllm", "serve"],
        product: Some("vllm"),
        runner: Runner::Hub,
        flags: VLLM,
        first: true,
    },
    server(&["vllm.entrypoints.openai.api_server"], "vllm", VLLM),
    server(&["vllm.entrypoints.api_server"], "vllm", VLLM),
    server(&["sglang.launch_server"], "sglang", &["--model-path", "--model"]),
    server(&["text-generation-launcher"], "tgi", &["--model-id"]),
    server(&["text-embeddings-router"], "tei", &["--model-id"]),
    server(&["infinity_emb", "v2"], "infinity", &["--model-id"]),
    server(&["lmdeploy", "serve"], "lmdeploy", &["--model-name"]),
    server(
        &["llama-server"],
        "llama.cpp",
        &["-hf", "-hfr", "--hf-repo", "-mu", "--model-url", "-m", "--model"],
    ),
    server(
        &["llama-cli"],
        "llama.cpp",
        &["-hf", "-hfr", "--hf-repo", "-mu", "--model-url", "-m", "--model"],
    ),
    server(&["llama_cpp.server"], "llama.cpp", &["--model", "--hf_model_repo_id"]),
    server(&["fastchat.serve.model_worker"], "fastchat", &["--model-path"]),
    Program {
        words: &["ollama", "pull"],
        product: Some("ollama"),
        runner: Runner::Ollama,
        flags: &[],
        first: true,
    },
    Program {
        words: &["ollama", "run"],
        product: Some("ollama"),
        runner: Runner::Ollama,
        flags: &[],
        first: true,
    },
    plain(&["ollama", "serve"], Some("ollama")),
    plain(&["ollama", "create"], Some("ollama")),
    plain(&["tritonserver"], Some("triton")),
    plain(&["tensorflow_model_server"], Some("tensorflow-serving")),
    plain(&["torchserve"], Some("torchserve")),
    plain(&["mlserver", "start"], Some("seldon")),
    Program {
        words: &["mlflow", "models", "serve"],
        product: Some("mlflow"),
        runner: Runner::Unknown,
        flags: &["-m", "--model-uri"],
        first: false,
    },
    plain(&["mlflow", "server"], Some("mlflow")),
    plain(&["mlflow", "ui"], Some("mlflow")),
    plain(&["ray", "start"], Some("ray")),
    plain(&["serve", "run"], Some("ray")),
    plain(&["bentoml", "serve"], Some("bentoml")),
    Program {
        words: &["huggingface-cli", "download"],
        product: None,
        runner: Runner::Hub,
        flags: &[],
        first: true,
    },
    Program {
        words: &["hf", "download"],
        product: None,
        runner: Runner::Hub,
        flags: &[],
        first: true,
    },
    Program {
        words: &["git", "clone"],
        product: None,
        runner: Runner::Unknown,
        flags: &[],
        first: true,
    },
    Program {
        words: &["litellm"],
        product: Some("litellm"),
        runner: Runner::Unknown,
        flags: &["--model", "-m"],
        first: false,
    },
    Program {
        words: &["aider"],
        product: None,
        runner: Runner::Unknown,
        flags: &["--model", "--editor-model"],
        first: false,
    },
    plain(&["chroma", "run"], Some("chroma")),
    plain(&["open-webui", "serve"], Some("open-webui")),
    plain(&["langflow", "run"], Some("langflow")),
    plain(&["local-ai"], Some("localai")),
    plain(&["xinference-local"], Some("xinference")),
    plain(&["jupyter"], Some("jupyter")),
    plain(&["jupyter-lab"], Some("jupyter")),
    plain(&["uvicorn"], None),
    plain(&["gunicorn"], None),
    plain(&["streamlit", "run"], None),
    plain(&["chainlit", "run"], None),
    plain(&["fastapi"], None),
    plain(&["gradio"], None),
];

/// Words in front of a program that only say how it is run.
const WRAPPERS: [&str; 24] = [
    "exec",
    "sudo",
    "nohup",
    "env",
    "time",
    "then",
    "do",
    "else",
    "if",
    "while",
    "!",
    "uv",
    "poetry",
    "pipenv",
    "run",
    "conda",
    "python",
    "python3",
    "-m",
    "--",
    "@",
    "-",
    "nice",
    "dumb-init",
];

/// What a command shows.
#[derive(Default, Debug)]
pub(crate) struct Shown {
    pub(crate) product: Option<Named>,
    /// A server without a product of its own: an application.
    pub(crate) serves: bool,
    pub(crate) line: u32,
    pub(crate) models: Vec<(ModelName, u32)>,
    pub(crate) datasets: Vec<(String, u32)>,
    pub(crate) settings: Vec<Setting>,
}

/// What each of the commands shows that are a known program.
pub(crate) fn shown(commands: &[Vec<Word>]) -> Vec<Shown> {
    commands.iter().flat_map(|command| of_command(command, 0)).collect()
}

fn of_command(words: &[Word], depth: usize) -> Vec<Shown> {
    if let Some(inner) = inner_shell(words).filter(|_| depth < 3) {
        return commands(&inner.text, inner.line)
            .iter()
            .flat_map(|c| of_command(c, depth + 1))
            .collect();
    }
    if let Some((code, line)) = inner_python(words) {
        return vec![of_python(code, line)];
    }
    let mut fetched = past_wrappers(words).and_then(fetch::shown);
    if let Some(shown) = fetched.as_mut() {
        shown.models.extend(pulled(words));
        shown.models.extend(of_hub_address(words));
    }
    if let Some(shown) = fetched {
        return vec![shown];
    }
    let Some((program, rest)) = program(words) else { return script(words) };
    let first_line = words.first().map_or(0, |word| word.line);
    let mut shown = arguments(rest, program.runner, program.flags, program.first);
    shown.product = program.product.and_then(named);
    shown.serves = program.runner == Runner::Unknown && program.flags.is_empty() && !program.first;
    shown.line = first_line;
    if program.words.first() == Some(&"git") {
        // Only the hub, or the file of a model, is of AI here.
        shown.models.retain(|(model, _)| model.name.contains("://") || is_of_hub(rest));
        shown.settings.clear();
        shown.datasets = rest.iter().filter_map(data_of).take(50).collect();
    }
    if rest
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.text == "--repo-type" && b.text == "dataset"))
    {
        shown.datasets = shown.models.drain(..).map(|(model, line)| (model.name, line)).collect();
    }
    vec![shown]
}

/// The words behind those that only say how a program is run.
fn past_wrappers(words: &[Word]) -> Option<&[Word]> {
    let shell = |word: &Word| matches!(word.text.rsplit('/').next(), Some("sh" | "bash"));
    let at = words.iter().position(|word| !is_wrapper(&word.text) && !shell(word))?;
    words.get(at..)
}

/// The model of `curl …/api/pull -d '{"name": "…"}'`, by which Ollama is told to fetch one.
fn pulled(words: &[Word]) -> Option<(ModelName, u32)> {
    let asks = words.iter().any(|word| word.text.contains("/api/pull"));
    let body = words.iter().find(|word| asks && word.text.trim_start().starts_with('{'))?;
    let read_body = crate::node::json(&body.text);
    let document = read_body.documents.first()?;
    let name = document.text_at(&["name"]).or_else(|| document.text_at(&["model"]))?;
    Some((read(name, Runner::Ollama, true)?, body.line))
}

/// Repositories of the hub at whose addresses something is fetched that is not named by a file of its own.
fn of_hub_address(words: &[Word]) -> Vec<(ModelName, u32)> {
    let of_hub = |word: &&Word| is_of_hub(std::slice::from_ref(*word));
    let told = words.iter().filter(of_hub).take(20);
    told.filter(|word| !addresses::is_model(&word.text))
        .filter_map(|word| Some((read(&word.text, Runner::Unknown, true)?, word.line)))
        .collect()
}

/// The text behind `python -c`.
fn inner_python(words: &[Word]) -> Option<(&str, u32)> {
    let at = words.iter().take(12).position(|word| {
        let file = word.text.rsplit('/').next().unwrap_or_default();
        file == "python" || file.starts_with("python3")
    })?;
    let flag = words.get(at + 1).filter(|word| word.text == "-c")?;
    words.get(at + 2).map(|word| (word.text.as_str(), flag.line))
}

/// What a line of Python loads.
fn of_python(code: &str, line: u32) -> Shown {
    let mut shown = Shown { line, ..Shown::default() };
    for asset in crate::code::of_text("command.py", code).unwrap_or_default() {
        match asset.kind {
            AssetKind::Model => {
                let (name, location, pin) = (asset.name, asset.location, asset.pin);
                shown.models.push((ModelName { name, location, pin }, line));
            }
            AssetKind::Dataset if !asset.optional => shown.datasets.push((asset.name, line)),
            _ => {}
        }
    }
    shown
}

/// Arguments by which scripts of training and measuring name the model that they load from the hub.
const OF_SCRIPT: [&str; 9] = [
    "--model_name_or_path",
    "--pretrained_model_name_or_path",
    "--base_model",
    "--model_name",
    "--model_id",
    "--model-id",
    "--model-name",
    "--model_path",
    "--model",
];

/// What a Python script of the repository is told to load: `python train.py --model_name_or_path org/name`.
fn script(words: &[Word]) -> Vec<Shown> {
    let starts = |word: &Word| {
        let file = word.text.rsplit('/').next().unwrap_or_default();
        matches!(file, "accelerate" | "torchrun" | "deepspeed" | "srun") || is_wrapper(file)
    };
    let at = words.iter().take(40).position(|word| word.text.ends_with(".py"));
    let Some(at) = at.filter(|_| words.first().is_some_and(starts)) else { return Vec::new() };
    let rest = parted(words.get(at + 1..).unwrap_or_default());
    let mut shown = Shown { line: words.first().map_or(0, |word| word.line), ..Shown::default() };
    let revision = value_of(&rest, &["--model_revision", "--revision"]);
    let revision = revision.map(|word| word.text.as_str()).unwrap_or_default();
    for flag in OF_SCRIPT {
        let named = value_of(&rest, &[flag]).filter(|word| is_loaded(&word.text));
        named.map(|word| add_model(&mut shown, word, Runner::Hub, revision));
    }
    shown.datasets = fetch::data(&rest);
    let tells = !shown.models.is_empty() || !shown.datasets.is_empty();
    tells.then_some(shown).into_iter().collect()
}

/// Whether a name is that of a repository of the hub, or of a model that a provider hosts.
fn is_loaded(text: &str) -> bool {
    hub(text, "").is_some() || !text.contains('/') && read(text, Runner::Unknown, false).is_some()
}

/// Data that an address leads to: of the hub by its id, elsewhere by the ending of its file.
pub(super) fn data_of(word: &Word) -> Option<(String, u32)> {
    let bare = word.text.split(['?', '#']).next()?;
    if !bare.starts_with("https://") || bare.contains(['$', '{', '@']) || bare.len() > 300 {
        return None;
    }
    if let Some((_, rest)) = bare.split_once("huggingface.co/datasets/") {
        let mut parts = rest.split('/');
        let (owner, name) = (parts.next()?, parts.next()?);
        let fits = !owner.is_empty() && !name.is_empty();
        return fits.then(|| (format!("{owner}/{}", name.trim_end_matches(".git")), word.line));
    }
    let lower = bare.to_ascii_lowercase();
    let is_data = [".jsonl", ".csv", ".tsv", ".parquet"].iter().any(|end| lower.ends_with(end));
    let may_be = lower.ends_with(".json") && lower.contains("data");
    (is_data || may_be).then(|| (bare.to_owned(), word.line))
}

fn is_of_hub(words: &[Word]) -> bool {
    words.iter().any(|word| word.text.contains("huggingface.co/") || word.text.contains("hf.co/"))
}

/// The text behind `sh -c`.
fn inner_shell(words: &[Word]) -> Option<&Word> {
    let at = words.iter().take(4).position(|word| {
        matches!(word.text.rsplit('/').next(), Some("sh" | "bash" | "ash" | "zsh"))
    })?;
    let flag = words.get(at + 1)?;
    (flag.text.starts_with('-') && flag.text.contains('c')).then(|| words.get(at + 2))?
}

/// The program that a command starts, and its arguments. Programs in front, such as `docker exec NAME`, are looked past.
fn program(words: &[Word]) -> Option<(&'static Program, &[Word])> {
    let direct = words.iter().position(|word| !is_wrapper(&word.text))?;
    let past = words.first().is_some_and(|word| {
        matches!(
            word.text.as_str(),
            "docker" | "kubectl" | "docker-compose" | "podman" | "screen" | "tmux" | "accelerate"
        )
    });
    let last = if past { words.len().min(direct + 12) } else { direct + 1 };
    (direct..last).find_map(|at| {
        let words = words.get(at..)?;
        PROGRAMS.iter().find_map(|program| starts_with(words, program).map(|rest| (program, rest)))
    })
}

fn is_wrapper(word: &str) -> bool {
    let bare = word.trim_start_matches(['@', '-']);
    let bare = if bare.is_empty() { word } else { bare };
    WRAPPERS.contains(&bare)
        || word == "-m"
        || bare.starts_with("python3")
        || word.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        })
}

fn starts_with<'a>(words: &'a [Word], program: &Program) -> Option<&'a [Word]> {
    let fits = program.words.iter().enumerate().all(|(at, wanted)| {
        words.get(at).is_some_and(|word| {
            let text = word.text.trim_start_matches(['@', '-']);
            if at == 0 { text.rsplit('/').next() == Some(*wanted) } else { text == *wanted }
        })
    });
    // `jupyter nbconvert` serves nothing.
    let starts = words.get(1).is_none_or(|word| {
        program.words != ["jupyter"] || matches!(word.text.as_str(), "lab" | "notebook" | "server")
    });
    if fits && starts { words.get(program.words.len()..) } else { None }
}

/// Arguments of a server: the models that they name, and what bears on safety.
pub(crate) fn arguments(words: &[Word], runner: Runner, flags: &[&str], first: bool) -> Shown {
    let mut shown = Shown { settings: safety(words), ..Shown::default() };
    let words = &parted(words);
    let revision =
        value_of(words, &["--revision"]).map(|word| word.text.as_str()).unwrap_or_default();
    for flag in flags {
        if let Some(word) = value_of(words, &[flag]) {
            add_model(&mut shown, word, runner, revision);
        }
    }
    if first {
        for word in words.iter().filter(|word| !word.text.starts_with('-')).take(3) {
            if add_model(&mut shown, word, runner, revision) {
                break;
            }
        }
    }
    shown
}

fn add_model(shown: &mut Shown, word: &Word, runner: Runner, revision: &str) -> bool {
    let text = if revision.is_empty() || word.text.contains('@') {
        word.text.clone()
    } else {
        format!("{}@{revision}", word.text)
    };
    let model = read(&text, runner, true);
    let new = model.filter(|model| shown.models.iter().all(|(known, _)| known != model));
    new.map(|model| shown.models.push((model, word.line))).is_some()
}

/// The value of the first of these flags: the next word.
pub(crate) fn value_of<'a>(words: &'a [Word], names: &[&str]) -> Option<&'a Word> {
    words.iter().enumerate().find_map(|(at, word)| {
        if names.contains(&word.text.as_str()) {
            return words.get(at + 1).filter(|next| !next.text.starts_with("--"));
        }
        None
    })
}

/// Words with `--flag=value` as two.
fn parted(words: &[Word]) -> Vec<Word> {
    let mut all = Vec::new();
    for word in words {
        match word.text.split_once('=') {
            Some((flag, value)) if flag.starts_with('-') && !value.is_empty() => {
                all.push(Word::new(flag, word.line));
                all.push(Word::new(value, word.line));
            }
            _ => all.push(word.clone()),
        }
    }
    all
}

fn safety(words: &[Word]) -> Vec<Setting> {
    let mut all = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let (flag, tied) = word.text.split_once('=').unwrap_or((&word.text, ""));
        let next = words.get(at + 1).map_or("", |next| next.text.as_str());
        let value = if word.text.contains('=') { tied } else { next };
        let bare = flag.trim_start_matches('-').replace('_', "-").to_ascii_lowercase();
        let said = !value.is_empty() && !value.starts_with('-');
        let what = match &*bare {
            "trust-remote-code" if !value.eq_ignore_ascii_case("false") => "trust-remote-code",
            "reload" | "debug"
                if flag.starts_with("--") && !value.eq_ignore_ascii_case("false") =>
            {
                "debug"
            }
            "host" | "ip" | "dashboard-host" | "address" | "server.address" | "h" | "bind"
            | "b"
                if flag.starts_with('-') && is_everywhere(value) =>
            {
                "listens-on-all-interfaces"
            }
            "api-key" | "api-keys" | "api-key-file" | "app-name" | "token-file" if said => "auth",
            "allowed-origins" | "cors-allow-origin" | "cors-origins" | "cors-allow-origins"
                if value.contains('*') =>
            {
                "any-origin"
            }
            _ if (bare.ends_with("app.token")
                || bare.ends_with("identityprovider.token")
                || bare.ends_with("app.password"))
                && word.text.contains('=') =>
            {
                if tied.trim_matches(['\'', '"']).is_empty() {
                    "empty-token"
                } else {
                    "auth"
                }
            }
            _ => continue,
        };
        let shown = if what == "auth" { "set" } else { flag };
        all.push(Setting {
            what: what.into(),
            value: coseal_core::plain::plain(shown, 60),
            line: word.line,
        });
    }
    all
}

fn is_everywhere(address: &str) -> bool {
    let host = address.trim_matches(['"', '\'', '[', ']']);
    host == "*" || host == "::" || host.split(':').next() == Some("0.0.0.0")
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::deploy::shell::commands;

    fn of(text: &str) -> Vec<String> {
        shown(&commands(text, 1))
            .into_iter()
            .flat_map(|one| {
                let name = one.product.map_or("-", |(name, _)| name);
                let models =
                    one.models.into_iter().map(|(model, line)| format!("{}@{line}", model.name));
                let settings = one.settings.into_iter().map(|setting| setting.what);
                std::iter::once(name.to_owned()).chain(models).chain(settings).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn knows_servers_and_their_models() {
        assert_eq!(
            of("vllm serve Qwen/Qwen2-7B --trust-remote-code --host 0.0.0.0"),
            ["vllm", "Qwen/Qwen2-7B@1", "trust-remote-code", "listens-on-all-interfaces"]
        );
        assert_eq!(
            of(
                "CUDA_VISIBLE_DEVICES=0 python3 -m vllm.entrypoints.openai.api_server \\\n --model a/b-7 --api-key $K"
            ),
            ["vllm", "a/b-7@2", "auth"]
        );
        assert_eq!(
            of("sh -c 'ollama serve & sleep 1; ollama pull llama3:8b'"),
            ["ollama", "ollama", "llama3:8b@1"]
        );
        assert_eq!(of("docker exec -it ollama ollama run mistral"), ["ollama", "mistral@1"]);
        assert_eq!(
            of("huggingface-cli download org/name-7b --local-dir x"),
            ["-", "org/name-7b@1"]
        );
        assert_eq!(
            of("llama-server -hf ggml-org/gemma-3-1b-it-GGUF"),
            ["llama.cpp", "ggml-org/gemma-3-1b-it-GGUF@1"]
        );
        assert_eq!(
            of("jupyter lab --ip=0.0.0.0 --NotebookApp.token=''"),
            ["jupyter", "listens-on-all-interfaces", "empty-token"]
        );
        assert_eq!(
            of("wget https://huggingface.co/o/n/resolve/main/m.gguf"),
            ["-", "https://huggingface.co/o/n/resolve/main/m.gguf@1"]
        );
    }

    #[test]
    fn scripts_are_told_what_to_load() {
        let text = "python train.py \\\n  --model_name_or_path org/base-7b \\\n  --dataset_name org/talks --lr 1";
        assert_eq!(of(text), ["-", "org/base-7b@2"]);
        assert_eq!(shown(&commands(text, 1))[0].datasets, [("org/talks".to_owned(), 3)]);
        assert_eq!(
            of("accelerate launch --num 2 src/sft.py --base_model=org/b-1"),
            ["-", "org/b-1@1"]
        );
        for text in [
            "python train.py --model_name_or_path $MODEL --dataset ./x",
            "python train.py --model_name_or_path outputs/run-1",
            "python train.py --model resnet50 --dataset cifar",
            "echo train.py --model org/b-1",
        ] {
            assert!(of(text).is_empty(), "{text}: {:?}", of(text));
        }
    }

    #[test]
    fn other_commands_show_nothing_of_ai() {
        for text in [
            "echo vllm serve x/y-1",
            "git clone https://github.com/a/b",
            "jupyter nbconvert x",
            "curl https://x.org/a",
            "serve -s build",
        ] {
            assert!(of(text).iter().all(|shown| shown == "-"), "{text}: {:?}", of(text));
        }
    }
}
