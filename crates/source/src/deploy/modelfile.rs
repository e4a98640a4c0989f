//! Modelfiles of Ollama: `FROM` names the model that another is made from, `SYSTEM` its prompt.

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{
    model_name::{Runner, read},
    told::Told,
};

/// Whether a name is that of a Modelfile.
pub(crate) fn is_modelfile(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    file == "modelfile"
        || file.starts_with("modelfile.") && !file.ends_with(".md")
        || file.ends_with(".modelfile")
}

/// What a Modelfile says.
pub(crate) fn tell(text: &str, told: &mut Told<'_>) {
    for (line, number) in text.lines().zip(1_u32..) {
        let (keyword, rest) = line.trim().split_once(char::is_whitespace).unwrap_or(("", ""));
        match keyword.to_ascii_uppercase().as_str() {
            "FROM" => {
                if let Some(model) = read(rest.trim(), Runner::Ollama, true) {
                    told.model(model, number, Confidence::High);
                }
            }
            "ADAPTER" => {
                let name = rest.trim();
                if !name.is_empty() && !name.starts_with(['/', '~', '.']) {
                    told.asset(AssetKind::Adapter, name, number, Confidence::High);
                }
            }
            "SYSTEM" => {
                told.prompt("SYSTEM", &system(text, rest), number, Some("system"));
            }
            _ => {}
        }
    }
}

/// The text of SYSTEM: to the end of its line, or between triple quotes.
fn system(text: &str, rest: &str) -> String {
    let rest = rest.trim();
    let Some(opened) = rest.strip_prefix("\"\"\"") else {
        return rest.trim_matches('"').to_owned();
    };
    let whole = text.split_once("\"\"\"").map_or(opened, |(_, whole)| whole);
    whole.split("\"\"\"").next().unwrap_or(opened).to_owned()
}
