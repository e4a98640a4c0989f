//! The elements of an array, read in passes of bounded size.

use super::facts::Form;
use crate::bytes::{ReadAt, read_up_to};

/// Bytes read at a time.
const STEP: usize = 1 << 16;
/// Bytes of the longest element: nodes and numbers of no library take so many.
const MAX_ELEMENT: usize = 1 << 12;

/// Where the bytes of an array are.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// In the stream.
    Spanned { at: u64, length: u64, form: Form },
    /// Here.
    Kept(Box<[u8]>),
}

/// How a pass ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// At the end of the array, or where nothing more was asked for.
    Whole,
    /// A read failed, or the bytes are written as nobody writes them.
    Unreadable,
}

/// Gives each element of `size` bytes to `take` until that says no.
pub(super) fn each(
    bytes: &dyn ReadAt,
    source: &Source,
    size: usize,
    take: &mut dyn FnMut(&[u8]) -> bool,
) -> Passed {
    if size == 0 {
        return Passed::Whole;
    }
    if size > MAX_ELEMENT {
        return Passed::Unreadable;
    }
    match *source {
        Source::Kept(ref kept) => {
            kept.chunks_exact(size).all(take);
            Passed::Whole
        }
        Source::Spanned { at, length, form: Form::Raw } => raw(bytes, (at, length), size, take),
        Source::Spanned { at, length, form } => spanned(bytes, (at, length, form), size, take),
    }
}

/// Elements that stand as they are, without a copy of them.
fn raw(
    bytes: &dyn ReadAt,
    (at, length): (u64, u64),
    size: usize,
    take: &mut dyn FnMut(&[u8]) -> bool,
) -> Passed {
    let end = at.saturating_add(length);
    let mut buffer = vec![0; usize::try_from(length).unwrap_or(STEP).min(STEP)];
    let mut offset = at;
    while offset < end {
        let left = usize::try_from(end.saturating_sub(offset)).unwrap_or(STEP);
        let Some(room) = buffer.get_mut(..left.min(STEP)) else { return Passed::Unreadable };
        let read = match read_up_to(bytes, offset, room) {
            Ok(0) | Err(_) => return Passed::Unreadable,
            Ok(read) => read,
        };
        let mut elements = room.get(..read).unwrap_or_default().chunks_exact(size);
        // What is cut short is read again with the rest of it.
        let used = read.saturating_sub(elements.remainder().len());
        if used == 0 {
            let over = offset.saturating_add(read as u64) >= end;
            return if over { Passed::Whole } else { Passed::Unreadable };
        }
        if !elements.all(&mut *take) {
            return Passed::Whole;
        }
        offset = offset.saturating_add(used as u64);
    }
    Passed::Whole
}

fn spanned(
    bytes: &dyn ReadAt,
    (at, length, form): (u64, u64, Form),
    size: usize,
    take: &mut dyn FnMut(&[u8]) -> bool,
) -> Passed {
    let end = at.saturating_add(length);
    let mut raw = Vec::new();
    // Decoded bytes that are no whole element yet.
    let mut held: Vec<u8> = Vec::new();
    let mut offset = at;
    while offset < end {
        let left = usize::try_from(end.saturating_sub(offset)).unwrap_or(STEP);
        raw.resize(left.min(STEP), 0);
        match read_up_to(bytes, offset, &mut raw) {
            Ok(0) | Err(_) => return Passed::Unreadable,
            Ok(read) => raw.truncate(read),
        }
        let last = offset.saturating_add(raw.len() as u64) >= end;
        let Some(used) = decode(&raw, form, last, &mut held) else { return Passed::Unreadable };
        if used == 0 {
            return Passed::Unreadable;
        }
        offset = offset.saturating_add(used as u64);
        let whole = held.len().checked_div(size).unwrap_or(0).saturating_mul(size);
        if !held.get(..whole).unwrap_or_default().chunks_exact(size).all(&mut *take) {
            return Passed::Whole;
        }
        held.drain(..whole);
    }
    Passed::Whole
}

