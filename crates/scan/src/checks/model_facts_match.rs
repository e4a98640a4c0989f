use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{ArtefactVerdict, Kind, Read, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{Location, ModelFormat, Provenance, Scheme, word},
};

const DIFFERS: Rule = Rule {
    id: "model-fact-differs",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the system file says something else of a model than its bytes or its location do",
    tip: "find out which of the two is right, and put the other right",
};
const UNKNOWN_ORIGIN: Rule = Rule {
    id: "model-of-unknown-origin",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "it is said of a model that nobody knows where it comes from",
    tip: "find out, or choose a model of known origin",
};
const NO_LICENCE: Rule = Rule {
    id: "model-without-licence",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "no licence is named for a model",
    tip: "find out and add licence = \"…\", as an SPDX expression where there is one",
};
const SILENT: Rule = Rule {
    id: "model-record-silent",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "the system file does not say where a model comes from",
    tip: "add provenance = \"own\", \"third-party\" or \"unknown\"",
};

/// What model and adapter have in common.
struct Subject<'a> {
    element: String,
    location: &'a Location,
    format: Option<ModelFormat>,
    licence: Option<&'a String>,
    provenance: Option<Provenance>,
    source: Option<&'a String>,
}

coseal_core::check! {
    /// What the system file says of a model is what people decide on. This check compares it with what the bytes and the
    /// location show: the format with the content of the file, the licence with the one that a file names itself (GGUF does), the provenance with where
    /// it is got from; and it wants licence, provenance and, for models of others, a source.
    ///
    /// It passes when all agree, is partial where the origin is openly unknown or no licence is named, fails where
    /// facts differ, and is unknown where nothing is said or the bytes are not here.
    ///
    /// To put it right: `coseal scan FILE` shows the format; write down licence, provenance and source.
    pub(crate) ModelFactsMatch = "model-facts-match";
    reads: [
        Read::only(Kind::Model, &["location", "format", "licence", "provenance", "source", "retired"]),
        Read::only(Kind::Adapter, &["location", "format", "licence", "provenance", "source"]),
        Read::only(Kind::Artefact, &["path", "elements", "format", "family", "verdict", "measures"]),
    ];
    rules: [DIFFERS, UNKNOWN_ORIGIN, NO_LICENCE, SILENT];
}

impl Check for ModelFactsMatch {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let subjects = subjects(facts);
        let mut coverage = Coverage::default();
        for subject in &subjects {
            formats(facts, subject, &mut coverage, findings);
            licences(facts, subject, findings);
            origin(facts, subject, &mut coverage, findings);
        }
        let left_out: std::collections::BTreeSet<&str> =
            coverage.gaps.iter().map(|gap| gap.what.as_str()).collect();
        coverage.looked_at = (subjects.len() as u64).saturating_sub(left_out.len() as u64);
        let outcome = if subjects.is_empty() {
            Outcome::unknown("no model is declared")
        } else if findings.of(&DIFFERS) > 0 {
            Outcome::new(State::Fail, "the system file and the models say different things")
        } else if !coverage.is_complete() {
            Outcome::unknown("of some models too little is said, or their bytes are not here")
        } else if findings.of(&UNKNOWN_ORIGIN).saturating_add(findings.of(&NO_LICENCE)) > 0 {
            Outcome::new(State::Partial, "of some models the origin or licence is not known")
        } else {
            Outcome::new(
                State::Pass,
                "format, licence and provenance of every model agree with what was seen",
            )
        };
        outcome.about(subjects.iter().map(|subject| &subject.element)).covering(coverage)
    }
}

fn subjects<'a>(facts: &View<'a>) -> Vec<Subject<'a>> {
    let models =
        facts.model().iter().filter(|(_, model)| model.retired.is_none()).map(|(id, model)| {
            Subject {
                element: format!("model.{id}"),
                location: &model.location,
                format: model.format,
                licence: model.licence.as_ref(),
                provenance: model.provenance,
                source: model.source.as_ref(),
            }
        });
    let adapters = facts.adapter().iter().map(|(id, adapter)| Subject {
        element: format!("adapter.{id}"),
        location: &adapter.location,
        format: adapter.format,
        licence: adapter.licence.as_ref(),
        provenance: adapter.provenance,
        source: adapter.source.as_ref(),
    });
    models.chain(adapters).collect()
}

