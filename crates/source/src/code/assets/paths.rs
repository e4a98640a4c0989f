//! Paths in code, as far as they are known, and the files of the folder that they mean.

use super::look::Look;
use crate::code::resolve::Told;

/// Paths longer than this are none.
const LONGEST: usize = 200;
/// In folders of more files a file is not looked for by its name alone.
const MAX_FILES: usize = 20_000;

/// A path as code names it.
pub(super) struct Named {
    /// From the root of the folder where it is there, else as far as it is known.
    pub(super) path: String,
    /// Whether it is there.
    pub(super) there: bool,
}

/// The path that a text of a module tells. What stands before the last unknown part of it is left out.
pub(super) fn of(look: &Look<'_>, module: usize, told: &Told) -> Option<Named> {
    let text = told.text.trim().replace('\\', "/");
    let known =
        text.rsplit_once('}').map_or(text.as_str(), |(_, known)| known.trim_start_matches('/'));
    let odd = |c: char| c.is_control() || "{<>*?\"|$%:,;=".contains(c);
    if known.is_empty() || known.len() > LONGEST || known.contains(odd) {
        return None;
    }
    if !told.whole && known.starts_with(['.', '_', '-']) {
        return None;
    }
    if let Some(path) = look.file(module, known) {
        return Some(Named { path, there: true });
    }
    let mut path = known;
    while let Some(rest) = ["./", "../"].iter().find_map(|start| path.strip_prefix(start)) {
        path = rest;
    }
    if let Some(found) = only(look, path) {
        return Some(Named { path: found, there: true });
    }
    // A folder as a whole is none of data.
    let path = path.trim_end_matches('/');
    (!matches!(path, "" | "." | ".."))
        .then(|| Named { path: path.trim_end_matches('/').to_owned(), there: false })
}

/// The one file of the folder whose path ends so.
fn only(look: &Look<'_>, path: &str) -> Option<String> {
    if look.files.len() > MAX_FILES || path.is_empty() {
        return None;
    }
    let ends = |file: &&&str| {
        file.strip_suffix(path).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let mut found = look.files.iter().filter(ends);
    let first = found.next()?;
    found.next().is_none().then(|| (*first).to_owned())
}

/// The suffix of a path in lower case; empty if it has none.
pub(super) fn suffix(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or("", |(_, suffix)| suffix).to_lowercase()
}
