//! Parameters: tensors in a row, each behind a header of its own.

use coseal_core::{fact::ArtefactVerdict::Malformed, finding::Rule, system::ModelFormat};

use super::{
    rules::{PARAMETERS, RULES},
    schema::VAR_TYPE_TENSOR_DESC,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        registry::pickle::Pickle,
        report::Report,
    },
    bytes::{ReadAt, Section, read_exact_at},
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, walk},
};

/// Tensors of one file.
const MAX_TENSORS: u32 = 1 << 20;
/// Levels of lengths before a tensor.
const MAX_LEVELS: u64 = 64;
/// Bytes of a tensor's description.
const MAX_DESCRIPTION: u32 = 4096;

/// Parameters.
pub(crate) struct Parameters;

impl Format for Parameters {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "paddle-parameters"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Other)
    }

    /// By name: their first bytes are zeros.
    fn recognises(&self, look: &Look<'_>) -> bool {
        let named = look.named(&["pdiparams"]) || look.name() == "__params__";
        let pickle = matches!(look.head, [0x80, 2..=5, ..]);
        named && !pickle && !look.is_text()
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut at = 0;
        let mut tensors = 0_u32;
        while at < input.bytes.size() {
            tensors = tensors.saturating_add(1);
            if tensors > MAX_TENSORS {
                report.gap("further parameters", "there are more than are followed");
                break;
            }
            match tensor(input.bytes, at, report) {
                Ok(next) => at = next,
                Err(why) => {
                    report.find(&PARAMETERS, Malformed, at, why);
                    break;
                }
            }
        }
        report.measure("tensors", tensors.to_string());
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Passes over the tensor at `at`; where it ends.
fn tensor(bytes: &dyn ReadAt, at: u64, report: &mut Report) -> Result<u64, &'static str> {
    let mut at = at;
    if u32::from_le_bytes(take(bytes, &mut at)?) != 0 {
        return Err("a tensor is of a version that there is not");
    }
    let levels = u64::from_le_bytes(take(bytes, &mut at)?);
    if levels > MAX_LEVELS {
        return Err("a tensor has more levels than any");
    }
    for _ in 0..levels {
        let length = u64::from_le_bytes(take(bytes, &mut at)?);
        at = at.checked_add(length).ok_or("a level reaches past the end of the file")?;
    }
    if u32::from_le_bytes(take(bytes, &mut at)?) != 0 {
        return Err("a tensor is of a version that there is not");
    }
    let length = u32::from_le_bytes(take(bytes, &mut at)?);
    if length > MAX_DESCRIPTION {
        return Err("a tensor's description is longer than any");
    }
    let mut description = Description::default();
    let section = Section::new(bytes, at, u64::from(length));
    walk(&section, &VAR_TYPE_TENSOR_DESC, &mut description);
    let size = description.size().ok_or("a tensor's description is broken")?;
    let end = at.checked_add(u64::from(length)).and_then(|start| start.checked_add(size));
    let end = end.filter(|end| *end <= bytes.size());
    report.payload(size);
    end.ok_or("a tensor reaches past the end of the file")
}

/// Reads `N` bytes and moves behind them.
fn take<const N: usize>(bytes: &dyn ReadAt, at: &mut u64) -> Result<[u8; N], &'static str> {
    let mut held = [0; N];
    read_exact_at(bytes, *at, &mut held).map_err(|_| "the file ends within a header")?;
    *at = at.saturating_add(N as u64);
    Ok(held)
}

/// A tensor's type and shape.
#[derive(Default)]
struct Description {
    kind: Option<u64>,
    shape: Vec<u64>,
    broken: bool,
}

impl Description {
    /// Bytes of the tensor.
    fn size(&self) -> Option<u64> {
        let each = match self.kind? {
            0 | 20 | 21 | 32 | 33 => 1_u64,
            1 | 4 | 22 => 2,
            2 | 5 => 4,
            3 | 6 | 19 | 23 => 8,
            24 => 16,
            _ => return None,
        };
        let sound = !self.broken && self.shape.iter().all(|size| i64::try_from(*size).is_ok());
        let mut shape = self.shape.iter();
        let size = shape.try_fold(each, |product, size| product.checked_mul(*size));
        size.filter(|_| sound)
    }
}

impl Visitor for Description {
    fn enter(&mut self, _: &'static Schema, _: &'static str, _: u64) {}

    fn value(&mut self, _: &'static Schema, field: &'static Field, value: Value<'_>, _: u64) {
        match (field.name, value) {
            ("data_type", Value::Number(kind)) => self.kind = Some(kind),
            ("dims", Value::Number(size)) => self.shape.push(size),
            _ => self.broken = true,
        }
    }

    fn leave(&mut self, _: &'static Schema) {}

    fn trouble(&mut self, _: Trouble, _: u64) {
        self.broken = true;
    }
}
