//! Whether parts of the system are those that were approved, and who answers for them.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &["asset-changed", "asset-registers-differ", "prompt-drifted", "tool-changed"],
        words(
            "A part of the system is no longer the one that was approved.",
            "Find out who changed it and why; approve the new one, or put the old one back.",
        ),
    ),
    (
        &["asset-not-pinned", "model-name-moves", "model-name-moves-in-code"],
        words(
            "Others can exchange a part of the system without anybody here noticing.",
            "Name the exact version to use, and test each newer one before moving to it.",
        ),
    ),
    (
        &["asset-unregistered", "prompt-not-pinned", "prompt-unregistered", "tool-unregistered"],
        words(
            "A part of the system could be changed without anybody noticing.",
            "Register its fingerprint, so that a change shows.",
        ),
    ),
    (
        &["asset-in-no-register", "minor-asset-in-no-register"],
        words(
            "Models, data or prompts are in use that nobody has listed.",
            "List them, or take them out.",
        ),
    ),
    (
        &["assets-without-owner"],
        words("Nobody answers for the parts of the system.", "Name who answers, with an address."),
    ),
    (
        &["asset-without-class", "asset-without-location"],
        words(
            "It is not written down how sensitive a part of the system is, or where it is.",
            "Write down what it holds and where it is.",
        ),
    ),
    (
        &["prompt-unexplained"],
        words(
            "Nobody says who wrote the instructions to the AI, or why they are as they are.",
            "Name the author and the reason of each.",
        ),
    ),
    (
        &["secret-in-asset"],
        words(
            "A password or key stands in a text that the AI reads or that describes it, where others can find it.",
            "Replace the key at once, and keep the new one where keys belong.",
        ),
    ),
    (
        &["published-hash-differs"],
        words(
            "What others get from you is not what you publish that it is.",
            "Find out which of the two is right, and tell those who have it.",
        ),
    ),
    (
        &["hash-unpublished"],
        words(
            "Others get a part of the system and can not tell whether it is genuine.",
            "Publish its fingerprint beside it.",
        ),
    ),
];
