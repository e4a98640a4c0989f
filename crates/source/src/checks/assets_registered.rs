use coseal_core::{
    check::{Check, Findings, Meta},
    counted::counted_are,
    fact::{Asset, Kind, LockFact, Locked, Read, View},
    finding::{Confidence, Finding, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    plain::plain,
};

use super::description_matches_reality::{place, with_tip};
use crate::compare::{self, Element, Weight, compare, observed, weight};

const fn orphan(id: &'static str, severity: Severity, summary: &'static str) -> Rule {
    Rule {
        id,
        severity,
        confidence: Confidence::Medium,
        summary,
        tip: "add it to the system file, as coseal init --update does, or take it out",
    }
}

const UNREGISTERED: Rule =
    orphan("asset-in-no-register", Severity::Medium, "an asset is in no register");
const MINOR: Rule =
    orphan("minor-asset-in-no-register", Severity::Low, "an asset of low weight is in no register");
const NO_OWNER: Rule = Rule {
    id: "assets-without-owner",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "nobody answers for the assets",
    tip: "add [role.risk-owner] with a contact",
};
const NO_CLASS: Rule = Rule {
    id: "asset-without-class",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "it is not said how sensitive the content of a store is",
    tip: "set class, such as class = \"internal\"",
};
const NO_PLACE: Rule = Rule {
    id: "asset-without-location",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "it is not said where an asset is",
    tip: "set location: a path:, an hf:, an https: …",
};

coseal_core::check! {
    /// What nobody knows of, nobody protects. This check wants every model, dataset, prompt, store, tool and service that files show to be in a
    /// register: the system file, or `coseal.lock`. Each asset of the register has somebody who answers (any role), a place, and
    /// a class where the system file has one for its kind.
    ///
    /// It passes when nothing is outside the register and nothing in it lacks these; it is partial when only prompts and what is seen
    /// with low confidence are outside, or something lacks class, place or owner; it fails when anything else is outside.
    ///
    /// To put it right: `coseal init --update` adds what is found, with comments kept; then read what it added.
    pub(crate) AssetsRegistered = "assets-registered";
    reads: [
        Read::all(Kind::Asset),
        Read::all(Kind::Lock),
        Read::only(Kind::Inspection, &["gaps"]),
        Read::only(Kind::Role, &["contact"]),
        Read::only(Kind::Model, &["location", "digest"]),
        Read::only(Kind::Adapter, &["location", "digest"]),
        Read::only(Kind::Dataset, &["location", "digest"]),
        Read::only(Kind::Prompt, &["location", "digest"]),
        Read::only(Kind::Store, &["location", "kind", "class"]),
        Read::only(Kind::Tool, &["location", "digest"]),
        Read::only(Kind::Mcp, &["location"]),
        Read::only(Kind::Agent, &["model"]),
        Read::only(Kind::Memory, &["location"]),
        Read::only(Kind::Log, &["location"]),
        Read::only(Kind::Service, &["location"]),
        Read::only(Kind::Document, &["location", "digest"]),
    ];
    rules: [UNREGISTERED, MINOR, NO_OWNER, NO_CLASS, NO_PLACE];
}

impl Check for AssetsRegistered {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let declared = compare::of_view(facts);
        let observed = observed(facts.assets());
        let compared = compare(&declared, &observed);
        let orphans = compared.undeclared.iter().filter(|asset| !is_locked(asset, facts.lock()));
        for asset in orphans {
            let name = plain(&asset.name, 120);
            let told = format!("{} {name} is in no register", asset.kind.word());
            let rule = if is_minor(asset) { &MINOR } else { &UNREGISTERED };
            let finding = Finding::new(rule, place(asset), &told);
            findings.push(with_tip(finding, asset));
        }
        incomplete(facts, &declared, findings);
        let mut coverage = Coverage::whole(observed.len() + declared.len());
        for gap in &facts.inspection().gaps {
            coverage.leave_out(&gap.what, &gap.why);
        }
        let registered = declared.iter().filter(|element| element.kind != "document");
        if observed.is_empty() && declared.is_empty() {
            return Outcome::unknown("no asset is declared, and files show none")
                .covering(coverage);
        }
        outcome(findings, coverage.is_complete())
            .about(registered.map(Element::name))
            .covering(coverage)
    }
}

fn is_minor(asset: &Asset) -> bool {
    weight(asset) == Weight::Low || asset.confidence() == Confidence::Low
}

fn is_locked(asset: &Asset, lock: &LockFact) -> bool {
    let place = asset.location.as_ref().map(ToString::to_string);
    let same = |entry: &&Locked| {
        entry.kind == asset.kind
            && (entry.name == asset.name
                || place.as_ref() == Some(&entry.location)
                || asset.digest == Some(entry.digest))
    };
    lock.entries.iter().any(|entry| same(&entry))
}

/// What elements of the register lack.
fn incomplete(facts: &View<'_>, declared: &[Element], findings: &mut Findings) {
    if facts.role().is_empty() && !declared.is_empty() {
        findings.add(&NO_OWNER, facts.file_place(), "no [role] is named");
    }
    for (id, _) in facts.store().iter().filter(|(_, store)| store.class.is_none()) {
        let told = format!("store.{id} has no class");
        findings.add(&NO_CLASS, facts.place(&format!("store.{id}")), told);
    }
    // A log is where the system is; an agent is where its model is.
    let placed = ["store", "tool", "memory"];
    let lacks = |element: &&Element| placed.contains(&element.kind) && element.location.is_none();
    for element in declared.iter().filter(lacks) {
        let told = format!("{} has no location", element.name());
        findings.add(&NO_PLACE, facts.place(&element.name()), told);
    }
}

fn outcome(findings: &Findings, complete: bool) -> Outcome {
    let lacking = findings.of(&NO_OWNER) + findings.of(&NO_CLASS) + findings.of(&NO_PLACE);
    match (findings.of(&UNREGISTERED), findings.of(&MINOR), lacking) {
        (0, 0, 0) if !complete => Outcome::new(
            State::Partial,
            "every asset that was seen is registered, and not everything was looked at",
        ),
        (0, 0, 0) => Outcome::new(State::Pass, "every asset that files show is registered"),
        (0, 0, _) => Outcome::new(
            State::Partial,
            format!(
                "every asset that files show is registered; {lacking} things are not said of them"
            ),
        ),
        (0, minor, _) => Outcome::new(
            State::Partial,
            format!("{} in no register, of low weight", counted_are(minor, "asset")),
        ),
        (orphans, ..) => {
            Outcome::new(State::Fail, format!("{} in no register", counted_are(orphans, "asset")))
        }
    }
}
