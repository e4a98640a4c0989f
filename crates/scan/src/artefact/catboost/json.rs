//! A model as JSON, as `CatBoost` exports it: numbers, and texts that only say something about the model.

use std::{collections::BTreeSet, fmt};

use coseal_core::{
    fact::ArtefactVerdict::{Malformed, Malicious, Unknown},
    system::ModelFormat,
};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::rules::{BROKEN, HIDDEN, KEY};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::{self, Pickle},
        report::Report,
        room::Room,
    },
    bytes::{SliceBytes, read_up_to},
    encoding::json::keys,
};

/// Bytes of one model.
const MAX_TEXT: u64 = 32 << 20;
/// Bytes of a text that is no pickle whatever it holds.
const SHORTEST: usize = 4;
/// Keys of one object.
const MAX_KEYS: usize = 1 << 16;
/// Keys of the model itself.
const KEYS: &[&str] =
    &["ctr_data", "features_info", "model_info", "oblivious_trees", "scale_and_bias", "trees"];

/// A model as JSON.
pub(crate) const JSON: Room =
    Room { id: "catboost-json", family: Some(ModelFormat::Trees), recognises, inspect, rules: &[] };

fn recognises(look: &Look<'_>) -> bool {
    if !look.named(&["json"]) || !look.head.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let (mut features, mut trees) = (false, false);
    keys::any(look.bytes, MAX_TEXT, |depth, key| {
        features |= depth == 1 && key == "features_info";
        trees |= depth == 1 && matches!(key, "oblivious_trees" | "trees");
        features && trees
    })
}

fn inspect(input: Input<'_>, report: &mut Report) {
    let size = input.bytes.size();
    if size > MAX_TEXT {
        report.gap("the model", "it is longer than is read");
        return;
    }
    let mut text = vec![0; usize::try_from(size).unwrap_or(0)];
    let Ok(read) = read_up_to(input.bytes, 0, &mut text) else {
        report.unreadable(0);
        return;
    };
    text.truncate(read);
    let mut reader = serde_json::Deserializer::from_slice(&text);
    let whole = Part { report, model: true }.deserialize(&mut reader);
    if let Err(error) = whole.and_then(|()| reader.end()) {
        report.find(&BROKEN, Malformed, 0, &format!("it is no JSON: {error}"));
    }
    Pickle::also(input.bytes, report);
}

/// A value; `model` if it is all of the model.
struct Part<'r> {
    report: &'r mut Report,
    model: bool,
}

impl Part<'_> {
    fn text(&mut self, text: &str) {
        if text.len() >= SHORTEST && pickle::has_effect(&SliceBytes(text.as_bytes())) {
            self.report.find(&HIDDEN, Malicious, 0, "a text is a pickle with effects");
        }
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<(), E> {
        self.text(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let report = self.report;
        while items.next_element_seed(Part { report: &mut *report, model: false })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.text(&key);
            if self.model && !KEYS.contains(&key.as_str()) {
                self.report.find(&KEY, Unknown, 0, &key);
            }
            if seen.len() >= MAX_KEYS || !seen.insert(key) {
                return Err(A::Error::custom("a key stands twice, or there are too many"));
            }
            entries.next_value_seed(Part { report: &mut *self.report, model: false })?;
        }
        Ok(())
    }
}
