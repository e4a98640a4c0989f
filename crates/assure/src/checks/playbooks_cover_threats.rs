use std::collections::BTreeSet;

use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, View},
    finding::{Confidence, Finding, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{
        DataClass, DocumentKind, Exposure, IncidentClass, Modality, Provenance, Writer, word,
    },
};

use crate::markdown::{mentions, words_under};

const MISSING: Rule = Rule {
    id: "playbook-missing",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "no playbook covers an incident that can happen to this system",
    tip: "write a playbook and declare it: kind = \"playbook\", covers = [\"…\"]",
};
const MISSING_LOW: Rule = Rule {
    id: "playbook-missing-low",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "no playbook covers a lesser incident that can happen to this system",
    tip: "write a playbook and declare it: kind = \"playbook\", covers = [\"…\"]",
};
const UNUSABLE: Rule = Rule {
    id: "playbook-unusable",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a playbook lacks what people need in an incident",
    tip: "say how to detect, contain and recover, and whom to call as role:ID",
};

/// Classes whose absence alone makes the check partial.
const LOW: [IncidentClass; 2] = [IncidentClass::ModelTheft, IncidentClass::Outage];

/// Sections that a playbook needs, and words that a heading of each holds.
const SECTIONS: [(&str, &[&str]); 3] = [
    ("how to detect it", &["detect", "recognise", "recognize", "signs", "symptom", "triage"]),
    ("how to contain it", &["contain", "stop", "isolate", "mitigate", "first"]),
    ("how to recover", &["recover", "restore", "return", "after"]),
];

/// A section of fewer words tells nobody what to do.
const FEWEST_WORDS: usize = 4;

/// Words that show that a text is not finished.
const UNFINISHED: [&str; 5] = ["todo", "tbd", "fixme", "insert here", "lorem ipsum"];

coseal_core::check! {
    /// When something happens, people do what is written down or they improvise. From the system file this check works out
    /// which classes of incident can happen to this system, and wants a playbook for each that covers the
    /// class, says how to detect, contain and recover (a section on each, of four words at least), names whom to call as `role:ID` (a role of the system file), and is
    /// finished.
    ///
    /// It fails when a class has no usable playbook, and is partial when only the lesser ones lack one
    /// (model theft and outage).
    ///
    /// To put it right: write the missing playbook, declare it under `[document.…]` with `kind = "playbook"`.
    pub(crate) PlaybooksCoverThreats = "playbooks-cover-threats";
    reads: [
        Read::only(Kind::System, &["modalities", "exposure", "impact"]),
        Read::only(Kind::Flow, &["class", "from", "writers"]),
        Read::only(Kind::Model, &["location", "provenance", "made-from"]),
        Read::only(Kind::Adapter, &["location", "provenance", "made-from"]),
        Read::only(Kind::Dataset, &["class", "use"]),
        Read::only(Kind::Store, &["class", "writers"]),
        Read::only(Kind::Tool, &["effect"]),
        Read::only(Kind::Mcp, &["location"]),
        Read::only(Kind::Service, &["location"]),
        Read::only(Kind::Feedback, &["to"]),
        Read::only(Kind::Memory, &["class", "writers"]),
        Read::only(Kind::Log, &["class"]),
        Read::only(Kind::Endpoint, &["auth"]),
        Read::only(Kind::Role, &["contact"]),
        Read::only(Kind::Document, &["kind", "location", "covers"]),
        Read::all(Kind::Text),
    ];
    rules: [MISSING, MISSING_LOW, UNUSABLE];
}

impl Check for PlaybooksCoverThreats {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let mut covered = BTreeSet::new();
        let mut subjects = Vec::new();
        for (id, document) in
            facts.document().iter().filter(|(_, document)| document.kind == DocumentKind::Playbook)
        {
            subjects.push(format!("document.{id}"));
            let before = findings.len();
            match facts.text_at(&document.location).map(|text| (&text.path, &text.text)) {
                Some((path, Ok(text))) => lint(facts, id, path, text, findings),
                Some((_, Err(why))) => findings.add(
                    &UNUSABLE,
                    facts.place(&format!("document.{id}")),
                    format!("document.{id}: {why}"),
                ),
                None => findings.add(
                    &UNUSABLE,
                    facts.place(&format!("document.{id}")),
                    format!("document.{id} is not in this folder"),
                ),
            }
            if findings.len() == before {
                covered.extend(document.covers.iter().copied());
            }
        }
        let applicable = applicable(facts);
        let declared = |class| {
            facts.document().values().any(|document| {
                document.kind == DocumentKind::Playbook && document.covers.contains(class)
            })
        };
        for (class, why) in applicable.iter().filter(|(class, _)| !covered.contains(class)) {
            let rule = if LOW.contains(class) { &MISSING_LOW } else { &MISSING };
            let what =
                format!("no usable playbook covers {}, which can happen: {why}", word(class));
            let finding = Finding::new(rule, facts.file_place(), &what);
            findings.push(if declared(class) {
                finding.tip("put right what its playbook lacks")
            } else {
                finding
            });
        }
        let outcome = if findings.of(&MISSING) > 0 {
            Outcome::new(
                State::Fail,
                format!(
                    "{} of {} classes of incident have no usable playbook",
                    findings.of(&MISSING) + findings.of(&MISSING_LOW),
                    applicable.len()
                ),
            )
        } else if findings.of(&MISSING_LOW) > 0 {
            Outcome::new(State::Partial, "only lesser classes of incident have no usable playbook")
        } else if findings.of(&UNUSABLE) > 0 {
            Outcome::new(
                State::Partial,
                "every class of incident has a playbook, and a further one can't be used",
            )
        } else {
            Outcome::new(
                State::Pass,
                format!(
                    "all {} classes of incident that can happen have a playbook",
                    applicable.len()
                ),
            )
        };
        let coverage = Coverage::whole(subjects.len());
        outcome.about(subjects).covering(coverage)
    }
}

