//! Which reader reads which file. Each is read once, by its name and then by its shape.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
};

use coseal_core::{
    fact::{AssetKind, Kind},
    finding::Confidence,
    outcome::Gap,
    system::FILE_NAME,
    tree::{FileEntry, MAX_TEXT, Walk, open_regular, read_text},
};

use super::{
    application::{Applications, is_manifest},
    compose, dockerfile, helm, kubernetes, lines, modelfile, product,
    resource::{self, Language},
    told::Told,
    workflow,
};
use crate::{
    discover::Discovered,
    node::{Documents, Node, json, toml, yaml},
    settings::{env_file, flow, mcp, tool_schema, tree},
};

/// Bytes of configuration beyond this many are not read.
const MAX_BYTES: u64 = 512 << 20;
/// Bytes of a JSON text that say whether it is a list.
const HEAD: u64 = 512;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Dockerfile,
    Modelfile,
    Variables,
    Sections,
    Statements,
    Packages,
    Procfile,
    Script,
    Terraform,
    Bicep,
    FrontMatter,
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
    for (file, form) in files(walk) {
        // A list of that many values is data, not settings.
        let settings = mcp::may_be_settings(&file.name);
        if form == Form::Json && file.size > MAX_TEXT && !settings && is_list(file) {
            continue;
        }
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
    let manifests = walk.files.iter().filter(|file| is_manifest(&file.name));
    let mut run = names.clone();
    run.extend(manifests.map(|file| file.name.clone()));
    [(Kind::Inspection, names.clone()), (Kind::Asset, names), (Kind::Workload, run)]
        .into_iter()
        .collect()
}

/// What a text shows that is the whole of a file of this name. For tests and fuzzing: without the manifests around it, and in a
/// chart (`chart/…`) with its own first document as the values.
#[must_use]
pub fn in_file(name: &str, text: &str) -> Discovered {
    let values = || yaml(text).documents.into_iter().next().unwrap_or_else(Node::empty);
    let chart = name.starts_with("chart/").then(|| ("chart/".to_owned(), values()));
    in_text(name, text, &chart.into_iter().collect(), &|_| false)
}

fn files(walk: &Walk) -> impl Iterator<Item = (&FileEntry, Form)> {
    walk.files.iter().filter_map(|file| Some((file, form(&file.name)?)))
}

fn is_list(file: &FileEntry) -> bool {
    let mut head = Vec::new();
    let opened = open_regular(&file.path).ok();
    #[expect(clippy::disallowed_methods, reason = "bounded by take")]
    let read = opened.and_then(|opened| opened.take(HEAD).read_to_end(&mut head).ok());
    read.is_some() && head.trim_ascii_start().starts_with(b"[")
}

