//! The result of `scan` for people: one line a file.

use std::{cmp::Reverse, collections::BTreeSet};

use coseal_core::{
    counted::counted,
    digest::Digest,
    fact::{Artefact, ArtefactVerdict},
};

use super::{
    scan_explain::details,
    style::{BOLD, DIM, GREEN, RED, YELLOW, styled, wrap},
};
use crate::cli::Scanned;

/// Fewer columns than these have no room for a result in one line.
pub(crate) const NARROW: usize = 80;

pub(crate) fn scan(scanned: &Scanned, explain: bool, width: usize) -> String {
    let mut out = String::new();
    let mut artefacts: Vec<_> = scanned.artefacts.iter().collect();
    artefacts.sort_by_key(|(artefact, _)| Reverse(artefact.verdict));
    for (artefact, digest) in artefacts {
        out.push_str(&one(artefact, *digest, explain, width));
    }
    for gap in &scanned.gaps {
        let line = format!("{}  {}: {}", styled(YELLOW, "not looked at"), gap.what, gap.why);
        out.push_str(&fitted(&line, width));
    }
    for (what, bytes) in &scanned.fetched {
        out.push_str(&fitted(
            &format!("{}  {what}: {}", styled(DIM, "fetched"), size(*bytes)),
            width,
        ));
    }
    for left_out in &scanned.left_out {
        let line = format!("{}  {left_out}: version control's own store", styled(DIM, "left out"));
        out.push_str(&fitted(&line, width));
    }
    if scanned.artefacts.is_empty() && scanned.gaps.is_empty() {
        out.push_str("no model file found\n");
    }
    if scanned.artefacts.len() > 1 {
        out.push_str(&fitted(&total(scanned), width));
    }
    if explain {
        out.push_str(&fitted(&styled(DIM, &scanned.confined.sentence()), width));
    }
    if let Some(policy) = &scanned.policy {
        out.push_str(&fitted(&format!("{}  policy {policy}", styled(DIM, "judged by")), width));
    }
    out
}

/// How many files there are of each verdict, the worst first.
fn total(scanned: &Scanned) -> String {
    let verdicts = || scanned.artefacts.iter().map(|(artefact, _)| artefact.verdict);
    let kinds: BTreeSet<_> = verdicts().map(Reverse).collect();
    let parts: Vec<_> = kinds
        .into_iter()
        .map(|Reverse(kind)| {
            format!("{} {}", verdicts().filter(|verdict| *verdict == kind).count(), kind.word())
        })
        .collect();
    let files = counted(scanned.artefacts.len(), "model file");
    format!("{}  {files}: {}", styled(DIM, "in all   "), parts.join(", "))
}

/// One file: a line, and with `explain` all that is to be said of it.
pub(crate) fn one(
    artefact: &Artefact,
    digest: Option<Digest>,
    explain: bool,
    width: usize,
) -> String {
    let digest = digest.map(|digest| format!("  {digest}")).unwrap_or_default();
    let mut out = fitted(&format!("{}{digest}", summary(artefact)), width);
    if explain {
        out.push_str(&details(artefact, width));
    }
    out
}

/// One line a file; only a narrow terminal gets more, broken between words.
pub(crate) fn fitted(line: &str, width: usize) -> String {
    if width >= NARROW { format!("{line}\n") } else { wrap(line, width, "", "  ") }
}

fn summary(artefact: &Artefact) -> String {
    let style = match artefact.verdict {
        ArtefactVerdict::Clean => GREEN,
        ArtefactVerdict::Undecided | ArtefactVerdict::Malformed => YELLOW,
        ArtefactVerdict::Unknown | ArtefactVerdict::Malicious => RED,
    };
    let verdict = styled(style, &format!("{:<9}", artefact.verdict.word()));
    let why = match (artefact.findings.first(), artefact.coverage.gaps.first()) {
        (Some(finding), _) => {
            let more = artefact.findings.len() - 1;
            let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
            // What is at the first byte is most often of the file as a whole.
            let byte = finding.location.byte.filter(|byte| *byte > 0);
            let byte = byte.map(|byte| format!(" at byte {byte:#x}")).unwrap_or_default();
            format!(": {}{byte}{more}", finding.message)
        }
        (None, Some(gap)) => format!(": {}: {}", gap.what, gap.why),
        (None, None) => {
            let allowed = artefact.measures.get("policy-allowed");
            allowed.map(|names| format!(": the policy file allows {names}")).unwrap_or_default()
        }
    };
    let coverage = coverage(artefact);
    format!(
        "{verdict}  {}  {}, {}, {coverage}{why}",
        styled(BOLD, &artefact.path),
        artefact.format,
        size(artefact.size)
    )
}

/// Which bytes were looked at, in words.
fn coverage(artefact: &Artefact) -> String {
    let coverage = &artefact.coverage;
    let complete = if coverage.complete { "complete" } else { "incomplete" };
    if coverage.looked_at >= artefact.size {
        let read =
            if coverage.complete { "all bytes looked at" } else { "though all bytes were read" };
        format!("{complete}, {read}")
    } else if coverage.payload > 0 {
        format!(
            "{complete}, {} looked at, {} payload not read",
            size(coverage.looked_at),
            size(coverage.payload)
        )
    } else {
        format!("{complete}, {} looked at", size(coverage.looked_at))
    }
}

/// A size in bytes, in decimal units.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64;
    let mut unit = "B";
    for next in UNITS {
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    if value < 9.95 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn writes_sizes() {
        let sizes = [0, 999, 1000, 1550, 999_600, 1 << 30].map(size);
        assert_eq!(sizes, ["0 B", "999 B", "1.0 kB", "1.6 kB", "1.0 MB", "1.1 GB"]);
    }
}
