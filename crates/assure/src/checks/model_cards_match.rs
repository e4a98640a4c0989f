use std::collections::BTreeMap;

use coseal_core::{
    check::{Check, Findings, Meta},
    digest::Digest,
    fact::{Kind, Read, View},
    finding::{Confidence, Location as Place, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{Location, word},
};

use crate::markdown::{front_matter, has_heading, headings};

const MISSING: Rule = Rule {
    id: "card-missing",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a model has no card, or its card can't be read",
    tip: "write a model card and name it: card = \"path:models/….md\"",
};
const CONTRADICTS: Rule = Rule {
    id: "card-contradicts",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a model card says something else than what was measured",
    tip: "find out which of the two is right, and put the other right",
};
const INCOMPLETE: Rule = Rule {
    id: "card-incomplete",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    summary: "a model card lacks a section that only people can write, or its front matter can't be read",
    tip: "add the section, or put the front matter right",
};

/// Sections that only people can write, and words that a heading of each holds.
const SECTIONS: [(&str, &[&str]); 4] = [
    ("intended use", &["intended use", "uses", "purpose", "use case"]),
    ("limitations", &["limit", "failure", "risk", "bias"]),
    ("training data", &["training data", "data", "dataset", "training"]),
    ("evaluation", &["evaluation", "metrics", "results", "performance", "testing"]),
];

/// One model or adapter with bytes.
struct Subject<'a> {
    element: String,
    card: Option<&'a Location>,
    licence: Option<&'a String>,
    digest: Option<Digest>,
}

coseal_core::check! {
    /// A model card tells others what a model is and is not for; one that has drifted from the model misleads them.
    /// For each model and adapter with bytes of its own this check wants a card, compares the
    /// front matter with what was measured and registered (`license`, `format`, `parameters`, `sha256`), and looks for the sections only
    /// people can write: intended use, limitations, training data, evaluation.
    ///
    /// It fails when a card is missing or contradicts the facts and is partial when a section is missing.
    ///
    /// To put it right: take the facts from `coseal scan MODEL` and put them into the card's front matter.
    pub(crate) ModelCardsMatch = "model-cards-match";
    reads: [
        Read::only(Kind::Model, &["location", "card", "licence", "digest", "retired"]),
        Read::only(Kind::Adapter, &["location", "card", "licence", "digest"]),
        Read::only(Kind::Artefact, &["elements", "format", "family", "measures"]),
        Read::all(Kind::Text),
    ];
    rules: [MISSING, CONTRADICTS, INCOMPLETE];
}

impl Check for ModelCardsMatch {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let subjects = subjects(facts);
        if subjects.is_empty() {
            return Outcome::unknown(
                "no model with bytes of its own is declared; hosted models have their vendor's card",
            );
        }
        for subject in &subjects {
            judge(facts, subject, findings);
        }
        let outcome = if findings.of(&CONTRADICTS) > 0 {
            Outcome::new(State::Fail, "a card contradicts what was measured")
        } else if findings.of(&MISSING) > 0 {
            Outcome::new(State::Fail, "a model has no card that can be read")
        } else if findings.of(&INCOMPLETE) > 0 {
            Outcome::new(State::Partial, "cards agree with the facts, and lack sections")
        } else {
            Outcome::new(State::Pass, "every card is whole and agrees with what was measured")
        };
        outcome
            .about(subjects.iter().map(|subject| &subject.element))
            .covering(Coverage::whole(subjects.len()))
    }
}

fn subjects<'a>(facts: &View<'a>) -> Vec<Subject<'a>> {
    let models = facts
        .model()
        .iter()
        .filter(|(_, model)| model.location.has_bytes() && model.retired.is_none())
        .map(|(id, model)| Subject {
            element: format!("model.{id}"),
            card: model.card.as_ref(),
            licence: model.licence.as_ref(),
            digest: model.digest,
        });
    let adapters = facts.adapter().iter().map(|(id, adapter)| Subject {
        element: format!("adapter.{id}"),
        card: adapter.card.as_ref(),
        licence: adapter.licence.as_ref(),
        digest: adapter.digest,
    });
    models.chain(adapters).collect()
}

fn judge(facts: &View<'_>, subject: &Subject<'_>, findings: &mut Findings) {
    let element = &subject.element;
    let Some(card) = subject.card else {
        return findings.add(&MISSING, facts.place(element), format!("{element} has no card"));
    };
    let (path, text) = match facts.text_at(card).map(|text| (&text.path, &text.text)) {
        Some((path, Ok(text))) => (path, text),
        Some((_, Err(why))) => {
            return findings.add(
                &MISSING,
                facts.place(element),
                format!("the card of {element}: {why}"),
            );
        }
        None => {
            return findings.add(
                &MISSING,
                facts.place(element),
                format!("the card of {element} was not found"),
            );
        }
    };
    let said = front_matter(text).unwrap_or_else(|why| {
        findings.add(
            &INCOMPLETE,
            Place::file(path),
            format!("the front matter of the card of {element} {why}"),
        );
        BTreeMap::new()
    });
    let contradiction =
        |field: &str, said: Option<&String>, known: Option<String>, findings: &mut Findings| {
            if let (Some(said), Some(known)) = (said, known)
                && !same(said, &known)
            {
                findings.add(
                    &CONTRADICTS,
                    Place::file(path),
                    format!("the card of {element} gives another {field} than the facts"),
                );
            }
        };
    contradiction(
        "licence",
        said.get("license").or_else(|| said.get("licence")),
        subject.licence.cloned(),
        findings,
    );
    contradiction(
        "sha256",
        said.get("sha256").or_else(|| said.get("digest")),
        subject.digest.map(hex),
        findings,
    );
    let mut artefacts = facts.artefacts_of(element);
    // A model of one file; of several files no single measure is the model's.
    if let (Some(artefact), None) = (artefacts.next(), artefacts.next()) {
        // A card may use the parser's word for the format, or the system file's.
        let said_format = said.get("format").filter(|said| !same(said, &artefact.format));
        contradiction("format", said_format, artefact.family.map(|family| word(&family)), findings);
        contradiction(
            "parameters",
            said.get("parameters"),
            artefact.measures.get("parameters").cloned(),
            findings,
        );
    }
    missing_sections(element, path, text, &said, findings);
}

fn missing_sections(
    element: &str,
    path: &str,
    text: &str,
    said: &BTreeMap<String, String>,
    findings: &mut Findings,
) {
    let headings = headings(text);
    for (section, words) in SECTIONS {
        if !has_heading(&headings, words) && !said.contains_key(section) {
            findings.add(
                &INCOMPLETE,
                Place::file(path),
                format!("the card of {element} has no section on {section}"),
            );
        }
    }
}

fn hex(digest: Digest) -> String {
    digest.to_string().trim_start_matches("sha256:").to_owned()
}

fn same(said: &str, known: &str) -> bool {
    let plain = |text: &str| {
        text.trim().trim_start_matches("sha256:").to_lowercase().replace([',', '_', ' '], "")
    };
    plain(said) == plain(known)
}
