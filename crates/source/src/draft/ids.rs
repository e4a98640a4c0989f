//! Stable, readable ids from names.

use std::collections::BTreeSet;

use crate::names::{folder, kebab, last_part, stem};

/// An id is cut at a word when it would be longer.
const LONGEST: usize = 40;

/// Names that say nothing without the folder they are in.
const EMPTY_WORDS: [&str; 22] = [
    "model",
    "models",
    "data",
    "dataset",
    "train",
    "test",
    "prompt",
    "prompts",
    "system",
    "index",
    "readme",
    "main",
    "init",
    "config",
    "pytorch-model",
    "adapter-model",
    "weights",
    "checkpoint",
    "best",
    "final",
    "template",
    "agents",
];

/// Ids given out so far; each once in its table.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: BTreeSet<(String, String)>,
}

impl Ids {
    /// Ids that are taken, as `kind.id`.
    pub(super) fn taken(names: impl IntoIterator<Item = String>) -> Self {
        let split = |name: String| name.split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned()));
        Self { given: names.into_iter().filter_map(split).collect() }
    }

    /// An id for something of this name that nothing else of its table has.
    pub(super) fn of_name(&mut self, table: &str, name: &str) -> String {
        self.free(table, &shape(&words(table, name), table), None)
    }

    /// An id for what is at a path: the file's name, with its folder's where it says nothing or is not free.
    pub(super) fn of_path(&mut self, table: &str, path: &str) -> String {
        let own = words(table, stem(path));
        let above = words(table, last_part(folder(path)));
        let both = shape(&format!("{above}-{own}"), table);
        if !above.is_empty() && (own.is_empty() || EMPTY_WORDS.contains(&own.as_str())) {
            return self.free(table, &both, None);
        }
        self.free(table, &shape(&own, table), (!above.is_empty()).then_some(both.as_str()))
    }

    fn free(&mut self, table: &str, wanted: &str, longer: Option<&str>) -> String {
        let mut take = |id: &str| self.given.insert((table.to_owned(), id.to_owned()));
        for id in std::iter::once(wanted).chain(longer) {
            if take(id) {
                return id.to_owned();
            }
        }
        // There are fewer elements than numbers to try.
        let mut number = 2_u32;
        loop {
            let id = format!("{wanted}-{number}");
            if take(&id) || number == u32::MAX {
                return id;
            }
            number += 1;
        }
    }
}

/// A name as words. Those of models and data have capitals that begin no word: `MiniLM`.
fn words(table: &str, name: &str) -> String {
    match table {
        "model" | "adapter" | "dataset" => kebab(&name.to_ascii_lowercase()),
        _ => kebab(name),
    }
}

/// A name as an id: a letter first, not too long, not empty.
fn shape(name: &str, table: &str) -> String {
    let name = name.trim_matches('-');
    let mut id = if name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.to_owned()
    } else if name.is_empty() {
        table.to_owned()
    } else {
        format!("{table}-{name}")
    };
    if id.len() > LONGEST {
        let cut = id.get(..LONGEST).unwrap_or_default();
        id = cut.rsplit_once('-').map_or(cut, |(words, _)| words).to_owned();
    }
    id.trim_end_matches('-').to_owned()
}

/// A name as the id of a system.
pub(super) fn of_system(name: &str) -> String {
    shape(&kebab(name), "system")
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_are_readable_and_each_is_there_once() {
        let mut ids = Ids::default();
        assert_eq!(ids.of_path("model", "models/intent.pkl"), "intent");
        assert_eq!(ids.of_path("model", "other/intent.pkl"), "other-intent");
        assert_eq!(ids.of_path("model", "other/intent.onnx"), "intent-2");
        assert_eq!(ids.of_path("model", "runs/fraud/model.pkl"), "fraud-model");
        assert_eq!(ids.of_path("model", "model.pkl"), "model");
        assert_eq!(ids.of_name("tool", "OrderLookup"), "order-lookup");
        assert_eq!(ids.of_name("tool", "order_lookup"), "order-lookup-2");
        assert_eq!(ids.of_name("model", "7b"), "model-7b");
        assert_eq!(ids.of_name("model", "all-MiniLM-L6-v2"), "all-minilm-l6-v2");
        assert_eq!(ids.of_name("model", "\u{1b}\n"), "model-2");
        assert!(ids.of_name("tool", &"long_name_".repeat(1000)).len() <= 40);
    }

    #[test]
    fn ids_of_a_file_are_not_given_again() {
        let mut ids = Ids::taken(["tool.refund".to_owned()]);
        assert_eq!(ids.of_name("tool", "refund"), "refund-2");
        assert_eq!(ids.of_name("model", "refund"), "refund");
    }
}
