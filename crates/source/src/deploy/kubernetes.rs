//! Manifests of Kubernetes, with those of KServe and Ray.

use coseal_core::{fact::Setting, finding::Confidence};

use super::{
    compose::variables,
    container::{Container, setting},
    model_name::{Runner, read},
    product::named,
    shell::{Word, commands},
    told::Told,
};
use crate::{node::Node, settings::tree};

/// Kinds that hold pods, and where their pod's specification is.
const PODS: [(&str, &[&str]); 9] = [
    ("Pod", &["spec"]),
    ("Deployment", &["spec", "template", "spec"]),
    ("StatefulSet", &["spec", "template", "spec"]),
    ("DaemonSet", &["spec", "template", "spec"]),
    ("ReplicaSet", &["spec", "template", "spec"]),
    ("Job", &["spec", "template", "spec"]),
    ("CronJob", &["spec", "jobTemplate", "spec", "template", "spec"]),
    ("ServingRuntime", &["spec"]),
    ("ClusterServingRuntime", &["spec"]),
];

/// Whether a document is a manifest.
pub(crate) fn is_manifest(document: &Node) -> bool {
    document.text_at(&["kind"]).is_some() && document.text_at(&["apiVersion"]).is_some()
}

/// What the manifests of one file run. `form` is `kubernetes` or `helm`.
pub(crate) fn tell(documents: &[Node], form: &'static str, told: &mut Told<'_>) {
    let all: Vec<&Node> = documents.iter().flat_map(unfolded).collect();
    for document in &all {
        let kind = document.text_at(&["kind"]).unwrap_or_default();
        let api = document.text_at(&["apiVersion"]).unwrap_or_default();
        if let Some((_, path)) = PODS.iter().find(|(name, _)| *name == kind) {
            if let Some(pod) = document.at(path) {
                pod_of(document, pod, form, &exposures(document, &all), told);
            }
        } else if api.starts_with("ray.io/") {
            told.product_named("ray", document.line);
            ray(document, form, told);
        } else if kind == "InferenceService" || kind == "LLMInferenceService" {
            told.product_named("kserve", document.line);
            inference_service(document, form, told);
        } else if kind == "ConfigMap" {
            config_map(document, told);
        } else if is_of_models(kind, api) {
            tree::tell_of_models(document, told);
        }
    }
}

/// Whether a resource that an operator brings describes a model.
fn is_of_models(kind: &str, api: &str) -> bool {
    let operated = api.split('/').next().is_some_and(|group| group.contains('.'));
    let says = ["Model", "LLM", "Inference", "Llm"].iter().any(|word| kind.contains(word));
    operated && says
}

/// Items of a `List`, or the document itself.
fn unfolded(document: &Node) -> Vec<&Node> {
    match document.get("items") {
        Some(items) if document.text_at(&["kind"]) == Some("List") => {
            items.items().iter().collect()
        }
        _ => vec![document],
    }
}

fn pod_of(
    document: &Node,
    pod: &Node,
    form: &'static str,
    exposed: &[Setting],
    told: &mut Told<'_>,
) {
    let name = document.text_at(&["metadata", "name"]).unwrap_or_default();
    let shared = pod_settings(pod);
    for key in ["initContainers", "containers"] {
        let nodes = pod.get(key).map(Node::items).unwrap_or_default();
        for node in nodes {
            let mut container = of_container(node, form);
            if container.name.is_empty() || nodes.len() == 1 {
                container.name = name.to_owned();
            }
            if key == "containers" {
                container.settings.extend(exposed.iter().cloned());
            }
            container.settings.extend(shared.iter().cloned());
            security(node, pod, &mut container);
            container.tell(told);
        }
    }
}

