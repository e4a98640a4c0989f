//! What is on one side only.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind},
    system::{Location, Scheme},
};

use super::{Element, matching::is_declared_by};

/// What is declared and seen, and what is on one side only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared<'a> {
    /// Assets that are no option, with the name of the element that declares each.
    pub declared: Vec<(&'a Asset, String)>,
    /// Assets that are no option and that no element declares.
    pub undeclared: Vec<&'a Asset>,
    /// Elements with a place that can be seen, and that nothing shows.
    pub unseen: Vec<&'a Element>,
}

/// Compares what is declared with what was observed. Options (what only tests, examples and the like show) need not be
/// declared, and do count as seen.
#[must_use]
pub fn compare<'a>(declared: &'a [Element], observed: &'a [Asset]) -> Compared<'a> {
    let mut compared = Compared::default();
    let mut seen: BTreeSet<&Element> = BTreeSet::new();
    let mut open: Vec<&Asset> = Vec::new();
    for asset in observed {
        let mut by = declared.iter().filter(|element| is_declared_by(asset, element)).peekable();
        let first = by.peek().map(|element| element.name());
        // That a provider is used shows none of its models.
        let shown =
            |element: &&Element| asset.kind != AssetKind::Service || element.kind != "model";
        seen.extend(by.filter(shown));
        match first {
            Some(name) if !asset.optional => compared.declared.push((asset, name)),
            None if !asset.optional => open.push(asset),
            _ => {}
        }
    }
    stores_by_kind(declared, open, &mut seen, &mut compared);
    compared.unseen =
        declared.iter().filter(|element| shows(element) && !seen.contains(element)).collect();
    compared
}

/// A store that neither name nor place tells is the one declared of its kind that nothing else is.
fn stores_by_kind<'a>(
    declared: &'a [Element],
    open: Vec<&'a Asset>,
    seen: &mut BTreeSet<&'a Element>,
    compared: &mut Compared<'a>,
) {
    let mut free: BTreeMap<&str, Vec<&Element>> = BTreeMap::new();
    for element in declared.iter().filter(|element| !seen.contains(element)) {
        if let Some(form) = &element.form {
            free.entry(form).or_default().push(element);
        }
    }
    for asset in open {
        let form = asset.details.get("store").map(String::as_str).unwrap_or("vector");
        let element = (asset.kind == AssetKind::Store)
            .then(|| free.get_mut(form).and_then(Vec::pop))
            .flatten();
        match element {
            Some(element) => {
                seen.insert(element);
                compared.declared.push((asset, element.name()));
            }
            None => compared.undeclared.push(asset),
        }
    }
}

/// Whether files would show it, if it were there.
fn shows(element: &Element) -> bool {
    let scheme = element.location.as_ref().map(Location::scheme);
    match element.kind {
        // What a file is is for other checks to say, and a log or document need not be shown by anything else.
        "model" | "adapter" | "mcp" => scheme.is_some_and(|scheme| scheme != Scheme::Path),
        "dataset" => matches!(scheme, Some(Scheme::Hf | Scheme::Api)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{fact::AssetKind::*, system};

    use super::{super::made::*, compare};
    use crate::compare::declared;

    const FILE: &str = r#"
schema = 1
system = { id = "x", purpose = "x", exposure = "offline", impact = "low" }
[model]
chat = { location = "api:openai/gpt-4o" }
gone = { location = "api:openai/gpt-3.5-turbo" }
[dataset]
tickets = { location = "path:data", class = "internal" }
[store]
help = { kind = "vector" }
[tool]
order-lookup = { effect = "read", location = "path:app/shop.py" }
tools = { effect = "read", location = "path:lib/tools.py" }
[mcp]
files = { location = "command:npx @x/files@1.2.3" }
"#;

    #[test]
    fn each_asset_is_declared_or_not_and_each_element_seen_or_not() {
        let system = system::read(FILE).system.unwrap();
        let declared = declared(&system);
        let assets = [
            asset(Dataset, "data/tickets.jsonl", Some("path:data/tickets.jsonl")),
            asset(Mcp, "files", Some("command:npx -y @x/files")),
            asset(Model, "gpt-4o", None),
            asset(Model, "gpt-4o-mini", Some("api:openai/gpt-4o-mini")),
            optional(asset(Model, "llama3", Some("hf:a/llama3"))),
            asset(Service, "openai", None),
            asset(Service, "tavily", None),
            asset(Store, "chroma", None),
            with(asset(Store, "redis", None), "store", "cache"),
            asset(Tool, "order_lookup", Some("path:app/shop.py")),
            asset(Tool, "refund", Some("path:app/shop.py")),
            asset(Tool, "anything", Some("path:lib/tools.py")),
        ];
        let compared = compare(&declared, &assets);
        let undeclared: Vec<_> = compared.undeclared.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(undeclared, ["gpt-4o-mini", "tavily", "redis", "refund"]);
        let unseen: Vec<_> = compared.unseen.iter().map(|e| e.name()).collect();
        assert_eq!(unseen, ["model.gone"]);
        let by: Vec<_> =
            compared.declared.iter().map(|(a, by)| format!("{} {by}", a.name)).collect();
        assert_eq!(
            by,
            [
                "data/tickets.jsonl dataset.tickets",
                "files mcp.files",
                "gpt-4o model.chat",
                "openai model.chat",
                "order_lookup tool.order-lookup",
                "anything tool.tools",
                "chroma store.help",
            ]
        );
    }

    #[test]
    fn a_second_store_is_not_hidden_by_the_first() {
        let system = system::read(FILE).system.unwrap();
        let declared = declared(&system);
        let assets = [asset(Store, "chroma", None), asset(Store, "qdrant", None)];
        assert_eq!(compare(&declared, &assets).undeclared.len(), 1);
    }
}
