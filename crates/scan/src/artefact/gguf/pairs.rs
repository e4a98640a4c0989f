//! Keys and values.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict;

use super::{
    kinds::{ARRAY, BYTES, STRING, UINT32, size_of},
    reader::{Problem, Reader},
    rules::HIDDEN,
};
use crate::{
    artefact::{
        registry::{pickle, template},
        report::Report,
    },
    bytes::Section,
};

/// Pairs that are followed; models have about fifty.
const MAX_PAIRS: u64 = 1 << 14;
/// The format's own limit on keys.
const MAX_KEY: u64 = 65_535;
/// Bytes of keys held at once.
const MAX_KEYS: usize = 4 << 20;
/// Bytes of a template that are read.
const MAX_TEMPLATE: u64 = 1 << 20;
/// Elements of a list of strings that are followed.
const MAX_STRINGS: u64 = 1 << 24;
/// Bytes of a value that are tried as a pickle.
const PROBED: u64 = 1 << 16;
/// Alignments beyond this are none that anybody writes.
const MAX_ALIGNMENT: u32 = 1 << 16;
/// Bytes of a fact that are kept.
const MAX_FACT: u64 = 200;
/// What a file says of itself, and the measures that it becomes.
const FACTS: &[(&str, &str)] = &[
    ("general.architecture", "architecture"),
    ("general.license", "licence"),
    ("general.size_label", "size-label"),
];
/// How tensors are aligned where nothing is said.
const ALIGNMENT: u64 = 32;

/// Reads `count` pairs; gives the alignment.
pub(super) fn read(
    reader: &mut Reader<'_>,
    count: u64,
    report: &mut Report,
) -> Result<u64, Problem> {
    if count > MAX_PAIRS {
        return reader.limit("there are more keys than are followed");
    }
    let (mut keys, mut held) = (BTreeSet::new(), 0_usize);
    let mut alignment = ALIGNMENT;
    for _ in 0..count {
        let key = reader.name(MAX_KEY)?;
        held = held.saturating_add(key.len());
        if held > MAX_KEYS {
            return reader.limit("the keys are longer than is held");
        }
        value(reader, &key, &mut alignment, report)?;
        if !keys.insert(key) {
            return reader.broken("a key is there twice, and loaders differ in which they take");
        }
    }
    // Of a model in several files, the first says it.
    if !keys.contains("general.architecture") && !keys.contains("split.no") {
        return reader.broken("it does not say its architecture");
    }
    Ok(alignment)
}

fn value(
    reader: &mut Reader<'_>,
    key: &str,
    alignment: &mut u64,
    report: &mut Report,
) -> Result<(), Problem> {
    let kind = reader.u32()?;
    match key {
        "general.alignment" if kind == UINT32 => {
            let said = reader.u32()?;
            if !said.is_power_of_two() || said > MAX_ALIGNMENT {
                return reader.broken(format!("an alignment of {said} bytes is none"));
            }
            *alignment = u64::from(said);
            return Ok(());
        }
        "general.alignment" => return reader.broken("the alignment is no number of 32 bits"),
        "general.architecture" | "tokenizer.chat_template" if kind != STRING => {
            return reader.broken(format!("{key} is no string"));
        }
        _ => {}
    }
    match kind {
        STRING if key.contains("template") => judged(reader, key, report),
        STRING => string(reader, key, true, report),
        ARRAY => array(reader, key, report),
        7 => boolean(reader),
        _ => match size_of(kind) {
            Some(size) => reader.skip(size),
            None => reader.broken(format!("a value is of the kind {kind}, which there is not")),
        },
    }
}

fn boolean(reader: &mut Reader<'_>) -> Result<(), Problem> {
    let mut byte = [2];
    let _read = reader.cursor.peek(reader.cursor.offset(), &mut byte);
    reader.skip(1)?;
    if byte[0] > 1 { reader.broken("a truth value is neither true nor false") } else { Ok(()) }
}

fn judged(reader: &mut Reader<'_>, key: &str, report: &mut Report) -> Result<(), Problem> {
    let text = reader.string(MAX_TEMPLATE)?;
    match String::from_utf8(text) {
        Ok(text) => template::judge(&text, key, report),
        Err(_) => return reader.broken(format!("{key} is no UTF-8")),
    }
    Ok(())
}

fn string(
    reader: &mut Reader<'_>,
    key: &str,
    always: bool,
    report: &mut Report,
) -> Result<(), Problem> {
    let length = reader.count(1, "bytes of a string")?;
    let mut head = [0; 2];
    let begins = reader.cursor.peek(reader.cursor.offset(), &mut head).is_ok()
        && matches!(head, [0x80, 2..=5]);
    if begins || always {
        hidden(reader, key, length, report);
    }
    said(reader, key, length, report);
    reader.skip(length)
}

/// What the file says of itself, for whoever compares it with what is said of it.
fn said(reader: &Reader<'_>, key: &str, length: u64, report: &mut Report) {
    let Some((_, name)) = FACTS.iter().find(|(known, _)| *known == key) else { return };
    let mut text = vec![0; usize::try_from(length.min(MAX_FACT)).unwrap_or(0)];
    let read = reader.cursor.peek(reader.cursor.offset(), &mut text).unwrap_or(0);
    text.truncate(read);
    if let Ok(text) = String::from_utf8(text) {
        report.measure(name, text);
    }
}

/// Whether `length` bytes here are a pickle.
fn hidden(reader: &Reader<'_>, key: &str, length: u64, report: &mut Report) {
    let at = reader.cursor.offset();
    if length >= 4 && pickle::has_effect(&Section::new(reader.bytes, at, length.min(PROBED))) {
        report.find(
            &HIDDEN,
            ArtefactVerdict::Malicious,
            at,
            &format!("the value of {key} is a pickle with effects"),
        );
    }
}

fn array(reader: &mut Reader<'_>, key: &str, report: &mut Report) -> Result<(), Problem> {
    let kind = reader.u32()?;
    match (kind, size_of(kind)) {
        (STRING, _) => {
            let each = if reader.wide { 8 } else { 4 };
            let count = reader.count(each, "strings")?;
            if count > MAX_STRINGS {
                return reader.limit("a list has more strings than are followed");
            }
            (0..count).try_for_each(|_| string(reader, key, false, report))
        }
        (ARRAY, _) => reader.broken("a list of lists, which loaders refuse or follow without end"),
        (_, Some(size)) => {
            let count = reader.count(size, "elements")?;
            let length = count.saturating_mul(size);
            if BYTES.contains(&kind) {
                hidden(reader, key, length, report);
            }
            reader.skip(length)
        }
        _ => reader.broken(format!("a list is of the kind {kind}, which there is not")),
    }
}
