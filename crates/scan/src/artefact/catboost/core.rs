//! The trees, and what is said about them.

use coseal_core::fact::ArtefactVerdict::Malicious;

use super::rules::HIDDEN;
use crate::{
    artefact::{
        registry::pickle,
        report::Report,
        stop::{Step, broken},
    },
    bytes::SliceBytes,
    encoding::flatbuffer::{Flat, List, Table},
};

/// The only version there is.
const VERSION: &str = "FlabuffersModel_v1";
/// Bytes of a text.
const MAX_TEXT: u64 = 4 << 20;
/// Parts that a model can have.
const MAX_PARTS: u64 = 64;
/// Nodes of trees that are followed.
const MAX_NODES: u64 = 16 << 20;
/// Widths of the elements of lists of numbers, by the place of the list.
const NUMBERS: &[(u64, u64)] =
    &[(1, 4), (2, 4), (3, 4), (8, 8), (9, 8), (10, 4), (11, 4), (16, 8), (17, 4)];
/// Places of lists of features.
const FEATURES: &[u64] = &[4, 5, 6, 7, 12, 13, 18];

/// Checks the core; gives the names of the parts behind it.
pub(super) fn read(flat: &Flat<'_>, report: &mut Report) -> Step<Vec<String>> {
    let root = flat.root()?;
    if flat.text(root, 0, 64)?.as_deref() != Some(VERSION) {
        return broken(8, "it is of no version that there is");
    }
    let Some(model) = flat.table(root, 1)? else { return broken(8, "it has no trees") };
    trees(flat, model, report)?;
    for pair in flat.tables(root, 2)? {
        let pair = pair?;
        let (key, value) = (flat.text(pair, 0, MAX_TEXT)?, flat.text(pair, 1, MAX_TEXT)?);
        let (Some(key), Some(value)) = (key, value) else {
            return broken(8, "something said about the model has no name or no value");
        };
        flat.charge(value.len() as u64)?;
        if value.len() >= 4 && pickle::has_effect(&SliceBytes(value.as_bytes())) {
            let text = format!("what is said as {key} is a pickle with effects");
            report.find(&HIDDEN, Malicious, 8, &text);
        }
    }
    flat.texts(root, 3, MAX_PARTS)
}

fn trees(flat: &Flat<'_>, model: Table, report: &mut Report) -> Step {
    for (place, width) in NUMBERS {
        let list = flat.list(model, *place, *width)?;
        report.payload(list.count.saturating_mul(*width));
    }
    for place in FEATURES {
        for feature in flat.tables(model, *place)? {
            feature?;
        }
    }
    let splits = flat.list(model, 1, 4)?;
    let sizes = flat.list(model, 2, 4)?;
    let nodes = total(flat, sizes)?;
    if nodes != splits.count {
        return broken(8, format!("trees have {nodes} splits, and there are {}", splits.count));
    }
    report.measure("trees", sizes.count.to_string());
    let steps = flat.list(model, 10, 4)?;
    if steps.count == 0 {
        return symmetric(flat, model, sizes);
    }
    let leaves = flat.list(model, 11, 4)?;
    if steps.count != nodes || leaves.count != nodes {
        return broken(8, "nodes, steps and leaves of trees are not as many as each other");
    }
    step_by_step(flat, steps, sizes)
}

fn total(flat: &Flat<'_>, sizes: List) -> Step<u64> {
    let mut sum = 0_u64;
    for index in 0..sizes.count.min(MAX_NODES) {
        let Ok(size) = u64::try_from(flat.i32_of(sizes, index)?) else {
            return broken(sizes.at, "a tree has a negative size");
        };
        sum = sum.saturating_add(size);
    }
    Ok(sum)
}

/// A tree of `depth` splits has two to the power of it leaves, with as many numbers each as the model has outputs.
fn symmetric(flat: &Flat<'_>, model: Table, sizes: List) -> Step {
    let outputs = u64::from(flat.u32(model, 0)?).max(1);
    let mut leaves = 0_u64;
    for index in 0..sizes.count.min(MAX_NODES) {
        let depth = u32::try_from(flat.i32_of(sizes, index)?).unwrap_or(u32::MAX);
        let Some(count) = 1_u64.checked_shl(depth).filter(|_| depth < 32) else {
            return broken(sizes.at, "a tree is deeper than trees are");
        };
        leaves = leaves.saturating_add(count);
    }
    let values = flat.list(model, 8, 8)?.count;
    if values != leaves.saturating_mul(outputs) {
        return broken(sizes.at, format!("{values} values are not those of {leaves} leaves"));
    }
    Ok(())
}

/// Steps lead forward and stay within their tree.
fn step_by_step(flat: &Flat<'_>, steps: List, sizes: List) -> Step {
    let mut place = 0_u64;
    for tree in 0..sizes.count {
        let size = u64::try_from(flat.i32_of(sizes, tree)?).unwrap_or(0);
        for node in 0..size.min(MAX_NODES) {
            let pair = flat.i32_of(steps, place)?.cast_unsigned();
            let longest = u64::from((pair & 0xffff).max(pair >> 16));
            if node.saturating_add(longest) >= size {
                return broken(steps.at, "a step leads out of its tree");
            }
            place = place.saturating_add(1);
        }
    }
    Ok(())
}
