//! Dockerfiles: defaults of arguments, stages, what they start.

use std::collections::BTreeMap;

use super::{
    command::shown,
    container::{Container, setting, tell_shown},
    instructions::{Instruction, instructions},
    shell::{MAX_FILLED, Word, commands, filled, with_defaults},
    told::Told,
};

/// What a Dockerfile builds. `of_ai` is whether the code beside it uses AI.
pub(crate) fn tell(text: &str, of_ai: bool, told: &mut Told<'_>) {
    let mut build = Build::default();
    let mut first = None;
    let (instructions, problem) = instructions(text);
    if let Some(why) = problem {
        told.gap(why);
    }
    for instruction in instructions {
        first = first.or((instruction.keyword == "FROM").then_some(instruction.line));
        build.take(&instruction, told);
    }
    let Some(line) = first else { return };
    let base_has_user = build.base_has_user();
    let mut container = build.container;
    container.form = "dockerfile";
    container.line = line;
    container.name = told.file.rsplit('/').next().unwrap_or_default().to_owned();
    container.of_ai = of_ai || told.is_of_ai();
    if build.user.is_none() && !base_has_user {
        container.settings.push(setting("no-user", "USER", line));
    }
    if let Some((_, at)) =
        build.user.filter(|(name, _)| matches!(name.split(':').next(), Some("root" | "0")))
    {
        container.settings.push(setting("runs-as-root", "USER", at));
    }
    container.tell(told);
}

#[derive(Default)]
struct Build {
    arguments: BTreeMap<String, String>,
    stages: BTreeMap<String, Option<Word>>,
    user: Option<(String, u32)>,
    container: Container,
}

impl Build {
    fn take(&mut self, instruction: &Instruction, told: &mut Told<'_>) {
        let text = self.filled(&instruction.text);
        if text.len() >= MAX_FILLED {
            told.gap("it is too long with its arguments filled in");
        }
        match instruction.keyword.as_str() {
            "FROM" => self.stage(&text, instruction.line),
            "ARG" | "ENV" => self.variables(&text, instruction),
            "EXPOSE" => self.container.ports.extend(text.split_whitespace().map(str::to_owned)),
            "USER" => {
                self.user =
                    text.split_whitespace().next().map(|name| (name.to_owned(), instruction.line));
            }
            "RUN" => {
                for one in shown(&commands(run_body(&text), instruction.line)) {
                    // What is fetched while building is in the image; a server that is tried there is not.
                    if !one.models.is_empty() || !one.datasets.is_empty() {
                        tell_shown(&one, told);
                    }
                    let risky = one
                        .settings
                        .into_iter()
                        .filter(|setting| setting.what == "trust-remote-code");
                    self.container.settings.extend(risky);
                }
            }
            "ADD" => {
                let words = std::iter::once("wget").chain(text.split_whitespace());
                let words: Vec<Word> =
                    words.map(|word| Word::new(word, instruction.line)).collect();
                for one in shown(&[words]) {
                    tell_shown(&one, told);
                }
            }
            "CMD" | "ENTRYPOINT" => self.start(&text, instruction),
            _ => {}
        }
    }

    fn filled(&self, text: &str) -> String {
        filled(&with_defaults(text, &|name| self.arguments.get(name).cloned()), &self.arguments)
    }

    /// A stage begins anew, but for what its base brings.
    fn stage(&mut self, text: &str, line: u32) {
        let mut words = text.split_whitespace().filter(|word| !word.starts_with("--"));
        let base = words.next().unwrap_or_default();
        let name = words.nth(1);
        let image = match self.stages.get(&base.to_ascii_lowercase()) {
            Some(known) => known.clone(),
            None => {
                self.user = None;
                Some(Word::new(base, line))
            }
        };
        let variables = std::mem::take(&mut self.container.variables);
        self.container = Container { image: image.clone(), variables, ..Container::default() };
        if let Some(name) = name {
            self.stages.insert(name.to_ascii_lowercase(), image);
        }
    }

