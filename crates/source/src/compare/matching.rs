//! Whether an element of the system file is what files show.

use coseal_core::{
    fact::{Asset, AssetKind},
    system::{Location, Scheme},
};

use super::{
    Element,
    address::{address, host},
};
use crate::names::{core, folder, is_in, kebab, last_part, normal_path, stem};

/// Tables whose elements may be an asset of a kind.
const fn tables(kind: AssetKind) -> &'static [&'static str] {
    match kind {
        AssetKind::Model => &["model", "adapter"],
        AssetKind::Adapter => &["adapter", "model"],
        AssetKind::Dataset => &["dataset", "store", "document"],
        AssetKind::Prompt => &["prompt", "document"],
        AssetKind::Store => &["store", "memory", "service", "log"],
        AssetKind::Tool => &["tool"],
        AssetKind::Mcp => &["mcp", "service"],
        AssetKind::Agent => &["agent"],
        AssetKind::Service => &["service", "store", "memory", "mcp", "log"],
        AssetKind::Document => &["document"],
        AssetKind::Library => &[],
    }
}

/// Whether an element declares an asset: by its place, its digest, or its name.
#[must_use]
pub fn is_declared_by(asset: &Asset, element: &Element) -> bool {
    if asset.kind == AssetKind::Service && element.kind == "model" {
        return is_provider_of(asset, element);
    }
    if !tables(asset.kind).contains(&element.kind) {
        return false;
    }
    let same_digest = asset.digest.is_some() && asset.digest == element.digest;
    same_digest || in_its_place(asset, element) || has_its_name(asset, element)
}

fn in_its_place(asset: &Asset, element: &Element) -> bool {
    let (Some(there), Some(here)) = (&element.location, &asset.location) else { return false };
    // Many tools and agents stand in one file: a file declares them only if the element is the file's, by its name.
    if matches!(asset.kind, AssetKind::Tool | AssetKind::Agent) {
        return same_place(there, here) && is_the_file(element, there);
    }
    // What answers at one host is one service, whatever the path.
    let serves = matches!(asset.kind, AssetKind::Service | AssetKind::Store | AssetKind::Mcp);
    same_place(there, here) || serves && host(there).is_some() && host(there) == host(here)
}

/// Whether an element stands for a whole file or folder: its id is the file's name.
fn is_the_file(element: &Element, location: &Location) -> bool {
    let Some(path) = location.path().map(normal_path) else { return false };
    let own = kebab(stem(path));
    let names = [own.clone(), kebab(last_part(path)), kebab(last_part(folder(path)))];
    // An id that was not free has a number behind it.
    let id = element.id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let is_id = |name: &String| !name.is_empty() && (*name == element.id || name == id);
    names.iter().any(is_id)
        || !own.is_empty()
            && (element.id.ends_with(&format!("-{own}")) || id.ends_with(&format!("-{own}")))
}

/// Whether a place that the system file names is, or holds, the place of an asset. The whole folder holds nothing: it would
/// declare everything that anybody adds.
fn same_place(there: &Location, here: &Location) -> bool {
    match (there.scheme(), here.scheme()) {
        (Scheme::Path, Scheme::Path) => {
            let (there, here) = (normal_path(there.rest()), normal_path(here.rest()));
            there == here || !there.is_empty() && is_in(here, there)
        }
        (Scheme::Api, Scheme::Api) => same_hosted(there, here),
        (Scheme::Hf, Scheme::Hf) => {
            without(there.rest(), '@').eq_ignore_ascii_case(without(here.rest(), '@'))
        }
        (Scheme::Oci, Scheme::Oci) => without(there.rest(), '@') == without(here.rest(), '@'),
        (Scheme::Https, Scheme::Https) => address(there) == address(here),
        (Scheme::Command, Scheme::Command) => package(there.rest()) == package(here.rest()),
        (there_is, here_is) => there_is == here_is && there.rest() == here.rest(),
    }
}

fn without(text: &str, mark: char) -> &str {
    text.split_once(mark).map_or(text, |(before, _)| before)
}

/// A command without the version of what it starts.
fn package(command: &str) -> Vec<&str> {
    let bare = command.split_whitespace().map(|word| {
        let cut = word.rsplit_once('@').or_else(|| word.split_once("=="));
        match cut {
            Some((name, version)) if !name.is_empty() && is_version(version) => name,
            _ => word,
        }
    });
    bare.filter(|word| !matches!(*word, "-y" | "--yes")).collect()
}

/// Whether what stands behind a name says which of its versions is meant, and not that it is something else.
fn is_version(text: &str) -> bool {
    let bare = text.trim_start_matches(['^', '~', 'v']);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    let digest = text.strip_prefix("sha256:").unwrap_or(text);
    matches!(text, "latest" | "next" | "beta" | "alpha" | "canary" | "rc" | "stable")
        || bare.starts_with(|c: char| c.is_ascii_digit()) && bare.chars().all(plain)
        || digest.len() >= 7 && digest.chars().all(|c| c.is_ascii_hexdigit())
}

fn same_hosted(there: &Location, here: &Location) -> bool {
    let (Some((its, model)), Some((seen, name))) = (there.hosted(), here.hosted()) else {
        return false;
    };
    let (its, seen) = (provider(its), provider(seen));
    let unknown = |name: &str| name == "unknown";
    // Azure serves the models of OpenAI under their names.
    let azure = |a: &str, b: &str| a == "azure" && b == "openai";
    model.eq_ignore_ascii_case(name)
        && (its == seen
            || unknown(&its)
            || unknown(&seen)
            || azure(&its, &seen)
            || azure(&seen, &its))
}

