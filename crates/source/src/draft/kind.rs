//! What kind of system it is, as far as its parts tell.

use coseal_core::{
    fact::{Asset, AssetKind},
    system::{Location, Scheme},
};

use super::models::{Task, task};

/// A kind of system: it decides which flows a draft begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemKind {
    /// A model that answers from documents.
    Rag,
    /// A model that calls tools.
    Agent,
    /// A model of one's own that sorts or scores.
    Classifier,
    /// Anything else in front of a model.
    Api,
}

impl SystemKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Rag, Self::Agent, Self::Classifier, Self::Api];

    /// The word on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rag => "rag",
            Self::Agent => "agent",
            Self::Classifier => "classifier",
            Self::Api => "api",
        }
    }

    /// What such a system does, until somebody says what this one is for.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Rag => "answers questions from its documents",
            Self::Agent => "carries out tasks with tools, as its users ask",
            Self::Classifier => "sorts or scores cases with a model of our own",
            Self::Api => "answers its users with the help of a model",
        }
    }
}

/// A kind, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The kind.
    pub kind: SystemKind,
    /// Why, as a fragment.
    pub why: String,
}

/// The kind that the parts speak for. Options do not count.
#[must_use]
pub fn guess(observed: &[Asset]) -> Guess {
    let of = |kind: AssetKind| observed.iter().filter(move |a| a.kind == kind && !a.optional);
    let count = |kind| of(kind).count();
    let vector = |a: &&Asset| a.details.get("store").is_none_or(|form| form == "vector");
    let stores = of(AssetKind::Store).filter(vector).count();
    let files = of(AssetKind::Model).filter(|a| is_file(a)).count();
    let data = count(AssetKind::Dataset);
    // An encoder of the hub is what a classifier is made from. Text that looks like a prompt speaks for nothing beside files of
    // models or what makes them.
    let made_here = files > 0 || data > 0 && of(AssetKind::Library).any(|a| is_classic(&a.name));
    let talks = of(AssetKind::Model).any(|a| !is_file(a) && task(a) != Task::Embed)
        || count(AssetKind::Prompt) > 0 && !made_here;
    let acting = [AssetKind::Tool, AssetKind::Agent, AssetKind::Mcp];
    let acting: Vec<_> = acting.iter().filter(|kind| count(**kind) > 0).collect();
    let (kind, why) = if !acting.is_empty() {
        let found: Vec<_> = acting.iter().map(|k| counted(count(**k), k.word())).collect();
        (SystemKind::Agent, format!("it has {}", found.join(", ")))
    } else if stores > 0 {
        (SystemKind::Rag, format!("it has {} of vectors", counted(stores, "store")))
    } else if !talks && (files > 0 || data > 0) {
        let parts = [(files, "model file"), (data, "dataset")];
        let parts = parts.iter().filter(|(n, _)| *n > 0).map(|(n, thing)| counted(*n, thing));
        let parts: Vec<_> = parts.collect();
        (SystemKind::Classifier, format!("it has {}, and no model that talks", parts.join(" and ")))
    } else if talks {
        (SystemKind::Api, "it has a model, and no tool, agent or store of vectors".to_owned())
    } else {
        (SystemKind::Api, "files show no model, tool or store".to_owned())
    };
    Guess { kind, why }
}

/// Libraries that make models which sort or score.
const CLASSIC: [&str; 8] = [
    "scikit-learn",
    "sklearn",
    "xgboost",
    "lightgbm",
    "catboost",
    "statsmodels",
    "tensorflow",
    "keras",
];

fn is_classic(library: &str) -> bool {
    CLASSIC.contains(&library.to_ascii_lowercase().as_str())
}

fn is_file(asset: &Asset) -> bool {
    asset.location.as_ref().map(Location::scheme) == Some(Scheme::Path)
}

/// `1 tool`, `2 tools`, `3 MCP servers`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    let thing = if thing == "mcp" { "MCP server" } else { thing };
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::AssetKind::*;

    use super::{SystemKind, guess};
    use crate::compare::made::{asset, optional};

    #[test]
    fn the_parts_speak_for_a_kind() {
        let hosted = || asset(Model, "gpt-4o", Some("api:openai/gpt-4o"));
        let store = || asset(Store, "chroma", None);
        let file = || asset(Model, "m.pkl", Some("path:m.pkl"));
        let prompt = || asset(Prompt, "a.py#template", Some("path:a.py"));
        let data = || asset(Dataset, "d.csv", Some("path:d.csv"));
        let tool = || asset(Tool, "refund", None);
        for (assets, kind) in [
            (vec![], SystemKind::Api),
            (vec![hosted()], SystemKind::Api),
            (vec![hosted(), store()], SystemKind::Rag),
            (vec![hosted(), store(), tool()], SystemKind::Agent),
            (vec![hosted(), optional(tool())], SystemKind::Api),
            (vec![file()], SystemKind::Classifier),
            (vec![file(), hosted()], SystemKind::Api),
            (vec![file(), prompt()], SystemKind::Classifier),
            (vec![prompt(), data()], SystemKind::Api),
            (vec![prompt(), data(), asset(Library, "xgboost", None)], SystemKind::Classifier),
            (
                vec![file(), asset(Model, "x/bert-tiny", Some("hf:x/bert-tiny"))],
                SystemKind::Classifier,
            ),
        ] {
            assert_eq!(guess(&assets).kind, kind, "{assets:?}");
        }
        assert_eq!(guess(&[tool(), asset(Mcp, "x", None)]).why, "it has 1 tool, 1 MCP server");
    }
}
