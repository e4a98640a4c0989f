//! Sizes that a description asks for: a loader makes values of them before it reads the weights.

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::{document::LIMITS, rules::DESCRIPTION};
use crate::{
    artefact::{report::Report, stop::Step},
    bytes::ReadAt,
    encoding::json::{Token, Tokens},
};

/// Arguments that are as many numbers of the weights, at least.
#[rustfmt::skip]
const OF_WEIGHTS: &[&str] = &[
    "units", "filters", "input_dim", "output_dim", "key_dim", "value_dim", "kernel_size", "depth_multiplier", "hidden_dim", "intermediate_dim",
    "vocabulary_size", "hidden_size", "num_heads",
];
/// Arguments that are sizes of what is computed.
#[rustfmt::skip]
const COMPUTED: &[&str] = &[
    "batch_input_shape", "batch_shape", "input_shape", "target_shape", "n", "size", "padding", "pool_size", "output_padding", "max_tokens", "num_tokens",
    "num_bins", "sequence_length", "output_sequence_length", "input_length", "shape",
];
/// Numbers for each byte of weights: they are packed, and a number may be a part of a byte.
const FOR_EACH: f64 = 16.0;
/// A size that may be that of a file without its weights.
const MODEST: f64 = 1_048_576.0;
/// No dimension of any value is longer.
const LONGEST: f64 = 2_147_483_648.0;

/// Finds sizes in the description `bytes` that are out of proportion to the `weights` that lie with it, in bytes, if it is known.
pub(super) fn judge(bytes: &dyn ReadAt, weights: Option<u64>, report: &mut Report) {
    // What is broken is told by those who read all of it.
    if let Ok(Some((key, size))) = largest(bytes, weights) {
        let text = format!("{key} is {size}, out of all proportion to the weights");
        report.find(&DESCRIPTION, Malformed, 0, &text);
    }
}

/// The first key whose number is too large, and the number as it is spelt.
fn largest(bytes: &dyn ReadAt, weights: Option<u64>) -> Step<Option<(String, String)>> {
    #[expect(clippy::cast_precision_loss, reason = "it is a limit")]
    let most = weights.map_or(LONGEST, |size| (size as f64 * FOR_EACH).clamp(MODEST, LONGEST));
    let mut tokens = Tokens::new(bytes, LIMITS);
    let mut key = String::new();
    // Lists that are open behind the key: a size may be one of several.
    let mut lists = 0_u32;
    while let Some(token) = tokens.next()? {
        match token {
            Token::Key => {
                let known = |list: &[&str]| list.contains(&tokens.text());
                key = if known(OF_WEIGHTS) || known(COMPUTED) {
                    tokens.text().into()
                } else {
                    String::new()
                };
                lists = 0;
            }
            Token::List => lists = lists.saturating_add(1),
            Token::End => lists = lists.saturating_sub(1),
            Token::Map => key.clear(),
            Token::Number if !key.is_empty() => {
                let limit = if OF_WEIGHTS.contains(&key.as_str()) { most } else { LONGEST };
                if tokens.number().parse::<f64>().is_ok_and(|number| number > limit) {
                    return Ok(Some((key, tokens.number().to_owned())));
                }
            }
            _ => {}
        }
        if lists == 0 && !matches!(token, Token::Key) {
            key.clear();
        }
    }
    Ok(None)
}
