//! Who has to act: a role of the system file, by what the matter is about.

use coseal_core::{finding::Finding, plain::plain, system::System};
use schemars::JsonSchema;
use serde::Serialize;

/// Somebody who answers for something, as far as the system file names anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Who {
    /// The role; none where no role is named.
    pub role: Option<String>,
    /// How to reach it, without the scheme.
    pub contact: Option<String>,
}

impl Who {
    /// A role that the system file names, or only its name where it doesn't.
    pub(super) fn role(name: &str, system: Option<&System>) -> Self {
        let contact = system.and_then(|system| system.role.get(name)).map(|role| {
            let contact = role.contact.as_str();
            // No address can end like this (RFC 2606, section 2): it holds the place of one.
            if contact.ends_with(".invalid") {
                return "no address yet".to_owned();
            }
            let bare = contact.strip_prefix("mailto:").or_else(|| contact.strip_prefix("tel:"));
            plain(bare.unwrap_or(contact), 60)
        });
        Self { role: Some(plain(name, 60)), contact }
    }

    /// Who answers for a finding: by the element that it is about, else by the guideline.
    pub(super) fn of(finding: Option<&Finding>, guideline: &str, system: Option<&System>) -> Self {
        let Some(system) = system else { return Self::default() };
        let (kind, id) = finding.and_then(|finding| element(finding, system)).unwrap_or_default();
        Self::of_element(&kind, &id, guideline, system)
    }

    /// Who answers for an element: its author, the role of its kind, that of the guideline, or whoever is named at all.
    pub(super) fn of_element(kind: &str, id: &str, guideline: &str, system: &System) -> Self {
        let author = system.prompt.get(id).filter(|_| kind == "prompt");
        let author = author.and_then(|prompt| prompt.author.as_deref());
        let wanted = author.into_iter().chain(by_kind(kind).iter().copied());
        let mut wanted = wanted.chain(by_guideline(guideline).iter().copied()).chain(LAST);
        let named = wanted.find(|role| system.role.contains_key(*role));
        let anybody = || system.role.keys().next().map(String::as_str);
        let role = named.or_else(anybody);
        role.map_or_else(Self::default, |role| Self::role(role, Some(system)))
    }
}

/// Who is asked when nobody nearer is named.
const LAST: [&str; 5] = ["owner", "system-owner", "model-owner", "risk-owner", "incident"];

fn by_kind(kind: &str) -> &'static [&'static str] {
    match kind {
        "dataset" | "store" | "memory" => &["data-owner"],
        "log" => &["privacy", "data-owner"],
        "model" | "adapter" | "prompt" | "tool" | "mcp" | "agent" | "pipeline" => {
            &["model-owner", "developer"]
        }
        "environment" | "endpoint" | "service" | "zone" | "guard" | "flow" => {
            &["operator", "platform-owner", "developer", "model-owner"]
        }
        _ => &[],
    }
}

fn by_guideline(id: &str) -> &'static [&'static str] {
    match id {
        "1.2" | "2.4" => &["risk-owner"],
        "2.2" | "2.3" => &["model-owner", "data-owner"],
        "3.1" => &["operator", "platform-owner", "developer", "model-owner"],
        "3.3" | "4.4" => &["incident"],
        "3.5" => &["support-lead", "product-owner"],
        "4.2" => &["privacy", "operator"],
        _ => &[],
    }
}

/// The element of the system file that a finding is about: one that its message names, or the one that its file is.
pub(super) fn element(finding: &Finding, system: &System) -> Option<(String, String)> {
    let named = finding.message.split_whitespace().take(60).find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let (kind, id) = word.split_once('.')?;
        exists(kind, id, system).then(|| (kind.to_owned(), id.to_owned()))
    });
    named.or_else(|| at(&finding.location.path, system))
}

