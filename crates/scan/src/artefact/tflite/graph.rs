//! The model: every index within what it counts, every offset within the file.

use super::{flex, operators, sizes::Sizes, tensor};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, Stop, broken},
    },
    bytes::{ReadAt, read_exact_at},
    encoding::flatbuffer::{Flat, List, Table},
};

/// Bytes of a name.
const MAX_NAME: u64 = 4096;
/// Kinds of operators of a model.
const MAX_CODES: u64 = 4096;
/// Bytes of an operator's own settings that are read.
const MAX_SETTINGS: u64 = 1 << 20;

/// Buffers of a model.
const MAX_BUFFERS: u64 = 1 << 20;

/// What operators and tensors refer to.
struct Counts {
    /// Numbers of operators; and the name, if TensorFlow runs it.
    codes: Vec<(u32, Option<String>)>,
    /// Where the bytes of each buffer are.
    buffers: Vec<List>,
}

/// Reads it.
pub(super) fn read(bytes: &dyn ReadAt, flat: &Flat<'_>, report: &mut Report) -> Step {
    let root = flat.root()?;
    let codes = codes(flat, root, report)?;
    let buffers = buffers(flat, root, report)?;
    let counts = Counts { codes, buffers };
    let graphs = flat.tables(root, 2)?;
    report.measure("graphs", graphs.total().to_string());
    let mut sizes = Sizes::default();
    for graph in graphs {
        sizes.begin();
        subgraph((bytes, flat), graph?, &counts, &mut sizes, report)?;
    }
    sizes.judge(report);
    for metadata in flat.tables(root, 6)? {
        let metadata = metadata?;
        flat.text(metadata, 0, MAX_NAME)?;
        if u64::from(flat.u32(metadata, 1)?) >= counts.buffers.len() as u64 {
            return broken(0, "metadata are in a buffer that there is not");
        }
    }
    said(flat, root)
}

/// What is said about the model: it is only followed to know where the model ends.
fn said(flat: &Flat<'_>, root: Table) -> Step {
    flat.list(root, 3, 1)?;
    flat.list(root, 5, 4)?;
    for signature in flat.tables(root, 7)? {
        let signature = signature?;
        flat.list(signature, 2, 1)?;
        for place in [0, 1] {
            for tensor in flat.tables(signature, place)? {
                flat.list(tensor?, 0, 1)?;
            }
        }
    }
    Ok(())
}

/// How the numbers of a tensor were made smaller.
fn scaled(flat: &Flat<'_>, tensor: Table) -> Step {
    if let Some(scales) = flat.table(tensor, 4)? {
        for (place, width) in [(0, 4), (1, 4), (2, 4), (3, 8)] {
            flat.list(scales, place, width)?;
        }
    }
    Ok(())
}

fn codes(flat: &Flat<'_>, root: Table, report: &mut Report) -> Step<Vec<(u32, Option<String>)>> {
    let mut codes = Vec::new();
    let tables = flat.tables(root, 1)?;
    if tables.total() > MAX_CODES {
        return Err(Stop::Limit("there are more kinds of operators than are followed"));
    }
    for code in tables {
        let code = code?;
        let number = flat.u32(code, 3)?.max(u32::from(flat.u8(code, 0)?));
        let name = flat.text(code, 1, MAX_NAME)?;
        let flex = operators::judge(number, name.as_deref(), report);
        codes.push((number, name.filter(|_| flex)));
    }
    Ok(codes)
}

/// Payload: in the buffer itself, or behind it.
fn buffers(flat: &Flat<'_>, root: Table, report: &mut Report) -> Step<Vec<List>> {
    let buffers = flat.tables(root, 4)?;
    if buffers.total() > MAX_BUFFERS {
        return Err(Stop::Limit("there are more buffers than are followed"));
    }
    let mut held = Vec::new();
    for buffer in buffers {
        let buffer = buffer?;
        let data = flat.list(buffer, 0, 1)?;
        let (offset, size) = (flat.u64(buffer, 1)?, flat.u64(buffer, 2)?);
        if offset.checked_add(size).is_none_or(|end| end > flat.size()) {
            return broken(offset, "a buffer reaches past the end of the file");
        }
        flat.reached(offset.saturating_add(size));
        report.payload(data.count.saturating_add(size));
        // The first stands for no bytes at all.
        let behind = List { at: offset, count: if held.is_empty() { 0 } else { size } };
        held.push(if data.count > 0 { data } else { behind });
    }
    Ok(held)
}

fn subgraph(
    (bytes, flat): (&dyn ReadAt, &Flat<'_>),
    graph: Table,
    counts: &Counts,
    sizes: &mut Sizes,
    report: &mut Report,
) -> Step {
    let tensors = flat.tables(graph, 0)?;
    let count = tensors.total();
    for (index, tensor) in (0..).zip(tensors) {
        let tensor = tensor?;
        flat.text(tensor, 3, MAX_NAME)?;
        flat.list(tensor, 7, 4)?;
        scaled(flat, tensor)?;
        let buffer = usize::try_from(flat.u32(tensor, 2)?).unwrap_or(usize::MAX);
        let Some(data) = counts.buffers.get(buffer) else {
            return broken(0, "a tensor is in a buffer that there is not");
        };
        tensor::judge(flat, tensor, *data, report)?;
        sizes.tensor((bytes, flat), tensor, index, *data)?;
    }
    for place in [1, 2] {
        indices(flat, flat.list(graph, place, 4)?, count)?;
    }
    sizes.ends(flat, flat.list(graph, 1, 4)?, flat.list(graph, 2, 4)?)?;
    flat.text(graph, 4, MAX_NAME)?;
    for operator in flat.tables(graph, 3)? {
        let operator = operator?;
        let index = usize::try_from(flat.u32(operator, 0)?).unwrap_or(usize::MAX);
        let Some((number, code)) = counts.codes.get(index) else {
            return broken(0, "an operator is of a kind that there is not");
        };
        for place in [1, 2, 8] {
            indices(flat, flat.list(operator, place, 4)?, count)?;
        }
        flat.table(operator, 4)?;
        sizes.operator(flat, operator, *number)?;
        let settings = flat.list(operator, 5, 1)?;
        let (offset, size) = (flat.u64(operator, 9)?, flat.u64(operator, 10)?);
        if offset.checked_add(size).is_none_or(|end| end > flat.size()) {
            return broken(offset, "settings reach past the end of the file");
        }
        flat.reached(offset.saturating_add(size));
        if let Some(name) = code {
            let settings = if size > 0 { List { at: offset, count: size } } else { settings };
            flat.charge(settings.count)?;
            run(bytes, settings, name, report)?;
        }
    }
    Ok(())
}

fn indices(flat: &Flat<'_>, list: List, count: u64) -> Step {
    for index in 0..list.count {
        let tensor = flat.i32_of(list, index)?;
        if tensor < -1 || u64::try_from(tensor).is_ok_and(|tensor| tensor >= count) {
            return broken(list.at, "a tensor is named that there is not");
        }
    }
    Ok(())
}

/// An operator that TensorFlow runs.
fn run(bytes: &dyn ReadAt, settings: List, name: &str, report: &mut Report) -> Step {
    if settings.count > MAX_SETTINGS {
        return Err(Stop::Limit("settings of an operator are longer than is read"));
    }
    let mut text = vec![0; usize::try_from(settings.count).unwrap_or(0)];
    read_exact_at(bytes, settings.at, &mut text).map_err(|_| Stop::Unreadable(settings.at))?;
    flex::settings(&text, settings.at, name, report);
    Ok(())
}
