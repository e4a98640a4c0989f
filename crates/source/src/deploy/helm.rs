//! Helm charts: the defaults of `values.yaml`, and templates with these filled in where that is simple.

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{
    compose::variables,
    container::{Container, setting},
    product::{image_path, named},
    shell::Word,
    told::Told,
};
use crate::{
    node::{Node, Value},
    settings::tree,
};

/// Maps of values nested deeper are not looked at.
const MAX_DEPTH: usize = 12;

/// A template with `{{ .Values.a.b }}` replaced by its default, and all else between `{{` and `}}` left out; lines stay lines.
pub(crate) fn filled(template: &str, values: &Node) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find("{{") {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let end = tail.find("}}").map_or(tail.len(), |end| end + 2);
        let (action, after) = tail.split_at(end);
        out.push_str(&evaluated(action, values).unwrap_or_default());
        out.extend(action.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The text of a plain reference, perhaps with `quote`, `default`, `toString` or `trim` behind it.
fn evaluated(action: &str, values: &Node) -> Option<String> {
    let inner = action.trim_start_matches(['{', '-']).trim_end_matches(['}', '-']).trim();
    let mut steps = inner.split('|').map(str::trim);
    let first = steps.next()?;
    let path = first.strip_prefix("quote ").unwrap_or(first).trim().trim_matches(['(', ')']);
    let mut value =
        path.strip_prefix("$").unwrap_or(path).strip_prefix(".Values.").and_then(|path| {
            let keys: Vec<&str> = path.split('.').collect();
            values.text_at(&keys).map(str::to_owned)
        });
    for step in steps {
        match step.split_once(' ') {
            Some(("default", default)) if value.as_deref().is_none_or(str::is_empty) => {
                let default = default.trim();
                value = default.starts_with('"').then(|| default.trim_matches('"').to_owned());
            }
            Some(("default", _)) => {}
            None if matches!(step, "quote" | "toString" | "trim" | "squote" | "int") => {}
            // What else is done to it is not known.
            _ => return None,
        }
    }
    value.filter(|value| !value.contains('\n'))
}

/// What the values of a chart say by themselves: images, models, addresses.
pub(crate) fn values(root: &Node, chart: &str, told: &mut Told<'_>) {
    images(root, chart, 0, root, told);
    tree::tell(root, told);
}

/// Words with which a chart says that what it runs is of AI.
const SAYS: [&str; 16] = [
    "ai",
    "llm",
    "llms",
    "inference",
    "gpt",
    "rag",
    "embedding",
    "embeddings",
    "agents",
    "mcp",
    "chatbot",
    "vector",
    "ml",
    "model",
    "models",
    "genai",
];

/// What a chart runs, if it says that it is of AI: a service with the name of the chart.
pub(crate) fn application(chart: &Node, told: &mut Told<'_>) {
    let Some(name) = chart.pair("name") else { return };
    let text = |key: &str| chart.text_at(&[key]).unwrap_or_default().to_ascii_lowercase();
    let keywords = chart.get("keywords").map(Node::words).unwrap_or_default();
    let keywords: Vec<String> =
        keywords.into_iter().map(|(_, word)| word.to_ascii_lowercase()).collect();
    let about = format!("{} {} {}", text("name"), text("description"), keywords.join(" "));
    let says = about.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| SAYS.contains(&word));
    let library = text("type") == "library";
    let Some(called) = name.node.text().filter(|_| says && !library) else { return };
    match named(called) {
        Some(product) => told.product(product, name.line, None, Confidence::High),
        None if !called.is_empty() && !SAYS.contains(&called) => {
            told.asset(AssetKind::Service, called, name.line, Confidence::Medium);
        }
        None => {}
    }
}

/// Other charts that a chart brings with it.
pub(crate) fn dependencies(chart: &Node, told: &mut Told<'_>) {
    for item in chart.get("dependencies").map(Node::items).unwrap_or_default() {
        let name = item.text_at(&["name"]).unwrap_or_default();
        let product = match name {
            "postgresql" => named("postgres"),
            "chromadb" => named("chroma"),
            "kuberay-operator" | "ray-cluster" => named("ray"),
            name => named(name),
        };
        if let Some(product) = product {
            told.product(product, item.line, None, Confidence::High);
        }
    }
}

fn images(node: &Node, name: &str, depth: usize, root: &Node, told: &mut Told<'_>) {
    if depth > MAX_DEPTH {
        told.gap("it nests deeper than images are looked for");
        return;
    }
    if let Some(image) = node.get("image").and_then(image_of) {
        container(node, name, image, root).tell(told);
    }
    for pair in node.pairs() {
        images(&pair.node, &pair.key, depth + 1, root, told);
    }
    for item in node.items() {
        images(item, item.text_at(&["name"]).unwrap_or(name), depth + 1, root, told);
    }
}

/// `image: {registry, repository, tag}` or `image: text`.
fn image_of(node: &Node) -> Option<Word> {
    if let Value::Text(text) = &node.value {
        return text.contains(['/', ':']).then(|| Word::new(text, node.line));
    }
    let repository = node.pair("repository").or_else(|| node.pair("name"))?;
    let mut image = repository.node.text().filter(|text| !text.is_empty())?.to_owned();
    if let Some(registry) = node.text_at(&["registry"]).filter(|text| !text.is_empty()) {
        image = format!("{registry}/{image}");
    }
    match (node.text_at(&["digest"]), node.text_at(&["tag"])) {
        (Some(digest), _) if digest.starts_with("sha256:") => image = format!("{image}@{digest}"),
        (_, Some(tag)) if !tag.is_empty() => image = format!("{}:{tag}", image_path(&image)),
        _ => {}
    }
    Some(Word::new(&image, repository.line))
}

fn container(node: &Node, name: &str, image: Word, root: &Node) -> Container {
    let mut container =
        Container { form: "helm", name: name.into(), line: image.line, ..Container::default() };
    let app_version = image.text.clone();
    // A chart without a tag takes its own `appVersion`, which is one.
    let untagged = super::product::image_tag(&app_version).is_none() && !app_version.contains('@');
    let has_tag_key = node.get("image").is_some_and(|image| image.get("tag").is_some());
    if untagged && has_tag_key {
        container.settings.push(setting("tag-of-chart", "appVersion", image.line));
    }
    container.image = Some(image);
    for key in ["command", "args", "extraArgs"] {
        let words = node.get(key).map(Node::words).unwrap_or_default();
        container.arguments.extend(words.into_iter().map(|(line, text)| Word::new(text, line)));
    }
    for key in ["env", "extraEnv", "environment"] {
        let list = node.get(key).map(Node::items).unwrap_or_default();
        for item in list {
            if let (Some(name), Some(value)) = (item.text_at(&["name"]), item.get("value")) {
                container
                    .variables
                    .push((name.into(), Word::new(value.text().unwrap_or_default(), item.line)));
            }
        }
        if list.is_empty() {
            container.variables.extend(variables(node.get(key)));
        }
    }
    let kind = node.at(&["service", "type"]).or_else(|| root.at(&["service", "type"]));
    if let Some(kind) = kind
        && let Some(text @ ("LoadBalancer" | "NodePort")) = kind.text()
    {
        container.settings.push(setting("published-on-all-interfaces", text, kind.line));
    }
    security(node, &mut container);
    container
}

fn security(node: &Node, container: &mut Container) {
    let contexts = ["securityContext", "podSecurityContext", "containerSecurityContext"];
    let present: Vec<&Node> = contexts.iter().filter_map(|key| node.get(key)).collect();
    for context in &present {
        if let Some(pair) = context.pair("privileged").filter(|pair| pair.node.is_true()) {
            container.settings.push(setting("privileged", "privileged", pair.line));
        }
    }
    if !present.is_empty() && present.iter().all(|context| context.pairs().is_empty()) {
        let line = present.first().map_or(container.line, |context| context.line);
        container.settings.push(setting("no-security-context", "securityContext", line));
    }
}

#[cfg(test)]
mod tests {
    use super::{application, filled};
    use crate::{deploy::told::Told, node::yaml};

    #[test]
    fn a_chart_that_says_so_runs_a_service() {
        let told = |text: &str| {
            let mut told = Told::new("chart/Chart.yaml");
            application(&yaml(text).documents[0], &mut told);
            told.into_found().assets.into_iter().map(|asset| asset.name).collect::<Vec<_>>()
        };
        assert_eq!(told("name: shopdesk\ndescription: Answers with LLMs\n"), ["shopdesk"]);
        assert!(told("name: shop\ndescription: Sells goods\n").is_empty());
    }

    #[test]
    fn fills_in_defaults_and_keeps_lines() {
        let values =
            yaml("image: {repository: vllm/vllm-openai, tag: ''}\nport: 80\n").documents.remove(0);
        let template = "{{- if .Values.x }}\nimage: \"{{ .Values.image.repository }}:{{ .Values.image.tag | default \"v1\" }}\"\nport: {{ .Values.port | quote }}\n{{ include \"a\n b\" . | nindent 4 }}\nlast: 1\n";
        let text = filled(template, &values);
        assert_eq!(text, "\nimage: \"vllm/vllm-openai:v1\"\nport: 80\n\n\nlast: 1\n");
    }
}
