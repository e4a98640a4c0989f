use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Asset, AssetKind, Kind, Read, View},
    finding::{Confidence, Finding, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    plain::plain,
};

use crate::{
    compare::{self, Element, Weight, compare, observed, weight},
    names::{kebab, last_part, stem},
};

const fn undeclared(
    id: &'static str,
    severity: Severity,
    confidence: Confidence,
    summary: &'static str,
) -> Rule {
    Rule {
        id,
        severity,
        confidence,
        summary,
        tip: "declare it, or take it out: coseal init --diff shows all differences, coseal init --update adds what lacks",
    }
}

const MODEL: Rule = undeclared(
    "undeclared-model",
    Severity::High,
    Confidence::Medium,
    "files show a model that the system file does not declare",
);
const TOOL: Rule = undeclared(
    "undeclared-tool",
    Severity::High,
    Confidence::Medium,
    "files show a tool or MCP server that the system file does not declare",
);
const EGRESS: Rule = undeclared(
    "undeclared-egress",
    Severity::High,
    Confidence::Medium,
    "files show a service that takes data out and that the system file does not declare",
);
const PART: Rule = undeclared(
    "undeclared-part",
    Severity::Low,
    Confidence::Medium,
    "files show a part of the system that the system file does not declare",
);
const UNSEEN: Rule = Rule {
    id: "declared-and-not-seen",
    severity: Severity::Note,
    confidence: Confidence::Low,
    summary: "nothing in the folder shows what the system file declares",
    tip: "remove it if it is gone: coseal init --diff shows all differences",
};

coseal_core::check! {
    /// Everything is judged against the system file. What it does not declare has no threat, no owner and no flow, so nobody looks at it. This
    /// check compares it with what files show: models, tools, MCP servers, services, stores, data, agents and prompts in code and
    /// configuration. What only tests, examples or documentation show need not be declared.
    ///
    /// It fails when files show a model, a tool, an MCP server or a service that takes data out, and the system file does not declare it.
    /// Otherwise it is unknown on files alone: a folder does not show which models a running system really calls, or what listens.
    ///
    /// To put it right: look at `coseal init --diff`, take out what should not be there, and let `coseal init --update` add the rest.
    pub(crate) DescriptionMatchesReality = "description-matches-reality";
    reads: [
        Read::all(Kind::Asset),
        Read::only(Kind::Inspection, &["gaps"]),
        Read::only(Kind::Model, &["location", "digest"]),
        Read::only(Kind::Adapter, &["location", "digest"]),
        Read::only(Kind::Dataset, &["location", "digest"]),
        Read::only(Kind::Prompt, &["location", "digest"]),
        Read::only(Kind::Store, &["location", "kind"]),
        Read::only(Kind::Tool, &["location", "digest"]),
        Read::only(Kind::Mcp, &["location"]),
        Read::only(Kind::Agent, &["model"]),
        Read::only(Kind::Memory, &["location"]),
        Read::only(Kind::Log, &["location"]),
        Read::only(Kind::Service, &["location"]),
        Read::only(Kind::Document, &["location", "digest"]),
    ];
    rules: [MODEL, TOOL, EGRESS, PART, UNSEEN];
    beyond_files: "which models and services a running system really calls, and what listens";
}

impl Check for DescriptionMatchesReality {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let declared = compare::of_view(facts);
        let observed = observed(facts.assets());
        let compared = compare(&declared, &observed);
        let mut weighty = 0;
        for asset in &compared.undeclared {
            let fails = weight(asset) == Weight::High && asset.confidence() >= Confidence::Medium;
            weighty += usize::from(fails);
            let finding = Finding::new(rule(asset, fails), place(asset), &said(asset));
            findings.push(with_tip(finding, asset));
        }
        for element in &compared.unseen {
            let told =
                format!("{} is declared, and nothing in the folder shows it", element.name());
            findings.add(&UNSEEN, facts.place(&element.name()), told);
        }
        let mut coverage = Coverage::whole(observed.len());
        for gap in &facts.inspection().gaps {
            coverage.leave_out(&gap.what, &gap.why);
        }
        outcome(weighty, compared.undeclared.len())
            .about(declared.iter().map(Element::name))
            .covering(coverage)
    }
}

fn outcome(weighty: usize, undeclared: usize) -> Outcome {
    match (weighty, undeclared) {
        (0, 0) => Outcome::unknown(
            "files show nothing that is not declared; what runs is only seen where it runs",
        ),
        (0, _) => Outcome::unknown(format!(
            "files show {undeclared} lesser parts that are not declared; what runs is only seen where it runs"
        )),
        _ => Outcome::new(
            State::Fail,
            format!("files show {weighty} models, tools or services that are not declared"),
        ),
    }
}

fn rule(asset: &Asset, fails: bool) -> &'static Rule {
    match asset.kind {
        _ if !fails => &PART,
        AssetKind::Model | AssetKind::Adapter => &MODEL,
        AssetKind::Tool | AssetKind::Mcp => &TOOL,
        _ => &EGRESS,
    }
}

/// The finding; init can't add an asset where files do not tell where it is, and then the tip says what to do instead.
pub(super) fn with_tip(finding: Finding, asset: &Asset) -> Finding {
    match without_place(asset) {
        Some(tip) => finding.tip(tip),
        None => finding,
    }
}

fn without_place(asset: &Asset) -> Option<String> {
    let placed = [AssetKind::Dataset, AssetKind::Adapter, AssetKind::Prompt];
    if asset.location.is_some() || !placed.contains(&asset.kind) {
        return None;
    }
    let id = kebab(stem(last_part(&asset.name)));
    let id = if id.is_empty() { "NAME".to_owned() } else { id };
    Some(format!(
        "files do not tell where it is: add [{}.{id}] with its location, or take it out",
        asset.kind.word()
    ))
}

/// Where an asset is seen best.
pub(super) fn place(asset: &Asset) -> Location {
    match asset.main_place() {
        Some(seen) if seen.line > 0 => Location::line(&seen.path, seen.line),
        Some(seen) => Location::file(&seen.path),
        None => Location::file(coseal_core::system::FILE_NAME),
    }
}

fn said(asset: &Asset) -> String {
    format!("{} {} is not declared", asset.kind.word(), plain(&asset.name, 120))
}
