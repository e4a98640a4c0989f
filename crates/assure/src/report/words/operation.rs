//! How the system is run: its servers, packages, keys and known weaknesses.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &["ai-auth-disabled", "ai-default-credentials", "notebook-without-token"],
        words(
            "A part that runs the AI or keeps its data can be used by anybody who reaches it.",
            "Switch authentication on, with keys that are nobody else's.",
        ),
    ),
    (
        &["ai-console-published", "ai-port-published"],
        words(
            "A part that should be reached from inside only is open to a whole network.",
            "Close it to the network, or put authentication in front of it.",
        ),
    ),
    (
        &["ai-workload-privileged"],
        words(
            "A part of the AI system has the rights of the whole machine that it runs on.",
            "Take these rights away; whoever takes over that part takes over the machine.",
        ),
    ),
    (
        &["model-server-trusts-remote-code"],
        words(
            "The server of a model runs code that comes along with the model.",
            "Switch that off, or look at the code and fix its version.",
        ),
    ),
    (
        &["ai-package-moves"],
        words(
            "A building block of the AI comes from a place that others can change at any time.",
            "Fix the exact version, and look at each newer one before moving to it.",
        ),
    ),
    (
        &["ai-packages-not-locked", "mcp-unpinned"],
        words(
            "Software that the AI is built on may be another version tomorrow than the one that was tested.",
            "Fix the exact versions, and test each newer one before moving to it.",
        ),
    ),
    (
        &["environments-share", "pipeline-in-production"],
        words(
            "Training or testing and live operation are not kept apart: whoever breaks into one is in the other.",
            "Give each its own accounts and keys.",
        ),
    ),
    (&["keys-old"], words("Keys have not been changed for over a year.", "Change the keys.")),
    (
        &["legacy-without-control", "legacy-control-not-passing"],
        words(
            "Something in use can no longer be updated, and nothing that works stands in front of it.",
            "Put a safeguard in front of it that is shown to work, or replace it.",
        ),
    ),
    (
        &["vulnerability-critical", "vulnerability-exploited"],
        words(
            "A part of the system has a grave weakness that is publicly known.",
            "Update the part, or have somebody show why it can't be used against you.",
        ),
    ),
    (
        &["vulnerability-high"],
        words(
            "A part of the system has a serious weakness that is publicly known.",
            "Update the part, or have somebody show why it can't be used against you.",
        ),
    ),
    (
        &["vulnerability-unrated"],
        words(
            "A known weakness is open, and nobody has said how bad it is.",
            "Rate it, and decide what to do about it.",
        ),
    ),
];
