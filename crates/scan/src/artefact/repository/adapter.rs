//! An adapter beside its settings, and beside the model that it is for: its matrices must fit both (PEFT 0.7 to 0.21, LoRA).

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::{backtracks, format::MAX_SETTINGS, rules::PARTS, shapes};
use crate::{
    artefact::{format::Input, report::Report},
    encoding::json::{Json, Limits},
};

/// The settings.
pub(super) const SETTINGS: &str = "adapter_config.json";
/// The matrices, and the model.
const MATRICES: &str = "adapter_model.safetensors";
const BASE: &str = "model.safetensors";
/// Ranks beyond this are those of no adapter: no model is as wide.
const MAX_RANK: u64 = 1 << 20;
/// What stands before the names of the model's own layers.
const PREFIX: &str = "base_model.model.";
/// Layers whose numbers may stand under another name.
const TIED: &[&str] = &["lm_head", "embed_tokens"];

/// Shapes by name.
type Shapes = BTreeMap<String, Vec<u64>>;

/// Compares settings with what lies beside them.
pub(super) fn read(input: Input<'_>, json: &Json, report: &mut Report) {
    for key in ["target_modules", "exclude_modules", "layers_pattern"] {
        let texts = json.at(key).and_then(Json::text).into_iter();
        for text in texts.filter(|text| backtracks::read(text)) {
            let text =
                format!("{key} is a pattern on which matching takes time without end: {text}");
            report.find(&PARTS, Malformed, 0, &text);
        }
    }
    let Some(rank) = rank(input) else { return };
    if rank > MAX_RANK || rank == 0 {
        report.find(&PARTS, Malformed, 0, &format!("the rank of the adapter is {rank}"));
        return;
    }
    if json.at("peft_type").and_then(Json::text) != Some("LORA") {
        return;
    }
    let Some(adapter) = shapes::of(input.beside, MATRICES) else { return };
    let given = |key: &str| {
        json.at(key).is_some_and(|value| *value != Json::Plain && *value != Json::Map(Vec::new()))
    };
    // Both have ranks of their own for some layers.
    let own = given("rank_pattern") || given("target_parameters") || given("layer_replication");
    ranks(&adapter, (!own).then_some(rank), report);
    if let Some(base) = shapes::of(input.beside, BASE).filter(|_| !given("layer_replication")) {
        among(&adapter, &base, report);
    }
}

/// The rank, if it is a whole number.
fn rank(input: Input<'_>) -> Option<u64> {
    let limits = Limits { size: MAX_SETTINGS, ..Limits::default() };
    let json = Json::read_spelling(input.bytes, limits, Some("r")).ok()?;
    json.at("r")?.text()?.parse().ok()
}

/// The layer that a matrix is for, and whether it is the first of its two.
fn layer(name: &str) -> Option<(&str, bool)> {
    let marks = [(".lora_A.", true), (".lora_B.", false)];
    marks.iter().find_map(|(mark, first)| Some((name.split_once(mark)?.0, *first)))
}

/// The inner side of each pair of matrices is the rank.
fn ranks(adapter: &Shapes, wanted: Option<u64>, report: &mut Report) {
    let mut inner: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (name, shape) in adapter {
        let Some((layer, first)) = layer(name) else { continue };
        if let Some(side) = shape.get(usize::from(!first)) {
            inner.entry(layer).or_default().insert(*side);
        }
    }
    let odd = |sides: &BTreeSet<u64>| {
        sides.len() > 1 || wanted.is_some_and(|wanted| sides.first() != Some(&wanted))
    };
    let mut odd = inner.iter().filter(|(_, sides)| odd(sides));
    if let Some((layer, sides)) = odd.next() {
        let sides: Vec<String> = sides.iter().map(u64::to_string).collect();
        let wanted =
            wanted.map_or_else(String::new, |wanted| format!(", and the settings say {wanted}"));
        let more = odd.count();
        let text = format!(
            "matrices of {layer} have the rank {}{wanted} (and {more} more)",
            sides.join(" and ")
        );
        report.find(&PARTS, Malformed, 0, &text);
    }
}

/// The layers are those of the model beside, and as wide.
fn among(adapter: &Shapes, base: &Shapes, report: &mut Report) {
    let stems: BTreeMap<&str, &Vec<u64>> = base
        .iter()
        .filter_map(|(name, shape)| Some((name.strip_suffix(".weight")?, shape)))
        .collect();
    let (mut lacks, mut wide) = (Vec::new(), Vec::new());
    for (name, shape) in adapter {
        let Some((layer, first)) = layer(name) else { continue };
        let layer = layer.strip_prefix(PREFIX).unwrap_or(layer);
        if TIED.iter().any(|tied| layer.ends_with(tied)) {
            continue;
        }
        // A model is kept with the name of its inner part before its layers, or without.
        let inner = layer.split_once('.').map_or(layer, |(_, inner)| inner);
        let end = format!(".{layer}");
        let found = stems.get(layer).or_else(|| stems.get(inner)).or_else(|| {
            stems.iter().find(|(stem, _)| stem.ends_with(&end)).map(|(_, shape)| shape)
        });
        let outer = shape.get(usize::from(first));
        match found {
            None => lacks.push(layer),
            Some(sides) if sides.len() == 2 && shape.len() == 2 => {
                if outer.is_some_and(|outer| !sides.contains(outer)) {
                    wide.push(layer);
                }
            }
            Some(_) => {}
        }
    }
    for (layers, what) in [
        (lacks, "is not in the model beside it"),
        (wide, "has another width in the model beside it"),
    ] {
        if let Some(layer) = layers.first() {
            let more = layers.len().saturating_sub(1);
            let text = format!("the layer {layer} of the adapter {what} (and {more} more)");
            report.find(&PARTS, Malformed, 0, &text);
        }
    }
}
