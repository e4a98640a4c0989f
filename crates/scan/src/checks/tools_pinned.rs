use std::collections::BTreeMap;

use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Asset, AssetKind, Kind, Read, View},
    finding::{Confidence, Location as Place, Rule, Severity},
    lock::{Candidate, Declared, FILE_NAME, candidates},
    outcome::{Coverage, Outcome, State},
    system::{Location, Scheme},
};

use crate::register::{Places, Standing, standing};

const CHANGED: Rule = Rule {
    id: "tool-changed",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the description of a tool is not the one that was registered",
    tip: "read what changed, as a model will; if it is meant, register it: coseal assets lock --accept NAME",
};
const UNREGISTERED: Rule = Rule {
    id: "tool-unregistered",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "the description of a tool has no registered digest",
    tip: "run coseal assets lock, and commit coseal.lock",
};
const UNPINNED: Rule = Rule {
    id: "mcp-unpinned",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "an MCP server is started from whatever version there is that day",
    tip: "name the version or digest in the command: npx @scope/server@1.2.3, uvx server==1.2.3, IMAGE@sha256:…",
};

coseal_core::check! {
    /// A model reads the description of a tool as an instruction, so whoever changes a description, or the package of an MCP server behind
    /// it, changes what the model does. This check compares the description of each tool with `coseal.lock`, and wants the command that
    /// starts an MCP server to name a version or digest.
    ///
    /// It fails when a description is another than the registered one, and is partial when one is not registered or a command names no
    /// version. Files alone can't pass it: what a running server says of its tools is seen in the log.
    ///
    /// To put it right: run `coseal assets lock`, review changes of descriptions like changes of prompts, and pin each MCP server.
    pub(crate) ToolsPinned = "tools-pinned";
    reads: [
        Read::only(Kind::Tool, &["location", "digest", "mcp"]),
        Read::only(Kind::Mcp, &["location"]),
        Read::only(Kind::Digest, &["tool", "mcp"]),
        Read::only(Kind::Asset, &["kind", "name", "location", "digest", "optional", "details"]),
        Read::all(Kind::Lock),
    ];
    rules: [CHANGED, UNREGISTERED, UNPINNED];
    beyond_files: "that the tools in use have the registered descriptions: the log of a running system shows that";
}

impl Check for ToolsPinned {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let declared = Declared { tool: facts.tool(), ..Declared::none() };
        let mut tools = candidates(declared, facts.assets(), facts.lock());
        tools.retain(|tool| {
            matches!(tool.kind, AssetKind::Tool | AssetKind::Mcp)
                && (!tool.optional || tool.entry(facts.lock()).is_some())
        });
        let mut coverage = Coverage::default();
        let places = Places::of(facts.assets());
        for tool in &tools {
            compare(facts, &places, tool, &mut coverage, findings);
        }
        let mut subjects: Vec<String> = tools.iter().map(|tool| tool.name.clone()).collect();
        undescribed(facts, &mut subjects, &mut coverage);
        for (name, (location, place)) in servers(facts) {
            look_at_server(&name, location, place, &mut coverage, findings);
            subjects.push(name);
        }
        answer(subjects.len(), findings).about(subjects).covering(coverage)
    }
}

fn compare(
    facts: &View<'_>,
    places: &Places<'_>,
    tool: &Candidate,
    coverage: &mut Coverage,
    findings: &mut Findings,
) {
    let name = &tool.name;
    let change = match standing(tool, facts.lock(), facts.digests()) {
        Standing::Unknown(why) => return coverage.leave_out(name, &why),
        Standing::Unregistered => {
            let what = format!("{name} has no registered description");
            return findings.add(&UNREGISTERED, place(facts, places, tool), what);
        }
        Standing::Same | Standing::ToldSame | Standing::NamedOnly => None,
        Standing::Changed { now, registered } => Some((now, registered)),
        Standing::Contradicted { pinned, locked } => Some((pinned, locked)),
    };
    coverage.looked_at = coverage.looked_at.saturating_add(1);
    if let Some((now, registered)) = change {
        let what = format!("{name} is {}…, registered is {}…", now.short(), registered.short());
        findings.add(&CHANGED, place(facts, places, tool), what);
    }
}

/// Declared tools whose description no file shows.
fn undescribed(facts: &View<'_>, subjects: &mut Vec<String>, coverage: &mut Coverage) {
    for (id, tool) in facts.tool() {
        let name = format!("tool.{id}");
        if subjects.contains(&name) {
            continue;
        }
        let why = match tool.mcp {
            Some(_) => "its MCP server describes it, which only a running one shows",
            None => "no file shows its description",
        };
        coverage.leave_out(&name, why);
        subjects.push(name);
    }
}

type Servers<'a> = BTreeMap<String, (&'a Location, Place)>;

/// MCP servers that are declared or that configuration starts, and are not part of this repository.
fn servers<'a>(facts: &View<'a>) -> Servers<'a> {
    let mut all: Servers<'a> = BTreeMap::new();
    for (id, server) in facts.mcp() {
        let name = format!("mcp.{id}");
        let place = facts.place(&name);
        all.insert(name, (&server.location, place));
    }
    let is_server = |asset: &&Asset| {
        let here = asset.details.get("defined").is_some_and(|defined| defined == "here");
        asset.kind == AssetKind::Mcp && !asset.optional && !here
    };
    for asset in facts.assets().iter().filter(is_server) {
        let Some(location) = &asset.location else { continue };
        if all.values().any(|(other, _)| *other == location) {
            continue;
        }
        let place = asset.main_place().map(|seen| at(&seen.path, seen.line));
        all.insert(asset.name.clone(), (location, place.unwrap_or_else(|| facts.file_place())));
    }
    all
}

fn look_at_server(
    name: &str,
    location: &Location,
    place: Place,
    coverage: &mut Coverage,
    findings: &mut Findings,
) {
    match location.scheme() {
        Scheme::Path => {}
        Scheme::Https | Scheme::Api => {
            return coverage.leave_out(name, "it runs elsewhere, at whatever version it is");
        }
        _ if !location.is_pinned() => {
            findings.add(&UNPINNED, place, format!("{name} names no version or digest"));
        }
        _ => {}
    }
    coverage.looked_at = coverage.looked_at.saturating_add(1);
}

fn answer(tools: usize, findings: &Findings) -> Outcome {
    let (changed, bare) = (findings.of(&CHANGED), findings.of(&UNREGISTERED));
    let unpinned = findings.of(&UNPINNED);
    if changed > 0 {
        let what = format!("{changed} descriptions of tools are not the registered ones");
        Outcome::new(State::Fail, what)
    } else if bare > 0 || unpinned > 0 {
        let what =
            format!("{bare} descriptions are not registered, {unpinned} MCP servers not pinned");
        Outcome::new(State::Partial, what)
    } else if tools == 0 {
        Outcome::unknown("no tool and no MCP server is declared or found")
    } else {
        Outcome::unknown(
            "the files are as registered; what is in use, the log of a running system shows",
        )
    }
}

fn at(path: &str, line: u32) -> Place {
    if line == 0 { Place::file(path) } else { Place::line(path, line) }
}

/// Where it is declared or seen.
fn place(facts: &View<'_>, places: &Places<'_>, tool: &Candidate) -> Place {
    if tool.declared {
        return facts.place(&tool.name);
    }
    let (path, line) = places.seen_at(tool).unwrap_or((FILE_NAME, 0));
    at(path, line)
}
