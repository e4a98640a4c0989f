//! Which reader reads which file. Each is read once, by its name and then by its shape.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::Kind,
    outcome::Gap,
    system::FILE_NAME,
    tree::{FileEntry, MAX_TEXT, Walk, read_text},
};

use super::{
    application::Applications, compose, dockerfile, helm, kubernetes, lines, modelfile, told::Told,
    workflow,
};
use crate::{
    discover::Discovered,
    node::{Documents, Node, json, toml, yaml},
    settings::{env_file, mcp, tree},
};

/// Bytes of configuration beyond this many are not read.
const MAX_BYTES: u64 = 512 << 20;
/// JSON larger than this is data, not settings, in bytes.
const MAX_JSON: u64 = 256 << 10;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Dockerfile,
    Modelfile,
    Variables,
    Procfile,
    Script,
    Terraform,
    Yaml,
    Json,
    Toml,
}

/// What configuration shows of AI and of what it runs.
#[must_use]
pub fn found(walk: &Walk) -> Discovered {
    let applications = Applications::new(walk);
    let charts = charts(walk);
    let mut all = Discovered::default();
    let mut read = 0_u64;
    for (file, _) in files(walk) {
        read = read.saturating_add(file.size);
        if read > MAX_BYTES {
            let why = "too much configuration to read in full".into();
            all.gaps.push(Gap { what: "configuration".into(), why });
            break;
        }
        match read_text(&file.path) {
            Ok(text) => {
                let one =
                    in_text(&file.name, &text, &charts, &|folder| applications.uses_ai(folder));
                all.assets.extend(one.assets);
                all.workloads.extend(one.workloads);
                all.gaps.extend(one.gaps);
            }
            Err(error) => all.gaps.push(Gap { what: file.name.clone(), why: error.to_string() }),
        }
    }
    all
}

/// The files that are read, by the kind of fact that may come of them.
#[must_use]
pub fn searched(walk: &Walk) -> BTreeMap<Kind, BTreeSet<String>> {
    let names: BTreeSet<String> = files(walk).map(|(file, _)| file.name.clone()).collect();
    // Manifests of packages beside a Dockerfile say whether it builds an application of AI.
    [(Kind::Asset, names.clone()), (Kind::Workload, names)].into_iter().collect()
}

/// What a text shows that is the whole of a file of this name. For tests and fuzzing: without the charts and manifests around it.
#[must_use]
pub fn in_file(name: &str, text: &str) -> Discovered {
    in_text(name, text, &BTreeMap::new(), &|_| false)
}

fn files(walk: &Walk) -> impl Iterator<Item = (&FileEntry, Form)> {
    walk.files.iter().filter_map(|file| {
        let form = form(&file.name)?;
        let fits = file.size <= MAX_TEXT && (form != Form::Json || file.size <= MAX_JSON);
        fits.then_some((file, form))
    })
}

fn form(path: &str) -> Option<Form> {
    let file = path.rsplit('/').next().unwrap_or_default();
    let lower = file.to_ascii_lowercase();
    if path == FILE_NAME || lower.contains("lock") || is_of_others(&lower) {
        return None;
    }
    if dockerfile::is_dockerfile(path) {
        return Some(Form::Dockerfile);
    }
    if modelfile::is_modelfile(path) {
        return Some(Form::Modelfile);
    }
    if env_file::is_env_file(path) {
        return Some(Form::Variables);
    }
    if matches!(lower.as_str(), "makefile" | "gnumakefile" | "justfile") {
        return Some(Form::Script);
    }
    if lower == "procfile" || lower.starts_with("procfile.") {
        return Some(Form::Procfile);
    }
    match lower.rsplit_once('.')?.1 {
        "sh" | "bash" | "mk" => Some(Form::Script),
        "tf" | "tfvars" => Some(Form::Terraform),
        "yaml" | "yml" => Some(Form::Yaml),
        "json" | "jsonc"
            if !path.contains("/locales/")
                && !path.contains("/i18n/")
                && !path.contains("translations") =>
        {
            Some(Form::Json)
        }
        "toml" => Some(Form::Toml),
        _ => None,
    }
}

/// Files that have readers of their own, or are no settings of the system.
fn is_of_others(file: &str) -> bool {
    matches!(
        file,
        "package.json"
            | "composer.json"
            | "pyproject.toml"
            | "cargo.toml"
            | "tsconfig.json"
            | "pipfile"
            | "mkdocs.yml"
            | ".pre-commit-config.yaml"
            | "dvc.yaml"
            | "environment.yml"
            | "environment.yaml"
            | "config.json"
            | "tokenizer.json"
            | "tokenizer_config.json"
            | "special_tokens_map.json"
            | "generation_config.json"
            | "vocab.json"
            | "coseal.local.toml"
    ) || file.starts_with("tsconfig.")
        || file.ends_with(".schema.json")
        || file.ends_with(".sarif.json")
}