fn of_container(node: &Node, form: &'static str) -> Container {
    let text = |key: &str| node.text_at(&[key]);
    let mut container = Container {
        form,
        name: text("name").unwrap_or_default().into(),
        line: node.line,
        ..Container::default()
    };
    container.image =
        node.get("image").and_then(|image| Some(Word::new(image.text()?, image.line)));
    for key in ["command", "args"] {
        for (line, text) in node.get(key).map(Node::words).unwrap_or_default() {
            if text.contains(['\n', ' ']) && !text.starts_with('-') {
                container.commands.extend(commands(text, line));
            }
            container.arguments.push(Word::new(text, line));
        }
    }
    for item in node.get("env").map(Node::items).unwrap_or_default() {
        let Some(name) = item.text_at(&["name"]) else { continue };
        // What comes from a secret is set, and not known.
        let value = item.get("value").map_or("${}", |value| value.text().unwrap_or_default());
        container.variables.push((name.into(), Word::new(value, item.line)));
    }
    if node.get("env").is_some_and(|env| !env.pairs().is_empty()) {
        container.variables.extend(variables(node.get("env")));
    }
    for port in node.get("ports").map(Node::items).unwrap_or_default() {
        container.ports.extend(port.text_at(&["containerPort"]).map(str::to_owned));
        if let Some(host) = port.pair("hostPort") {
            let text = host.node.text().unwrap_or_default();
            container.settings.push(setting("published-on-all-interfaces", text, host.line));
        }
    }
    container
}

fn pod_settings(pod: &Node) -> Vec<Setting> {
    let hosts = ["hostNetwork", "hostPID", "hostIPC"].iter().filter_map(|key| pod.pair(key));
    let mut all: Vec<Setting> = hosts
        .filter(|pair| pair.node.is_true())
        .map(|pair| setting("host-namespace", &pair.key, pair.line))
        .collect();
    for volume in pod.get("volumes").map(Node::items).unwrap_or_default() {
        match volume.text_at(&["hostPath", "path"]) {
            Some(path) if path.contains("docker.sock") || path.contains("containerd.sock") => {
                all.push(setting("docker-socket", "hostPath", volume.line));
            }
            _ => {}
        }
    }
    all
}

fn security(node: &Node, pod: &Node, container: &mut Container) {
    let own = node.get("securityContext");
    let of_pod = pod.get("securityContext");
    let mut found = Vec::new();
    let mut add = |what: &str, value: &str, line| found.push(setting(what, value, line));
    if let Some(pair) =
        own.and_then(|own| own.pair("privileged")).filter(|pair| pair.node.is_true())
    {
        add("privileged", "privileged", pair.line);
    }
    for item in
        own.and_then(|own| own.at(&["capabilities", "add"])).map(Node::items).unwrap_or_default()
    {
        if let Some(name @ ("ALL" | "SYS_ADMIN")) = item.text() {
            add("capability", name, item.line);
        }
    }
    let user = [own, of_pod].into_iter().flatten().find_map(|context| context.pair("runAsUser"));
    if let Some(pair) = user.filter(|pair| pair.node.text() == Some("0")) {
        add("runs-as-root", "runAsUser", pair.line);
    }
    // In a template, what stands under the key is filled in from elsewhere.
    let template = container.form == "helm";
    let empty = |context: Option<&Node>| {
        context.is_none_or(|context| !template && context.pairs().is_empty())
    };
    if empty(own) && empty(of_pod) {
        add("no-security-context", "securityContext", node.line);
    }
    container.settings.append(&mut found);
}

/// Services of the same file that open a workload to the outside.
fn exposures(document: &Node, all: &[&Node]) -> Vec<Setting> {
    let labels = [&["spec", "template", "metadata", "labels"][..], &["metadata", "labels"]];
    let labels =
        labels.iter().find_map(|path| document.at(path)).map(Node::pairs).unwrap_or_default();
    let services = all.iter().filter(|other| other.text_at(&["kind"]) == Some("Service"));
    services
        .filter_map(|service| {
            let kind = service.at(&["spec", "type"])?;
            let selector = service.at(&["spec", "selector"])?.pairs();
            let selects = !selector.is_empty()
                && selector.iter().all(|wanted| {
                    labels.iter().any(|label| {
                        label.key == wanted.key && label.node.text() == wanted.node.text()
                    })
                });
            let text = kind.text().filter(|text| matches!(*text, "LoadBalancer" | "NodePort"))?;
            selects.then(|| setting("published-on-all-interfaces", text, kind.line))
        })
        .collect()
}

