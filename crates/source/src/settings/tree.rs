//! Settings as a tree: models, addresses and prompts under their keys.

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{
    data,
    pair::{self, Context},
    prompt::{is_prompt, tell_agent},
};
use crate::{
    deploy::told::Told,
    node::{Node, Value},
};

/// Settings nested deeper are not looked at.
const MAX_DEPTH: usize = 24;

/// A list of this many names is one to choose from.
const CHOICES: usize = 6;

/// More records than these are data, if nothing names them.
const FEW: usize = 3;
/// More records than these are data, named or not.
const MANY: usize = 40;

/// What a document of settings tells.
pub(crate) fn tell(document: &Node, told: &mut Told<'_>) {
    walk(document, "", 0, &Context::default(), told, 0);
}

/// What a document tells that stands in a text of another file, from this line on.
pub(crate) fn tell_from(document: &Node, line: u32, told: &mut Told<'_>) {
    walk(document, "", 0, &Context::default(), told, line);
}

/// What a resource tells that is about a model as a whole.
pub(crate) fn tell_of_models(resource: &Node, told: &mut Told<'_>) {
    if let Some(spec) = resource.get("spec") {
        walk(spec, "spec", 0, &Context::default().below("model"), told, 0);
    }
}

/// What the settings of an index tell: the model of `embed` makes its vectors.
pub(crate) fn tell_of_embedding(index: &Node, told: &mut Told<'_>) {
    if let Some(embed) = index.pair("embed")
        && let Some(text) = embed.node.text()
    {
        pair::tell(told, "embedding_model", text, embed.line, &Context::default());
    }
}

fn walk(node: &Node, path: &str, depth: usize, context: &Context, told: &mut Told<'_>, base: u32) {
    if depth > MAX_DEPTH {
        told.gap("it nests deeper than settings are followed");
        return;
    }
    match &node.value {
        Value::Map(pairs) => {
            let context = with_siblings(node, context);
            file_in_text(node, told, base);
            // LiteLLM's own name of an entry is no model.
            let alias = |key: &str| key == "model_name" && node.get("litellm_params").is_some();
            for pair in pairs.iter().filter(|pair| !alias(&pair.key)) {
                let dotted = if path.is_empty() {
                    pair.key.to_string()
                } else {
                    format!("{path}.{}", pair.key)
                };
                let at = pair.line.saturating_add(base);
                entry(&pair.key, in_value(&pair.node), at, &dotted, &context, told);
                for below in pair.node.pairs().iter().take(50) {
                    data::tell_mixed(told, &pair.key, &below.key, below.line.saturating_add(base));
                }
                if tell_agent(&pair.node, &dotted, at, told) {
                    agent(&pair.node, &pair.key, at, told);
                }
                walk(&pair.node, &dotted, depth + 1, &context.below(&pair.key), told, base);
            }
        }
        Value::List(items) if is_data(items) => {}
        Value::List(items) => {
            for (number, item) in items.iter().enumerate() {
                let name =
                    item.text_at(&["name"]).or_else(|| item.text_at(&["id"])).map(str::to_owned);
                let dotted = format!("{path}.{}", name.unwrap_or_else(|| number.to_string()));
                walk(item, dotted.trim_start_matches('.'), depth + 1, context, told, base);
            }
        }
        _ => {}
    }
}

/// Whether a list is of records to train or measure with: more than a few of one shape, each with what is asked, and none with a name.
fn is_data(items: &[Node]) -> bool {
    const ASKED: [&str; 6] = ["prompt", "instruction", "question", "query", "input", "messages"];
    const NAMED: [&str; 6] = ["name", "title", "role", "act", "model", "tools"];
    let keys = |item: &Node| item.pairs().iter().map(|pair| pair.key.clone()).collect::<Vec<_>>();
    let Some(first) = items.first().filter(|_| items.len() > FEW) else { return false };
    let shape = keys(first);
    let has = |wanted: &[&str]| shape.iter().any(|key| wanted.contains(&&**key));
    let alike = items.iter().take(MANY).filter(|item| keys(item) == shape).count();
    let of = items.len().min(MANY);
    has(&ASKED) && alike * 2 > of && (!has(&NAMED) || items.len() > MANY)
}

/// `{value: …}` as some files of parameters and workflows write it is its value.
fn in_value(node: &Node) -> &Node {
    let text = node.get("value").filter(|value| value.text().is_some());
    text.filter(|_| node.pairs().len() <= 5).unwrap_or(node)
}

