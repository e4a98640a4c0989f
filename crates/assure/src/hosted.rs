//! The dated catalogue of hosted models: whether a name always means the same model, and when it ends.

use std::{collections::BTreeMap, sync::LazyLock};

use coseal_core::{
    fact::{HostedModel, Pin},
    system::System,
};
use jiff::civil::Date;
use serde::Deserialize;

static CATALOGUE: LazyLock<BTreeMap<String, Provider>> = LazyLock::new(|| {
    // A file that does not parse is found by the test below, before any release.
    toml::from_str::<File>(include_str!("../data/hosted-models.toml"))
        .map(|file| file.provider)
        .unwrap_or_default()
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: BTreeMap<String, Provider>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Provider {
    as_of: Date,
    #[serde(rename = "sources")]
    _sources: Vec<String>,
    model: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    pin: PinWord,
    ends: Option<Date>,
    replacement: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PinWord {
    Snapshot,
    Alias,
}

impl From<PinWord> for Pin {
    fn from(word: PinWord) -> Self {
        match word {
            PinWord::Snapshot => Self::Snapshot,
            PinWord::Alias => Self::Alias,
        }
    }
}

/// What the catalogue knows of each hosted model that the system file declares, by element.
#[must_use]
pub fn models_in_use(system: &System) -> BTreeMap<String, HostedModel> {
    let facts = system.model.iter().filter_map(|(id, model)| {
        let (provider, name) = model.location.hosted()?;
        let element = format!("model.{id}");
        Some((element.clone(), look_up(element, provider, name)))
    });
    facts.collect()
}

fn look_up(element: String, provider: &str, name: &str) -> HostedModel {
    // Azure and gateways put the vendor's name behind a path of their own: api:azure/openai/gpt-4o.
    let bare = name.rsplit('/').next().unwrap_or(name);
    let found = CATALOGUE.get(provider);
    let entry = found.and_then(|found| found.model.get(name).or_else(|| found.model.get(bare)));
    HostedModel {
        element,
        provider: provider.to_owned(),
        model: name.to_owned(),
        known: entry.is_some(),
        pin: entry.map_or_else(|| by_form(bare), |entry| entry.pin.into()),
        ends: entry.and_then(|entry| entry.ends),
        replacement: entry.and_then(|entry| entry.replacement.clone()),
        // What is in no table was looked up in the oldest of them.
        catalogue_as_of: found.map_or_else(oldest, |found| found.as_of),
    }
}

fn oldest() -> Date {
    CATALOGUE.values().map(|provider| provider.as_of).min().unwrap_or(Date::ZERO)
}

/// A name that is in no table: `latest` moves; a date stays.
fn by_form(name: &str) -> Pin {
    if name == "latest" || name.ends_with("-latest") || name.ends_with(":latest") {
        return Pin::Alias;
    }
    let digits = name.bytes().rev().filter(|b| *b != b'-').take_while(u8::is_ascii_digit).count();
    if digits >= 8 { Pin::Snapshot } else { Pin::Unknown }
}

/// All names in the catalogue, with whether they always mean the same model: what to look for in code.
pub fn names() -> impl Iterator<Item = (&'static str, Pin)> {
    CATALOGUE.values().flat_map(|provider| {
        provider.model.iter().map(|(name, entry)| (name.as_str(), entry.pin.into()))
    })
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::Pin;

    use super::{CATALOGUE, File, look_up};

    #[test]
    fn the_catalogue_parses_and_is_of_some_size() {
        toml::from_str::<File>(include_str!("../data/hosted-models.toml")).map(|_| ()).unwrap();
        assert!(CATALOGUE.values().map(|provider| provider.model.len()).sum::<usize>() > 300);
        assert!(CATALOGUE.values().all(|provider| provider.as_of.year() >= 2026));
    }

    #[test]
    fn knows_aliases_snapshots_and_what_it_does_not_know() {
        let of = |provider, name| look_up("model.x".into(), provider, name);
        assert_eq!(of("openai", "gpt-4o").pin, Pin::Alias);
        assert!(of("openai", "gpt-3.5-turbo-0125").ends.is_some());
        let unknown = of("elsewhere", "thing-9");
        assert!(!unknown.known && unknown.pin == Pin::Unknown);
        assert_eq!(of("elsewhere", "thing-latest").pin, Pin::Alias);
        assert_eq!(of("elsewhere", "thing-2026-01-31").pin, Pin::Snapshot);
    }
}
