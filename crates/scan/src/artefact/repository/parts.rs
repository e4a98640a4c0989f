//! The files that an index names, compared with it.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{counted::counted, fact::ArtefactVerdict::Malformed};

use super::{placed::Placed, rules::PARTS};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, Stop, broken},
    },
    bytes::{Beside, ReadAt, Section, read_exact_at},
    encoding::json::{Limits, Token, Tokens},
};

/// Bytes of the headers of all parts.
const MAX_HEADERS: u64 = 64 << 20;
/// Parts that are opened.
const MAX_PARTS: usize = 4096;

/// The files of the folder, as far as they are read.
pub(super) struct Parts<'a> {
    beside: &'a dyn Beside,
    names: &'a BTreeSet<String>,
    /// Bytes of headers that may still be read.
    left: u64,
    opened: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn new(beside: &'a dyn Beside, names: &'a BTreeSet<String>) -> Self {
        Self { beside, names, left: MAX_HEADERS, opened: 0 }
    }

    /// Compares one part with the names of the tensors that the index places there, which are in order.
    pub(super) fn compare(&mut self, shard: &str, tensors: &[&str], report: &mut Report) -> Step {
        if !self.names.contains(shard) {
            report.find(&PARTS, Malformed, 0, &format!("{shard} is not there"));
            return Ok(());
        }
        if self.opened >= MAX_PARTS {
            return Err(Stop::Limit("the index names more files than are opened"));
        }
        self.opened = self.opened.saturating_add(1);
        let Some(bytes) = self.beside.open(shard) else {
            report.find(&PARTS, Malformed, 0, &format!("{shard} is not there"));
            return Ok(());
        };
        if !shard.ends_with(".safetensors") {
            return Ok(());
        }
        let mut length = [0; 8];
        // A part that can't be read is told where it is read as a file of its own.
        if read_exact_at(&*bytes, 0, &mut length).is_err() {
            return Ok(());
        }
        let header = Section::new(&*bytes, 8, u64::from_le_bytes(length));
        let left = self.left.checked_sub(header.size());
        self.left = left.ok_or(Stop::Limit("the parts have longer headers than are compared"))?;
        if let Ok((missing, more)) = differ(&header, tensors) {
            say(shard, "lacks", missing, "that the index places there", report);
            say(shard, "holds", more, "that the index does not place there", report);
        }
        Ok(())
    }
}

fn say(shard: &str, what: &str, count: usize, which: &str, report: &mut Report) {
    if count > 0 {
        let tensors = counted(count as u64, "tensor");
        report.find(&PARTS, Malformed, 0, &format!("{shard} {what} {tensors} {which}"));
    }
}

/// How many of `tensors` a header lacks, and how many more it has.
fn differ(header: &dyn ReadAt, tensors: &[&str]) -> Step<(usize, usize)> {
    let mut tokens = Tokens::new(header, Limits::default());
    let mut held = vec![false; tensors.len()];
    let mut more = 0_usize;
    if tokens.some()? != Token::Map {
        return broken(0, "the header is no map");
    }
    while tokens.some()? == Token::Key {
        if tokens.text() != "__metadata__" {
            let place = tensors.binary_search(&tokens.text()).ok();
            match place.and_then(|place| held.get_mut(place)) {
                Some(held) => *held = true,
                None => more = more.saturating_add(1),
            }
        }
        let token = tokens.some()?;
        tokens.pass(token)?;
    }
    tokens.next()?;
    Ok((held.iter().filter(|held| !**held).count(), more))
}

/// Files of the same series that the index does not name.
pub(super) fn extra(names: &BTreeSet<String>, placed: &Placed, report: &mut Report) {
    let mut unnamed: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for name in names {
        if let Some(series) = series(name) {
            unnamed.entry(series).or_default().push(name);
        }
    }
    let (mut known, mut said) = (BTreeSet::new(), BTreeSet::new());
    for shard in placed.names() {
        if let Some((series, files)) =
            series(shard).and_then(|series| unnamed.get_key_value(&series))
        {
            known.insert(*series);
            said.extend(files.binary_search(&shard).is_ok().then_some(shard));
        }
    }
    let files = known.iter().filter_map(|series| unnamed.get(series)).flatten();
    for name in files.filter(|name| !said.contains(*name)) {
        let text = format!("{name} is of the series, and the index does not name it");
        report.find(&PARTS, Malformed, 0, &text);
    }
}

/// What the files of one model share: what stands before the number, and behind it.
fn series(name: &str) -> Option<(&str, &str)> {
    let (head, tail) = name.split_once("-of-")?;
    Some((head.rsplit_once('-')?.0, tail))
}
