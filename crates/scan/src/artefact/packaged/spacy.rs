//! spaCy: `config.cfg` names the functions that build a pipeline, from a register that packages add to.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::{
    code,
    registered::{FACTORIES, FUNCTIONS, LANGUAGES, OF_TRAINING},
    rules::{BROKEN, CODE},
};
use crate::{
    artefact::{
        format::{Input, Look},
        report::Report,
        room::Room,
        stop::{Step, broken, settle},
    },
    encoding::json::Json,
};

/// A pipeline of spaCy.
pub(crate) const SPACY: Room = Room {
    id: "spacy-pipeline",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        // A pipeline has both; other settings so called are of its training.
        let pipeline = || {
            let names = look.beside.names();
            names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case("meta.json"))
        };
        look.name().eq_ignore_ascii_case("config.cfg")
            && look.may_hold(&[b"[nlp", b"[ nlp", b"[components", b"[DEFAULT"])
            && pipeline()
    },
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let Some(text) = code::text(input, report) else { return };
    // Python's files end lines so, and only so.
    match settings(&text.replace("\r\n", "\n").replace('\r', "\n")) {
        Ok(settings) => settings.iter().for_each(|setting| judge(setting, report)),
        Err(stop) => settle(Err(stop), &BROKEN, report),
    }
    code::sources(input, "", "code comes along with the pipeline", report);
}

/// Sections that only training reads.
const TRAINING: &[&str] = &["corpora", "initialize", "pretraining", "training", "paths", "system"];

/// A key, its value and where it stands.
struct Setting<'a> {
    section: &'a str,
    key: &'a str,
    value: String,
    at: u64,
}

/// All settings, as Python's `configparser` reads them: lines further in than a key go on with its value.
fn settings(text: &str) -> Step<Vec<Setting<'_>>> {
    let mut found: Vec<Setting<'_>> = Vec::new();
    // How far in the open key is.
    let mut open = None;
    let mut section = "";
    let mut at = 0_u64;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let depth = line.len().saturating_sub(line.trim_start().len());
        let goes_on = open.is_some_and(|key| depth > key);
        if content.is_empty() || content.starts_with(['#', ';']) {
        } else if let Some(last) = found.last_mut().filter(|_| goes_on) {
            last.value.push('\n');
            last.value.push_str(content);
        } else if content.starts_with('[') && content.contains(']') {
            open = None;
            let inner = content.trim_start_matches('[');
            section = inner.split(']').next().unwrap_or(inner);
        } else if let Some((key, value)) = content.split_once(['=', ':']) {
            open = Some(depth);
            found.push(Setting { section, key: key.trim(), value: value.trim().to_owned(), at });
        } else {
            return broken(at, "a line is no setting");
        }
        at = at.saturating_add(line.len() as u64);
    }
    Ok(found)
}

/// Values are JSON, in which a function can be named too; what is no JSON is a text.
fn judge(setting: &Setting<'_>, report: &mut Report) {
    let Setting { section, key, value, at } = setting;
    let training = section.split('.').next().is_some_and(|first| TRAINING.contains(&first));
    let key = Key { name: key, at: *at, training };
    match Json::parse(value) {
        Ok(value) => named(key, &value, report),
        Err(_) if could_be_json(value) => {
            let text = format!("{} is put together from parts, or is no JSON", key.name);
            report.find(&CODE, Unknown, *at, &text);
        }
        Err(_) => named(key, &Json::Text(value.clone()), report),
    }
}

/// A key, where it stands, and whether only training reads it.
#[derive(Clone, Copy)]
struct Key<'a> {
    name: &'a str,
    at: u64,
    training: bool,
}

/// Whether a value that is no JSON for us might be for the loader, or once other settings are put in.
fn could_be_json(value: &str) -> bool {
    let mut rest = String::new();
    for (place, part) in value.split("${").enumerate() {
        rest.push_str(if place == 0 {
            part
        } else {
            part.split_once('}').map_or(part, |(_, end)| end)
        });
    }
    let put_in = rest.len() < value.len() && rest.contains(['{', '[', '"', '@', '\\']);
    put_in || rest.starts_with(['{', '[']) && rest.contains(['@', '\\'])
}

fn named(key: Key<'_>, value: &Json, report: &mut Report) {
    match value {
        Json::List(items) => {
            items.iter().for_each(|item| named(Key { name: "", ..key }, item, report));
        }
        Json::Map(entries) => {
            // The library itself writes functions as sections.
            if let Some(inner) =
                entries.iter().map(|(inner, _)| inner).find(|inner| inner.starts_with('@'))
            {
                let text = format!("{inner} names a function within a value");
                report.find(&CODE, Unknown, key.at, &text);
            }
            entries.iter().for_each(|(name, value)| named(Key { name, ..key }, value, report));
        }
        _ => {}
    }
    if let Some(text) = outside(key, value) {
        report.find(&CODE, Unknown, key.at, &text);
    }
}

/// What a key takes that is no part of the library.
fn outside(key: Key<'_>, value: &Json) -> Option<String> {
    let text = value.text().unwrap_or_default();
    let given = !text.is_empty() && text != "null";
    let name = text.rsplit_once(".v").map_or(text, |(name, _)| name);
    match key.name {
        function if function.starts_with('@') => {
            let known = FUNCTIONS.contains(&name) || key.training && OF_TRAINING.contains(&name);
            (!known).then(|| format!("{function} takes {text}, which is no function that is known"))
        }
        "factory" => {
            (!FACTORIES.contains(&text)).then(|| format!("{text} is no part that is known"))
        }
        "source" if given && !key.training => {
            Some(format!("the loader imports the package {text}"))
        }
        "lang" if given => {
            (!LANGUAGES.contains(&text)).then(|| format!("{text} is no language that is known"))
        }
        "trust_remote_code" => {
            let no = *value == Json::Plain;
            (!no).then(|| "the loader is asked to trust remote code".into())
        }
        _ => None,
    }
}