/// One key with its value.
fn entry(key: &str, node: &Node, line: u32, dotted: &str, context: &Context, told: &mut Told<'_>) {
    match &node.value {
        Value::Text(text) if is_prompt(key, text, context.says()) => {
            let role = key.to_ascii_lowercase().contains("system").then_some("system");
            told.prompt(dotted, text, line, role);
        }
        Value::Text(text) => pair::tell(told, key, text, line, context),
        Value::List(items) => {
            let choices = items.iter().filter(|item| item.text().is_some()).count() >= CHOICES
                && !key.to_ascii_lowercase().contains("default");
            told.among_choices(choices, |told| {
                for item in items.iter() {
                    if let Some(text) = item.text() {
                        pair::tell(told, key, text, item.line.max(line), context);
                    }
                }
            });
        }
        // An address or key without a value is still read by the system.
        Value::Null => pair::tell(told, key, "", line, context),
        Value::Map(_) => {}
    }
}

/// `{path: …/chat-template.jinja, content: …}` puts a file down whose text a model reads.
fn file_in_text(node: &Node, told: &mut Told<'_>, base: u32) {
    let (Some(path), Some(content)) = (node.pair("path"), node.pair("content")) else { return };
    let (Some(name), Some(text)) = (path.node.text(), content.node.text()) else { return };
    let file = name.rsplit('/').next().unwrap_or_default();
    let plain = file.to_ascii_lowercase().replace(['_', '-'], "");
    if plain.contains("chattemplate") || plain.contains("prompt") {
        told.prompt(file, text, content.line.saturating_add(base), None);
    }
}

/// What siblings say: the provider of a model, and whether it is one for language.
fn with_siblings(node: &Node, context: &Context) -> Context {
    const PROVIDER: [&str; 9] = [
        "provider",
        "llm_provider",
        "api_type",
        "backend",
        "vendor",
        "custom_llm_provider",
        "model_provider",
        "mode",
        "engine",
    ];
    const LANGUAGE: [&str; 14] = [
        "temperature",
        "max_tokens",
        "maxTokens",
        "max_new_tokens",
        "top_p",
        "topP",
        "api_key",
        "apiKey",
        "api_base",
        "apiBase",
        "system_prompt",
        "context_window",
        "litellm_params",
        "max_completion_tokens",
    ];
    let mut context = context.clone();
    if LANGUAGE.iter().any(|key| node.get(key).is_some()) {
        context = context.below("llm");
    }
    for pair in node.pairs().iter().filter(|pair| PROVIDER.contains(&&*pair.key)) {
        if let Some(text) = pair.node.text().filter(|text| text.len() < 60) {
            context = context.below(text);
        }
    }
    context
}

fn agent(node: &Node, name: &str, line: u32, told: &mut Told<'_>) {
    if node.get("goal").is_none() {
        return;
    }
    let model = node.text_at(&["llm"]).map(str::to_owned);
    let asset = told.asset(AssetKind::Agent, name, line, Confidence::High);
    if let Some(model) = model {
        asset.details.insert("model".into(), coseal_core::plain::plain(&model, 200));
    }
}

#[cfg(test)]
mod tests {
    use super::tell;
    use crate::{deploy::told::Told, node::yaml};

    fn of(text: &str) -> Vec<(String, String, u32)> {
        let mut told = Told::new("conf/app.yaml");
        for document in yaml(text).documents {
            tell(&document, &mut told);
        }
        let found = told.into_found();
        found
            .assets
            .into_iter()
            .map(|asset| (asset.kind.word().to_owned(), asset.name, asset.seen[0].line))
            .collect()
    }

    fn names(text: &str) -> Vec<String> {
        of(text).into_iter().map(|(_, name, _)| name).collect()
    }

    #[test]
    fn models_are_told_by_key_and_form() {
        assert_eq!(
            names("llm:\n  provider: azure\n  deployment_name: chat-1\n"),
            ["chat-1", "azure"]
        );
        assert_eq!(
            names("ollama:\n  llm_model: llama2\n  api_base: http://localhost:11434\n"),
            ["llama2", "ollama"]
        );
        assert_eq!(
            names(
                "model_list:\n- model_name: x\n  litellm_params:\n    model: azure/gpt-4o\n    api_key: os.environ/K\n"
            ),
            ["gpt-4o"]
        );
        assert_eq!(
            names("embedding: {model: BAAI/bge-small-en-v1.5}\n"),
            ["BAAI/bge-small-en-v1.5"]
        );
        assert_eq!(names("a: {model: gpt-4o}\n"), ["gpt-4o"]);
        assert_eq!(names("llm_model_path: ./models/x.gguf\n"), ["models/x.gguf"]);
        assert_eq!(names("whisper: {model_size: large-v2}\n"), ["large-v2"]);
        assert_eq!(names("model_name_or_path: someone/base-7b\n"), ["someone/base-7b"]);
        assert_eq!(names("model: {name: someone/base-7b, x: 1}\n"), [""; 0]);
        assert_eq!(names("model: {name: BAAI/bge-m3}\n"), ["BAAI/bge-m3"]);
        assert_eq!(names("ollama: {models: {pull: [llama3.2]}}\n"), ["llama3.2"]);
        assert_eq!(names("p: {model: {value: gpt-4o, x: y}}\n"), ["gpt-4o"]);
        assert_eq!(
            names("providers: [\"anthropic:messages:claude-3-haiku\"]\n"),
            ["claude-3-haiku"]
        );
        assert_eq!(
            names(
                "m: ${X:TheBloke/Mistral-7B-GGUF}\nllm_hf_repo_id: ${X:TheBloke/Mistral-7B-GGUF}\n"
            ),
            ["TheBloke/Mistral-7B-GGUF"]
        );
    }

