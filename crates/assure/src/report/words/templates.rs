//! Chat templates.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &["template-escape", "template-exhausts"],
        words(
            "A model's chat template runs code, or takes time without end, on the machine that uses it.",
            "Take the template out of use, and get the one that the model's maker publishes.",
        ),
    ),
    (
        &[
            "template-trigger",
            "template-instruction",
            "template-alters-message",
            "template-forges-turn",
            "template-hidden-text",
            "template-outside-policy",
        ],
        words(
            "A model's chat template may say things to the model that neither its maker nor its user wrote.",
            "Take the template out of use, and get the one that the model's maker publishes.",
        ),
    ),
    (
        &["tokenizer-rewrites", "tokenizer-differs"],
        words(
            "A model's tokenizer may change what people write or what the model answers, unseen by both.",
            "Take the tokenizer out of use, and get the one that the model's maker publishes.",
        ),
    ),
];
