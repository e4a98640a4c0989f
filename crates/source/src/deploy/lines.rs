//! Files of commands: start scripts, Procfiles, Makefiles, Taskfiles.

use std::collections::BTreeMap;

use coseal_core::fact::Workload;

use super::{
    command::{Shown, shown},
    container::{Container, tell_shown},
    product::of_image,
    shell::{MAX_FILLED, Word, commands, with_defaults},
    told::Told,
};

/// What a shell script or Makefile starts and fetches.
pub(crate) fn script(text: &str, told: &mut Told<'_>) {
    let text = with_variables(&with_defaults(text, &|_| None));
    if text.len() > MAX_FILLED {
        told.gap("it is too long with its variables filled in");
    }
    let all = commands(&text, 1);
    for command in &all {
        container_run(command, told);
    }
    started(&shown(&all), "script", told);
}

/// A text with the values of its own variables put in where they are read, line by line: `NAME=value`, then `$NAME`.
fn with_variables(text: &str) -> String {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let filled =
            if line.contains('$') { super::shell::filled(line, &known) } else { line.to_owned() };
        let bare = filled.trim();
        let bare = bare.strip_prefix("export ").unwrap_or(bare);
        if let Some((name, value)) = bare.split_once('=') {
            let value = value.trim().trim_matches(['"', '\'']);
            let plain =
                !value.is_empty() && value.len() < 300 && !value.contains([' ', '$', '`', '\\']);
            let named =
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if plain && named {
                known.insert(name.to_owned(), value.to_owned());
            }
        }
        out.push_str(&filled);
        if out.len() > MAX_FILLED {
            break;
        }
    }
    out
}

/// `name: command` lines.
pub(crate) fn procfile(text: &str, told: &mut Told<'_>) {
    for (line, number) in text.lines().zip(1_u32..) {
        if let Some((name, command)) = line.split_once(':').filter(|_| !line.starts_with('#')) {
            let _ = name;
            started(&shown(&commands(command, number)), "procfile", told);
        }
    }
}

/// Servers that commands start: each a workload, with what it shows.
pub(crate) fn started(all: &[Shown], form: &str, told: &mut Told<'_>) {
    for one in all {
        let named = tell_shown(one, told);
        if named.is_none() && !one.serves {
            continue;
        }
        let runs = named.map(|(name, _)| name.to_owned());
        told.workload(Workload {
            path: told.file.to_owned(),
            line: one.line,
            form: form.into(),
            name: runs.clone().unwrap_or_else(|| "application".into()),
            image: None,
            runs,
            ports: std::collections::BTreeSet::new(),
            settings: one.settings.clone(),
        });
    }
}

/// `docker run … IMAGE …` with its ports and variables.
fn container_run(words: &[Word], told: &mut Told<'_>) {
    let Some(at) = words.windows(2).position(|pair| {
        matches!(pair, [program, verb] if matches!(program.text.rsplit('/').next(), Some("docker" | "podman" | "nerdctl")) && verb.text == "run")
    }) else {
        return;
    };
    let rest = words.get(at + 2..).unwrap_or_default();
    let Some(image_at) =
        rest.iter().position(|word| !word.text.starts_with('-') && of_image(&word.text).is_some())
    else {
        return;
    };
    let (options, behind) = rest.split_at(image_at);
    let Some((image, arguments)) = behind.split_first() else { return };
    let name = of_image(&image.text).map_or("", |(name, _)| name);
    let mut container = Container {
        form: "script",
        name: name.to_owned(),
        line: words.first().map_or(0, |word| word.line),
        image: Some(image.clone()),
        arguments: arguments.to_vec(),
        ..Container::default()
    };
    for pair in options.windows(2) {
        let [flag, value] = pair else { continue };
        option(&flag.text, value, &mut container);
    }
    for word in options {
        if word.text == "--privileged" {
            container.settings.push(super::container::setting(
                "privileged",
                "--privileged",
                word.line,
            ));
        }
        if let Some((flag, value)) =
            word.text.split_once('=').filter(|_| word.text.starts_with("--"))
        {
            option(flag, &Word::new(value, word.line), &mut container);
        }
    }
    container.tell(told);
}

fn option(flag: &str, value: &Word, container: &mut Container) {
    let add = super::container::setting;
    match flag {
        "-p" | "--publish" => {
            let local = value.text.starts_with("127.") || value.text.starts_with("localhost:");
            if !local {
                container.settings.push(add(
                    "published-on-all-interfaces",
                    &value.text,
                    value.line,
                ));
            }
            container.ports.insert(value.text.clone());
        }
        "-e" | "--env" => {
            if let Some((key, text)) = value.text.split_once('=') {
                container.variables.push((key.to_owned(), Word::new(text, value.line)));
            }
        }
        "--network" | "--net" | "--pid" if value.text == "host" => {
            container.settings.push(add("host-namespace", flag, value.line));
        }
        "-v" | "--volume" if value.text.contains("docker.sock") => {
            container.settings.push(add("docker-socket", "docker.sock", value.line));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::finding::Confidence;

    use super::{procfile, script};
    use crate::deploy::told::Told;

    #[test]
    fn scripts_show_servers_models_and_ports() {
        let mut told = Told::new("start.sh");
        script(
            "#!/bin/sh\nexport X=1\ndocker run -d --gpus=all -v ollama:/models -p 11434:11434 --name ollama ollama/ollama\nollama pull ${MODEL:-llama3:8b}\n",
            &mut told,
        );
        let found = told.into_found();
        let names: Vec<_> =
            found.assets.iter().map(|asset| (asset.name.as_str(), asset.seen[0].line)).collect();
        assert_eq!(names, [("llama3:8b", 4), ("ollama", 3)]);
        assert!(found.assets.iter().all(|asset| asset.confidence() == Confidence::High));
        assert_eq!(found.workloads[0].settings[0].what, "published-on-all-interfaces");
    }

    #[test]
    fn data_that_is_fetched_is_told() {
        let mut told = Told::new("Makefile");
        script(
            "data:\n\tcd data && wget https://huggingface.co/datasets/a/b/resolve/main/x.json\n\tcurl -O https://example.org/t/y.csv?token=1\n\tcurl https://example.org/api/z.json\n",
            &mut told,
        );
        let assets = told.into_found().assets;
        let all: Vec<_> =
            assets.iter().map(|a| format!("{} {}", a.name, a.location.as_ref().unwrap())).collect();
        assert_eq!(
            all,
            ["a/b hf:datasets/a/b", "https://example.org/t/y.csv https://example.org/t/y.csv"]
        );
    }

    #[test]
    fn procfiles_start_servers() {
        let mut told = Told::new("Procfile");
        procfile("web: uvicorn app:app --reload\nml: mlflow server --host 0.0.0.0\n", &mut told);
        let found = told.into_found();
        assert_eq!(found.assets[0].name, "mlflow");
        assert_eq!(found.workloads.len(), 2);
    }
}
