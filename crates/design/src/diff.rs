//! What a change of the system file does to the threats that follow from it.

use serde::Serialize;

use crate::threat::{Threat, ThreatModel};

/// The threats that two descriptions of one system do not have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Those that only the later one has, the worst first.
    pub new: Vec<Threat>,
    /// Those whose facts are others now: an answer to them is asked for again.
    pub changed: Vec<Changed>,
    /// Those that only the earlier one has.
    pub closed: Vec<Threat>,
}

/// A threat that comes about by other facts than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// As it was.
    pub before: Threat,
    /// As it is.
    pub after: Threat,
}

impl Diff {
    /// From one model to the next.
    #[must_use]
    pub fn between(before: &ThreatModel, after: &ThreatModel) -> Self {
        let find = |model: &ThreatModel, id: &str| {
            model.threats.iter().find(|threat| threat.id == id).cloned()
        };
        let lacks = |of: &ThreatModel, other: &ThreatModel| -> Vec<Threat> {
            let only = of.threats.iter().filter(|threat| find(other, &threat.id).is_none());
            only.cloned().collect()
        };
        let changed = after.threats.iter().filter_map(|after| {
            let before = find(before, &after.id).filter(|before| before.digest != after.digest)?;
            Some(Changed { before, after: after.clone() })
        });
        Self { new: lacks(after, before), changed: changed.collect(), closed: lacks(before, after) }
    }

    /// Whether the threats are the same, by the same facts.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.closed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::system::read;

    use super::Diff;
    use crate::threat::ThreatModel;

    const TEXT: &str = include_str!("../fixtures/rag-chatbot.toml");

    fn diff(from: &str, to: &str) -> Diff {
        let model = |text: &str| ThreatModel::of(&read(text).system.unwrap());
        Diff::between(&model(from), &model(to))
    }

    #[test]
    fn new_changed_and_closed_are_told_apart() {
        assert!(diff(TEXT, TEXT).is_empty());
        let comment = TEXT.replace("[prompt.system]", "# a comment\n[prompt.system]");
        assert!(diff(TEXT, &comment).is_empty());
        let without = TEXT.replace("shared-by-tenants = true\n", "");
        let gone = diff(TEXT, &without);
        assert_eq!(gone.closed.len(), 1);
        assert_eq!(gone.closed[0].id, "tenants-share-store:store.pages");
        assert!(gone.new.is_empty() && gone.changed.is_empty());
        assert_eq!(diff(&without, TEXT).new, gone.closed);
        let other = TEXT.replace(
            "upload = { from = \"partner\", to = \"store.pages\", class = \"internal\"",
            "upload = { from = \"partner\", to = \"store.pages\", class = \"public\"",
        );
        let changed = diff(TEXT, &other);
        assert!(changed.new.is_empty() && changed.closed.is_empty());
        let ids: Vec<_> = changed.changed.iter().map(|one| one.after.id.as_str()).collect();
        assert!(ids.iter().all(|id| id.contains("partner")) && !ids.is_empty(), "{ids:?}");
    }
}
