//! Compose files: any YAML whose `services` have the shape of compose.

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{
    container::{Container, setting},
    model_name::{Runner, read},
    shell::{Word, commands, with_defaults},
    told::Told,
};
use crate::node::Node;

/// Keys that a service of compose has, one at least.
const KEYS: [&str; 12] = [
    "image",
    "build",
    "command",
    "ports",
    "environment",
    "volumes",
    "depends_on",
    "env_file",
    "extends",
    "container_name",
    "entrypoint",
    "provider",
];

/// Whether a document has the shape of compose.
pub(crate) fn is_compose(document: &Node) -> bool {
    let services = document.get("services").map(Node::pairs).unwrap_or_default();
    !services.is_empty()
        && document.get("kind").is_none()
        && services.iter().all(|service| {
            let keys = service.node.pairs();
            keys.is_empty() || keys.iter().any(|pair| KEYS.contains(&&*pair.key))
        })
        && services.iter().any(|service| !service.node.pairs().is_empty())
}

/// What a compose file runs. `of_ai` says whether the code that a folder (relative to the file) builds uses AI.
pub(crate) fn tell(document: &Node, told: &mut Told<'_>, of_ai: &dyn Fn(&str) -> bool) {
    for pair in document.get("services").map(Node::pairs).unwrap_or_default() {
        let context = pair
            .node
            .get("build")
            .map(|build| build.text().or_else(|| build.text_at(&["context"])).unwrap_or("."));
        let mut container = service(&pair.key, pair.line, &pair.node, "compose");
        container.of_ai = context.is_some_and(of_ai);
        container.tell(told);
        provided_model(&pair.node, told);
    }
    for pair in document.get("models").map(Node::pairs).unwrap_or_default() {
        if let Some(model) = pair.node.get("model") {
            tell_model(model, told);
        }
    }
}

/// `provider: {type: model, options: {model: …}}` and top-level `models`: models that the engine itself runs.
fn provided_model(node: &Node, told: &mut Told<'_>) {
    if node.text_at(&["provider", "type"]) == Some("model")
        && let Some(model) = node.at(&["provider", "options", "model"])
    {
        tell_model(model, told);
    }
}

fn tell_model(node: &Node, told: &mut Told<'_>) {
    let Some(text) = node.text() else { return };
    if let Some(model) = read(text, Runner::Unknown, false) {
        told.model(model, node.line, Confidence::High);
    } else if text.starts_with("ai/") && !text.contains(char::is_whitespace) {
        let asset = told.asset(AssetKind::Model, text, node.line, Confidence::High);
        asset.location = format!("oci:docker.io/{text}").parse().ok();
    }
}

/// A service of compose or of a workflow.
pub(crate) fn service(name: &str, line: u32, node: &Node, form: &'static str) -> Container {
    let mut container = Container { form, name: name.into(), line, ..Container::default() };
    container.image = node.get("image").and_then(word);
    for key in ["entrypoint", "command"] {
        let Some(part) = node.get(key) else { continue };
        match part.text() {
            // What a shell would split.
            Some(text) => {
                let mut split = commands(&filled(text), part.line);
                if split.len() == 1 {
                    container.arguments.append(&mut split.remove(0));
                } else {
                    container.commands.append(&mut split);
                }
            }
            None => container.arguments.extend(part.items().iter().filter_map(word)),
        }
    }
    let scripts = container.arguments.iter().filter(|word| word.text.contains(['\n', '&', ';']));
    let inner: Vec<_> = scripts.flat_map(|word| commands(&word.text, word.line)).collect();
    container.commands.extend(inner);
    container.variables = variables(node.get("environment").or_else(|| node.get("env")));
    ports(node, &mut container);
    privileges(node, &mut container);
    container
}

fn filled(text: &str) -> String {
    with_defaults(text, &|_| None)
}

fn word(node: &Node) -> Option<Word> {
    node.text().map(|text| Word::new(&filled(text), node.line))
}

/// Variables, as a mapping or as a list of `NAME=value`.
pub(crate) fn variables(node: Option<&Node>) -> Vec<(String, Word)> {
    let Some(node) = node else { return Vec::new() };
    let pairs = node.pairs().iter().map(|pair| {
        let value = pair.node.text().map(filled).unwrap_or_default();
        (pair.key.to_string(), Word::new(&value, pair.line))
    });
    let items = node.items().iter().filter_map(|item| {
        let text = item.text()?;
        // A name alone is passed on from outside.
        let (key, value) = text.split_once('=').unwrap_or((text, "${}"));
        Some((key.trim().to_owned(), Word::new(&filled(value.trim()), item.line)))
    });
    pairs.chain(items).collect()
}

fn ports(node: &Node, container: &mut Container) {
    for item in node.get("ports").map(Node::items).unwrap_or_default() {
        let short = item.text().map(filled);
        let long = || {
            let target = item.text_at(&["target"])?;
            let published = filled(item.text_at(&["published"])?);
            let host = item.text_at(&["host_ip"]).map(|host| format!("{}:", filled(host)));
            Some(format!("{}{published}:{target}", host.unwrap_or_default()))
        };
        let Some(text) = short.or_else(long) else { continue };
        if !is_local(&text) {
            container.settings.push(setting("published-on-all-interfaces", &text, item.line));
        }
        container.ports.insert(text);
    }
    for item in node.get("expose").map(Node::items).unwrap_or_default() {
        container.ports.extend(item.text().map(filled));
    }
}

/// Whether a mapping of ports names an address that only this machine reaches.
fn is_local(mapping: &str) -> bool {
    ["127.", "localhost:", "[::1]:", "::1:"].iter().any(|start| mapping.starts_with(start))
}

fn privileges(node: &Node, container: &mut Container) {
    let mut add =
        |what: &str, value: &str, line| container.settings.push(setting(what, value, line));
    if let Some(pair) = node.pair("privileged").filter(|pair| pair.node.is_true()) {
        add("privileged", "privileged", pair.line);
    }
    for key in ["network_mode", "pid", "ipc"] {
        if let Some(pair) = node.pair(key).filter(|pair| pair.node.text() == Some("host")) {
            // Shared memory of the host is how servers on several GPUs talk; it is not a way out by itself.
            let what = if key == "ipc" { "host-ipc" } else { "host-namespace" };
            add(what, key, pair.line);
        }
    }
    for item in node.get("volumes").map(Node::items).unwrap_or_default() {
        let source = item.text().or_else(|| item.text_at(&["source"])).unwrap_or_default();
        if source.contains("docker.sock") {
            add("docker-socket", "docker.sock", item.line);
        }
    }
    for item in node.get("cap_add").map(Node::items).unwrap_or_default() {
        if let Some(name @ ("ALL" | "SYS_ADMIN")) = item.text() {
            add("capability", name, item.line);
        }
    }
    if let Some(pair) = node.pair("user") {
        let root = pair
            .node
            .text()
            .is_some_and(|user| matches!(user.split(':').next(), Some("0" | "root")));
        add(if root { "runs-as-root" } else { "user" }, "user", pair.line);
    }
}
