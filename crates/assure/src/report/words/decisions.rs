//! Decisions about the system, accepted risks, and its description.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &["waiver-expired", "waiver-expired-low"],
        words(
            "A risk that was accepted for a while is accepted no longer, and is still there.",
            "Put it right, or decide again.",
        ),
    ),
    (
        &["waiver-renewed-too-often", "waivers-growing", "waiver-budget-exceeded"],
        words(
            "Exceptions pile up or are renewed again and again instead of being put right.",
            "Put right what is accepted, the oldest first.",
        ),
    ),
    (
        &[
            "decision-expired",
            "decision-not-yet",
            "decision-other-system",
            "decision-role-not-held",
            "decision-role-wrong",
            "decision-signature-broken",
            "decision-signer-revoked",
            "decision-signer-stranger",
            "decision-stale",
            "decision-unreadable",
            "decision-unsigned",
        ],
        words(
            "A signed decision about this system does not count: it is out of date, unsigned, or signed by somebody who may not.",
            "Have it decided and signed again by somebody entitled to.",
        ),
    ),
    (
        &["system-file-error", "system-file-warning"],
        words(
            "The description of the system has mistakes or says less than it should.",
            "Correct and complete the description.",
        ),
    ),
    (
        &["model-undeclared"],
        words(
            "The code uses a model that the description of the system does not mention.",
            "Add the model to the description, or take it out of the code.",
        ),
    ),
    (
        &["undeclared-egress"],
        words(
            "Data goes to somebody outside whom the description of the system does not name.",
            "Find out what goes there and why; stop it, or have it described.",
        ),
    ),
    (
        &["undeclared-model", "undeclared-tool"],
        words(
            "The system uses an AI model or a tool that its description does not name.",
            "Have it described and judged, or taken out.",
        ),
    ),
];