fn form(path: &str) -> Option<Form> {
    let file = path.rsplit('/').next().unwrap_or_default();
    let lower = file.to_ascii_lowercase();
    // Decisions of people have a reader of their own.
    if path == FILE_NAME
        || path.starts_with("decisions/")
        || is_lock(&lower)
        || is_of_others(&lower)
    {
        return None;
    }
    if lower == "pyproject.toml" {
        return Some(Form::Packages);
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
    if env_file::is_sections(&lower) {
        return Some(Form::Sections);
    }
    if lower == "mlproject" {
        return Some(Form::Yaml);
    }
    match lower.rsplit_once('.')?.1 {
        "sh" | "bash" | "mk" => Some(Form::Script),
        "tf" | "tfvars" => Some(Form::Terraform),
        "bicep" => Some(Form::Bicep),
        "prompty" => Some(Form::FrontMatter),
        "sql" => Some(Form::Statements),
        "txt" if lower.starts_with("requirements") || path.contains("requirements/") => {
            Some(Form::Packages)
        }
        "ts" | "js" | "mjs" | "py" if sets_up(&path.to_ascii_lowercase()) => Some(Form::Statements),
        "json" | "jsonc" if mcp::may_be_settings(path) => Some(Form::Json),
        "yaml" | "yml" | "json" | "jsonc" | "toml" if is_of_a_run(path) => None,
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

/// Whether a file is one in which a tool fixes versions: `uv.lock`, `package-lock.json`, `pnpm-lock.yaml`, `conda-lock.yml`.
fn is_lock(file: &str) -> bool {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    file.ends_with(".lock")
        || file.contains(".lock.")
        || stem.ends_with("lock") && !stem.ends_with("block")
}

/// Files that have readers of their own, or are no settings of the system.
fn is_of_others(file: &str) -> bool {
    matches!(
        file,
        "package.json"
            | "composer.json"
            | "cargo.toml"
            | "tsconfig.json"
            | "pipfile"
            | "mkdocs.yml"
            | ".pre-commit-config.yaml"
            | "dvc.yaml"
            | "environment.yml"
            | "environment.yaml"
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
        .map(|folder| {
            let values = format!("{folder}values.yaml");
            let at = walk.files.binary_search_by(|file| file.name.as_str().cmp(&values)).ok();
            let text =
                at.and_then(|at| walk.files.get(at)).and_then(|file| read_text(&file.path).ok());
            let node = text.and_then(|text| yaml(&text).documents.into_iter().next());
            (folder.to_owned(), node.unwrap_or_else(Node::empty))
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
        Some(Form::Sections) if may_tell(text) => env_file::read_sections(text, &mut told),
        Some(Form::Statements) => extensions(text, &mut told),
        Some(Form::Packages) => packaged(text, &mut told),
        Some(Form::Procfile) => lines::procfile(text, &mut told),
        Some(Form::Script) => lines::script(text, &mut told),
        Some(Form::Terraform) => resource::lines(text, Language::Terraform, &mut told),
        Some(Form::Bicep) => resource::lines(text, Language::Bicep, &mut told),
        Some(Form::FrontMatter) => front_matter(text, &mut told),
        Some(Form::Yaml) => yaml_text(text, charts, uses_ai, &mut told),
        Some(Form::Json) if mcp::may_be_settings(name) || may_tell(text) => {
            settings(&json(text), uses_ai, &mut told);
        }
        Some(Form::Toml) if may_tell(text) => settings(&toml(text), uses_ai, &mut told),
        _ => {}
    }
    told.into_found()
}

/// A prompt with its settings in front, between two lines of `---`: the model and service that it is for.
fn front_matter(text: &str, told: &mut Told<'_>) {
    let Some(rest) = text.strip_prefix("---") else { return };
    let Some((head, _)) = rest.split_once("\n---") else { return };
    for document in yaml(head).documents {
        tree::tell(&document, told);
    }
}

/// A text without any of these words tells nothing.
fn may_tell(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        // Escapes may stand in any word.
        "\\u00",
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
        "graphs",
        "resources",
        "schema",
        "parameters",
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
        return settings(&plain_or_template(text), uses_ai, told);
    };
    let inside = name.get(folder.len()..).unwrap_or_default();
    let Some(values) = charts.get(folder) else { return };
    if inside.starts_with("templates/") {
        let filled = helm::filled(text, values);
        let documents = yaml(&filled).documents;
        return kubernetes::tell(&documents, "helm", told);
    }
    if !matches!(inside.split('/').next(), Some(first) if first == "Chart.yaml" || first.starts_with("values") || first == "ci")
    {
        return;
    }
    let read = yaml(text);
    problem(&read, told);
    for document in &read.documents {
        if inside == "Chart.yaml" {
            helm::application(document, told);
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

/// A text that is no YAML may be a template of it: what stands between `{{` and `}}` is left out then.
fn plain_or_template(text: &str) -> Documents {
    let read = yaml(text);
    if read.problem.is_none() || !text.contains("{{") {
        return read;
    }
    yaml(&helm::filled(text, &Node::empty()))
}

/// What is too large to follow is a gap. A text that is not valid is one where its name says that it is of ours; elsewhere it may be of
/// another language, and what stands before the error was read.
fn problem(read: &Documents, told: &mut Told<'_>) {
    let Some(why) = read.problem else { return };
    let file = told.file.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let ours =
        ["compose", "values", "mcp", "settings", "config", "deployment", "agents", "litellm"];
    let broken = why.starts_with("it is not valid");
    if !broken || workflow::is_workflow(told.file) || ours.iter().any(|word| file.contains(word)) {
        told.gap(why);
    }
}

fn settings(read: &Documents, uses_ai: &dyn Fn(&str) -> bool, told: &mut Told<'_>) {
    let name = told.file;
    problem(read, told);
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    if !mcp::is_settings(name) && read.documents.iter().any(kubernetes::is_manifest) {
        return kubernetes::tell(&read.documents, "kubernetes", told);
    }
    let of_mcp = mcp::is_settings(name);
    for document in &read.documents {
        if of_mcp {
            mcp::tell(document, told);
        }
        if compose::is_compose(document) && !workflow::is_workflow(name) {
            compose::tell(document, told, &|context| uses_ai(&joined(folder, context)));
        } else if workflow::is_workflow(name) {
            workflow::tell(document, told);
        } else if workflow::is_taskfile(name) {
            workflow::taskfile(document, told);
        } else if name.rsplit('/').next() == Some("langgraph.json") {
            graphs(document, told);
        } else if flow::tell(document, told) || resource::template(document, told) {
            // What it is made of was told by itself.
        } else if name.ends_with("devcontainer.json") {
            workflow::devcontainer(document, told);
        } else {
            if !of_mcp {
                mcp::tell(document, told);
            }
            mcp::manifest(document, told);
            tool_schema::tell(document, told);
            if is_template(name, document) {
                told.prompt_file(&read_texts(document));
            } else if !of_mcp && document.items().is_empty() && !is_of_weights(document) {
                tree::tell(document, told);
            }
        }
    }
}

/// A file of texts alone, some of them prompts, as training repositories keep their templates: one prompt with its parts.
fn is_template(name: &str, document: &Node) -> bool {
    let pairs = document.pairs();
    let prompts = pairs.iter().filter(|pair| pair.key.starts_with("prompt")).count();
    let texts = pairs.iter().all(|pair| pair.node.text().is_some());
    name.ends_with(".json") && prompts > 1 && texts && pairs.len() <= 12
}

/// The texts of a file of texts, each behind its key.
fn read_texts(document: &Node) -> String {
    let text = |pair: &crate::node::Pair| {
        format!("{}: {}\n", pair.key, pair.node.text().unwrap_or_default())
    };
    document.pairs().iter().map(text).collect()
}

/// Whether a file of records is what a run left behind.
fn is_of_a_run(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let stem = lower.rsplit_once('.').map_or(lower.as_str(), |(stem, _)| stem);
    stem.split('/').any(|part| {
        ["results", "logs", "outputs", "runs", "wandb", "mlruns"].contains(&part)
            || ["_results", "-results", "_outputs", "_logs"].iter().any(|end| part.ends_with(end))
    })
}

/// `langgraph.json` names the graphs that its server runs as agents.
fn graphs(document: &Node, told: &mut Told<'_>) {
    if let Some(index) = document.at(&["store", "index"]) {
        tree::tell_of_embedding(index, told);
    }
    let Some(graphs) = document.get("graphs") else { return };
    told.asset(AssetKind::Service, "langgraph", 1, Confidence::High);
    for pair in graphs.pairs() {
        told.asset(AssetKind::Agent, &pair.key, pair.line, Confidence::High);
    }
}

/// `CREATE EXTENSION vector` makes a store of vectors of a database.
fn extensions(text: &str, told: &mut Told<'_>) {
    for (line, number) in text.lines().zip(1_u32..) {
        let lower = line.to_ascii_lowercase();
        let Some((_, rest)) = lower.split_once("create extension") else { continue };
        let rest = rest.trim_start().trim_start_matches("if not exists").trim_start();
        let name = rest.trim_start_matches(['"', '\'', '\\', '`']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        if matches!(name.get(..end.unwrap_or(name.len())), Some("vector" | "pgvector" | "vectors"))
            && let Some(store) = product::named("pgvector")
        {
            told.product(store, number, None, Confidence::High);
        }
    }
}

/// Models that are installed as packages: `…/spacy-models/releases/download/NAME-VERSION/…`.
fn packaged(text: &str, told: &mut Told<'_>) {
    for (line, number) in text.lines().zip(1_u32..).take(20_000) {
        let Some((_, rest)) = line.split_once("/spacy-models/releases/download/") else { continue };
        let version = rest.split('/').next().and_then(|part| part.rsplit_once('-'));
        let Some((name, _)) = version.filter(|_| !line.trim_start().starts_with('#')) else {
            continue;
        };
        if name.len() < 60 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            let asset = told.asset(AssetKind::Model, name, number, Confidence::High);
            asset.pin = coseal_core::fact::Pin::Snapshot;
        }
    }
}

/// Whether a file of code or SQL may be one that sets up a database.
fn sets_up(lower: &str) -> bool {
    ["vector", "migrat", "schema", "setup", "postgres", "pg", "database"]
        .iter()
        .any(|word| lower.contains(word))
}

/// `config.json` beside weights says how they are built, and which others they were made from.
fn is_of_weights(document: &Node) -> bool {
    let has = |key: &str| document.get(key).is_some();
    // Recipes of training name a type of models too.
    let built = ["hidden_size", "vocab_size", "torch_dtype", "transformers_version", "d_model"];
    ["architectures", "_name_or_path", "base_model_name_or_path"].iter().any(|key| has(key))
        || has("model_type") && built.iter().any(|key| has(key))
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

#[cfg(test)]
mod tests {
    use coseal_core::tree::Tree;

    use super::{found, in_file, searched};

    #[test]
    fn bombs_and_broken_settings_are_gaps_and_templates_of_others_are_not() {
        let mut bomb = String::from("services: &a0 {x: {image: y}}\n");
        for level in 1..30 {
            bomb.push_str(&format!(
                "a{level}: &a{level} [{}]\n",
                vec![format!("*a{}", level - 1); 9].join(",")
            ));
        }
        for (name, text) in [
            ("compose.yaml", bomb.as_str()),
            ("x.yaml", &format!("{}{}", "[".repeat(200), "]".repeat(200))),
            ("docker-compose.yml", "services: {a: ["),
            (".mcp.json", "{\"mcpServers\": {"),
        ] {
            assert_eq!(in_file(name, text).gaps.len(), 1, "{name}");
        }
        assert!(in_file("x.yaml", "a: {{ b }}\n{% if c %}\n").gaps.is_empty());
    }

    #[test]
    fn servers_of_an_assistant_hide_behind_nothing_else_in_their_file() {
        let start = r#"{"command": "npx", "args": ["@x/y"]}"#;
        for text in [
            format!(r#"{{"mcpServers": {{"a": {start}}}, "services": {{"b": {{"image": "c"}}}}}}"#),
            format!(
                r#"{{"mcpServers": {{"a": {start}}}, "apiVersion": "v1", "kind": "Pod", "spec": {{}}}}"#
            ),
            format!(r#"{{"m\u0063pServers": {{"a": {start}}}}}"#),
        ] {
            for name in [".mcp.json", "logs/.vscode/mcp.json", ".gemini/settings.json"] {
                let found = in_file(name, &text);
                let servers =
                    found.assets.iter().filter(|asset| asset.kind.word() == "mcp").count();
                assert!(servers == 1 || name.ends_with("settings.json"), "{name} {text} {found:?}");
            }
        }
        assert!(
            super::form("deploy/block.yaml").is_some() && super::form("pnpm-lock.yaml").is_none()
        );
        assert_eq!(in_file(".mcp.json", r#"{"mcpServers": {}, "mcpServers": {}}"#).gaps.len(), 1);
    }

    #[test]
    fn json_is_read_up_to_the_limit_of_texts_and_beyond_it_a_gap_unless_it_is_a_list() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        let blank = " ".repeat(300 << 10);
        write("fits.json", &format!("{{{blank}\"model\": \"gpt-4o\"}}")).unwrap();
        write("settings.json", &format!("{{{}}}", blank.repeat(4))).unwrap();
        write("rows.json", &format!("\n[{}]", blank.repeat(4))).unwrap();
        let found = found(&Tree::open(folder.path()).unwrap().walk());
        assert_eq!(found.assets.len(), 1, "{found:?}");
        let gaps: Vec<_> = found.gaps.iter().map(|gap| gap.what.as_str()).collect();
        assert_eq!(gaps, ["settings.json"]);
    }

    #[test]
    fn what_ends_early_is_a_gap() {
        let nested = format!("{}a: gpt-4o", "model:\n".to_owned() + &deeper(30));
        for (name, text) in [
            ("a.yaml", nested.as_str()),
            ("Dockerfile", "FROM a\nRUN <<EOF\n"),
            (
                "a/Dockerfile",
                &format!("FROM a\nARG A={}\nRUN {}", "x".repeat(900), "$A".repeat(5_000)),
            ),
            ("config.toml", &format!("model.{}b = 1", "a.".repeat(97))),
        ] {
            assert_eq!(in_file(name, text).gaps.len(), 1, "{name}");
        }
    }

    /// Keys one below the other.
    fn deeper(levels: usize) -> String {
        (1..=levels).map(|level| format!("{0}x:\n{0} ", " ".repeat(level))).collect()
    }

    #[test]
    fn a_prompt_names_its_model_in_front() {
        let text = "---\nname: x\nmodel:\n  api: chat\n  configuration:\n    type: azure_openai\n    azure_deployment: gpt-4o-mini\n---\nsystem:\nmodel: gpt-4\n";
        let found = in_file("src/chat.prompty", text);
        let models = found.assets.iter().filter(|asset| asset.kind.word() == "model");
        let models: Vec<_> = models.map(|asset| (&*asset.name, asset.seen[0].line)).collect();
        assert_eq!(models, [("gpt-4o-mini", 7)]);
        assert!(in_file("src/chat.prompty", "model: gpt-4o\n").assets.is_empty());
    }

    #[test]
    fn graphs_are_agents_of_a_server_and_an_extension_is_a_store() {
        let names = |name: &str, text: &str| {
            let found = in_file(name, text);
            let one =
                |asset: coseal_core::fact::Asset| format!("{} {}", asset.kind.word(), asset.name);
            found.assets.into_iter().map(one).collect::<Vec<_>>()
        };
        let text = "{\"graphs\": {\"mail\": \"./src/mail.py:app\"}}";
        let mut found = names("langgraph.json", text);
        found.sort();
        assert_eq!(found, ["agent mail", "service langgraph"]);
        let text = "await q(\"CREATE EXTENSION IF NOT EXISTS vector;\")\n";
        assert_eq!(names("cdk/setup/index.ts", text), ["store pgvector"]);
        assert!(names("x.sql", "CREATE EXTENSION pgcrypto; -- vector").is_empty());
    }

    #[test]
    fn a_template_is_one_prompt_and_results_are_none() {
        let text = r#"{"description": "d", "prompt_input": "Below is an instruction. {instruction}", "prompt_no_input": "Below is one. {instruction}"}"#;
        let names = |name: &str| {
            let found = in_file(name, text);
            found.assets.into_iter().map(|asset| asset.name).collect::<Vec<_>>()
        };
        assert_eq!(names("templates/alpaca.json"), ["templates/alpaca.json"]);
        let file = |name: &str| super::form(name).is_some();
        assert!(!file("eval_results/x.json") && !file("a/run_results.yaml") && file("a/x.json"));
    }

    #[test]
    fn a_folder_is_read_with_its_charts_and_what_is_no_text_is_a_gap() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        write("chart/Chart.yaml", b"name: c\n");
        write(
            "chart/values.yaml",
            b"server:\n  image: {repository: vllm/vllm-openai, tag: v1}\n  modelURL: hf://a/b\n",
        );
        write(
            "chart/templates/pod.yaml",
            b"{{- if .Values.x }}\napiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n  containers:\n  - image: {{ .Values.server.image.repository }}\n{{- end }}\n",
        );
        write("bad.yaml", b"a: \xff");
        let walk = Tree::open(folder.path()).unwrap().walk();
        let all = found(&walk);
        let mut names: Vec<_> = all.assets.iter().map(|asset| asset.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names, ["a/b", "vllm"]);
        let privileged = all.workloads.iter().find(|work| work.path.ends_with("pod.yaml")).unwrap();
        assert_eq!(privileged.runs.as_deref(), Some("vllm"));
        assert!(
            privileged
                .settings
                .iter()
                .any(|setting| setting.what == "host-namespace" && setting.line == 5)
        );
        assert_eq!(all.gaps.iter().map(|gap| gap.what.as_str()).collect::<Vec<_>>(), ["bad.yaml"]);
        assert!(searched(&walk).values().all(|names| names.contains("bad.yaml")));
    }
}
