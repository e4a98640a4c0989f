//! Vectors of words as word2vec writes them, as text or in binary: how many and how long, then each word and its numbers.

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
    bytes::{Cursor, ReadAt, read_up_to},
};

/// Numbers of one vector.
const MAX_NUMBERS: u64 = 1 << 16;
/// Bytes of a word, and of a line.
const MAX_WORD: usize = 4096;
const MAX_LINE: usize = 2 << 20;
/// Bytes of the first line.
const MAX_HEAD: usize = 40;

/// Vectors of words.
pub(crate) const WORD2VEC: Room = Room {
    id: "word2vec",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        head(look.head).is_some_and(|head| {
            let rest = look.head.get(head.length..).unwrap_or_default();
            is_text(rest, head.numbers) || look.bytes.size() >= head.smallest() && is_binary(rest)
        })
    },
    inspect,
    rules: &[],
};

/// The first line.
struct Head {
    words: u64,
    numbers: u64,
    length: usize,
}

impl Head {
    /// How long a file of binary numbers is at least.
    const fn smallest(&self) -> u64 {
        self.words.saturating_mul(self.numbers.saturating_mul(4).saturating_add(2))
    }
}

fn head(bytes: &[u8]) -> Option<Head> {
    let end = bytes.iter().take(MAX_HEAD).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let (words, numbers) = line.trim_end().split_once(' ')?;
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(words) || !plain(numbers) {
        return None;
    }
    let (words, numbers) = (words.parse().ok()?, numbers.parse().ok()?);
    let held = words > 0 && numbers > 0 && numbers <= MAX_NUMBERS;
    held.then_some(Head { words, numbers, length: end.checked_add(1)? })
}

/// Whether what follows the first line is a word and so many numbers as text.
fn is_text(rest: &[u8], numbers: u64) -> bool {
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let whole = line.len() < rest.len();
    let mut fields = line.trim_end().split(' ').skip(1);
    let count = fields.clone().count() as u64;
    let first = fields.next().is_some_and(|number| number.parse::<f32>().is_ok());
    first && if whole { count == numbers } else { count <= numbers }
}

/// Whether it is a word and a blank, and numbers that are no text.
fn is_binary(rest: &[u8]) -> bool {
    let word = rest.iter().take(MAX_WORD).position(|byte| *byte == b' ');
    word.is_some_and(|end| {
        end > 0 && rest.get(..end).is_some_and(|word| word.iter().all(|byte| *byte > b' '))
    })
}

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = read(input.bytes, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

fn read(bytes: &dyn ReadAt, report: &mut Report) -> Step {
    let mut first = [0; 1 << 12];
    let count = read_up_to(bytes, 0, &mut first).map_err(|_| Stop::Unreadable(0))?;
    let first = first.get(..count).unwrap_or_default();
    let Some(head) = head(first) else { return broken(0, "it has no first line") };
    report.measure("words", head.words.to_string());
    let rest = first.get(head.length..).unwrap_or_default();
    let mut cursor = Cursor::new(bytes, head.length as u64);
    if is_text(rest, head.numbers) {
        return texts(&head, bytes, &mut cursor);
    }
    let size = head.numbers.saturating_mul(4);
    for _ in 0..head.words {
        word(&mut cursor)?;
        if !cursor.skip(size) {
            return broken(cursor.offset(), "the file ends within a vector");
        }
        report.payload(size);
    }
    let end = cursor.offset();
    let left = cursor.left();
    if left > 1 || left == 1 && cursor.byte().ok().flatten() != Some(b'\n') {
        return broken(end, "something follows the vectors");
    }
    Ok(())
}

/// A word in front of binary numbers; a line's end may stand before it.
fn word(cursor: &mut Cursor<'_>) -> Step {
    for _ in 0..MAX_WORD {
        let at = cursor.offset();
        match cursor.byte().map_err(|_| Stop::Unreadable(at))? {
            Some(b' ') => return Ok(()),
            Some(_) => {}
            None => return broken(at, "the file ends within a word"),
        }
    }
    broken(cursor.offset(), "a word is longer than words are")
}

fn texts(head: &Head, bytes: &dyn ReadAt, cursor: &mut Cursor<'_>) -> Step {
    let mut line = Vec::new();
    for _ in 0..head.words {
        let at = cursor.offset();
        let length = match cursor.line(MAX_LINE).map_err(|_| Stop::Unreadable(at))? {
            Some(length) => length,
            None => bytes.size().saturating_sub(at),
        };
        let Some(length) = usize::try_from(length).ok().filter(|length| *length <= MAX_LINE) else {
            return Err(Stop::Limit("a line is longer than is read"));
        };
        line.resize(length, 0);
        let read = read_up_to(bytes, at, &mut line).map_err(|_| Stop::Unreadable(at))?;
        let text = line.get(..read).and_then(|line| std::str::from_utf8(line).ok());
        let numbers = text
            .map(|text| text.trim_end().rsplit(' '))
            .map(|fields| fields.take_while(|number| number.parse::<f32>().is_ok()).count() as u64);
        if numbers.is_none_or(|numbers| numbers < head.numbers) {
            return broken(at, "a line is not a word and its numbers");
        }
    }
    if cursor.left() > 1 {
        return broken(cursor.offset(), "something follows the vectors");
    }
    Ok(())
}
