//! Where in the text each element stands.

use std::{collections::BTreeMap, ops::Range};

/// Byte ranges and lines of the elements of a file, by dotted path (`model.chat.location`).
#[derive(Clone, Debug, Default)]
pub struct Spans {
    keys: BTreeMap<String, Range<usize>>,
    values: BTreeMap<String, Range<usize>>,
    line_starts: Vec<usize>,
}

impl Spans {
    /// Ready to take the places of elements of `text`.
    #[must_use]
    pub(super) fn of(text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { line_starts: std::iter::once(0).chain(starts).collect(), ..Self::default() }
    }

    pub(super) fn note(&mut self, path: &str, key: Range<usize>, value: Range<usize>) {
        self.keys.insert(path.to_owned(), key);
        self.values.insert(path.to_owned(), value);
    }

    /// Range of the key of an element; of the nearest element around it if it is not in the file.
    #[must_use]
    pub fn key(&self, path: &str) -> Range<usize> {
        nearest_around(&self.keys, path)
    }

    /// Range of the value of an element; of the nearest element around it if it is not in the file.
    #[must_use]
    pub fn value(&self, path: &str) -> Range<usize> {
        nearest_around(&self.values, path)
    }

    /// Line of the key of an element, counted from 1.
    #[must_use]
    pub fn line(&self, path: &str) -> u32 {
        self.line_at(self.key(path).start)
    }

    /// First byte of a line, counted from 1.
    #[must_use]
    pub(super) fn start_of(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// Line of a byte, counted from 1.
    #[must_use]
    pub fn line_at(&self, byte: usize) -> u32 {
        u32::try_from(self.line_starts.partition_point(|&start| start <= byte)).unwrap_or(u32::MAX)
    }
}

fn nearest_around(spans: &BTreeMap<String, Range<usize>>, path: &str) -> Range<usize> {
    let mut path = path;
    loop {
        if let Some(span) = spans.get(path) {
            return span.clone();
        }
        match path.rsplit_once('.') {
            Some((around, _)) => path = around,
            None => return 0..0,
        }
    }
}
