//! Members that are code, and what it does.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules::{ACTS, CODE, ELSEWHERE};
use crate::{
    artefact::{registry::repository, report::Report, requirements},
    bytes::{ReadAt, read_up_to},
};

/// Suffixes of what runs.
const SUFFIXES: &[&str] = &[
    ".py", ".pyc", ".pyd", ".pyw", ".pyz", ".so", ".dll", ".dylib", ".exe", ".bat", ".cmd", ".ps1",
    ".sh", ".jar", ".whl", ".egg", ".node", ".wasm", ".js", ".lua",
];
/// Bytes of a source that are read.
const MAX_SOURCE: u64 = 1 << 20;

/// Whether a member is code by its name.
pub(super) fn is_code(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// Says that a member is code, and what it does if that can be read.
pub(super) fn judge(name: &str, bytes: &dyn ReadAt, report: &mut Report) {
    let text = text(bytes, MAX_SOURCE);
    report.within(name, |report| match text.as_deref().and_then(repository::acts) {
        Some((at, mark, what)) => {
            report.find(&ACTS, Malicious, at as u64, &format!("it {what}: {mark}"));
        }
        None => report.find(&CODE, Unknown, 0, "it is code that is not part of the library"),
    });
}

/// Looks where a list of packages takes them from.
pub(super) fn requirements(name: &str, bytes: &dyn ReadAt, report: &mut Report) {
    requirements::read(name, bytes, &ELSEWHERE, report);
}

/// All of a member as text, if it is short enough.
pub(super) fn text(bytes: &dyn ReadAt, limit: u64) -> Option<String> {
    let size = usize::try_from(bytes.size()).ok().filter(|size| *size as u64 <= limit)?;
    let mut text = vec![0; size];
    let read = read_up_to(bytes, 0, &mut text).ok()?;
    text.truncate(read);
    String::from_utf8(text).ok()
}
