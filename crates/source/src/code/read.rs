//! Which files of code are read, and reading them: only files with an anchor are parsed, and those that they import.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use coseal_core::{
    outcome::Gap,
    tree::{FileEntry, MAX_TEXT, Walk, read_bytes},
};

use super::{ir::Module, known::libraries, python, script};

/// Notebooks hold pictures too; more bytes than this are not read of one.
const MAX_NOTEBOOK: u64 = 16 << 20;
/// Bytes of code beyond this many are not read.
const MAX_BYTES: u64 = 1 << 30;
/// Stack of the thread that parses: trees are walked and dropped level by level.
const STACK: usize = 64 << 20;

/// What was read of a folder's code.
#[derive(Debug, Default)]
pub(crate) struct Code {
    pub(crate) modules: Vec<Module>,
    pub(crate) gaps: Vec<Gap>,
}

/// Whether a file is of a language that is read.
pub(crate) fn is_code(name: &str) -> bool {
    language(name).is_some()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Python,
    Script,
}

fn language(name: &str) -> Option<Language> {
    match name.rsplit_once('.')?.1 {
        "py" | "ipynb" => Some(Language::Python),
        "js" | "mjs" | "cjs" | "ts" | "mts" | "tsx" | "jsx" if !name.ends_with(".min.js") => {
            Some(Language::Script)
        }
        _ => None,
    }
}

/// Reads the code of a folder.
pub(crate) fn code(walk: &Walk) -> Code {
    let parse = || {
        let thread = std::thread::Builder::new().stack_size(STACK);
        std::thread::scope(|scope| {
            let running = thread.spawn_scoped(scope, || read_all(walk)).ok()?;
            running.join().ok()
        })
    };
    parse().unwrap_or_else(|| {
        let (what, why) = ("code".into(), "it could not be parsed".into());
        Code { modules: Vec::new(), gaps: vec![Gap { what, why }] }
    })
}

fn read_all(walk: &Walk) -> Code {
    let mut code = Code::default();
    let Ok(anchors) = AhoCorasick::builder().ascii_case_insensitive(true).build(libraries::ANCHORS)
    else {
        return code;
    };
    let mut bytes = 0_u64;
    let mut aside = Vec::new();
    for file in &walk.files {
        let Some(language) = language(&file.name) else { continue };
        bytes = bytes.saturating_add(file.size.min(MAX_NOTEBOOK));
        if bytes > MAX_BYTES {
            let (what, why) = ("code".into(), "too much code to read in full".into());
            code.gaps.push(Gap { what, why });
            break;
        }
        let text = match text(file) {
            Ok(text) => text,
            Err(why) => {
                code.gaps.push(Gap { what: file.name.clone(), why });
                continue;
            }
        };
        if anchors.is_match(&text) {
            parse(&file.name, &text, language, &mut code);
        } else {
            aside.push(file);
        }
    }
    imported(&aside, &mut code);
    code
}

/// Files without an anchor may hold constants: those whose name is imported somewhere are read too.
fn imported(aside: &[&FileEntry], code: &mut Code) {
    let wanted: BTreeSet<String> = code
        .modules
        .iter()
        .flat_map(|module| &module.imports)
        .flat_map(|import| [Some(import.module.as_str()), import.item.as_deref()])
        .flatten()
        .filter_map(|name| name.rsplit(['.', '/']).next())
        .map(str::to_owned)
        .collect();
    for file in aside {
        let base = file.name.rsplit('/').next().unwrap_or_default();
        let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
        if let (true, Some(language), Ok(text)) =
            (wanted.contains(stem), language(&file.name), text(file))
        {
            parse(&file.name, &text, language, code);
        }
    }
}

fn parse(name: &str, text: &str, language: Language, code: &mut Code) {
    let module = match language {
        Language::Python => python::read(name, text),
        Language::Script => script::read(name, text),
    };
    match module {
        Ok(module) => code.modules.push(module),
        Err(why) => code.gaps.push(Gap { what: name.to_owned(), why: why.to_owned() }),
    }
}

fn text(file: &FileEntry) -> Result<String, String> {
    let limit = if file.name.ends_with(".ipynb") { MAX_NOTEBOOK } else { MAX_TEXT };
    let bytes = read_bytes(&file.path, limit).map_err(|error| error.to_string())?;
    // Old sources are not always UTF-8; what is not stands as a mark, and keeps its place.
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(broken) => String::from_utf8_lossy(broken.as_bytes()).into_owned(),
    })
}