/// The classes of incident that can happen to this system, each with the fact that says so.
fn applicable(facts: &View<'_>) -> Vec<(IncidentClass, &'static str)> {
    let about = facts.about();
    let text = about
        .and_then(|about| about.modalities.as_ref())
        .is_none_or(|modalities| modalities.contains(&Modality::Text));
    let strangers = |writers: &BTreeSet<Writer>| writers.iter().any(|writer| writer.is_untrusted());
    let untrusted = facts.store().values().any(|store| strangers(&store.writers))
        || facts.memory().values().any(|memory| strangers(&memory.writers))
        || about
            .is_some_and(|about| matches!(about.exposure, Exposure::Partners | Exposure::Public))
        || facts.flow().values().any(|flow| {
            strangers(&flow.writers)
                || matches!(flow.from.as_str(), "user" | "public" | "partner" | "supplier")
        });
    let confidential =
        |class: Option<DataClass>| class.is_some_and(|class| class >= DataClass::Confidential);
    let sensitive = facts.dataset().values().any(|dataset| confidential(Some(dataset.class)))
        || facts.store().values().any(|store| confidential(store.class))
        || facts.flow().values().any(|flow| confidential(flow.class))
        || facts.memory().values().any(|memory| confidential(Some(memory.class)))
        || facts.log().values().any(|log| confidential(Some(log.class)));
    let trains = facts.model().values().any(|model| !model.made_from.is_empty())
        || facts.adapter().values().any(|adapter| !adapter.made_from.is_empty())
        || !facts.feedback().is_empty();
    let others_write = facts.store().values().any(|store| {
        store
            .writers
            .iter()
            .any(|w| !matches!(w, Writer::System | Writer::Developers | Writer::Operators))
    });
    let weights = !facts.adapter().is_empty()
        || facts.model().values().any(|model| model.location.has_bytes());
    let bought = !facts.service().is_empty()
        || !facts.mcp().is_empty()
        || facts.model().values().any(|model| model.provenance != Some(Provenance::Own))
        || facts.adapter().values().any(|adapter| adapter.provenance != Some(Provenance::Own));
    let reachable = !facts.endpoint().is_empty()
        || about.is_some_and(|about| about.exposure != Exposure::Offline);
    let all = [
        (IncidentClass::PromptInjection, text && untrusted, "text of strangers reaches a model"),
        (IncidentClass::DataLeak, sensitive, "data above the class internal is declared"),
        (IncidentClass::ModelTheft, weights, "weights are held"),
        (
            IncidentClass::Poisoning,
            trains || others_write,
            "data trains a model, or others write what it reads",
        ),
        (IncidentClass::SupplyChain, bought, "models, tools or services come from others"),
        (IncidentClass::HarmfulOutput, true, "every model can be wrong"),
        (IncidentClass::Outage, reachable, "people rely on it being reachable"),
    ];
    all.into_iter().filter(|(_, applies, _)| *applies).map(|(class, _, why)| (class, why)).collect()
}

fn lint(facts: &View<'_>, id: &str, path: &str, text: &str, findings: &mut Findings) {
    let mut unusable = |what: String| {
        findings.add(&UNUSABLE, Location::file(path), format!("document.{id} {what}"));
    };
    for (section, words) in SECTIONS {
        match words_under(text, words) {
            None => unusable(format!("has no section on {section}")),
            Some(count) if count < FEWEST_WORDS => {
                unusable(format!("has a section on {section} that says next to nothing"));
            }
            Some(_) => {}
        }
    }
    let called = roles_named(text);
    if called.is_empty() {
        unusable("names nobody to call (role:ID)".to_owned());
    }
    if called.iter().any(|role| !facts.role().contains_key(role)) {
        unusable("names a role that is not in the system file".to_owned());
    }
    if UNFINISHED.iter().any(|unfinished| mentions(text, unfinished)) {
        unusable("is not finished".to_owned());
    }
}

/// Ids of roles written as `role:ID`.
fn roles_named(text: &str) -> BTreeSet<String> {
    let id = |rest: &str| -> String {
        rest.chars()
            .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-')
            .collect()
    };
    let named = text.split("role:").skip(1).map(|rest| id(rest).trim_end_matches('-').to_owned());
    named.filter(|id| !id.is_empty()).collect()
}
