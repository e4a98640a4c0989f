//! Names of hosted models in code and configuration.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use coseal_core::{
    fact::{HostedUse, Pin},
    outcome::Gap,
    system::FILE_NAME,
    tree::{FileEntry, MAX_TEXT, Walk, read_text},
};

/// Suffixes of files in which a name is a use, not a mention.
const SUFFIXES: [&str; 20] = [
    "py", "ipynb", "js", "mjs", "ts", "tsx", "jsx", "go", "rs", "java", "kt", "cs", "rb", "php",
    "yaml", "yml", "toml", "json", "env", "sh",
];
/// Uses beyond this many are not listed.
const MAX_USES: usize = 2_000;
/// Bytes of code beyond this many are not read.
const MAX_BYTES: u64 = 1 << 30;

/// Where names of hosted models stand in code and configuration, each name once a file, sorted; and what was not read.
#[must_use]
pub fn uses(walk: &Walk, names: &[(&str, Pin)]) -> (Vec<HostedUse>, Vec<Gap>) {
    let pins: BTreeMap<&str, Pin> =
        names.iter().copied().filter(|(name, _)| is_telling(name)).collect();
    let names: Vec<&str> = pins.keys().copied().collect();
    let mut gaps = Vec::new();
    let mut uses = Vec::new();
    let Ok(search) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names)
    else {
        return (uses, gaps);
    };
    let mut read = 0_u64;
    for file in walk.files.iter().filter(|file| is_code(file)) {
        read = read.saturating_add(file.size.min(MAX_TEXT));
        if uses.len() >= MAX_USES || read > MAX_BYTES {
            gaps.push(Gap {
                what: "names of hosted models in code".into(),
                why: "too much code to read in full".into(),
            });
            break;
        }
        if let Ok(text) = read_text(&file.path) {
            in_text(&file.name, &text, &search, &pins, &mut uses);
        }
    }
    uses.sort();
    uses.dedup();
    (uses, gaps)
}

/// The files in which names of hosted models are looked for, by their path below the folder.
pub fn searched(walk: &Walk) -> impl Iterator<Item = &str> {
    walk.files.iter().filter(|file| is_code(file)).map(|file| file.name.as_str())
}

/// Names such as `command` or `o1` are words of other languages too; those with a dash and a digit are not.
fn is_telling(name: &str) -> bool {
    name.len() >= 5 && name.contains('-') && name.bytes().any(|b| b.is_ascii_digit())
}

fn is_code(file: &FileEntry) -> bool {
    let name = file.name.rsplit('/').next().unwrap_or_default();
    let suffix = name.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    // What the system file names is declared, not found.
    file.name != FILE_NAME
        && (SUFFIXES.contains(&suffix.to_ascii_lowercase().as_str()) || name.starts_with(".env"))
        && file.size <= MAX_TEXT
}

fn in_text(
    path: &str,
    text: &str,
    search: &AhoCorasick,
    pins: &BTreeMap<&str, Pin>,
    uses: &mut Vec<HostedUse>,
) {
    let bytes = text.as_bytes();
    let mut line = 1_u32;
    let mut counted = 0;
    let mut seen: Vec<&str> = Vec::new();
    for found in search.find_iter(text) {
        let Some(name) = text.get(found.range()) else { continue };
        let before = found.start().checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(found.end());
        let opens =
            before.is_none_or(|b| matches!(b, b'"' | b'\'' | b'`' | b'/' | b':' | b'=' | b' '));
        let closes = after.is_none_or(|b| {
            !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b'.' | b'@' | b'/')
        });
        if !(opens && closes) || seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let until = bytes.get(counted..found.start()).unwrap_or_default();
        line = line.saturating_add(
            u32::try_from(until.iter().filter(|b| **b == b'\n').count()).unwrap_or(u32::MAX),
        );
        counted = found.start();
        let pin = pins.get(name).copied().unwrap_or(Pin::Unknown);
        uses.push(HostedUse { path: path.to_owned(), line, model: name.to_owned(), pin });
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{fact::Pin, tree::Tree};

    use super::uses;

    #[test]
    fn finds_quoted_names_and_no_parts_of_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.py"), "x = 1\nm = \"gpt-4\"\nn = 'gpt-4-custom'\n")
            .unwrap();
        std::fs::write(folder.path().join("b.md"), "\"gpt-4\"").unwrap();
        std::fs::write(folder.path().join(".env"), "MODEL=gpt-4\n").unwrap();
        let walk = Tree::open(folder.path()).unwrap().walk();
        let (found, gaps) = uses(&walk, &[("gpt-4", Pin::Alias), ("gpt-4-0613", Pin::Snapshot)]);
        let places: Vec<_> =
            found.iter().map(|u| (u.path.as_str(), u.line, u.model.as_str())).collect();
        assert_eq!(places, [(".env", 1, "gpt-4"), ("a.py", 2, "gpt-4")]);
        assert!(gaps.is_empty());
    }
}
