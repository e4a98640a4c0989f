//! The form that versions before 2 wrote: parameters, trees of nodes of fixed size, and texts about the model.
//!
//! Source: `src/learner.cc`, `src/gbm/gbtree_model.h` and `include/xgboost/tree_model.h` of `XGBoost` 1.7.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    hidden, keys,
    rules::{HIDDEN, KEY},
};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, Stop, broken},
    },
    bytes::{Cursor, ReadAt},
};

/// Bytes of the parameters of a model, of its trees, of one tree, and of a linear model.
const LEARNER: usize = 136;
const TREES: usize = 160;
const TREE: usize = 148;
const LINEAR: usize = 136;
/// Bytes of a node, and of what is known of it.
const NODE: u64 = 20;
const STATISTICS: u64 = 16;
/// Trees, and nodes over all of them, that are followed.
const MAX_TREES: u32 = 1 << 20;
const MAX_NODES: u64 = 1 << 24;
/// Texts about a model, and bytes of one.
const MAX_TEXTS: u64 = 1 << 12;
const MAX_TEXT: u64 = 4 << 20;

/// Reads a model to its end.
pub(super) fn read(bytes: &dyn ReadAt, report: &mut Report) -> Step {
    let mut model = Model { cursor: Cursor::new(bytes, 0), report, nodes: 0 };
    let mut magic = [0; 4];
    let named = bytes.read_at(0, &mut magic).is_ok() && &magic == b"binf";
    model.skip(if named { 4 } else { 0 })?;
    let head = model.block::<LEARNER>()?;
    let objective = model.name("objective")?;
    let booster = model.name("booster")?;
    match booster.as_str() {
        "gblinear" => model.linear()?,
        "dart" => model.trees(true)?,
        _ => model.trees(false)?,
    }
    if word(&head, 3) != 0 {
        model.attributes()?;
    }
    // Versions before 1.0 keep a parameter of this objective apart.
    if objective == "count:poisson" && word(&head, 5) == 0 {
        model.text()?;
    }
    if word(&head, 4) != 0 {
        model.metrics()?;
    }
    let end = model.cursor.offset();
    if end == bytes.size() { Ok(()) } else { broken(end, "something follows the model") }
}

struct Model<'a, 'r> {
    cursor: Cursor<'a>,
    report: &'r mut Report,
    nodes: u64,
}

/// The number of four bytes at the place `index`.
fn word(block: &[u8], index: usize) -> u32 {
    let start = index.saturating_mul(4);
    let bytes = block.get(start..).and_then(|rest| rest.first_chunk::<4>());
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

impl Model<'_, '_> {
    fn skip(&mut self, count: u64) -> Step {
        let at = self.cursor.offset();
        if self.cursor.skip(count) { Ok(()) } else { broken(at, "the file ends within the model") }
    }

    fn block<const N: usize>(&mut self) -> Step<[u8; N]> {
        let at = self.cursor.offset();
        match self.cursor.array() {
            Ok(Some(block)) => Ok(block),
            Ok(None) => broken(at, "the file ends within the model"),
            Err(_) => Err(Stop::Unreadable(at)),
        }
    }

    fn length(&mut self) -> Step<u64> {
        self.block().map(u64::from_le_bytes)
    }

    /// A text: its length, and its bytes.
    fn text(&mut self) -> Step<String> {
        let (at, length) = (self.cursor.offset(), self.length()?);
        if length > MAX_TEXT {
            return Err(Stop::Limit("a text is longer than is read"));
        }
        if length > self.cursor.left() {
            return broken(at, "a text is longer than the file");
        }
        let mut text = Vec::new();
        for _ in 0..length {
            match self.cursor.byte() {
                Ok(Some(byte)) => text.push(byte),
                _ => return Err(Stop::Unreadable(at)),
            }
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// The name of a part, which the library must have.
    fn name(&mut self, part: &str) -> Step<String> {
        let at = self.cursor.offset();
        let name = self.text()?;
        if !keys::has(part, &name) {
            let what = format!("the library has no {part} called {name}");
            self.report.find(&KEY, Unknown, at, &what);
        }
        Ok(name)
    }

    /// Numbers of four bytes, with how many there are.
    fn numbers(&mut self) -> Step {
        let at = self.cursor.offset();
        let count = self.length()?;
        let Some(bytes) = count.checked_mul(4) else { return broken(at, "a list has no end") };
        self.report.payload(bytes);
        self.skip(bytes)
    }

    fn linear(&mut self) -> Step {
        self.block::<LINEAR>()?;
        self.numbers()
    }

    /// Trees, to which outputs they belong, and (if `weighed`) their weights.
    fn trees(&mut self, weighed: bool) -> Step {
        let at = self.cursor.offset();
        let head = self.block::<TREES>()?;
        let count = word(&head, 0);
        if count > MAX_TREES {
            return Err(Stop::Limit("there are more trees than are followed"));
        }
        if word(&head, 4) != 0 || word(&head, 5) != 0 {
            return broken(at, "it keeps predictions, as no version since 0.5 reads them");
        }
        self.report.measure("trees", count.to_string());
        for _ in 0..count {
            self.tree()?;
        }
        self.skip(u64::from(count).saturating_mul(4))?;
        if weighed && count > 0 { self.numbers() } else { Ok(()) }
    }

    fn tree(&mut self) -> Step {
        let at = self.cursor.offset();
        let head = self.block::<TREE>()?;
        let nodes = u64::from(word(&head, 1));
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES {
            return Err(Stop::Limit("there are more nodes than are followed"));
        }
        if nodes == 0 || nodes.saturating_mul(NODE) > self.cursor.left() {
            return broken(at, "a tree has other nodes than it says");
        }
        self.nodes(at, nodes)?;
        self.skip(nodes.saturating_mul(STATISTICS))?;
        // Versions since 1.0 say one, and keep no vectors of leaves.
        if word(&head, 5) <= 1 { Ok(()) } else { self.numbers() }
    }

    /// Every node has at most one parent, and the first has none: then there is no circle that loaders walk.
    fn nodes(&mut self, at: u64, nodes: u64) -> Step {
        let mut seen = vec![false; usize::try_from(nodes).unwrap_or(0)];
        for _ in 0..nodes {
            let node = self.block::<{ NODE as usize }>()?;
            // A node that was cut away.
            if word(&node, 3) == u32::MAX {
                continue;
            }
            let (left, right) = (word(&node, 1), word(&node, 2));
            for child in [left, right].into_iter().filter(|_| left != u32::MAX) {
                let place = usize::try_from(child).ok().filter(|place| *place > 0);
                match place.and_then(|place| seen.get_mut(place)) {
                    Some(seen) if !*seen => *seen = true,
                    _ => return broken(at, format!("{child} is no child that a node can have")),
                }
            }
        }
        Ok(())
    }

    /// What is said about the model: names and values.
    fn attributes(&mut self) -> Step {
        for _ in 0..self.many()? {
            let at = self.cursor.offset();
            let (name, value) = (self.text()?, self.text()?);
            if [&name, &value].into_iter().any(|text| hidden::is_pickle(text)) {
                let what = format!("the attribute {name} is a pickle with effects");
                self.report.find(&HIDDEN, Malicious, at, &what);
            }
        }
        Ok(())
    }

    /// How the model was measured.
    fn metrics(&mut self) -> Step {
        for _ in 0..self.many()? {
            self.text()?;
        }
        Ok(())
    }

    fn many(&mut self) -> Step<u64> {
        let count = self.length()?;
        if count > MAX_TEXTS {
            return Err(Stop::Limit("more is said about the model than is read"));
        }
        Ok(count)
    }
}