/// Appends the bytes that `raw` stands for; how much of it was used. None if nobody writes it so.
fn decode(raw: &[u8], form: Form, last: bool, out: &mut Vec<u8>) -> Option<usize> {
    let mut at = 0_usize;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let read = match form {
            Form::Latin => latin(rest),
            Form::Escaped => escaped(rest),
            Form::Quoted => quoted(rest),
            Form::Raw | Form::Kept => rest.first().map(|byte| (*byte, 1)),
        };
        match read {
            Some((byte, used)) => {
                out.push(byte);
                at = at.saturating_add(used);
            }
            // It may go on in what is read next.
            None if !last && rest.len() < 10 => break,
            None => return None,
        }
    }
    Some(at)
}

fn latin(rest: &[u8]) -> Option<(u8, usize)> {
    match *rest {
        [byte, ..] if byte < 0x80 => Some((byte, 1)),
        [0xc2, byte @ 0x80..=0xbf, ..] => Some((byte, 2)),
        [0xc3, byte @ 0x80..=0xbf, ..] => Some((byte | 0x40, 2)),
        _ => None,
    }
}

fn escaped(rest: &[u8]) -> Option<(u8, usize)> {
    match *rest {
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((hex(high, low)?, 6)),
        // A backslash that begins no escape is one; what is cut short may be.
        [b'\\', next, ..] if !matches!(next, b'u' | b'U') => Some((b'\\', 1)),
        [b'\\', ..] => None,
        [byte, ..] => Some((byte, 1)),
        [] => None,
    }
}

fn quoted(rest: &[u8]) -> Option<(u8, usize)> {
    match *rest {
        [b'\\', b'x', high, low, ..] => Some((hex(high, low)?, 4)),
        [b'\\', plain @ (b'\\' | b'\'' | b'"'), ..] => Some((plain, 2)),
        [b'\\', b'n', ..] => Some((b'\n', 2)),
        [b'\\', b'r', ..] => Some((b'\r', 2)),
        [b'\\', b't', ..] => Some((b'\t', 2)),
        [b'\\', ..] => None,
        [byte, ..] => Some((byte, 1)),
        [] => None,
    }
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::{Form, Passed, STEP, Source, each};
    use crate::bytes::SliceBytes;

    fn read(text: &[u8], form: Form, size: usize) -> Option<Vec<u8>> {
        let source = Source::Spanned { at: 0, length: text.len() as u64, form };
        let mut out = Vec::new();
        let passed = each(&SliceBytes(text), &source, size, &mut |element| {
            out.extend_from_slice(element);
            true
        });
        (passed == Passed::Whole).then_some(out)
    }

    #[test]
    fn bytes_are_what_each_way_of_writing_makes_of_them() {
        assert_eq!(read(b"abcde", Form::Raw, 2).unwrap(), b"abcd");
        assert_eq!(read(b"a\xc2\x80\xc3\xbf", Form::Latin, 1).unwrap(), b"a\x80\xff");
        assert_eq!(read(br"\u0000\u00ff\ \", Form::Escaped, 1), None);
        assert_eq!(read(b"\\u0000\\u005c\xff", Form::Escaped, 1).unwrap(), b"\0\\\xff");
        assert_eq!(read(br"\x00\\\'a", Form::Quoted, 1).unwrap(), b"\0\\'a");
        assert_eq!(read(b"\xc4\x80", Form::Latin, 1), None);
    }

    #[test]
    fn raw_elements_go_over_the_ends_of_passes_too() {
        let bytes: Vec<u8> = (0..STEP * 2 + 7).map(|at| at.to_le_bytes()[0]).collect();
        for size in [1, 7, 56, 4096] {
            let whole = bytes.len() / size * size;
            assert_eq!(read(&bytes, Form::Raw, size).unwrap(), bytes[..whole], "{size}");
        }
        // No element is so long that it must be held to be looked at.
        assert_eq!(read(&bytes, Form::Raw, 5000), None);
        let source = Source::Spanned { at: 0, length: 9, form: Form::Raw };
        let passed = each(&SliceBytes(b"abcde"), &source, 3, &mut |_| true);
        assert_eq!(passed, Passed::Unreadable);
    }

    #[test]
    fn elements_and_escapes_go_over_the_ends_of_passes() {
        let text = [vec![b'a'; STEP - 1], b"\xc3\xbfbc".to_vec()].concat();
        let out = read(&text, Form::Latin, 3).unwrap();
        assert_eq!(out.len(), STEP + 2 - (STEP + 2) % 3);
        let text = [vec![b'a'; STEP - 3], br"\u0001bc".to_vec()].concat();
        assert_eq!(read(&text, Form::Escaped, 1).unwrap().len(), STEP);
    }
}
