//! The catalogue as built into the binary.

use std::sync::LazyLock;

use super::entry::{CheckEntry, Guideline};

/// All guidelines, in order.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The guidelines, in order.
    pub guidelines: Vec<Guideline>,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => { [$(($name, include_str!(concat!("../../catalogue/", $name, ".toml")))),+] };
}

const FILES: [(&str, &str); 17] = files![
    "1.1-awareness",
    "1.2-threats",
    "1.3-secure-design",
    "1.4-model-choice",
    "2.1-supply-chain",
    "2.2-assets",
    "2.3-documentation",
    "2.4-technical-debt",
    "3.1-infrastructure",
    "3.2-model-protection",
    "3.3-incident-management",
    "3.4-responsible-release",
    "3.5-user-guidance",
    "4.1-behaviour-monitoring",
    "4.2-input-monitoring",
    "4.3-secure-updates",
    "4.4-lessons-learned",
];

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue {
    // A file that does not parse is left out here and found by the test below, before any release.
    guidelines: FILES.iter().filter_map(|(_, text)| toml::from_str(text).ok()).collect(),
});

/// The catalogue.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

impl Catalogue {
    /// All checks with their guideline, in order.
    pub fn checks(&self) -> impl Iterator<Item = (&Guideline, &CheckEntry)> {
        self.guidelines
            .iter()
            .flat_map(|guideline| guideline.checks.iter().map(move |check| (guideline, check)))
    }

    /// A check by its id.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<(&Guideline, &CheckEntry)> {
        self.checks().find(|(_, check)| check.id == id)
    }

    /// A guideline by its number or name.
    #[must_use]
    pub fn guideline(&self, id: &str) -> Option<&Guideline> {
        self.guidelines.iter().find(|guideline| guideline.id == id || guideline.name == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FILES, Guideline, catalogue};
    use crate::catalogue::Level;

    #[test]
    fn every_file_parses_and_is_named_for_its_guideline() {
        for (name, text) in FILES {
            let guideline: Guideline =
                toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(name, format!("{}-{}", guideline.id, guideline.name));
        }
        assert_eq!(catalogue().guidelines.len(), 17);
    }

    #[test]
    fn no_check_is_lost_and_each_has_an_id_of_its_own() {
        let ids: BTreeSet<_> = catalogue().checks().map(|(_, check)| &check.id).collect();
        // The first catalogue had 96; ids are stable for ever, so there are never fewer.
        assert!(ids.len() >= 96);
        assert_eq!(catalogue().checks().count(), ids.len());
    }

    #[test]
    fn entries_are_whole() {
        for (guideline, check) in catalogue().checks() {
            assert!(!check.question.is_empty() && !check.rule.is_empty(), "{}", check.id);
            assert!(!check.evidence.is_empty() && !check.binds_to.is_empty(), "{}", check.id);
            assert!(
                guideline.id.starts_with(&guideline.stage.number().to_string()),
                "{}",
                guideline.id
            );
        }
        // Awareness is the one guideline whose must is a statement; every guideline but those about
        // documents only has at least one must-check.
        let without_must: Vec<_> = catalogue()
            .guidelines
            .iter()
            .filter(|guideline| guideline.checks.iter().all(|check| check.level != Level::Must))
            .map(|guideline| guideline.id.as_str())
            .collect();
        assert_eq!(without_must, Vec::<&str>::new());
    }
}
