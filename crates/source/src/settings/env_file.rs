//! `.env` files and those of sections: `NAME=value` lines. Values of names that say secret are not looked at.

use super::pair::{Context, tell};
use crate::deploy::told::Told;

/// Whether a name is that of a file of variables.
pub(crate) fn is_env_file(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let named =
        file.starts_with(".env") || file.ends_with(".env") || file.ends_with(".env.example");
    let code = [".ts", ".js", ".py", ".d.ts", ".rs", ".go", ".json", ".yaml", ".yml"]
        .iter()
        .any(|end| file.ends_with(end));
    named && !code
}

/// What the variables of a file tell.
pub(crate) fn read(text: &str, told: &mut Told<'_>) {
    let context = Context::default();
    for (line, number) in text.lines().zip(1_u32..) {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((key, value)) = line.split_once('=') else { continue };
        if line.starts_with('#') || key.trim().contains(char::is_whitespace) {
            continue;
        }
        tell(told, key.trim(), unquoted(value.trim()), number, &context);
    }
}

/// Whether a name is that of a file of sections, which is no manifest of Python's tools.
pub(crate) fn is_sections(file: &str) -> bool {
    let of_tools = ["setup.cfg", "tox.ini", "pytest.ini", "mypy.ini"].contains(&file);
    let ends = [".ini", ".cfg", ".conf", ".properties"].iter().any(|end| file.ends_with(end));
    ends && !of_tools
}

/// What the settings of a file of sections tell: `[section]`, then `key = value` or `key: value`.
pub(crate) fn read_sections(text: &str, told: &mut Told<'_>) {
    let mut context = Context::default();
    for (line, number) in text.lines().zip(1_u32..) {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            context = Context::default().below(section);
            continue;
        }
        let Some(at) = line.find(['=', ':']).filter(|_| !line.starts_with(['#', ';'])) else {
            continue;
        };
        let (key, value) = line.split_at(at);
        let value = value.get(1..).unwrap_or_default().trim();
        if !key.trim().contains(char::is_whitespace) {
            tell(told, key.trim(), unquoted(value), number, &context);
        }
    }
}

/// A value without its quotes, or without the comment behind it.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or(rest);
        }
    }
    value.split(" #").next().unwrap_or(value).trim()
}

#[cfg(test)]
mod tests {
    use super::{read, read_sections};
    use crate::deploy::told::Told;

    #[test]
    fn a_folder_of_documents_is_data() {
        let mut told = Told::new(".env.example");
        read(
            "DOC_PATH=./my-docs\nDOCS_DIR=/home/x\nDATA_PATH=./x\nDOCUMENTS_DIR=./../y\n",
            &mut told,
        );
        let assets = told.into_found().assets;
        let names: Vec<_> = assets.iter().map(|asset| asset.name.as_str()).collect();
        assert_eq!(names, ["my-docs"]);
    }

    #[test]
    fn sections_say_what_their_settings_are_about() {
        let text = "; model = gpt-4\n[server]\nhost = 0.0.0.0\n[llm]\nmodel = gpt-4o # the default\nname: x\nmodel_name=${M:-claude-3-haiku-20240307}\n";
        let mut told = Told::new("app.ini");
        read_sections(text, &mut told);
        let found = told.into_found();
        let names: Vec<_> =
            found.assets.iter().map(|asset| (asset.name.as_str(), asset.seen[0].line)).collect();
        assert_eq!(names, [("claude-3-haiku-20240307", 7), ("gpt-4o", 5)]);
    }

    #[test]
    fn names_models_and_providers_and_no_secret() {
        let text = "# LLM_MODEL=gpt-3.5-turbo\nOPENAI_API_KEY=sk-proj-0123456789\nOPENAI_MODEL_NAME='gpt-4o' # x\nexport OLLAMA_HOST=http://localhost:11434\nMODEL=meta/llama-3.1-8b-instruct\nCAR_MODEL=golf-7\nDATABASE_URL=postgres://a:b@c/d\nEMBEDDING_MODEL=BAAI/bge-m3\n";
        let mut told = Told::new(".env.example");
        read(text, &mut told);
        let found = told.into_found();
        let names: Vec<_> = found
            .assets
            .iter()
            .map(|asset| (asset.kind.word(), asset.name.as_str(), asset.seen[0].line))
            .collect();
        assert_eq!(
            names,
            [
                ("model", "BAAI/bge-m3", 8),
                ("model", "gpt-4o", 3),
                ("model", "meta/llama-3.1-8b-instruct", 5),
                ("service", "ollama", 4),
                ("service", "openai", 2)
            ]
        );
        assert!(!format!("{found:?}").contains("0123456789"));
    }
}
