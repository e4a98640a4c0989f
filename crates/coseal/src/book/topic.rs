//! What `coseal explain` is asked about.

use coseal_core::{
    catalogue::{Stage, catalogue},
    nearest::nearest,
};

use super::{checks, commands, example::Examples, guidelines, index, page::Page, rules, words};
use crate::registry;

/// What was found for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Its page.
    Page(Box<Page>),
    /// Nothing has that name; the nearest one that there is.
    None(Option<String>),
}

/// The page of a check, guideline, rule, stage, state, grade, exit code or command, by its name.
#[must_use]
pub fn find(name: &str) -> Topic {
    let name = name.strip_prefix("coseal ").unwrap_or(name).trim();
    let name = match name {
        "coseal.toml" => "system-file",
        "coseal.lock" => "lock",
        name => name,
    };
    let found = check(name)
        .or_else(|| catalogue().guideline(name).map(guidelines::page))
        .or_else(|| rule(name))
        .or_else(|| word(name))
        .or_else(|| stage(name))
        .or_else(|| commands::find(name));
    match found {
        Some(page) => Topic::Page(Box::new(page)),
        None => Topic::None(near(name)),
    }
}

fn check(name: &str) -> Option<Page> {
    let (guideline, entry) = catalogue().check(name)?;
    Some(checks::page(guideline, entry, Examples::built_in()))
}

fn rule(name: &str) -> Option<Page> {
    let rules = registry::rules();
    let rule = rules.iter().find(|rule| rule.id == name)?;
    Some(rules::page(rule, Examples::built_in()))
}

fn word(name: &str) -> Option<Page> {
    let name = name.strip_prefix("grade ").or_else(|| name.strip_prefix("exit ")).unwrap_or(name);
    let wanted = name.replace(' ', "-");
    let one = wanted.strip_suffix('s').unwrap_or(&wanted);
    let of = |wanted: &str| {
        words::GROUPS.iter().find_map(|group| {
            let word = group.words.iter().find(|word| word.name.eq_ignore_ascii_case(wanted))?;
            Some(words::part(group, word))
        })
    };
    of(&wanted).or_else(|| of(one))
}

fn stage(name: &str) -> Option<Page> {
    let stage = Stage::ALL.into_iter().find(|stage| stage.heading().eq_ignore_ascii_case(name))?;
    let mut page = index::overview(Some(stage));
    page.title = format!("{} {}", stage.number(), stage.heading());
    page.blocks.remove(0);
    Some(page)
}

/// The name that is most like it.
fn near(name: &str) -> Option<String> {
    let rules = registry::rules();
    let commands = commands::names();
    let checks = catalogue().checks().map(|(_, check)| check.id.as_str());
    let guidelines = catalogue().guidelines.iter().map(|guideline| guideline.name.as_str());
    let words = words::GROUPS.iter().flat_map(|group| group.words).map(|word| word.name);
    let words = words.filter(|word| word.len() > 2);
    let known = checks
        .chain(guidelines)
        .chain(rules.iter().map(|rule| rule.id))
        .chain(words)
        .chain(commands.iter().map(String::as_str));
    nearest(name, known).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{Topic, find};

    fn path(name: &str) -> String {
        match find(name) {
            Topic::Page(page) => page.path,
            Topic::None(near) => format!("near {near:?}"),
        }
    }

    #[test]
    fn names_of_every_kind_are_found() {
        assert_eq!(path("model-files-scanned"), "checks/model-files-scanned.md");
        assert_eq!(path("2.1"), "guidelines/2.1-supply-chain.md");
        assert_eq!(path("supply-chain"), "guidelines/2.1-supply-chain.md");
        assert_eq!(path("asset-changed"), "rules/asset-changed.md");
        assert_eq!(path("stale"), "words.md#stale");
        assert_eq!(path("a"), "words.md#grade-a");
        assert_eq!(path("6"), "words.md#exit-code-6");
        assert_eq!(path("evidence verify"), "commands/evidence-verify.md");
        assert_eq!(path("trust root"), "words.md#trust-root");
        assert_eq!(path("waivers"), "words.md#waiver");
        assert_eq!(path("coseal.lock"), "words.md#lock");
        assert_eq!(path("development"), "checks/README.md");
        assert_eq!(path("contact-current"), "near Some(\"contacts-current\")");
        assert_eq!(path("unknwon"), "near Some(\"unknown\")");
    }
}
