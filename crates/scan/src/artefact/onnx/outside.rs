//! Tensors whose content is in a file beside the model.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    rules::{BROKEN, KEY, MISSING, OUTSIDE},
    tensor::Tensor,
};
use crate::artefact::{format::Input, registry::pickle::Pickle, report::Report};

/// Files that are looked up for one model.
const MAX_FILES: usize = 4096;
/// What a loader of ONNX Runtime takes for an address in memory instead of a file.
const MEMORY: &str = "_ORT_MEM_ADDR_";

/// Files beside the model, looked up once.
#[derive(Debug, Default)]
pub(super) struct Files {
    sizes: BTreeMap<String, Option<u64>>,
}

impl Files {
    /// Judges where `tensor` says its content is.
    pub(super) fn judge(&mut self, tensor: &Tensor, input: Input<'_>, report: &mut Report) {
        if tensor.entries.is_empty() {
            let text = "a tensor is elsewhere, and does not say where";
            report.find(&BROKEN, Malformed, tensor.at, text);
            return;
        }
        keys(tensor, report);
        let value = |key: &str| {
            tensor
                .entries
                .iter()
                .rev()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.as_str())
        };
        let every = tensor.entries.iter().filter(|(key, _)| key == "location");
        for (_, location) in every {
            if let Some(why) = leaves(location) {
                report.find(&OUTSIDE, Malicious, tensor.at, &format!("{location}: {why}"));
                return;
            }
        }
        let location = value("location").unwrap_or_default();
        let place = location.trim_start_matches("./");
        if place.is_empty() || place.contains("//") || place.ends_with('/') {
            report.find(&BROKEN, Malformed, tensor.at, "a tensor is elsewhere, at no file");
            return;
        }
        let (Some(offset), Some(length)) = (number(value("offset")), number(value("length")))
        else {
            let text = "where a tensor begins or how long it is is no number";
            report.find(&BROKEN, Malformed, tensor.at, text);
            return;
        };
        let size = self.size(place, tensor.at, input, report);
        extent(tensor, offset, length, size, report);
    }

    /// How long a file beside is, where it is seen.
    fn size(&mut self, place: &str, at: u64, input: Input<'_>, report: &mut Report) -> Option<u64> {
        if let Some(size) = self.sizes.get(place) {
            return *size;
        }
        if self.sizes.len() >= MAX_FILES {
            report.gap("the files of its tensors", "there are more than are looked up");
            return None;
        }
        let opened = input.beside.open(place);
        let size = opened.as_ref().map(|bytes| bytes.size());
        match &opened {
            Some(bytes) => report.within(place, |report| Pickle::also(&**bytes, report)),
            None if input.beside.names().is_empty() => {
                report.gap(place, "tensors are in this file, which was not given");
            }
            None => {
                let text = format!("{place} is missing, or is reached through a link");
                report.find(&MISSING, Unknown, at, &text);
            }
        }
        self.sizes.insert(place.to_owned(), size);
        size
    }
}

/// Keys that say more than where a tensor is, and keys that stand twice.
fn keys(tensor: &Tensor, report: &mut Report) {
    let mut seen = Vec::new();
    for (key, value) in &tensor.entries {
        if seen.contains(&key) {
            report.find(&BROKEN, Malformed, tensor.at, &format!("the key {key} stands twice"));
        }
        seen.push(key);
        let known = matches!(key.as_str(), "location" | "offset" | "length" | "checksum");
        if known || key.starts_with("prepacked") {
            continue;
        }
        let escapes = key.starts_with('_') || leaves(value).is_some();
        let verdict = if escapes { Malicious } else { Unknown };
        report.find(&KEY, verdict, tensor.at, &format!("{key}: {value}"));
    }
}

/// A number that may be left out; none if it is no number.
fn number(text: Option<&str>) -> Option<Option<u64>> {
    match text {
        None => Some(None),
        Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok().map(Some),
        Some(_) => None,
    }
}

fn extent(
    tensor: &Tensor,
    offset: Option<u64>,
    length: Option<u64>,
    size: Option<u64>,
    report: &mut Report,
) {
    let mut broken = |text: &str| report.find(&BROKEN, Malformed, tensor.at, text);
    let Some(needed) = tensor.bytes() else {
        broken("a tensor that is elsewhere can't be there by its type or shape");
        return;
    };
    let start = offset.unwrap_or(0);
    let taken = length.unwrap_or(needed);
    if taken != needed {
        broken("a tensor that is elsewhere has not the length that its shape says");
    }
    let Some(end) = start.checked_add(taken) else {
        broken("a tensor ends beyond any file");
        return;
    };
    if let Some(size) = size {
        if end > size {
            broken("a tensor reaches past the end of the file that it is in");
        } else if length.is_none() && end != size {
            broken("a tensor does not say how long it is, and its file holds more");
        }
    }
}

/// Why a path leads out of the folder; none if it stays.
pub(super) fn leaves(path: &str) -> Option<&'static str> {
    if path.contains(MEMORY) {
        return Some("an address in memory");
    }
    if path.starts_with('/') {
        return Some("an absolute path");
    }
    if path.contains('\\') || path.get(1..2) == Some(":") {
        return Some("a path of Windows");
    }
    if path.contains("://") || path.starts_with("file:") {
        return Some("an address");
    }
    if path.starts_with('~') || path.contains(['$', '%', '\0']) {
        return Some("a path that is expanded");
    }
    let dots = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte == b'.');
    path.split('/').any(dots).then_some("a path that climbs out")
}
