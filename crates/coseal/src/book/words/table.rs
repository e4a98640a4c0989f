//! The words themselves.

use super::{Group, Word, terms, verdicts};

/// All of them, by kind.
pub(in crate::book) const GROUPS: &[Group] = &[
    Group {
        title: "States",
        about: "The answer of a check, and of a guideline. Only pass is a pass.",
        words: &[
            Word {
                name: "pass",
                title: "pass",
                means: &[
                    "It was looked at, and it is as it should be. What was looked at is said, and holds as long as the facts that were read stay the same.",
                    "A pass is evidence for a guideline, never a proof of compliance. No findings alone never make one: where nothing was seen, the answer is unknown.",
                ],
                next: &[
                    "coseal check --verbose",
                    "coseal impact FILE            # would a change make it stale?",
                ],
            },
            Word {
                name: "partial",
                title: "partial",
                means: &[
                    "It is as it should be in part, or for a part of what was looked at. The findings say what is missing. A guideline is partial, too, when a should-check under it is not a pass.",
                ],
                next: &["coseal check --verbose", "coseal explain CHECK          # when it passes"],
            },
            Word {
                name: "fail",
                title: "fail",
                means: &[
                    "It was looked at, and it is not as it should be. One must-check that fails makes its guideline fail.",
                ],
                next: &[
                    "coseal check                  # the finding, the place, and what to do",
                    "coseal explain RULE",
                    "coseal decide waive CHECK     # or carry the risk for a while",
                ],
            },
            Word {
                name: "not-applicable",
                title: "not-applicable",
                means: &[
                    "A fact of the system file says that the question does not arise: without a tool, there is nothing to ask of tools. It needs that fact, or a signed decision with a last day; without a system file nothing is not-applicable.",
                ],
                next: &["coseal check --verbose        # which fact", "coseal decide exempt CHECK"],
            },
            Word {
                name: "waived",
                title: "waived",
                means: &[
                    "It fails, and an owner accepts that for now: signed, with a reason, a control that stands in meanwhile, and a last day. It is shown, never hidden, and counts as partial. A finding that is new is not waived.",
                ],
                next: &["coseal decide waive CHECK --renews FILE"],
            },
            Word {
                name: "stale",
                title: "stale",
                means: &[
                    "There is evidence, but it is older than its check allows, or what it was about has changed since. It does not count as a pass.",
                    "Evidence is bound to exactly the facts that its check reads. A comment, another order of the tables or an edit of something else makes nothing stale; a change of one bound fact does.",
                ],
                next: &[
                    "coseal impact FILE            # beforehand: what would go stale",
                    "coseal check --record         # look again, and sign what is seen",
                    "coseal decide attest CHECK    # a statement of a person, made anew",
                ],
            },
            Word {
                name: "unknown",
                title: "unknown",
                means: &[
                    "There is no evidence, or not enough: nothing was declared, a file could not be read, nobody has stated it, the service was not asked, or the check is not built yet. It never counts as a pass.",
                    "A guideline is unknown while a must-check under it is unknown or stale, unless another must-check fails.",
                    "Of a model file: loading it runs code, or has an effect, that the policy does not know.",
                ],
                next: &[
                    "coseal check --verbose        # the reason of each",
                    "coseal explain CHECK          # what evidence it wants",
                ],
            },
        ],
    },
    verdicts::VERDICTS,
    Group {
        title: "Grades",
        about: "What stands behind an answer. Without a trust root everything is D: then anybody could have signed it.",
        words: &[
            Word {
                name: "A",
                title: "Grade A",
                means: &[
                    "Observed by coseal, and signed by a runner whose key is in the trust root. The best there is for whatever a machine can see.",
                ],
                next: &["coseal check --record --key FILE", "coseal evidence verify --trust FILE"],
            },
            Word {
                name: "B",
                title: "Grade B",
                means: &["Signed by another tool whose key is in the trust root."],
                next: &["coseal evidence list --trust FILE"],
            },
            Word {
                name: "C",
                title: "Grade C",
                means: &[
                    "Stated by a person, signed with a key that the trust root gives the role. The best there is for what only people can say.",
                ],
                next: &[
                    "coseal decide attest CHECK --role ROLE --reason TEXT --for 365d --key FILE",
                ],
            },
            Word {
                name: "D",
                title: "Grade D",
                means: &[
                    "Unsigned, or signed by a key that the trust root does not name: the answer may be true, and nobody answers for it. A release gate wants better.",
                ],
                next: &[
                    "coseal evidence verify --trust FILE",
                    "coseal check --gate release --trust FILE",
                ],
            },
        ],
    },
    Group {
        title: "Exit codes",
        about: "How a command ends. When several hold: 70, 3, 5, 4, 1, 6.",
        words: &[
            Word {
                name: "0",
                title: "Exit code 0",
                means: &[
                    "Nothing was found at or above the threshold, and every file in scope was read. Missing evidence alone changes it only under `--gate`.",
                ],
                next: &[],
            },
            Word {
                name: "1",
                title: "Exit code 1",
                means: &[
                    "There are findings at or above the threshold (`--fail-on`, medium unless said otherwise), or a gate did not open.",
                ],
                next: &["coseal check --fail-on high", "coseal check --gate merge"],
            },
            Word {
                name: "2",
                title: "Exit code 2",
                means: &["The command line is wrong. Nothing was done."],
                next: &["coseal --help"],
            },
            Word {
                name: "3",
                title: "Exit code 3",
                means: &[
                    "The system file, `coseal.toml`, is invalid. All its errors are shown at once, each with its line.",
                ],
                next: &[
                    "coseal check                  # the errors, and what to do",
                    "coseal explain system-file-valid",
                ],
            },
            Word {
                name: "4",
                title: "Exit code 4",
                means: &[
                    "The environment failed: a folder that can't be read, a disk that is full.",
                ],
                next: &[],
            },
            Word {
                name: "5",
                title: "Exit code 5",
                means: &[
                    "The integrity of coseal's own records is broken: a log was edited, cut, rolled back, forked, or taken away. Nothing of it counts until that is understood.",
                ],
                next: &["coseal evidence verify"],
            },
            Word {
                name: "6",
                title: "Exit code 6",
                means: &[
                    "Something in scope could not be read or judged. It is never the same as clean.",
                ],
                next: &["coseal check --verbose        # what was not looked at, and why"],
            },
            Word {
                name: "70",
                title: "Exit code 70",
                means: &["A bug of ours. Please report it, with what the last line says."],
                next: &[],
            },
        ],
    },
    Group {
        title: "Levels",
        about: "How much a check weighs in its guideline.",
        words: &[
            Word {
                name: "must",
                title: "must",
                means: &[
                    "Without it the guideline is not met: it fails where this fails, and is unknown where this is unknown or stale.",
                ],
                next: &[],
            },
            Word {
                name: "should",
                title: "should",
                means: &["Without it the guideline is met in part."],
                next: &[],
            },
        ],
    },
    Group {
        title: "Scopes",
        about: "What a check needs before it can be judged.",
        words: &[
            Word {
                name: "files",
                title: "files",
                means: &["A folder is enough."],
                next: &["coseal check"],
            },
            Word {
                name: "live",
                title: "live",
                means: &["The running service has to be asked."],
                next: &[],
            },
            Word {
                name: "log",
                title: "log",
                means: &["A window of the service's logs is needed."],
                next: &[],
            },
            Word {
                name: "drill",
                title: "drill",
                means: &["A test or an exercise has to be run."],
                next: &[],
            },
            Word {
                name: "people",
                title: "people",
                means: &["A person states it, in a role, signed, with a last day."],
                next: &["coseal decide attest CHECK"],
            },
        ],
    },
    Group {
        title: "Severities",
        about: "How much a finding matters if it is true. Beside it stands the confidence: how sure the check is.",
        words: &[
            Word {
                name: "critical",
                title: "critical",
                means: &["Do not run the system like this."],
                next: &[],
            },
            Word {
                name: "high",
                title: "high",
                means: &["Put it right before the next release."],
                next: &[],
            },
            Word {
                name: "medium",
                title: "medium",
                means: &["It should be put right in the ordinary course of work."],
                next: &[],
            },
            Word {
                name: "low",
                title: "low",
                means: &["It weakens the system a little, or only together with something else."],
                next: &[],
            },
            Word {
                name: "note",
                title: "note",
                means: &["Worth knowing; it changes no verdict by itself."],
                next: &[],
            },
        ],
    },
    terms::TERMS,
];