    #[test]
    fn addresses_of_models_are_told_under_any_key() {
        let text = "catalog:\n  small:\n    enabled: false\n    url: hf://facebook/opt-125m\n  other: {url: \"ollama://qwen2:0.5b?pull=always\"}\nmodels: [{url: \"pvc://a/b\"}, {url: \"s3://b/c\"}]\nbackup: {url: \"s3://b/d\"}\n";
        assert_eq!(names(text), ["facebook/opt-125m", "pvc://a/b", "qwen2:0.5b", "s3://b/c"]);
        assert_eq!(names("x:\n  images:\n    default: ollama/ollama:latest\n"), ["ollama"]);
        assert_eq!(names("IMAGE_GENERATION_MODEL: gpt-image-1\n"), ["gpt-image-1"]);
        let text = "files:\n- path: /config/chat-template.jinja\n  content: '{{ x }}'\n";
        assert_eq!(names(text), ["conf/app.yaml#chat-template.jinja"]);
    }

    #[test]
    fn keys_say_that_a_value_is_a_model() {
        let text = "llm:\n  model: gpt-4o # the default\n  temperature: 0.1\nembedding_hf_model_name: BAAI/bge-m3\n\
                    models:\n  - \"ollama/llava:7b\"\n# model: gpt-4\nMODEL: ${M:-claude-3-haiku-20240307}\n\
                    homepage: https://example.org/gpt-4\nauthor: someone/else\n";
        let all: Vec<_> = of(text).into_iter().map(|(_, name, line)| (name, line)).collect();
        let wanted =
            [("BAAI/bge-m3", 4), ("claude-3-haiku-20240307", 8), ("gpt-4o", 2), ("llava:7b", 6)];
        assert_eq!(all, wanted.map(|(name, line)| (name.to_owned(), line)));
    }

    #[test]
    fn records_with_prompts_are_data_and_named_ones_are_prompts() {
        let long = "Say in one short sentence what this long text is about, please.";
        let record =
            |number: usize, more: &str| format!("- {{id: {number}, {more}prompt: \"{long}\"}}\n");
        let list =
            |count: usize, more: &str| (0..count).map(|n| record(n, more)).collect::<String>();
        assert_eq!(names(&format!("a:\n{}", list(2, ""))).len(), 2);
        assert_eq!(names(&format!("a:\n{}", list(4, ""))).len(), 0);
        assert_eq!(names(&format!("a:\n{}", list(4, "name: x, "))).len(), 1);
        assert_eq!(names(&format!("a:\n{}", list(41, "name: x, "))).len(), 0);
    }

    #[test]
    fn a_long_list_is_one_to_choose_from() {
        let list = "models: [gpt-4o, gpt-4, gpt-4.1, o3, claude-3-opus-20240229, gpt-4o-mini]\nmodel: gpt-4\n";
        let mut told = Told::new("conf/app.yaml");
        tell(&yaml(list).documents[0], &mut told);
        let assets = told.into_found().assets;
        let ours: Vec<_> = assets.iter().filter(|a| !a.optional).map(|a| &*a.name).collect();
        assert_eq!((assets.len(), ours), (6, vec!["gpt-4"]));
    }

    #[test]
    fn other_models_are_left() {
        for text in [
            "model: golf\n",
            "- model: auth.user\n  pk: 1\n",
            "model:\n  _target_: src.models.net.Net\n  name: resnet50\n",
            "defaults:\n  - model: mnist/simple\n",
            "kind: Deployment\nmetadata: {name: gpt}\n",
            "model: app/users\n",
            "vehicle: {model: model-3}\n",
        ] {
            assert_eq!(names(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn prompts_and_agents() {
        let text = "ui:\n  default_system_prompt: >\n    You are a helpful, respectful and honest assistant. Always answer.\nresearcher:\n  role: Senior researcher\n  goal: Find out\n  backstory: Long\n  llm: gpt-4o\n";
        let all = of(text);
        let names: Vec<_> =
            all.iter().map(|(kind, name, line)| format!("{kind} {name} {line}")).collect();
        assert_eq!(
            names,
            [
                "model gpt-4o 8",
                "prompt conf/app.yaml#researcher 4",
                "prompt conf/app.yaml#ui.default_system_prompt 2",
                "agent researcher 4"
            ]
        );
    }
}
