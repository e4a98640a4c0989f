//! The format: a head, trees, importances, parameters, and categories of pandas.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::{
    lines::Lines,
    rules::{BROKEN, KEY, RULES},
    tree::Tree,
};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::Pickle,
        report::Report,
        room::Room,
        stop::{Step, Stop, broken, settle},
    },
    encoding::json,
};

/// Keys of the head.
#[rustfmt::skip]
const HEAD: &[&str] = &[
    "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective", "average_output", "feature_names",
    "monotone_constraints", "feature_infos", "tree_sizes", "loaded_objective", "num_data", "sigmoid", "label_gain",
];
/// Trees that are followed.
const MAX_TREES: u64 = 1 << 20;

/// A model as text.
pub(crate) const LIGHTGBM: Room = Room {
    id: "lightgbm-text",
    family: Some(ModelFormat::Trees),
    recognises: |look: &Look<'_>| {
        look.begins(b"tree\nversion=") || look.begins(b"tree\r\nversion=")
    },
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let mut model = Model { lines: Lines::new(input.bytes), sizes: None, features: None, report };
    let step = model.read();
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

/// Whether a line is the one before the importances.
fn is_importances(line: &str) -> bool {
    matches!(line, "feature_importances:" | "feature importances:")
}

struct Model<'a, 'r> {
    lines: Lines<'a>,
    /// Bytes of each tree, as the head says.
    sizes: Option<Vec<u64>>,
    /// The largest number of a feature.
    features: Option<i64>,
    report: &'r mut Report,
}

impl Model<'_, '_> {
    fn read(&mut self) -> Step {
        let mut line = self.head()?;
        let mut count = 0_u64;
        while let Some(number) = line.strip_prefix("Tree=") {
            if number.trim().parse() != Ok(count) {
                return broken(self.lines.at, "trees are not in their order");
            }
            line = self.tree(count)?;
            count = count.saturating_add(1);
            if count > MAX_TREES {
                return Err(Stop::Limit("there are more trees than are followed"));
            }
        }
        if self.sizes.as_ref().is_some_and(|sizes| sizes.len() as u64 != count) {
            return broken(self.lines.at, "there are not as many trees as the head has sizes");
        }
        // Version 2 goes on with the importances at once.
        let importances = is_importances(line.trim());
        if line.trim() != "end of trees" && !importances {
            return broken(self.lines.at, "the trees do not end where they should");
        }
        self.tail(importances)
    }

    /// The lines before the first tree. Gives the first that is none of them.
    fn head(&mut self) -> Step<String> {
        let mut seen = Vec::new();
        self.some()?;
        loop {
            let line = self.solid()?;
            if line.starts_with("Tree=") || line.starts_with("end of trees") {
                return Ok(line);
            }
            let (key, value) = line.split_once('=').unwrap_or((&line, ""));
            if seen.iter().any(|held| held == key) {
                return broken(self.lines.at, format!("{key} is there twice"));
            }
            seen.push(key.chars().take(256).collect::<String>());
            if key == "tree_sizes" {
                let sizes =
                    value.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>();
                let Ok(sizes) = sizes else { return broken(self.lines.at, "a size is no number") };
                self.sizes = Some(sizes);
            }
            if key == "max_feature_idx" {
                let Ok(last) = value.trim().parse() else {
                    return broken(self.lines.at, "the number of features is no number");
                };
                self.features = Some(last);
            }
            self.known(HEAD.contains(&key), key);
            if seen.len() > 64 {
                return Err(Stop::Limit("the head has more lines than are followed"));
            }
        }
    }

    /// A tree to its end. Gives the line behind it.
    fn tree(&mut self, index: u64) -> Step<String> {
        let mut tree = Tree::new(self.lines.at, self.features);
        let next = loop {
            let line = self.solid()?;
            let Some((key, value)) = line.split_once('=') else { break line };
            if key == "Tree" {
                break line;
            }
            self.known(Tree::knows(key), key);
            tree.take(self.lines.at, key, value)?;
        };
        let sizes = self.sizes.as_ref().and_then(|sizes| sizes.get(usize::try_from(index).ok()?));
        let bytes = self.lines.at.saturating_sub(tree.at);
        // Version 2 leaves lines free before the importances.
        let free = if is_importances(next.trim()) { 2 } else { 0 };
        let fits = |said: &u64| *said <= bytes && said.saturating_add(free) >= bytes;
        if !sizes.is_none_or(fits) {
            return broken(tree.at, "a tree has another size than the head says");
        }
        tree.compare()?;
        Ok(next)
    }

    /// Importances, parameters and categories. Loaders leave what they do not know alone, and so does nobody else.
    fn tail(&mut self, mut importances: bool) -> Step {
        let mut parameters = false;
        while let Some(line) = self.lines.next()? {
            let line = line.trim();
            let is_pair = |line: &str| {
                line.rsplit_once('=').is_some_and(|(_, value)| value.parse::<f64>().is_ok())
            };
            match line {
                "" => {}
                _ if is_importances(line) => importances = true,
                "parameters:" => (parameters, importances) = (true, false),
                "end of parameters" => parameters = false,
                _ if line.starts_with("pandas_categorical:") => {
                    if !json::is_one(line.trim_start_matches("pandas_categorical:")) {
                        return broken(self.lines.at, "the categories of pandas are no JSON");
                    }
                }
                _ if parameters && line.starts_with('[') && line.ends_with(']') => {}
                _ if importances && is_pair(line) => {}
                _ => self.known(false, line),
            }
        }
        Ok(())
    }

    fn known(&mut self, known: bool, key: &str) {
        if !known {
            self.report.find(&KEY, Unknown, self.lines.at, key);
        }
    }

    fn some(&mut self) -> Step<String> {
        let line = self.lines.next()?;
        line.map_or_else(|| broken(self.lines.at, "the file ends within the model"), Ok)
    }

    /// The next line that is not empty.
    fn solid(&mut self) -> Step<String> {
        loop {
            let line = self.some()?;
            if !line.trim().is_empty() {
                return Ok(line);
            }
        }
    }
}