    /// `NAME=value …`, or `NAME value` for ENV.
    fn variables(&mut self, text: &str, instruction: &Instruction) {
        for words in commands(text, instruction.line) {
            let tied = words.first().is_some_and(|word| word.text.contains('='));
            let pairs: Vec<(String, Word)> = if tied || instruction.keyword == "ARG" {
                words
                    .iter()
                    .filter_map(|word| {
                        word.text
                            .split_once('=')
                            .map(|(key, value)| (key.to_owned(), Word::new(value, word.line)))
                    })
                    .collect()
            } else {
                let value = words
                    .iter()
                    .skip(1)
                    .map(|word| word.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                words
                    .first()
                    .map(|word| (word.text.clone(), Word::new(&value, word.line)))
                    .into_iter()
                    .collect()
            };
            for (key, value) in pairs {
                if value.text.len() < 1_000 && self.arguments.len() < 1_000 {
                    self.arguments.insert(key.clone(), value.text.clone());
                }
                self.container.variables.push((key, value));
            }
        }
    }

    fn start(&mut self, text: &str, instruction: &Instruction) {
        if instruction.keyword == "ENTRYPOINT" {
            self.container.arguments.clear();
        }
        let list = crate::node::json(text.trim());
        match list
            .documents
            .first()
            .filter(|node| !node.items().is_empty() && list.problem.is_none())
        {
            Some(node) => {
                let words = node.words().into_iter();
                self.container
                    .arguments
                    .extend(words.map(|(_, word)| Word::new(word, instruction.line)));
            }
            None => self.container.commands = commands(text, instruction.line),
        }
    }

    /// Bases that do not run as root by themselves.
    fn base_has_user(&self) -> bool {
        let base =
            self.container.image.as_ref().map(|image| image.text.as_str()).unwrap_or_default();
        base.contains("nonroot")
            || base.contains("jupyter/")
            || base.contains("rayproject/")
            || base == "scratch"
    }
}

/// The commands of RUN without its options and the head of a heredoc.
fn run_body(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with("--") {
        rest = rest.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim_start();
    }
    if rest.starts_with("<<") { rest.split_once('\n').map_or("", |(_, body)| body) } else { rest }
}

/// Whether a name is that of a Dockerfile.
pub(crate) fn is_dockerfile(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let named = file.contains("dockerfile") || file.contains("containerfile");
    let other = [
        ".md",
        ".py",
        ".js",
        ".ts",
        ".json",
        ".dockerignore",
        ".yml",
        ".yaml",
        ".html",
        ".sh",
        ".rs",
        ".go",
        ".txt",
    ];
    named && !other.iter().any(|end| file.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::{is_dockerfile, tell};
    use crate::deploy::told::Told;

    #[test]
    fn tells_image_models_and_user() {
        let text = "ARG TAG=latest\nFROM vllm/vllm-openai:${TAG}\nENV MODEL_ID=Qwen/Qwen2-0.5B\nRUN --mount=type=cache,target=/x huggingface-cli download BAAI/bge-m3\nEXPOSE 8000\nENTRYPOINT [\"vllm\", \"serve\", \"Qwen/Qwen2-0.5B\", \"--trust-remote-code\"]\n";
        let mut told = Told::new("Dockerfile");
        tell(text, false, &mut told);
        let found = told.into_found();
        let names: Vec<_> =
            found.assets.iter().map(|asset| (asset.name.as_str(), asset.seen[0].line)).collect();
        assert_eq!(names, [("BAAI/bge-m3", 4), ("Qwen/Qwen2-0.5B", 6), ("vllm", 2)]);
        let work = &found.workloads[0];
        assert_eq!(work.runs.as_deref(), Some("vllm"));
        assert_eq!(work.image.as_deref(), Some("vllm/vllm-openai:latest"));
        let what: Vec<_> = work.settings.iter().map(|setting| setting.what.as_str()).collect();
        assert_eq!(what, ["no-user", "trust-remote-code"]);
    }

    #[test]
    fn long_joins_take_no_longer_than_their_length() {
        let text = format!("FROM a\n{}", "RUN x$A${A:-b} \\\n".repeat(60_000));
        let start = std::time::Instant::now();
        tell(&text, false, &mut Told::new("Dockerfile"));
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    }

    #[test]
    fn names() {
        for name in ["Dockerfile", "a/Dockerfile.gpu", "homework.dockerfile", "Containerfile"] {
            assert!(is_dockerfile(name), "{name}");
        }
        assert!(!is_dockerfile("dockerfile.md"));
    }
}
