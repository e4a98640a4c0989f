//! Sizes that a configuration asks for: a loader makes values of them before it reads the weights.

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::{
    format::{MAX_SETTINGS, WEIGHTS},
    rules::PARTS,
};
use crate::{
    artefact::{format::Input, report::Report, stop::Step},
    encoding::json::{Limits, Token, Tokens},
};

/// Keys of dimensions of weights.
#[rustfmt::skip]
const DIMENSIONS: &[&str] = &[
    "hidden_size", "intermediate_size", "vocab_size", "d_model", "d_ff", "n_embd", "n_inner", "dim", "hidden_dim", "ffn_dim", "encoder_ffn_dim",
    "decoder_ffn_dim", "embedding_size", "word_embed_proj_dim", "moe_intermediate_size", "head_dim", "d_kv", "type_vocab_size", "projection_dim",
    "num_attention_heads", "num_key_value_heads", "num_experts", "num_local_experts", "n_routed_experts", "cross_attention_dim", "sample_size",
];
/// Keys of how many layers there are.
#[rustfmt::skip]
const LAYERS: &[&str] = &["num_hidden_layers", "n_layer", "num_layers", "encoder_layers", "decoder_layers", "n_layers", "num_decoder_layers"];
/// Keys of how long a text may be.
const LENGTHS: &[&str] = &["max_position_embeddings", "n_positions", "n_ctx"];
/// No model has longer dimensions, more layers, or reads longer texts: ten times what any has.
const MAX_DIMENSION: f64 = 67_108_864.0;
const MAX_LAYERS: f64 = 65_536.0;
const MAX_LENGTH: f64 = 8_589_934_592.0;
/// Files beside that are counted.
const MAX_FILES: usize = 4096;

/// Finds sizes that no model has, and that the weights beside do not hold either.
pub(super) fn judge(input: Input<'_>, report: &mut Report) {
    // What is broken is told by those who read all of it.
    let Ok(Some((key, size, number))) = largest(input) else { return };
    #[expect(clippy::cast_precision_loss, reason = "it is a limit")]
    let held = weights(input) as f64;
    if number > held {
        let text =
            format!("{key} is {size}, out of all proportion to any weights and to those beside it");
        report.find(&PARTS, Malformed, 0, &text);
    }
}

/// Bytes of the weights beside.
fn weights(input: Input<'_>) -> u64 {
    let names = input.beside.names();
    let weights = |name: &&String| WEIGHTS.iter().any(|end| name.ends_with(end));
    let sizes =
        names.iter().filter(weights).take(MAX_FILES).filter_map(|name| input.beside.open(name));
    sizes.fold(0_u64, |sum, file| sum.saturating_add(file.size()))
}

/// A key whose number is too large, the number as it is spelt, and as it is.
fn largest(input: Input<'_>) -> Step<Option<(String, String, f64)>> {
    let limits = Limits { size: MAX_SETTINGS, ..Limits::default() };
    let mut tokens = Tokens::new(input.bytes, limits);
    let mut key = String::new();
    let mut found: Option<(String, String, f64)> = None;
    while let Some(token) = tokens.next()? {
        match token {
            Token::Key => tokens.text().clone_into(&mut key),
            Token::Number => {
                let most = match key.as_str() {
                    key if DIMENSIONS.contains(&key) => MAX_DIMENSION,
                    key if LAYERS.contains(&key) => MAX_LAYERS,
                    key if LENGTHS.contains(&key) => MAX_LENGTH,
                    _ => f64::INFINITY,
                };
                let number = tokens.number().parse().unwrap_or(0.0);
                let larger = found.as_ref().is_none_or(|(_, _, held)| number > *held);
                if number.is_finite() && number > most && larger {
                    found = Some((key.clone(), tokens.number().to_owned(), number));
                }
                key.clear();
            }
            _ => key.clear(),
        }
    }
    Ok(found)
}
