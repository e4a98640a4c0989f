//! Plans: their values, operators and delegates.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::Unknown;

use super::rules::{DELEGATE, OPERATOR};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, broken},
    },
    encoding::flatbuffer::{Flat, Table},
};

/// Bytes of a name.
const MAX_NAME: u64 = 512;
/// Elements of a tensor.
const MAX_ELEMENTS: u64 = 1 << 48;
/// The kind of a value that is a tensor.
const TENSOR: u8 = 5;
/// Libraries whose operators calculate.
const LIBRARIES: &[&str] = &[
    "aten",
    "executorch_prim",
    "dim_order_ops",
    "quantized_decomposed",
    "llama",
    "torchao",
    "cortex_m",
    "cadence",
    "et_vk",
    "quantized_ops",
];
/// Delegates that calculate on the processor by a graph of their own, which is not read.
const GRAPHS: &[&str] = &["XnnpackBackend"];

/// Reads a program whose segments begin at `base` of a file of `size` bytes. Gives where the last segment ends.
pub(super) fn read(
    flat: &Flat<'_>,
    base: Option<u64>,
    size: u64,
    report: &mut Report,
) -> Step<u64> {
    let root = flat.root()?;
    let mut last = 0;
    for plan in flat.tables(root, 1)? {
        plan_of(flat, plan?, report)?;
    }
    for place in [2, 3] {
        for buffer in flat.tables(root, place)? {
            let held = flat.list(buffer?, 0, 1)?;
            report.payload(held.count);
        }
    }
    for segment in flat.tables(root, 4)? {
        let segment = segment?;
        let (offset, length) = (flat.u64(segment, 0)?, flat.u64(segment, 1)?);
        let start = base.and_then(|base| base.checked_add(offset));
        match start.and_then(|start| start.checked_add(length)).filter(|end| *end <= size) {
            Some(end) => last = end.max(last),
            None => return broken(0, "a segment reaches past the end of the file"),
        }
        report.payload(length);
    }
    Ok(last)
}

fn plan_of(flat: &Flat<'_>, plan: Table, report: &mut Report) -> Step {
    flat.text(plan, 0, MAX_NAME)?;
    let values = flat.tables(plan, 2)?;
    let count = values.total();
    for value in values {
        let value = value?;
        if flat.u8(value, 0)? == TENSOR
            && let Some(tensor) = flat.table(value, 1)?
        {
            elements(flat, tensor)?;
        }
    }
    for place in [3, 4] {
        let list = flat.list(plan, place, 4)?;
        for index in 0..list.count {
            if u64::try_from(flat.i32_of(list, index)?).is_ok_and(|value| value < count) {
                continue;
            }
            return broken(list.at, "a value is named that there is not");
        }
    }
    operators(flat, plan, report)
}

/// The number of elements must be one that loaders can count.
fn elements(flat: &Flat<'_>, tensor: Table) -> Step {
    let sizes = flat.list(tensor, 2, 4)?;
    let mut product = 1_u64;
    for index in 0..sizes.count {
        let size = u64::try_from(flat.i32_of(sizes, index)?).ok();
        match size
            .and_then(|size| product.checked_mul(size))
            .filter(|product| *product <= MAX_ELEMENTS)
        {
            Some(next) => product = next,
            None => return broken(sizes.at, "a tensor has a size that no loader can count"),
        }
    }
    Ok(())
}

fn operators(flat: &Flat<'_>, plan: Table, report: &mut Report) -> Step {
    let mut seen = BTreeSet::new();
    for operator in flat.tables(plan, 6)? {
        let name = flat.text(operator?, 0, MAX_NAME)?.unwrap_or_default();
        let library = name.split_once("::").map_or("", |(library, _)| library).to_owned();
        if !LIBRARIES.contains(&library.as_str()) && seen.len() < 64 && seen.insert(library) {
            report.find(&OPERATOR, Unknown, 0, &format!("the operator {name}"));
        }
    }
    for delegate in flat.tables(plan, 7)? {
        let id = flat.text(delegate?, 0, MAX_NAME)?.unwrap_or_default();
        if GRAPHS.contains(&id.as_str()) {
            report.gap(&format!("the part for {id}"), "its graph is not read");
        } else {
            report.find(&DELEGATE, Unknown, 0, &format!("a part for {id}"));
        }
    }
    Ok(())
}
