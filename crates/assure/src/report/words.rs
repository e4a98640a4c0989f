//! Findings in the words of somebody who answers for the system and does not build it.
//! A rule stands in the file of its family, once.

mod assets;
mod code;
mod damage;
mod decisions;
mod effects;
mod models;
mod operation;
mod people;
mod service;
mod templates;

/// Rules that say the same to a manager, and become one cause; what they say.
type Cause = (&'static [&'static str], Words);

/// All causes, by what they are about.
const FAMILIES: &[&[Cause]] = &[
    effects::CAUSES,
    code::CAUSES,
    damage::CAUSES,
    templates::CAUSES,
    assets::CAUSES,
    models::CAUSES,
    service::CAUSES,
    people::CAUSES,
    decisions::CAUSES,
    operation::CAUSES,
];

/// What a kind of finding means, and what to have done about it: one sentence each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is wrong, and why that matters.
    pub what: &'static str,
    /// What somebody has to do.
    pub act: &'static str,
}

const fn words(what: &'static str, act: &'static str) -> Words {
    Words { what, act }
}

/// What a rule means in plain words, where somebody has written that down.
pub(super) fn of(rule: &str) -> Option<Words> {
    causes().find(|(rules, _)| rules.contains(&rule)).map(|(_, words)| *words)
}

/// All rules that have plain words.
pub fn plain_rules() -> impl Iterator<Item = &'static str> {
    causes().flat_map(|(rules, _)| rules.iter().copied())
}

fn causes() -> impl Iterator<Item = &'static Cause> {
    FAMILIES.iter().copied().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{causes, of, plain_rules};

    #[test]
    fn every_rule_stands_once_and_every_text_is_a_short_sentence() {
        let all: Vec<_> = plain_rules().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        for (_, words) in causes() {
            for text in [words.what, words.act] {
                assert!(text.ends_with('.') && text.len() <= 130, "{text}");
                assert!(text.starts_with(char::is_uppercase), "{text}");
                assert!(!text.contains(['`', '_', '[']), "plain words only: {text}");
            }
        }
        assert!(of("asset-changed").is_some() && of("no-such-rule").is_none());
    }
}
