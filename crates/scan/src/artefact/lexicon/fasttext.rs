//! Models of fastText: settings, a dictionary, and matrices of numbers, which may be quantised.

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
    bytes::{Cursor, ReadAt},
};

/// What a model begins with, and the versions that are read.
const MAGIC: [u8; 4] = [0xba, 0x16, 0x4f, 0x2f];
const VERSIONS: [i32; 2] = [11, 12];
/// Settings: twelve integers and a number of eight bytes.
const SETTINGS: u64 = 56;
/// Words that are followed, and bytes of one.
const MAX_ENTRIES: i32 = 50_000_000;
const MAX_WORD: usize = 1 << 16;
/// Centres of a quantiser.
const CENTRES: u64 = 256;

/// A model of fastText.
pub(crate) const FASTTEXT: Room = Room {
    id: "fasttext",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        look.begins(&MAGIC)
            && look
                .head
                .get(4..8)
                .and_then(|version| version.first_chunk::<4>())
                .is_some_and(|version| VERSIONS.contains(&i32::from_le_bytes(*version)))
    },
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let mut reader = Reader { cursor: Cursor::new(input.bytes, 8), report };
    let step = reader.model(input.bytes);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

struct Reader<'a, 'r> {
    cursor: Cursor<'a>,
    report: &'r mut Report,
}

impl Reader<'_, '_> {
    fn model(&mut self, bytes: &dyn ReadAt) -> Step {
        self.skip(SETTINGS)?;
        self.dictionary()?;
        let quantised = self.flag()?;
        self.matrix(quantised)?;
        let output = self.flag()?;
        self.matrix(quantised && output)?;
        if self.cursor.offset() != bytes.size() {
            return broken(self.cursor.offset(), "something follows the matrices");
        }
        Ok(())
    }

    fn dictionary(&mut self) -> Step {
        let (size, words, labels) = (self.int()?, self.int()?, self.int()?);
        if size < 0 || words < 0 || labels < 0 || words.checked_add(labels) != Some(size) {
            return broken(self.cursor.offset(), "words and labels are not as many as entries");
        }
        if size > MAX_ENTRIES {
            return Err(Stop::Limit("the dictionary has more entries than are followed"));
        }
        self.report.measure("entries", size.to_string());
        self.long()?;
        let pruned = self.long()?;
        for _ in 0..size {
            self.word()?;
            self.skip(9)?;
        }
        // Less than none: nothing was left out.
        self.skip(u64::try_from(pruned).unwrap_or(0).saturating_mul(8))
    }

    fn word(&mut self) -> Step {
        for _ in 0..MAX_WORD {
            if self.byte()? == 0 {
                return Ok(());
            }
        }
        broken(self.cursor.offset(), "a word is longer than words are")
    }

    fn matrix(&mut self, quantised: bool) -> Step {
        let norms = quantised && self.flag()?;
        let (rows, columns) = (self.size()?, self.size()?);
        if !quantised {
            return self.numbers(rows.saturating_mul(columns));
        }
        let codes = u64::try_from(self.int()?).unwrap_or(u64::MAX);
        self.payload(codes)?;
        self.quantiser()?;
        if norms {
            self.payload(rows)?;
            self.quantiser()?;
        }
        Ok(())
    }

    fn quantiser(&mut self) -> Step {
        let dimension = u64::try_from(self.int()?).unwrap_or(u64::MAX);
        self.skip(12)?;
        self.numbers(dimension.saturating_mul(CENTRES))
    }

    fn numbers(&mut self, count: u64) -> Step {
        self.payload(count.saturating_mul(4))
    }

    fn payload(&mut self, size: u64) -> Step {
        self.skip(size)?;
        self.report.payload(size);
        Ok(())
    }

    fn skip(&mut self, size: u64) -> Step {
        let at = self.cursor.offset();
        if self.cursor.skip(size) { Ok(()) } else { broken(at, "the file ends too early") }
    }

    fn flag(&mut self) -> Step<bool> {
        let at = self.cursor.offset();
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => broken(at, "a truth value is neither"),
        }
    }

    fn byte(&mut self) -> Step<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn int(&mut self) -> Step<i32> {
        self.array().map(i32::from_le_bytes)
    }

    fn long(&mut self) -> Step<i64> {
        self.array().map(i64::from_le_bytes)
    }

    fn size(&mut self) -> Step<u64> {
        let at = self.cursor.offset();
        let size = self.long()?;
        u64::try_from(size).or_else(|_| broken(at, "a matrix has a negative size"))
    }

    fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        let at = self.cursor.offset();
        match self.cursor.array() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => broken(at, "the file ends too early"),
            Err(_) => Err(Stop::Unreadable(at)),
        }
    }
}
