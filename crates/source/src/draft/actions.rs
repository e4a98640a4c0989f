//! What a tool can do to the world, where only its name tells.

use coseal_core::{
    fact::Asset,
    system::{Effect, word},
};

use crate::names::kebab;

const READ: [&str; 20] = [
    "get",
    "list",
    "read",
    "lookup",
    "find",
    "query",
    "retrieve",
    "show",
    "count",
    "calculate",
    "compute",
    "describe",
    "check",
    "summarize",
    "summarise",
    "parse",
    "rank",
    "match",
    "view",
    "multiply",
];
const EXTERNAL: [&str; 16] = [
    "search", "web", "browse", "fetch", "http", "request", "send", "email", "mail", "post",
    "publish", "notify", "tweet", "scrape", "crawl", "call",
];
const WRITE: [&str; 9] =
    ["write", "create", "update", "save", "add", "insert", "edit", "store", "set"];

/// The effect of a tool, and whether it is only assumed. What nothing tells is taken to be irreversible.
pub(super) fn effect(asset: &Asset) -> (String, bool) {
    let known = [Effect::Read, Effect::Write, Effect::External, Effect::Irreversible];
    if let Some(told) = asset.details.get("effect")
        && known.iter().any(|effect| word(effect) == *told)
    {
        return (told.clone(), false);
    }
    let name = kebab(&asset.name);
    let has = |words: &[&str]| name.split('-').any(|part| words.contains(&part));
    let effect = if has(&EXTERNAL) {
        Effect::External
    } else if has(&WRITE) {
        Effect::Write
    } else if has(&READ) {
        Effect::Read
    } else {
        Effect::Irreversible
    };
    (word(&effect), true)
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::AssetKind::Tool;

    use super::effect;
    use crate::compare::made::{asset, with};

    #[test]
    fn what_a_name_does_not_tell_is_irreversible() {
        for (name, expected) in [
            ("get_order", "read"),
            ("sendEmail", "external"),
            ("search_web", "external"),
            ("update-address", "write"),
            ("refund", "irreversible"),
            ("getaway", "irreversible"),
            ("道具", "irreversible"),
        ] {
            assert_eq!(effect(&asset(Tool, name, None)), (expected.to_owned(), true), "{name}");
        }
        let told = with(asset(Tool, "refund", None), "effect", "read");
        assert_eq!(effect(&told), ("read".to_owned(), false));
        let hostile = with(asset(Tool, "get", None), "effect", "\"\n");
        assert_eq!(effect(&hostile), ("read".to_owned(), true));
    }
}
