//! spaCy: `config.cfg` names the functions that build a pipeline, from a register that packages add to.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::{
    code,
    rules::{BROKEN, CODE},
};
use crate::artefact::{
    format::{Input, Look},
    report::Report,
    room::Room,
    stop::{broken, settle},
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
        let holds = |text: &[u8]| memchr::memmem::find(look.head, text).is_some();
        look.named(&["cfg"]) && look.is_text() && (holds(b"[nlp]") || holds(b"[nlp."))
    },
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let Some(text) = code::text(input, report) else { return };
    let mut at = 0_u64;
    for line in text.lines() {
        judge(line.trim(), at, report);
        at = at.saturating_add(line.len() as u64).saturating_add(1);
    }
    code::sources(input, "", "code comes along with the pipeline", report);
}

fn judge(line: &str, at: u64, report: &mut Report) {
    if line.is_empty() || line.starts_with(['#', ';', '[']) {
        return;
    }
    let Some((key, value)) = line.split_once(['=', ':']) else {
        // The rest of a value that goes on over several lines.
        if line.contains('@') {
            settle(broken(at, "a line is no setting"), &BROKEN, report);
        }
        return;
    };
    let (key, value) = (key.trim(), value.trim().trim_matches('"'));
    let known = PACKAGES.iter().any(|package| value.starts_with(package));
    if key.starts_with('@') && !known && !FUNCTIONS.contains(&value) {
        let text = format!("{key} takes {value}, which is in no known package");
        report.find(&CODE, Unknown, at, &text);
    }
    if key == "factory" && !FACTORIES.contains(&value) {
        report.find(&CODE, Unknown, at, &format!("{value} is a part of no known package"));
    }
    // Values are JSON, in which a function can be named too.
    if value.contains("\"@") || key.starts_with('"') && key.contains('@') {
        report.find(&CODE, Unknown, at, &format!("{key} names a function within its value"));
    }
}