fn exists(kind: &str, id: &str, system: &System) -> bool {
    match kind {
        "model" => system.model.contains_key(id),
        "adapter" => system.adapter.contains_key(id),
        "dataset" => system.dataset.contains_key(id),
        "prompt" => system.prompt.contains_key(id),
        "store" => system.store.contains_key(id),
        "tool" => system.tool.contains_key(id),
        "mcp" => system.mcp.contains_key(id),
        "agent" => system.agent.contains_key(id),
        "memory" => system.memory.contains_key(id),
        "log" => system.log.contains_key(id),
        "service" => system.service.contains_key(id),
        "endpoint" => system.endpoint.contains_key(id),
        "environment" => system.environment.contains_key(id),
        "guard" => system.guard.contains_key(id),
        "flow" => system.flow.contains_key(id),
        "pipeline" => system.pipeline.contains_key(id),
        _ => false,
    }
}

fn at(path: &str, system: &System) -> Option<(String, String)> {
    let models = system.model.iter().map(|(id, model)| ("model", id, &model.location));
    let datasets = system.dataset.iter().map(|(id, dataset)| ("dataset", id, &dataset.location));
    let prompts = system.prompt.iter().map(|(id, prompt)| ("prompt", id, &prompt.location));
    models
        .chain(datasets)
        .chain(prompts)
        .find(|(_, _, location)| location.path() == Some(path))
        .map(|(kind, id, _)| (kind.to_owned(), id.clone()))
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        finding::{Confidence, Finding, Location, Rule, Severity},
        system::{self, System},
    };

    use super::Who;

    const RULE: Rule = Rule {
        id: "x",
        severity: Severity::High,
        confidence: Confidence::High,
        summary: "",
        tip: "",
    };

    fn system(roles: &str) -> System {
        let text = format!(
            "schema = 1\n[system]\nid = \"x\"\npurpose = \"y\"\nexposure = \"staff\"\nimpact = \"low\"\n{roles}[prompt.a]\nlocation = \"path:p/a.md\"\nauthor = \"writer\"\n[dataset.d]\nlocation = \"path:d.csv\"\nclass = \"public\"\n"
        );
        let read = system::read(&text);
        read.system.unwrap_or_else(|| panic!("{:?}", read.problems))
    }

    fn roles(of: &[&str]) -> String {
        of.iter()
            .map(|role| format!("[role.{role}]\ncontact = \"mailto:{role}@x.org\"\n"))
            .collect()
    }

    #[test]
    fn an_address_that_holds_a_place_is_none() {
        let text = "schema = 1\n[system]\nid = \"x\"\npurpose = \"x\"\nexposure = \"offline\"\nimpact = \"low\"\n[role.risk-owner]\ncontact = \"mailto:risk-owner@example.invalid\"\n";
        let system = system::read(text).system.unwrap();
        let who = Who::role("risk-owner", Some(&system));
        assert_eq!(who.contact.as_deref(), Some("no address yet"));
    }

    #[test]
    fn the_nearest_role_that_is_named_has_to_act() {
        let finding =
            |path: &str, message: &str| Finding::new(&RULE, Location::file(path), message);
        let all =
            system(&roles(&["writer", "data-owner", "incident", "risk-owner", "model-owner"]));
        let role = |finding: Option<&Finding>, guideline: &str| {
            Who::of(finding, guideline, Some(&all)).role.unwrap()
        };
        assert_eq!(role(Some(&finding("coseal.toml", "prompt.a is old")), "2.2"), "writer");
        assert_eq!(role(Some(&finding("p/a.md", "a secret")), "2.2"), "writer");
        assert_eq!(role(Some(&finding("coseal.toml", "(dataset.d, x)")), "2.3"), "data-owner");
        assert_eq!(role(Some(&finding("coseal.toml", "dataset.none")), "2.3"), "model-owner");
        assert_eq!(role(None, "3.3"), "incident");
        assert_eq!(role(None, "1.3"), "model-owner");
        let few = system(&roles(&["risk-owner", "writer"]));
        let who = Who::of(None, "3.3", Some(&few));
        assert_eq!(who.contact.as_deref(), Some("risk-owner@x.org"));
        assert_eq!(Who::of(None, "3.3", None), Who::default());
    }
}