/// The values of each chart, by its folder.
fn charts(walk: &Walk) -> BTreeMap<String, Node> {
    let folders = walk.files.iter().filter_map(|file| {
        let folder = file.name.strip_suffix("Chart.yaml")?;
        (folder.is_empty() || folder.ends_with('/')).then_some(folder)
    });
    folders
        .take(2_000)
        .map(|folder| {
            let values = format!("{folder}values.yaml");
            let at = walk.files.binary_search_by(|file| file.name.as_str().cmp(&values)).ok();
            let text =
                at.and_then(|at| walk.files.get(at)).and_then(|file| read_text(&file.path).ok());
            let node = text.and_then(|text| yaml(&text).documents.into_iter().next());
            (folder.to_owned(), node.unwrap_or_else(|| json("{}").documents.remove(0)))
        })
        .collect()
}

fn in_text(
    name: &str,
    text: &str,
    charts: &BTreeMap<String, Node>,
    uses_ai: &dyn Fn(&str) -> bool,
) -> Discovered {
    let mut told = Told::new(name);
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    match form(name) {
        Some(Form::Dockerfile) => dockerfile::tell(text, uses_ai(folder), &mut told),
        Some(Form::Modelfile) => modelfile::tell(text, &mut told),
        Some(Form::Variables) => env_file::read(text, &mut told),
        Some(Form::Procfile) => lines::procfile(text, &mut told),
        Some(Form::Script) => lines::script(text, &mut told),
        Some(Form::Terraform) => lines::terraform(text, &mut told),
        Some(Form::Yaml) => yaml_text(text, charts, uses_ai, &mut told),
        Some(Form::Json) if may_tell(text) => settings(&json(text), uses_ai, &mut told),
        Some(Form::Toml) if may_tell(text) => settings(&toml(text), uses_ai, &mut told),
        _ => {}
    }
    told.into_found()
}

/// A text without any of these words tells nothing.
fn may_tell(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "model",
        "llm",
        "prompt",
        "mcp",
        "openai",
        "ollama",
        "image",
        "backstory",
        "api",
        "endpoint",
        "url",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn yaml_text(
    text: &str,
    charts: &BTreeMap<String, Node>,
    uses_ai: &dyn Fn(&str) -> bool,
    told: &mut Told<'_>,
) {
    let name = told.file;
    let chart = charts
        .keys()
        .filter(|folder| name.starts_with(folder.as_str()))
        .max_by_key(|folder| folder.len());
    let Some(folder) = chart else {
        // What holds `{{` at the start of lines is a template of something else.
        return settings(&yaml(text), uses_ai, told);
    };
    let inside = name.get(folder.len()..).unwrap_or_default();
    let Some(values) = charts.get(folder) else { return };
    if inside.starts_with("templates/") {
        let filled = helm::filled(text, values);
        let documents = yaml(&filled).documents;
        return kubernetes::tell(&documents, "helm", told);
    }
    let read = yaml(text);
    problem(&read, told);
    for document in &read.documents {
        if inside == "Chart.yaml" {
            helm::dependencies(document, told);
        } else if inside.starts_with("values") || inside.starts_with("ci/") {
            helm::values(
                document,
                folder.trim_end_matches('/').rsplit('/').next().unwrap_or("chart"),
                told,
            );
        }
    }
}

fn problem(read: &Documents, told: &mut Told<'_>) {
    if let Some(why) = read.problem {
        told.gap(why);
    }
}

fn settings(read: &Documents, uses_ai: &dyn Fn(&str) -> bool, told: &mut Told<'_>) {
    let name = told.file;
    problem(read, told);
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    if read.documents.iter().any(kubernetes::is_manifest) {
        return kubernetes::tell(&read.documents, "kubernetes", told);
    }
    for document in &read.documents {
        if compose::is_compose(document) && !workflow::is_workflow(name) {
            compose::tell(document, told, &|context| uses_ai(&joined(folder, context)));
        } else if workflow::is_workflow(name) {
            workflow::tell(document, told);
        } else if workflow::is_taskfile(name) {
            workflow::taskfile(document, told);
        } else if name.ends_with("devcontainer.json") {
            workflow::devcontainer(document, told);
        } else {
            mcp::tell(document, told);
            mcp::manifest(document, told);
            if !mcp::is_settings(name) && document.items().is_empty() {
                tree::tell(document, told);
            }
        }
    }
}

/// A folder relative to another; what leads above the inspected folder is the inspected folder.
fn joined(folder: &str, context: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in context.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}
