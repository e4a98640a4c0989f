//! What `coseal scan` says of a file.

use super::{Group, Word};

/// The verdicts; what unknown means stands with the states.
pub(super) const VERDICTS: Group = Group {
    title: "Verdicts on model files",
    about: "What `coseal scan` says of a file, the worst last. Only clean ends with 0.",
    words: &[
        Word {
            name: "clean",
            title: "clean",
            means: &[
                "All that a loader interprets was looked at, and does only what the policy allows.",
            ],
            next: &["coseal scan --explain FILE    # what was looked at"],
        },
        Word {
            name: "undecided",
            title: "undecided",
            means: &[
                "Nothing bad was found, and not everything that a loader interprets was looked at. It is not the same as clean.",
            ],
            next: &["coseal scan --explain FILE    # what was not looked at"],
        },
        Word {
            name: "malformed",
            title: "malformed",
            means: &[
                "It is broken or lies about its structure. Loaders may read different things from it.",
            ],
            next: &["coseal scan --explain FILE"],
        },
        Word {
            name: "malicious",
            title: "malicious",
            means: &[
                "Loading it reaches an effect that is known to be dangerous, such as running a program. Do not load it. No policy file allows it.",
            ],
            next: &["coseal scan --explain FILE    # the call, and what it means"],
        },
    ],
};