/// One name for a provider that is called by several.
fn provider(name: &str) -> String {
    let name = kebab(name);
    match name.as_str() {
        "azure-openai" | "azureopenai" | "azure-ai" => "azure",
        "gemini"
        | "vertex"
        | "vertexai"
        | "vertex-ai"
        | "google-vertex"
        | "googleai"
        | "google-genai"
        | "google-generative-ai" => "google",
        "aws" | "amazon" | "aws-bedrock" | "amazon-bedrock" => "bedrock",
        "mistralai" => "mistral",
        "togetherai" | "together-ai" => "together",
        "chatgpt" | "open-ai" => "openai",
        "claude" => "anthropic",
        other => return other.to_owned(),
    }
    .to_owned()
}

/// Whether places leave it open that two are one: a name says nothing against two places.
fn may_be_one(asset: &Asset, element: &Element) -> bool {
    let places = element.location.as_ref().zip(asset.location.as_ref());
    places.is_none_or(|(there, here)| same_place(there, here))
}

/// Whether an element has an asset's name. An id that was not free has a number behind it.
fn is_named(asset: &Asset, element: &Element) -> bool {
    let name = core(&asset.name);
    let id = core(&element.id);
    let numberless = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let at_one_place = element.location.is_some() && asset.location.is_some();
    !name.is_empty()
        && (name == id || at_one_place && numberless.strip_suffix('-') == Some(name.as_str()))
}

fn has_its_name(asset: &Asset, element: &Element) -> bool {
    match asset.kind {
        AssetKind::Tool
        | AssetKind::Agent
        | AssetKind::Mcp
        | AssetKind::Store
        | AssetKind::Service => may_be_one(asset, element) && is_named(asset, element),
        // What has no place of its own: a model whose provider is not known.
        AssetKind::Model | AssetKind::Adapter | AssetKind::Dataset if asset.location.is_none() => {
            let there = element.location.as_ref();
            let hosted = there.and_then(Location::hosted).map(|(_, model)| model);
            let rest = there.map(Location::rest);
            let id = kebab(stem(last_part(&asset.name)));
            asset.kind == AssetKind::Dataset && !id.is_empty() && id == element.id
                || [hosted, rest]
                    .iter()
                    .flatten()
                    .any(|name| name.eq_ignore_ascii_case(&asset.name))
        }
        _ => false,
    }
}

/// A provider is declared by its models: what goes to them goes to it.
fn is_provider_of(asset: &Asset, element: &Element) -> bool {
    element.location.as_ref().is_some_and(|location| provides_at(asset, location))
}

/// Whether a service is what a model is reached through.
pub(crate) fn provides(service: &Asset, model: &Asset) -> bool {
    model.location.as_ref().is_some_and(|location| provides_at(service, location))
}

fn provides_at(service: &Asset, location: &Location) -> bool {
    let name = provider(&service.name);
    match location.hosted() {
        Some((its, _)) => provider(its) == name,
        None => {
            name == "ollama"
                && location.scheme() == Scheme::Oci
                && location.rest().starts_with("registry.ollama.ai/")
        }
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{fact::AssetKind, system::Location};

    use super::{super::made::asset, Element, is_declared_by, same_place};

    fn at(text: &str) -> Location {
        text.parse().unwrap()
    }

    #[test]
    fn places_are_one_however_they_are_written() {
        for (there, here) in [
            ("path:./models/", "path:models/a.pkl"),
            ("path:models/a.pkl", "path:models/a.pkl"),
            ("hf:org/name@main", "hf:Org/name"),
            ("api:azure-openai/gpt-4o", "api:openai/gpt-4o"),
            ("api:gemini/gemini-2.0-flash", "api:google/gemini-2.0-flash"),
            ("api:unknown/x-1", "api:groq/x-1"),
            (
                "oci:registry.ollama.ai/library/llama3:8b@sha256:ab",
                "oci:registry.ollama.ai/library/llama3:8b",
            ),
            ("https://api.example.org/v1/", "https://key@API.example.org/v1?x"),
            ("command:npx -y @x/y@1.2.3", "command:npx @x/y"),
        ] {
            assert!(same_place(&at(there), &at(here)), "{there} {here}");
        }
        for (there, here) in [
            ("path:models/a.pkl", "path:models/a.pkl.bak"),
            ("path:models/a", "path:models"),
            ("hf:org/name", "hf:org/name-2"),
            ("api:openai/gpt-4o", "api:openai/gpt-4o-mini"),
            ("api:groq/x", "api:openai/x"),
            (
                "oci:registry.ollama.ai/library/llama3:8b",
                "oci:registry.ollama.ai/library/llama3:70b",
            ),
            ("https://a.example.org", "https://b.example.org"),
            ("command:npx @x/y", "command:npx @x/z"),
            ("command:uvx a", "command:uvx a@git+https://b.example.org/a"),
            ("command:npx a", "command:npx a@npm:b@1.0.0"),
            ("path:.", "path:a.py"),
            ("path:./", "path:models/a.pkl"),
            ("path:a", "hf:a/b"),
        ] {
            assert!(!same_place(&at(there), &at(here)), "{there} {here}");
        }
    }

    #[test]
    fn a_name_says_nothing_against_two_places() {
        let element = |id: &str, location: Option<&str>| Element {
            kind: "tool",
            id: id.into(),
            location: location.map(at),
            digest: None,
            form: None,
        };
        let there = asset(AssetKind::Tool, "Lookup_Tool", Some("path:evil.py"));
        assert!(!is_declared_by(&there, &element("lookup", Some("path:a.py"))));
        assert!(!is_declared_by(&there, &element("lookup", Some("path:."))));
        assert!(is_declared_by(&there, &element("lookup", Some("path:evil.py"))));
        assert!(is_declared_by(&there, &element("lookup-2", Some("path:evil.py"))));
        assert!(is_declared_by(&there, &element("lookup", None)));
    }
}