/// KServe: a predictor with a model, or with containers.
fn inference_service(document: &Node, form: &'static str, told: &mut Told<'_>) {
    let spec = document.get("spec");
    let Some(predictor) = spec.and_then(|spec| spec.get("predictor").or(Some(spec))) else {
        return;
    };
    for pair in predictor.pairs() {
        storage(&pair.node, told);
        if !pair.node.pairs().is_empty()
            && matches!(
                &*pair.key,
                "model"
                    | "pytorch"
                    | "triton"
                    | "sklearn"
                    | "tensorflow"
                    | "xgboost"
                    | "huggingface"
                    | "onnx"
                    | "lightgbm"
            )
        {
            let mut container = of_container(&pair.node, form);
            container.name = document.text_at(&["metadata", "name"]).unwrap_or_default().into();
            model_arguments(&container, told);
            container.tell(told);
        }
    }
    storage(predictor, told);
    pod_of(document, predictor, form, &[], told);
}

/// Arguments of KServe's own server: `--model_id=org/name`.
fn model_arguments(container: &Container, told: &mut Told<'_>) {
    for word in &container.arguments {
        let named = word.text.split_once('=').filter(|(flag, _)| {
            matches!(flag.trim_start_matches('-'), "model_id" | "model-id" | "model")
        });
        if let Some(model) = named.and_then(|(_, value)| read(value, Runner::Hub, true)) {
            told.model(model, word.line, Confidence::High);
        }
    }
}

fn storage(node: &Node, told: &mut Told<'_>) {
    let places = [node.get("storageUri"), node.get("uri"), node.at(&["storage", "uri"])];
    for uri in places.into_iter().flatten() {
        let Some(text) = uri.text() else { continue };
        let model = read(text, Runner::Unknown, true);
        if let Some(model) = model.filter(|_| text.contains("://")) {
            told.model(model, uri.line, Confidence::High);
        }
    }
}

/// Pods of a Ray cluster, wherever they are in it; and the models of an application of Ray Serve.
fn ray(document: &Node, form: &'static str, told: &mut Told<'_>) {
    let mut open = vec![document];
    while let Some(node) = open.pop() {
        if let Some(pod) = node.at(&["template", "spec"]) {
            pod_of(document, pod, form, &[], told);
            continue;
        }
        if let Some(config) = node.get("serveConfigV2").filter(|config| config.text().is_some()) {
            let read = crate::node::yaml(config.text().unwrap_or_default());
            for inner in &read.documents {
                tree::tell_from(inner, config.line, told);
            }
        }
        open.extend(node.pairs().iter().map(|pair| &pair.node));
        open.extend(node.items());
    }
}

/// Variables in a config map count as those of a container.
fn config_map(document: &Node, told: &mut Told<'_>) {
    for pair in document.get("data").map(Node::pairs).unwrap_or_default() {
        let Some(text) = pair.node.text() else { continue };
        if text.contains('\n') && (pair.key.ends_with(".yaml") || pair.key.ends_with(".yml")) {
            for inner in &crate::node::yaml(text).documents {
                tree::tell_from(inner, pair.node.line, told);
            }
        } else {
            let context = crate::settings::pair::Context::of_container("");
            crate::settings::pair::tell(told, &pair.key, text, pair.line, &context);
        }
    }
}

impl Told<'_> {
    fn product_named(&mut self, name: &str, line: u32) {
        if let Some(product) = named(name) {
            self.product(product, line, None, Confidence::High);
        }
    }
}
