//! The crosswalk as built into the binary: what is verified of it.

use std::{collections::BTreeMap, sync::LazyLock};

use super::file::{File, Relation};

/// The frameworks that guidelines are known to support.
#[derive(Clone, Debug)]
pub struct Crosswalk {
    frameworks: Vec<Framework>,
}

/// One framework in one version, with the verified ids only.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Kebab-case id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The version that the ids are of.
    pub version: String,
    /// How a guideline stands to the ids.
    pub relation: Relation,
    guidelines: BTreeMap<String, Vec<String>>,
}

/// What a guideline supports in one framework.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// Ids of its provisions, verified, at least one.
    pub ids: &'a [String],
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => { [$(($name, include_str!(concat!("../../crosswalk/", $name, ".toml")))),+] };
}

const FILES: [(&str, &str); 17] = files![
    "etsi-en-304-223",
    "uk-ai-cyber-code",
    "eu-ai-act",
    "nist-ai-rmf",
    "nist-ssdf",
    "iso-iec-42001",
    "owasp-llm-top10",
    "owasp-agentic-top10",
    "owasp-ml-top10",
    "owasp-aisvs",
    "owasp-ai-exchange",
    "mitre-atlas",
    "joint-ai-data-security",
    "joint-deploying-ai-securely",
    "us-voluntary-commitments",
    "g7-hiroshima-conduct",
    "asd-engaging-with-ai",
];

static CROSSWALK: LazyLock<Crosswalk> = LazyLock::new(|| Crosswalk {
    // A file that does not parse is left out here and found by the test below, before any release.
    frameworks: FILES
        .iter()
        .filter_map(|(_, text)| toml::from_str(text).ok())
        .filter_map(Framework::verified)
        .collect(),
});

/// The crosswalk. Nothing that is not verified is in it.
#[must_use]
pub fn crosswalk() -> &'static Crosswalk {
    &CROSSWALK
}

impl Crosswalk {
    /// The frameworks with at least one verified id, in the order of reports.
    #[must_use]
    pub fn frameworks(&self) -> &[Framework] {
        &self.frameworks
    }

    /// What a guideline, by its number, supports: one reference a framework, in the order of reports.
    pub fn of<'a>(&'a self, guideline: &str) -> impl Iterator<Item = Reference<'a>> {
        self.frameworks.iter().filter_map(move |framework| {
            let ids = framework.guidelines.get(guideline)?;
            Some(Reference { framework, ids })
        })
    }
}

impl Framework {
    /// The guidelines that support it, by number, each with its verified ids.
    pub fn guidelines(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.guidelines.iter().map(|(guideline, ids)| (guideline.as_str(), ids.as_slice()))
    }

    /// What may be shown of a file; nothing if nothing in it is verified.
    fn verified(file: File) -> Option<Self> {
        let guidelines: BTreeMap<_, _> = file
            .guidelines
            .iter()
            .map(|(guideline, ids)| {
                let ids: Vec<_> = ids.iter().filter(|id| file.shows(id)).cloned().collect();
                (guideline.clone(), ids)
            })
            .filter(|(_, ids)| !ids.is_empty())
            .collect();
        (!guidelines.is_empty()).then_some(Self {
            id: file.id,
            title: file.title,
            version: file.version,
            relation: file.relation,
            guidelines,
        })
    }
}

#[cfg(test)]
mod tests;