fn formats(
    facts: &View<'_>,
    subject: &Subject<'_>,
    coverage: &mut Coverage,
    findings: &mut Findings,
) {
    if !subject.location.has_bytes() {
        return;
    }
    let mut seen = facts.artefacts_of(&subject.element).peekable();
    if seen.peek().is_none() {
        return coverage.leave_out(&subject.element, "its bytes are not here");
    }
    let Some(declared) = subject.format else {
        return coverage.leave_out(&subject.element, "its format is not declared");
    };
    for artefact in seen {
        match artefact.family {
            // A broken file is no evidence of being what it says.
            _ if artefact.verdict == ArtefactVerdict::Malformed => {
                coverage.leave_out(
                    &subject.element,
                    &format!("{} is broken, or lies about its structure", artefact.path),
                );
            }
            None => coverage.leave_out(
                &subject.element,
                &format!("{} can't be told to be a model of any format", artefact.path),
            ),
            Some(seen) if seen != declared => {
                let what = format!(
                    "{} is declared as {}, and {} is {}",
                    subject.element,
                    word(&declared),
                    artefact.path,
                    artefact.format
                );
                findings.add(&DIFFERS, facts.place(&subject.element), what);
            }
            Some(_) => {}
        }
    }
}

/// The licence that a file names itself must be among those that it is said to be under.
fn licences(facts: &View<'_>, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(declared) = subject.licence else { return };
    for artefact in facts.artefacts_of(&subject.element) {
        let Some(said) = artefact.measures.get("licence") else { continue };
        if !agree(declared, said) {
            let what = format!(
                "{} is declared as under {declared}, and {} says {said} of itself",
                subject.element, artefact.path
            );
            findings.add(&DIFFERS, facts.place(&subject.element), what);
        }
    }
}

/// Whether one of the licences of an expression may be the one that a file names: without case and marks, one name in the other.
fn agree(declared: &str, said: &str) -> bool {
    let said = letters(said);
    let names = declared.split([' ', '(', ')']).map(|name| name.trim_start_matches("LicenseRef-"));
    matches!(said.as_str(), "" | "other" | "unknown" | "none")
        || names.map(letters).any(|name| {
            !matches!(name.as_str(), "" | "or" | "and" | "with")
                && (name.contains(&said) || said.contains(&name))
        })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn origin(
    facts: &View<'_>,
    subject: &Subject<'_>,
    coverage: &mut Coverage,
    findings: &mut Findings,
) {
    let element = &subject.element;
    let place = || facts.place(element);
    let elsewhere = matches!(subject.location.scheme(), Scheme::Api | Scheme::Hf | Scheme::Https);
    match subject.provenance {
        None => {
            findings.add(
                &SILENT,
                place(),
                format!("nothing is said of where {element} comes from"),
            );
            coverage.leave_out(element, "its provenance is not declared");
        }
        Some(Provenance::Own) if subject.location.scheme() == Scheme::Api => {
            findings.add(
                &DIFFERS,
                place(),
                format!("{element} is said to be the organisation's own, and is behind an API"),
            );
        }
        Some(Provenance::Unknown) => findings.add(
            &UNKNOWN_ORIGIN,
            place(),
            format!("nobody knows where {element} comes from"),
        ),
        Some(Provenance::ThirdParty) if subject.source.is_none() && !elsewhere => {
            findings.add(
                &UNKNOWN_ORIGIN,
                place(),
                format!("{element} is somebody else's, and no source is named"),
            );
        }
        Some(_) if subject.licence.is_none() => {
            findings.add(&NO_LICENCE, place(), format!("no licence is named for {element}"));
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::agree;

    #[test]
    fn licences_agree_however_they_are_written() {
        assert!(agree("Apache-2.0", "apache-2.0"));
        assert!(agree("MIT OR Apache-2.0", "apache-2.0"));
        assert!(agree("LicenseRef-Meta-Llama-3.1", "llama3.1"));
        assert!(agree("LicenseRef-internal", "other"));
        assert!(!agree("MIT", "apache-2.0"));
        assert!(!agree("GPL-3.0-only OR MIT", "cc-by-nc-4.0"));
    }
}
