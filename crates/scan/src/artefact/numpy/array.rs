//! One array: numbers after a header, or a pickle of objects.

use coseal_core::{counted::counted, fact::ArtefactVerdict, finding::Rule, system::ModelFormat};

use super::{
    header::{self, MAGIC},
    rules::{self, RULES},
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        hidden,
        registry::pickle::{self, Persistent, Pickle, Session},
        report::Report,
    },
    bytes::{ReadAt, Section},
};

/// An array in a file of its own.
pub(crate) struct Npy;

impl Format for Npy {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "npy"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Numpy)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        look.begins(MAGIC)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        read(input.bytes, input.bytes.size(), report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Reads an array that fills `bytes`. Of one of numbers they may be only the first of `size`.
pub(super) fn read(bytes: &dyn ReadAt, size: u64, report: &mut Report) {
    let header = match header::read(bytes) {
        Ok(header) => header,
        Err(why) => {
            report.find(&rules::HEADER, ArtefactVerdict::Malformed, 0, why);
            Pickle::also(bytes, report);
            return;
        }
    };
    report.measure("dtype", header.dtype.as_str());
    report.measure("elements", header.count.to_string());
    let rest = Section::from(bytes, header.data);
    let Some(item) = header.item else {
        let mut session = Session::new(report, Persistent::Unknown);
        pickle::member(&rest, &mut session);
        session.finish();
        return;
    };
    let text = "the numbers are a pickle with effects, for whoever reads on behind the header";
    hidden::probe(&rest, &rules::HIDDEN, header.data, text, report);
    let held = size.saturating_sub(header.data);
    let needed = item.checked_mul(header.count);
    report.payload(needed.unwrap_or(u64::MAX).min(held));
    if needed != Some(held) {
        let text = format!("{} after the header", counted(held, "byte"));
        report.find(&rules::EXTENT, ArtefactVerdict::Malformed, header.data, &text);
        Pickle::also(bytes, report);
    }
}
