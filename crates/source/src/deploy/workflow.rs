//! Workflows of GitHub and GitLab, Taskfiles and dev containers: images, services and commands.

use coseal_core::{
    fact::{AssetKind, Pin},
    finding::Confidence,
};

use super::{
    command::shown,
    compose::{service, variables},
    lines::started,
    shell::commands,
    told::Told,
};
use crate::{
    node::{Node, json},
    settings::pair::{Context, tell as tell_pair},
};

/// Whether a path is that of a workflow of GitHub or GitLab.
pub(crate) fn is_workflow(path: &str) -> bool {
    path.contains(".github/workflows/")
        || path.ends_with(".gitlab-ci.yml")
        || path.ends_with(".gitlab-ci.yaml")
}

/// Whether a path is that of a Taskfile.
pub(crate) fn is_taskfile(path: &str) -> bool {
    matches!(
        path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase().as_str(),
        "taskfile.yml" | "taskfile.yaml" | "taskfile.dist.yml"
    )
}

/// What the jobs of a workflow run.
pub(crate) fn tell(document: &Node, told: &mut Told<'_>) {
    job("workflow", document, told);
    let jobs = document.get("jobs").map_or(document.pairs(), Node::pairs);
    for pair in jobs.iter().filter(|pair| !pair.node.pairs().is_empty()) {
        job(&pair.key, &pair.node, told);
    }
}

fn job(name: &str, node: &Node, told: &mut Told<'_>) {
    if let Some(container) = node.get("container") {
        one_service(name, container, told);
    }
    let services = node.get("services");
    for pair in services.map(Node::pairs).unwrap_or_default() {
        one_service(&pair.key, &pair.node, told);
    }
    for item in services.map(Node::items).unwrap_or_default() {
        one_service(name, item, told);
    }
    for key in ["env", "variables"] {
        for (key, value) in variables(node.get(key)) {
            tell_pair(told, &key, &value.text, value.line, &Context::default());
        }
    }
    for step in node.get("steps").map(Node::items).unwrap_or_default() {
        for (key, value) in variables(step.get("env")) {
            tell_pair(told, &key, &value.text, value.line, &Context::default());
        }
        run(step.get("run"), told);
        model_of_action(step, told);
        action_of_ai(step, told);
    }
    for key in ["script", "before_script", "after_script"] {
        run(node.get(key), told);
    }
}

/// Owners whose actions put a model to work on the repository, and words in the names of those of others.
const AI_ACTIONS: [&str; 9] = [
    "anthropics/",
    "openai/",
    "google-gemini/",
    "google-github-actions/run-gemini",
    "actions/ai-inference",
    "coderabbitai/",
    "claude-code-action",
    "codex-action",
    "gemini-cli",
];

/// An action that runs a model is a service, though workflows are no part of what is shipped; its texts are prompts.
fn action_of_ai(step: &Node, told: &mut Told<'_>) {
    let Some(uses) = step.pair("uses") else { return };
    let text = uses.node.text().unwrap_or_default();
    let (action, version) = text.split_once('@').unwrap_or((text, ""));
    let lower = action.to_ascii_lowercase();
    let is_local = lower.starts_with('.') || lower.starts_with("docker:");
    if is_local || !AI_ACTIONS.iter().any(|known| lower.contains(known)) {
        return;
    }
    let asset = told.asset(AssetKind::Service, action, uses.line, Confidence::High);
    asset.optional = false;
    asset.location = format!("https://github.com/{action}").parse().ok();
    let is_commit = version.len() == 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    asset.pin = if is_commit { Pin::Snapshot } else { Pin::Alias };
    for pair in step.get("with").map(Node::pairs).unwrap_or_default() {
        let is_prompt = pair.key.ends_with("prompt") || pair.key.ends_with("instructions");
        if let Some(text) = pair.node.text().filter(|text| is_prompt && text.contains(' ')) {
            told.prompt(&pair.key, text, pair.line, None).optional = false;
        }
    }
}

/// Actions take models as inputs: `with: {model: …}`.
fn model_of_action(step: &Node, told: &mut Told<'_>) {
    for pair in step.get("with").map(Node::pairs).unwrap_or_default() {
        if let Some(text) = pair.node.text() {
            tell_pair(told, &pair.key, text, pair.line, &Context::default());
        }
    }
}

fn one_service(name: &str, node: &Node, told: &mut Told<'_>) {
    let image = json(&format!(
        "{{\"image\":{}}}",
        quoted(node.text().or_else(|| node.text_at(&["name"])).unwrap_or_default())
    ));
    let alone = image.documents.first().filter(|_| node.get("image").is_none());
    let mut container = service(name, node.line, alone.unwrap_or(node), "workflow");
    if let Some(image) = &mut container.image {
        image.line = node.get("image").map_or(node.line, |image| image.line);
    }
    container.tell(told);
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn run(node: Option<&Node>, told: &mut Told<'_>) {
    for (line, text) in node.map(Node::words).unwrap_or_default() {
        // The text of a block begins on the line behind its mark.
        let first = if text.contains('\n') { line.saturating_add(1) } else { line };
        let all = shown(&commands(text, first));
        for one in &all {
            super::container::tell_shown(one, told);
        }
    }
}

/// Commands of a Taskfile.
pub(crate) fn taskfile(document: &Node, told: &mut Told<'_>) {
    for task in document.get("tasks").map(Node::pairs).unwrap_or_default() {
        for command in task.node.get("cmds").map(Node::items).unwrap_or_default() {
            let node = command.get("cmd").unwrap_or(command);
            if let Some(text) = node.text() {
                started(&shown(&commands(text, node.line)), "script", told);
            }
        }
    }
}

/// The image of a dev container.
pub(crate) fn devcontainer(document: &Node, told: &mut Told<'_>) {
    if document.get("image").is_some() {
        service("devcontainer", document.line, document, "devcontainer").tell(told);
    }
}

#[cfg(test)]
mod tests {
    use super::tell;
    use crate::{deploy::told::Told, node::yaml};

    #[test]
    fn actions_that_run_a_model_are_services_with_their_prompts() {
        let text = "jobs:\n  review:\n    steps:\n    - uses: actions/checkout@v4\n    - uses: anthropics/claude-code-action@beta\n      with:\n        direct_prompt: |\n          Please review this.\n";
        let mut told = Told::new(".github/workflows/review.yml");
        tell(&yaml(text).documents[0], &mut told);
        let assets = told.into_found().assets;
        let names: Vec<_> =
            assets.iter().map(|a| (a.name.as_str(), a.seen[0].line, a.optional)).collect();
        assert_eq!(
            names,
            [
                (".github/workflows/review.yml#direct_prompt", 7, false),
                ("anthropics/claude-code-action", 5, false)
            ]
        );
    }
}
