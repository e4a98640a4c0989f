//! What a model is made of, whichever way it is written.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    hidden, keys,
    rules::{HIDDEN, KEY},
    tree::Tree,
};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, Stop, broken},
    },
    encoding::json::Open,
};

/// Values within values.
const MAX_DEPTH: usize = 64;
/// Bytes of a key.
const MAX_KEY: usize = 512;

/// A list or a map that is open.
#[derive(Debug, Default)]
struct Frame {
    /// The key that it stands under; lists hand it on.
    key: String,
    list: bool,
    count: u64,
    tree: Option<Tree>,
}

/// Takes a model in, value by value.
pub(super) struct Shape<'r> {
    report: &'r mut Report,
    frames: Vec<Frame>,
    /// The keys of those that are maps.
    keys: Open,
    /// The key whose value comes next.
    key: String,
    learner: bool,
    /// How many trees it says that there are, and how many there are.
    trees: (Option<u64>, Option<u64>),
    /// How many features it says that there are, and the largest that a tree asks for.
    features: (Option<i64>, Option<i64>),
}

impl<'r> Shape<'r> {
    pub(super) fn new(report: &'r mut Report) -> Self {
        Self {
            report,
            frames: Vec::new(),
            keys: Open::default(),
            key: String::new(),
            learner: false,
            trees: (None, None),
            features: (None, None),
        }
    }

    /// A key of the map that is open.
    pub(super) fn key(&mut self, at: u64, key: &str) -> Step {
        if self.frames.is_empty() {
            return broken(at, "a key is in no map");
        }
        if key.len() > MAX_KEY {
            return Err(Stop::Limit("a map has longer keys than are followed"));
        }
        self.keys.key(at, key)?;
        let parent = self.frames.last().map_or("", |frame| frame.key.as_str());
        let outer = self.frames.get(1).map_or("", |frame| frame.key.as_str());
        let inner = self.frames.len() == 2 && outer == "Model";
        self.learner |= key == "learner" && (self.frames.len() == 1 || inner);
        if !keys::known(parent, key) {
            self.report.find(&KEY, Unknown, at, &format!("{key} stands in {parent}"));
        }
        key.clone_into(&mut self.key);
        Ok(())
    }

    /// A list or a map begins.
    pub(super) fn open(&mut self, at: u64, list: bool) -> Step {
        if self.frames.len() >= MAX_DEPTH {
            return broken(at, "values nest deeper than a model does");
        }
        self.count();
        let key = self.place().to_owned();
        let tree = (key == "trees" && !list).then(Tree::default);
        self.keys.open();
        self.frames.push(Frame { key, list, tree, ..Frame::default() });
        Ok(())
    }

    /// The innermost list or map ends.
    pub(super) fn close(&mut self, at: u64) -> Step {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        self.keys.close();
        if frame.list {
            if frame.key == "trees" {
                self.trees.1 = Some(frame.count);
                self.compare(at)?;
            }
            self.array(&frame.key, frame.count);
        }
        frame.tree.map_or(Ok(()), |tree| tree.compare(at))
    }

    /// Room for trees is made by what is said.
    fn compare(&self, at: u64) -> Step {
        match self.trees {
            (Some(said), Some(there)) if said != there => {
                broken(at, format!("it says that it has {said} trees, and has {there}"))
            }
            _ => Ok(()),
        }
    }

    /// A text.
    pub(super) fn text(&mut self, at: u64, text: &str) -> Step {
        self.count();
        let parent = self.frames.last().map_or("", |frame| frame.key.as_str());
        match parent {
            "attributes" if hidden::is_pickle(text) => {
                let what = format!("the attribute {} is a pickle with effects", self.key);
                self.report.find(&HIDDEN, Malicious, at, &what);
            }
            "objective" | "gradient_booster" | "gbtree"
                if self.key == "name" && !keys::has(parent, text) =>
            {
                let what = format!("the library has no {parent} called {text}");
                self.report.find(&KEY, Unknown, at, &what);
            }
            "gbtree_model_param" if self.key == "num_trees" => {
                // What is no number is none that a model can have.
                self.trees.0 = Some(text.parse().unwrap_or(u64::MAX));
                return self.compare(at);
            }
            "learner_model_param" if self.key == "num_feature" => {
                self.features.0 = text.parse().ok();
            }
            "tree_param" => self.parameter(text),
            _ => {}
        }
        Ok(())
    }

    /// A number, which is asked for where it counts.
    pub(super) fn number(&mut self, number: impl FnOnce() -> f64) -> Step {
        self.count();
        if self.wants_places() {
            // Too large a number is no place either.
            self.refers(number() as i64)?;
        }
        Ok(())
    }

    /// A child of a node of the tree that is open, or the feature that a node asks for.
    pub(super) fn refers(&mut self, child: i64) -> Step {
        if self.place() == "split_indices" {
            self.features.1 = self.features.1.max(Some(child));
            return Ok(());
        }
        let right = self.place() == "right_children";
        let tree = self.frames.iter_mut().rev().find_map(|frame| frame.tree.as_mut());
        if tree.is_some_and(|tree| !tree.child(right, child)) {
            return Err(Stop::Limit("a tree has more nodes than are followed"));
        }
        Ok(())
    }

    /// A truth value, or nothing.
    pub(super) fn plain(&mut self) {
        self.count();
    }

    /// `count` numbers in a row, instead of a list of them.
    pub(super) fn numbers(&mut self, count: u64) {
        self.count();
        let key = self.place().to_owned();
        self.array(&key, count);
    }

    /// Whether the numbers that come next are children or features.
    pub(super) fn wants_places(&self) -> bool {
        matches!(self.place(), "left_children" | "right_children" | "split_indices")
    }

    /// Whether all that was open is closed.
    pub(super) fn is_done(&self) -> bool {
        self.frames.is_empty()
    }

    /// At the end of the file.
    pub(super) fn finish(self, at: u64) -> Step {
        if let (Some(there), Some(asked)) = self.features
            && asked >= there.max(1)
        {
            return broken(at, format!("a tree asks for feature {asked} of {there}"));
        }
        if self.learner { Ok(()) } else { broken(at, "it has no learner") }
    }

    /// The key that a value stands under.
    fn place(&self) -> &str {
        match self.frames.last() {
            Some(frame) if frame.list => &frame.key,
            _ => &self.key,
        }
    }

    fn count(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.count = frame.count.saturating_add(1);
        }
    }

    fn array(&mut self, key: &str, count: u64) {
        if let Some(tree) = self.frames.last_mut().and_then(|frame| frame.tree.as_mut()) {
            tree.array(key, count);
        }
    }

    fn parameter(&mut self, text: &str) {
        let value = text.parse().ok();
        let Some(tree) = self.frames.iter_mut().rev().find_map(|frame| frame.tree.as_mut()) else {
            return;
        };
        match self.key.as_str() {
            // What is no number is none that a tree can have.
            "num_nodes" => tree.nodes = Some(value.unwrap_or(u64::MAX)),
            "size_leaf_vector" => tree.targets = value,
            _ => {}
        }
    }
}
