use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, Text, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{About, Document, DocumentKind},
};

use crate::markdown::{has_heading, headings};

const MISSING: Rule = Rule {
    id: "user-guide-missing",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "there is no user guide that can be read",
    tip: "write a user guide and declare it: kind = \"user-guide\"",
};
const LACKS: Rule = Rule {
    id: "user-guide-lacks",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "the user guide does not tell users something they need",
    tip: "add the section or the prohibited use",
};
const OLD: Rule = Rule {
    id: "user-guide-old",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "the user guide is about another version than the one in use",
    tip: "read the guide against the new version, then set its version",
};

/// Sections that users need, and words that a heading of each holds.
const SECTIONS: [(&str, &[&str]); 2] = [
    ("how their data is used", &["data", "privacy"]),
    ("limits", &["limit", "what it can't", "what it cannot", "failure", "mistakes"]),
];

coseal_core::check! {
    /// Users can only do the right thing if they are told what it is. This check wants a user guide that says how data is
    /// used, where the limits are, and names each prohibited use of the system file in the same words; whose
    /// version is the system's; and whose text is the one that was last reviewed.
    ///
    /// It fails when the guide is missing or lacks something, is partial when it is about another version, and goes stale
    /// when the text changed since its review. Files alone can't pass it: the review has to be signed.
    ///
    /// To put it right: complete the guide, have the responsible role read it, and record the
    /// review with the digest of what was read.
    pub(crate) UserGuideCurrent = "user-guide-current";
    reads: [
        Read::only(Kind::System, &["prohibited", "version"]),
        Read::only(Kind::Document, &["kind", "location", "version", "reviewed"]),
        Read::all(Kind::Text),
    ];
    rules: [MISSING, LACKS, OLD];
    beyond_files: "that the review is signed by the role that made it";
}

impl Check for UserGuideCurrent {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let guides: Vec<_> = facts
            .document()
            .iter()
            .filter(|(_, document)| document.kind == DocumentKind::UserGuide)
            .collect();
        let mut changed = 0;
        let mut reviewed = None;
        for (id, guide) in &guides {
            match facts.text_at(&guide.location) {
                Some(text @ Text { text: Ok(content), .. }) => {
                    lint(facts, text, content, findings);
                    compare_version(facts, id, guide, findings);
                    match &guide.reviewed {
                        Some(review) if text.digest == Some(review.digest) => {
                            reviewed = Some(
                                reviewed
                                    .map_or(review.on, |on: jiff::civil::Date| on.min(review.on)),
                            );
                        }
                        Some(_) => changed += 1,
                        None => {}
                    }
                }
                _ => findings.add(
                    &MISSING,
                    facts.place(&format!("document.{id}")),
                    format!("document.{id} can't be read"),
                ),
            }
        }
        if guides.is_empty() {
            findings.add(
                &MISSING,
                facts.file_place(),
                "no document of the kind user-guide is declared",
            );
        }
        let outcome = if findings.of(&MISSING) + findings.of(&LACKS) > 0 {
            Outcome::new(State::Fail, "users are not told what they need")
        } else if changed > 0 {
            Outcome::new(State::Stale, "the guide changed since it was reviewed")
        } else if findings.of(&OLD) > 0 {
            Outcome::new(State::Partial, "the guide is about another version")
        } else if reviewed.is_some() {
            Outcome::unknown("the guide is complete and reviewed; the review is not signed")
        } else {
            Outcome::unknown("the guide is complete; nobody has signed that it is right")
        };
        outcome
            .about(guides.iter().map(|(id, _)| format!("document.{id}")))
            .covering(Coverage::whole(guides.len()))
    }
}

fn lint(facts: &View<'_>, text: &Text, content: &str, findings: &mut Findings) {
    let headings = headings(content);
    for (section, words) in SECTIONS {
        if !has_heading(&headings, words) {
            findings.add(
                &LACKS,
                Location::file(&text.path),
                format!("the user guide has no section on {section}"),
            );
        }
    }
    let flat = flat(content);
    let prohibited = facts.about().map(|about| &about.prohibited);
    let silent = prohibited
        .into_iter()
        .flatten()
        .filter(|prohibited| !flat.contains(&self::flat(prohibited)))
        .count();
    if silent > 0 {
        findings.add(
            &LACKS,
            Location::file(&text.path),
            format!("the user guide does not name {silent} of the prohibited uses"),
        );
    }
    if prohibited.is_none_or(|prohibited| prohibited.is_empty()) {
        findings.add(
            &LACKS,
            facts.file_place(),
            "the system file names no prohibited use, so the guide can't be compared with any",
        );
    }
}

fn compare_version(facts: &View<'_>, id: &str, guide: &Document, findings: &mut Findings) {
    let version = |about: &About| about.version.clone();
    let current = facts.about().and_then(version);
    if current != guide.version || current.is_none() {
        let place = facts.place(&format!("document.{id}"));
        findings.add(
            &OLD,
            place,
            format!("document.{id} and the system do not name the same version"),
        );
    }
}

/// Lower case, and every run of white space one space, so that line breaks do not matter.
fn flat(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
