//! The card of a folder of a hub, `README.md`: what stands between two lines of dashes in front of it says what the folder is.

use super::{folder::led, script};
use crate::{
    artefact::format::Look,
    bytes::{Beside, ReadAt, read_up_to},
};

/// Its name, in small letters.
pub(super) const CARD: &str = "readme.md";
/// Bytes of a card that are read.
const MAX_CARD: usize = 1 << 17;
/// Keys of data sets alone.
const DATA: &[&str] = &[
    "annotations_creators",
    "dataset_info",
    "language_creators",
    "multilinguality",
    "size_categories",
    "source_datasets",
    "task_categories",
    "task_ids",
    "viewer",
];
/// Keys of models alone.
const MODELS: &[&str] = &[
    "base_model",
    "base_model_relation",
    "inference",
    "library_name",
    "model-index",
    "model_name",
    "pipeline_tag",
    "quantized_by",
    "widget",
];
/// Keys that pages of others have too, but not with a licence.
const SHARED: &[&str] =
    &["configs", "datasets", "language", "license_name", "metrics", "pretty_name", "tags"];
/// Keys of programs that a hub runs for their owner, which are no models.
const SPACES: &[&str] = &["sdk", "app_file"];

/// What a card says that its folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Card {
    Data,
    Model,
}

/// Whether a file is a card of a folder that holds code which a loader runs, and that no other file stands for.
pub(super) fn recognises(look: &Look<'_>) -> bool {
    look.name().eq_ignore_ascii_case(CARD)
        && (look.begins(b"---") || look.begins(b"\xef\xbb\xbf---"))
        && !led(look.beside)
        && read(look.bytes).is_some_and(|card| {
            let names = look.beside.names().into_iter().collect();
            !script::unnamed(card, look.folder(), &names, look.beside).is_empty()
        })
}

/// What the card of a folder says, if it has one.
pub(super) fn of(beside: &dyn Beside) -> Option<Card> {
    let name = beside.names().into_iter().find(|name| name.eq_ignore_ascii_case(CARD))?;
    read(&*beside.open(&name)?)
}

/// What a card says.
pub(super) fn read(bytes: &dyn ReadAt) -> Option<Card> {
    let mut held = vec![0; usize::try_from(bytes.size()).unwrap_or(MAX_CARD).min(MAX_CARD)];
    let read = read_up_to(bytes, 0, &mut held).ok()?;
    held.truncate(read);
    let text = String::from_utf8_lossy(&held);
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let keys: Vec<&str> = lines
        .take_while(|line| line.trim_end() != "---")
        .filter(|line| !line.starts_with([' ', '\t', '-', '#']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key.trim().trim_matches(['"', '\'']))
        .collect();
    let has = |wanted: &[&str]| keys.iter().any(|key| wanted.contains(key));
    if has(SPACES) {
        return None;
    }
    if has(DATA) {
        return Some(Card::Data);
    }
    (has(MODELS) || has(&["license"]) && has(SHARED)).then_some(Card::Model)
}
