//! Models of CRFsuite: a head that says where its parts begin. The parts are not parsed yet.

use coseal_core::system::ModelFormat;

use super::rules::BROKEN;
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::Pickle,
        report::Report,
        room::Room,
        stop::{Step, Stop, broken, settle},
    },
    bytes::{ReadAt, read_exact_at},
};

/// Bytes of the head, and where in it the places of the parts begin.
const HEAD: usize = 48;
const PLACES: usize = 28;

/// A model of CRFsuite.
pub(crate) const CRFSUITE: Room = Room {
    id: "crfsuite",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        look.begins(b"lCRF") && look.head.get(8..12) == Some(b"FOMC".as_slice())
    },
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = read(input.bytes);
    settle(step, &BROKEN, report);
    report.gap("features and labels", "the parts of this format are not parsed yet");
    Pickle::also(input.bytes, report);
}

fn read(bytes: &dyn ReadAt) -> Step {
    let mut head = [0; HEAD];
    if bytes.size() < HEAD as u64 {
        return broken(0, "the head is cut");
    }
    read_exact_at(bytes, 0, &mut head).map_err(|_| Stop::Unreadable(0))?;
    let number = |at: usize| {
        let bytes = head.get(at..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)))
    };
    if number(4) != bytes.size() {
        return broken(4, "the size that it says is not that of the file");
    }
    let outside = (PLACES..HEAD).step_by(4).find(|at| number(*at) >= bytes.size());
    match outside {
        Some(at) => broken(at as u64, "a part begins past the end of the file"),
        None => Ok(()),
    }
}
