//! spaCy: `config.cfg` names the functions that build a pipeline, from a register that packages add to.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::{
    code,
    rules::{BROKEN, CODE},
};
use crate::{
    artefact::{
        format::{Input, Look},
        report::Report,
        room::Room,
        stop::{Step, broken, settle},
    },
    encoding::json::Json,
};

/// Packages whose functions are known, as their names begin.
const PACKAGES: &[&str] = &[
    "spacy.",
    "spacy-legacy.",
    "spacy-transformers.",
    "spacy-curated-transformers.",
    "curated-transformers.",
    "spacy-loggers.",
    "thinc.",
    "spacy-experimental.",
];
/// Functions of the library below that have no prefix.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "Adam.v1", "RAdam.v1", "SGD.v1", "compounding.v1", "constant.v1", "constant_then.v1", "cyclic_triangular.v1", "decaying.v1", "slanted_triangular.v1", "warmup_linear.v1",
    "plateau.v1", "linear.v1", "Linear.v1", "Relu.v1", "Mish.v1", "Maxout.v1", "Softmax.v1", "Softmax.v2", "Dropout.v1", "LayerNorm.v1", "Logistic.v1", "Gelu.v1", "Swish.v1",
    "reduce_mean.v1", "reduce_max.v1", "reduce_sum.v1", "reduce_last.v1", "reduce_first.v1", "reduce_mean_max.v1", "chain.v1", "concatenate.v1", "residual.v1", "with_array.v1", "LSTM.v1", "BiLSTM.v1",
    "PyTorchLSTM.v1", "expand_window.v1", "HashEmbed.v1", "Embed.v1", "MultiSoftmax.v1", "SparseLinear.v1", "SparseLinear.v2", "ParametricAttention.v1",
    "ParametricAttention.v2", "glorot_uniform_init.v1", "zero_init.v1", "uniform_init.v1", "normal_init.v1", "CategoricalCrossentropy.v1", "CategoricalCrossentropy.v2",
    "CategoricalCrossentropy.v3", "SequenceCategoricalCrossentropy.v1", "SequenceCategoricalCrossentropy.v2", "SequenceCategoricalCrossentropy.v3", "L2Distance.v1", "CosineDistance.v1",
];
/// Parts of pipelines that the library has itself.
#[rustfmt::skip]
const FACTORIES: &[&str] = &[
    "attribute_ruler", "beam_ner", "beam_parser", "curated_transformer", "curated_transformers", "doc_cleaner", "entity_linker", "entity_ruler", "experimental_char_ner_tokenizer",
    "future_entity_ruler", "lemmatizer", "merge_entities", "merge_noun_chunks", "merge_subtokens", "morphologizer", "ner", "nn_labeller", "parser", "sentencizer", "senter",
    "span_cleaner", "span_finder", "span_ruler", "spancat", "spancat_singlelabel", "tagger", "textcat", "textcat_multilabel", "tok2vec", "token_splitter",
    "trainable_lemmatizer", "transformer", "edit_tree_lemmatizer", "coref", "span_resolver", "experimental_coref", "experimental_edit_tree_lemmatizer",
];

/// A pipeline of spaCy.
pub(crate) const SPACY: Room = Room {
    id: "spacy-pipeline",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        look.name() == "config.cfg" && look.may_hold(&[b"[nlp]", b"[nlp."])
            || look.named(&["cfg"]) && look.is_text() && look.holds(&[b"[nlp]", b"[nlp."])
    },
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let Some(text) = code::text(input, report) else { return };
    match settings(&text) {
        Ok(settings) => settings.iter().for_each(|setting| judge(setting, report)),
        Err(stop) => settle(Err(stop), &BROKEN, report),
    }
    code::sources(input, "", "code comes along with the pipeline", report);
}

/// A function that loads a package by its name. Where a pipeline is made, that is when it is loaded.
const LOADS: &str = "spacy.copy_from_base_model.v1";

/// A key, its value and where it stands.
struct Setting<'a> {
    section: &'a str,
    key: &'a str,
    value: String,
    at: u64,
}

/// All settings, as Python's `configparser` reads them: lines further in than a key go on with its value.
fn settings(text: &str) -> Step<Vec<Setting<'_>>> {
    let mut found: Vec<Setting<'_>> = Vec::new();
    // How far in the open key is.
    let mut open = None;
    let mut section = "";
    let mut at = 0_u64;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let depth = line.len().saturating_sub(line.trim_start().len());
        let goes_on = open.is_some_and(|key| depth > key);
        if content.is_empty() || content.starts_with(['#', ';']) {
        } else if let Some(last) = found.last_mut().filter(|_| goes_on) {
            last.value.push('\n');
            last.value.push_str(content);
        } else if content.starts_with('[') && content.contains(']') {
            open = None;
            section = content.trim_start_matches('[');
        } else if let Some((key, value)) = content.split_once(['=', ':']) {
            open = Some(depth);
            found.push(Setting { section, key: key.trim(), value: value.trim().to_owned(), at });
        } else {
            return broken(at, "a line is no setting");
        }
        at = at.saturating_add(line.len() as u64);
    }
    Ok(found)
}

/// Values are JSON, in which a function can be named too; what is no JSON is a text.
fn judge(setting: &Setting<'_>, report: &mut Report) {
    let Setting { section, key, value, at } = setting;
    if value.contains(LOADS) && section.starts_with("nlp") {
        report.find(&CODE, Unknown, *at, &format!("{key} has the loader load another package"));
    }
    match Json::parse(value) {
        Ok(value) => named(key, &value, *at, report),
        Err(_) if could_be_json(value) => {
            let text = format!("{key} is put together from parts, or is no JSON");
            report.find(&CODE, Unknown, *at, &text);
        }
        Err(_) => named(key, &Json::Text(value.clone()), *at, report),
    }
}

/// Whether a value that is no JSON for us might be for the loader, or once other settings are put in.
fn could_be_json(value: &str) -> bool {
    let mut rest = String::new();
    for (place, part) in value.split("${").enumerate() {
        rest.push_str(if place == 0 {
            part
        } else {
            part.split_once('}').map_or(part, |(_, end)| end)
        });
    }
    let put_in = rest.len() < value.len() && rest.contains(['{', '[', '"', '@', '\\']);
    put_in || rest.starts_with(['{', '[']) && rest.contains(['@', '\\'])
}

fn named(key: &str, value: &Json, at: u64, report: &mut Report) {
    match value {
        Json::List(items) => items.iter().for_each(|item| named("", item, at, report)),
        Json::Map(entries) => {
            // The library itself writes functions as sections.
            if let Some(inner) =
                entries.iter().map(|(inner, _)| inner).find(|inner| inner.starts_with('@'))
            {
                let text = format!("{inner} names a function within a value");
                report.find(&CODE, Unknown, at, &text);
            }
            entries.iter().for_each(|(key, value)| named(key, value, at, report));
        }
        _ => {}
    }
    let text = value.text().unwrap_or_default();
    let known = PACKAGES.iter().any(|package| text.starts_with(package));
    if key.starts_with('@') && !known && !FUNCTIONS.contains(&text) {
        let text = format!("{key} takes {text}, which is in no known package");
        report.find(&CODE, Unknown, at, &text);
    }
    if key == "factory" && !FACTORIES.contains(&text) {
        report.find(&CODE, Unknown, at, &format!("{text} is a part of no known package"));
    }
}
