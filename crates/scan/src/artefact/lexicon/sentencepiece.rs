//! Models of SentencePiece: pieces of words with scores, and how they were made.

use coseal_core::system::ModelFormat;

use super::{
    rules::{BROKEN, FIELD, RULES},
    schema::MODEL,
};
use crate::{
    artefact::{
        format::{Input, Look},
        messages::Troubles,
        registry::pickle::Pickle,
        report::Report,
        room::Room,
    },
    bytes::ReadAt,
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, walk},
};

/// A model of SentencePiece.
pub(crate) const SENTENCEPIECE: Room = Room {
    id: "sentencepiece",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| begins(look.head),
    inspect,
    rules: RULES,
};

/// Whether a file begins with a piece: its text, and its score or its kind.
fn begins(head: &[u8]) -> bool {
    let [0x0a, length, 0x0a, text, rest @ ..] = head else { return false };
    let text = usize::from(*text);
    *length < 0x80
        && text < 0x80
        && usize::from(*length) >= text.saturating_add(2)
        && rest.get(..text).is_some_and(|piece| std::str::from_utf8(piece).is_ok())
        && matches!(rest.get(text), Some(0x15 | 0x18))
}

struct Visit<'r, 'i> {
    bytes: &'i dyn ReadAt,
    report: &'r mut Report,
    troubles: Troubles,
    pieces: u64,
}

impl Visitor for Visit<'_, '_> {
    fn enter(&mut self, _: &'static Schema, field: &'static str, _: u64) {
        self.pieces = self.pieces.saturating_add(u64::from(field == "pieces"));
    }

    fn value(&mut self, _: &'static Schema, _: &'static Field, value: Value<'_>, _: u64) {
        if let Value::Bytes(_, length) = value {
            self.report.payload(length);
        }
    }

    fn leave(&mut self, _: &'static Schema) {}

    fn trouble(&mut self, trouble: Trouble, at: u64) {
        self.troubles.report(trouble, self.bytes, at, self.report);
    }
}

fn inspect(input: Input<'_>, report: &mut Report) {
    let troubles = Troubles::new(&BROKEN, &FIELD);
    let mut visit = Visit { bytes: input.bytes, report, troubles, pieces: 0 };
    walk(input.bytes, &MODEL, &mut visit);
    let pieces = visit.pieces;
    report.measure("pieces", pieces.to_string());
    Pickle::also(input.bytes, report);
}
