//! A scan as JUnit XML: one test suite, a test case a file. What is not clean and complete has failed.

use coseal_core::{
    exit::ExitCode,
    fact::{Artefact, ArtefactVerdict},
};
use jiff::civil::Date;

use super::{
    report::junit::{Case, Failure, Suite, document, xml},
    text::place,
};
use crate::cli::Scanned;

pub(crate) fn scan(scanned: &Scanned, today: Date) -> Result<String, askama::Error> {
    let mut cases: Vec<_> = scanned.artefacts.iter().map(|(artefact, _)| case(artefact)).collect();
    cases.extend(scanned.gaps.iter().map(|gap| Case {
        id: xml(&gap.what),
        class: "coseal.scan".to_owned(),
        failure: Some(Failure {
            kind: "not looked at".to_owned(),
            said: xml(&gap.why),
            places: String::new(),
        }),
        skipped: None,
    }));
    document(vec![Suite::of(0, "coseal scan".to_owned(), format!("{today}T00:00:00"), cases)])
}

fn case(artefact: &Artefact) -> Case {
    let clean = artefact.exit_code() == ExitCode::Clean;
    Case {
        id: xml(&artefact.path),
        class: xml(&format!("coseal.scan.{}", artefact.format)),
        failure: (!clean).then(|| failure(artefact)),
        skipped: None,
    }
}

fn failure(artefact: &Artefact) -> Failure {
    let verdict = match artefact.verdict {
        // Clean as far as it was looked at.
        ArtefactVerdict::Clean => ArtefactVerdict::Undecided.word(),
        verdict => verdict.word(),
    };
    let findings = artefact.findings.iter().map(|finding| {
        format!(
            "{}: {} ({}); {}",
            place(&finding.location),
            finding.message,
            finding.rule,
            finding.tip
        )
    });
    let gaps = artefact
        .coverage
        .gaps
        .iter()
        .map(|gap| format!("not looked at: {}: {}", gap.what, gap.why));
    let places: Vec<_> = findings.chain(gaps).collect();
    let first = artefact.findings.first().map(|finding| finding.message.as_str());
    let first = first.or_else(|| artefact.coverage.gaps.first().map(|gap| gap.why.as_str()));
    Failure {
        kind: verdict.to_owned(),
        said: xml(&format!("{verdict}: {}", first.unwrap_or_default())),
        places: xml(&places.join("\n")),
    }
}
