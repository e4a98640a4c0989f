//! Findings in the words of somebody who answers for the system and does not build it.

mod table;

use self::table::TABLE;

/// What a kind of finding means, and what to have done about it: one sentence each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is wrong, and why that matters.
    pub what: &'static str,
    /// What somebody has to do.
    pub act: &'static str,
}

pub(super) const fn words(what: &'static str, act: &'static str) -> Words {
    Words { what, act }
}

/// What a rule means in plain words, where somebody has written that down.
pub(super) fn of(rule: &str) -> Option<Words> {
    TABLE.iter().find(|(rules, _)| rules.contains(&rule)).map(|(_, words)| *words)
}

/// All rules that have plain words.
pub fn plain_rules() -> impl Iterator<Item = &'static str> {
    TABLE.iter().flat_map(|(rules, _)| rules.iter().copied())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TABLE, of, plain_rules};

    #[test]
    fn every_rule_stands_once_and_every_text_is_a_short_sentence() {
        let all: Vec<_> = plain_rules().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        for (_, words) in TABLE {
            for text in [words.what, words.act] {
                assert!(text.ends_with('.') && text.len() <= 130, "{text}");
                assert!(text.starts_with(char::is_uppercase), "{text}");
                assert!(!text.contains(['`', '_', '[']), "plain words only: {text}");
            }
        }
        assert!(of("asset-changed").is_some() && of("no-such-rule").is_none());
    }
}
