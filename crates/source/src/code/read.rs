//! Which files of code are read, and reading them: only files with an anchor are parsed, and those that they import.

use std::{collections::BTreeSet, io::Read as _};

use aho_corasick::AhoCorasick;
use coseal_core::{
    outcome::Gap,
    tree::{FileEntry, MAX_TEXT, Walk, open_regular, read_bytes},
};

use super::{assets::is_optional, ir::Module, known::libraries, python, script};

/// Notebooks hold pictures too; more bytes than this are not read of one.
const MAX_NOTEBOOK: u64 = 16 << 20;
/// Bytes of code beyond this many are not read.
const MAX_BYTES: u64 = 1 << 30;
/// Stack of the thread that parses: trees are walked and dropped level by level.
const STACK: usize = 64 << 20;
/// Names of folders that are looked for in files that may import them, and rounds in which what they import is read.
const MAX_NAMES: usize = 2_000;
const MAX_ROUNDS: usize = 4;
/// What escapes of ASCII letters in scripts begin with.
const ESCAPES: [&str; 3] = ["\\x", "\\u00", "\\u{"];

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
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "py" | "pyw" | "ipynb" => Some(Language::Python),
        "js" | "mjs" | "cjs" | "ts" | "mts" | "cts" | "tsx" | "jsx" => Some(Language::Script),
        _ => None,
    }
}

/// Whether a file without a suffix may be a program whose first line says what runs it.
pub(crate) fn may_be_program(name: &str) -> bool {
    !name.rsplit('/').next().unwrap_or_default().contains('.')
}

/// The language of a program, by its first line: `#!/usr/bin/env python3`.
fn by_first_line(file: &FileEntry) -> Option<Language> {
    let mut head = [0; 128];
    let read = open_regular(&file.path).ok()?.read(&mut head).ok()?;
    let head = head.get(..read)?.strip_prefix(b"#!")?;
    let line = String::from_utf8_lossy(head.split(|byte| *byte == b'\n').next()?).into_owned();
    let mut words = line.split(['/', ' ', '\t']);
    words.find_map(|word| match word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') {
        "python" | "uv" | "pypy" => Some(Language::Python),
        "node" | "deno" | "bun" | "tsx" | "ts-node" => Some(Language::Script),
        _ => None,
    })
}

/// Whether a file is one that a tool shortened: it is read where other code imports it.
fn is_shortened(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".min.js")
}

/// Reads the code of a folder.
pub(crate) fn code(walk: &Walk) -> Code {
    deep(|| read_all(walk)).unwrap_or_else(|| {
        let (what, why) = ("code".into(), "it could not be parsed".into());
        Code { modules: Vec::new(), gaps: vec![Gap { what, why }] }
    })
}

/// One file of code, by its name and text.
pub(crate) fn one(path: &str, text: &str) -> Result<Module, &'static str> {
    let language = language(path).ok_or("it is not code")?;
    deep(|| module(path, text, language)).unwrap_or(Err("it could not be parsed"))
}

/// Runs on a thread with room for deep trees; none if there is no thread to be had.
fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, work).ok()?.join().ok()
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
        let by_line = || if may_be_program(&file.name) { by_first_line(file) } else { None };
        let Some(language) = language(&file.name).or_else(by_line) else { continue };
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
        // Escapes may stand in any word.
        let escaped = language == Language::Script && ESCAPES.iter().any(|it| text.contains(it));
        if !is_shortened(&file.name) && (escaped || anchors.is_match(&text)) {
            parse(&file.name, &text, language, &mut code);
        } else {
            aside.push(file);
        }
    }
    let mut aside = imported(aside, 0, &mut code);
    let mut read = code.modules.len();
    aside = importers(aside, &mut code);
    for _ in 0..MAX_ROUNDS {
        let before = std::mem::replace(&mut read, code.modules.len());
        if before == read {
            break;
        }
        aside = imported(aside, before, &mut code);
    }
    code
}

/// Code of tests and examples that was read may be what the system runs: files that name their folders say whether they import it.
fn importers<'a>(aside: Vec<&'a FileEntry>, code: &mut Code) -> Vec<&'a FileEntry> {
    let optional = code.modules.iter().filter(|module| is_optional(&module.path));
    let names: BTreeSet<&str> = optional.flat_map(|module| asides(&module.path)).collect();
    let Ok(names) = AhoCorasick::new(names.into_iter().take(MAX_NAMES)) else { return aside };
    let imports = |file: &&FileEntry| {
        !is_optional(&file.name) && text(file).is_ok_and(|text| names.is_match(&text))
    };
    let (found, left) = aside.into_iter().partition::<Vec<_>, _>(imports);
    for file in found {
        if let (Some(language), Ok(text)) = (language(&file.name), text(file)) {
            parse(&file.name, &text, language, code);
        }
    }
    left
}

/// What an import from outside has to say to mean a file of tests or examples: one of the folders around it, or its own name.
fn asides(path: &str) -> impl Iterator<Item = &str> {
    let (folders, _) = path.rsplit_once('/').unwrap_or(("", path));
    let aside = |part: &&str| is_optional(&format!("{part}/x"));
    let folders = folders.split('/').filter(aside);
    let own = is_optional(path.rsplit('/').next().unwrap_or_default());
    folders.chain(own.then(|| file_stem(path)))
}

/// Files without an anchor may hold constants: those whose name is imported by what was read from `start` on are read too.
fn imported<'a>(aside: Vec<&'a FileEntry>, start: usize, code: &mut Code) -> Vec<&'a FileEntry> {
    let wanted: BTreeSet<String> = code
        .modules
        .iter()
        .skip(start)
        .flat_map(|module| &module.imports)
        .flat_map(|import| [Some(import.module.as_str()), import.item.as_deref()])
        .flatten()
        .filter_map(stem_of)
        .map(str::to_owned)
        .collect();
    let mut left = Vec::new();
    for file in aside {
        let stem = file_stem(&file.name);
        if let (true, Some(language), Ok(text)) =
            (wanted.contains(stem), language(&file.name), text(file))
        {
            parse(&file.name, &text, language, code);
        } else {
            left.push(file);
        }
    }
    left
}

/// The stem of the file that an import may mean: of `.config`, `./config`, `./config.js`, `@/app/config`.
fn stem_of(import: &str) -> Option<&str> {
    let last = import.rsplit('/').next()?;
    if import.contains('/') && is_code(last) {
        Some(file_stem(last))
    } else {
        last.rsplit('.').next()
    }
}

/// The name of a file without its folder and suffix.
fn file_stem(path: &str) -> &str {
    let base = path.rsplit('/').next().unwrap_or_default();
    base.rsplit_once('.').map_or(base, |(stem, _)| stem)
}

fn parse(name: &str, text: &str, language: Language, code: &mut Code) {
    match module(name, text, language) {
        Ok(module) => code.modules.push(module),
        Err(why) => code.gaps.push(Gap { what: name.to_owned(), why: why.to_owned() }),
    }
}

fn module(name: &str, text: &str, language: Language) -> Result<Module, &'static str> {
    match language {
        Language::Python => python::read(name, text),
        Language::Script => script::read(name, text),
    }
}

fn text(file: &FileEntry) -> Result<String, String> {
    let limit = if python::is_notebook(&file.name) { MAX_NOTEBOOK } else { MAX_TEXT };
    let bytes = read_bytes(&file.path, limit).map_err(|error| error.to_string())?;
    // Old sources are not always UTF-8; what is not stands as a mark, and keeps its place.
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(broken) => String::from_utf8_lossy(broken.as_bytes()).into_owned(),
    })
}
