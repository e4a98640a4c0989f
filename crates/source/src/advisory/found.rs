//! The reports of a folder.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use coseal_core::{
    fact::{AdvisoryReport, Kind},
    outcome::Gap,
    place::is_installed,
    tree::{FileEntry, ReadError, Walk, open_regular, read_bytes},
};

use super::{
    csaf, cyclonedx,
    form::{Form, MARKS, form},
    native, openvex, osv, sarif,
};
use crate::discover::Discovered;

/// Bytes of one report.
const MAX_REPORT: u64 = 32 << 20;
/// Bytes of all reports of one folder.
const MAX_ALL: u64 = 256 << 20;
/// Bytes at the start of a file in which a member must stand that reports have.
const HEAD: usize = 64 << 10;
/// Reports of one folder.
const MAX_REPORTS: usize = 500;

/// The reports of tools that look for vulnerabilities, and statements about them.
#[must_use]
pub fn found(walk: &Walk) -> Discovered {
    let mut out = Discovered::default();
    let Ok(marks) = AhoCorasick::new(MARKS) else { return out };
    let mut bytes = 0_u64;
    for file in walk.files.iter().filter(|file| may_be(file)) {
        match has_mark(file, &marks) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(error) => {
                out.gaps.push(Gap { what: file.name.clone(), why: error.to_string() });
                continue;
            }
        }
        bytes = bytes.saturating_add(file.size);
        if bytes > MAX_ALL || out.advisories.len() >= MAX_REPORTS {
            let why = "too many reports of vulnerabilities to read in full".into();
            out.gaps.push(Gap { what: file.name.clone(), why });
            break;
        }
        match read_bytes(&file.path, MAX_REPORT) {
            Ok(bytes) => out.advisories.extend(read(&file.name, &bytes)),
            // What is so large and has such a member is most likely a report, and its results are not known.
            Err(error) => out.advisories.push(broken(&file.name, "", &error.to_string())),
        }
    }
    out
}

/// The files that are looked at: what a change of them may change.
#[must_use]
pub fn searched(walk: &Walk) -> BTreeMap<Kind, BTreeSet<String>> {
    let names =
        walk.files.iter().filter(|file| may_be(file)).map(|file| file.name.clone()).collect();
    [(Kind::Advisory, names)].into()
}

/// Reads a report; none if the bytes are none. `path` is what it is called.
#[must_use]
pub fn read(path: &str, bytes: &[u8]) -> Option<AdvisoryReport> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let form = form(bytes)?;
    let read = match form {
        Form::Sarif => sarif::read(path, bytes),
        Form::OpenVex => openvex::read(path, bytes),
        Form::OsvResults => osv::read_results(path, bytes),
        Form::OsvRecord => osv::read_record(path, bytes),
        Form::CycloneDx => cyclonedx::read(path, bytes),
        Form::Csaf => csaf::read(path, bytes),
        Form::Grype => native::read_grype(path, bytes),
        Form::Trivy => native::read_trivy(path, bytes),
    };
    let name = match form {
        Form::Sarif => "sarif",
        Form::OpenVex => "openvex",
        Form::OsvResults | Form::OsvRecord => "osv",
        Form::CycloneDx => "cyclonedx-vex",
        Form::Csaf => "csaf-vex",
        Form::Grype => "grype",
        Form::Trivy => "trivy",
    };
    read.unwrap_or_else(|_| Some(broken(path, name, "it is not as its format wants it")))
}

fn broken(path: &str, form: &str, why: &str) -> AdvisoryReport {
    AdvisoryReport {
        path: path.to_owned(),
        format: form.to_owned(),
        tool: String::new(),
        target: None,
        made: None,
        results: Vec::new(),
        problem: Some(why.to_owned()),
    }
}

fn may_be(file: &FileEntry) -> bool {
    let lower = file.name.to_lowercase();
    [".sarif", ".json", ".vex", ".cdx", ".openvex", ".osv"]
        .iter()
        .any(|suffix| lower.ends_with(suffix))
        && !lower.ends_with(".schema.json")
        && !is_installed(&file.name)
        && file.size > 2
}

fn has_mark(file: &FileEntry, marks: &AhoCorasick) -> Result<bool, ReadError> {
    use std::io::Read as _;

    let mut head = vec![0; HEAD];
    let mut filled = 0;
    let mut opened = open_regular(&file.path)?;
    while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match opened.read(rest)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(marks.is_match(head.get(..filled).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use coseal_core::tree::Tree;

    use super::{found, read};

    #[test]
    fn a_report_is_told_by_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            (
                "a.json",
                r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"trivy"}},"results":[]}]}"#,
            ),
            (
                "b.sarif",
                r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"coseal"}},"results":[]}]}"#,
            ),
            ("c.json", r#"{"results":[{"name":"a benchmark"}]}"#),
            ("d.json", r#"{"@context":"https://openvex.dev/ns","statements":[]}"#),
            ("e.json", r#"{"version":"2.1.0","runs":[{"tool":7}]}"#),
            ("node_modules/x/f.json", r#"{"version":"2.1.0","runs":[]}"#),
            ("g.json", "{\"runs\""),
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let found = found(&Tree::open(folder.path()).unwrap().walk());
        let told: Vec<_> = found
            .advisories
            .iter()
            .map(|r| (r.path.as_str(), r.format.as_str(), r.problem.is_some()))
            .collect();
        assert_eq!(
            told,
            [("a.json", "sarif", false), ("d.json", "openvex", false), ("e.json", "sarif", true)]
        );
        assert!(read("x", b"[]").is_none());
    }
}
