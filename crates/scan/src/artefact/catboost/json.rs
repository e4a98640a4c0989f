//! A model as JSON, as `CatBoost` exports it: numbers, and texts that only say something about the model.

use coseal_core::{
    fact::ArtefactVerdict::{Malicious, Unknown},
    system::ModelFormat,
};

use super::rules::{BROKEN, HIDDEN, KEY};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::{self, Pickle},
        report::Report,
        room::Room,
        stop::{Step, settle},
    },
    bytes::{ReadAt, SliceBytes},
    encoding::json::{Limits, Open, Token, Tokens, keys},
};

/// What is read.
const LIMITS: Limits = Limits { size: 32 << 20, text: 4 << 20, depth: 128, infinite: false };
/// Bytes of a text that is no pickle whatever it holds.
const SHORTEST: usize = 4;
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
    keys::any(look.bytes, LIMITS.size, |depth, key| {
        features |= depth == 1 && key == "features_info";
        trees |= depth == 1 && matches!(key, "oblivious_trees" | "trees");
        features && trees
    })
}

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = read(input.bytes, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

fn read(bytes: &dyn ReadAt, report: &mut Report) -> Step {
    let mut tokens = Tokens::new(bytes, LIMITS);
    let mut open = Open::default();
    while let Some(token) = tokens.next()? {
        match token {
            Token::Map | Token::List => open.open(),
            Token::End => open.close(),
            Token::Key => {
                let (at, key) = (tokens.offset(), tokens.text());
                look_into(at, key, report);
                if tokens.depth() == 1 && !KEYS.contains(&key) {
                    report.find(&KEY, Unknown, at, key);
                }
                open.key(at, key)?;
            }
            Token::Text => look_into(tokens.offset(), tokens.text(), report),
            Token::Number | Token::True | Token::False | Token::Null => {}
        }
    }
    Ok(())
}

fn look_into(at: u64, text: &str, report: &mut Report) {
    if text.len() >= SHORTEST && pickle::has_effect(&SliceBytes(text.as_bytes())) {
        report.find(&HIDDEN, Malicious, at, "a text is a pickle with effects");
    }
}
