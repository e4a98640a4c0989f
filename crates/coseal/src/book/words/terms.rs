//! Words of art that output and documentation use.

use super::{Group, Word};

/// The terms, by the alphabet.
pub(super) const TERMS: Group = Group {
    title: "Terms",
    about: "Words that output and documentation use in a sense of their own.",
    words: &[
        Word {
            name: "assumed",
            title: "assumed",
            means: &[
                "What `coseal init` wrote and nobody has confirmed: its line of `coseal.toml` says `TODO(coseal):`, or that something `is assumed`. Results that rest on such a line say so.",
                "Put right what is wrong, and take the mark away; then it is what you say.",
            ],
            next: &["coseal check", "coseal init --diff"],
        },
        Word {
            name: "baseline",
            title: "baseline",
            means: &[
                "What an earlier run found, kept as a SARIF file. Against it `coseal check` marks what is new and fails only on that; what is known is counted. It hides nothing from the verdicts, and needs no signature: it is for starting with a repository that is not clean.",
            ],
            next: &[
                "coseal check --format sarif > baseline.sarif",
                "coseal check --baseline baseline.sarif",
            ],
        },
        Word {
            name: "binding",
            title: "binding",
            means: &[
                "The digest of exactly the facts that a check reads. Evidence holds while it stays the same: change one of these facts, and the evidence is stale; change anything else, and it is not.",
            ],
            next: &["coseal impact FILE"],
        },
        Word {
            name: "checkpoint",
            title: "checkpoint",
            means: &[
                "The signed size and root of an evidence log at one time. coseal remembers the last that it saw, so that a log that was cut or rolled back shows.",
            ],
            next: &["coseal evidence verify"],
        },
        Word {
            name: "class",
            title: "class",
            means: &[
                "How sensitive data is, the least first: public, internal, confidential, personal (about people), sensitive (about their health, beliefs and the like), secret. It stands on data, stores, flows and logs of `coseal.toml`.",
            ],
            next: &[],
        },
        Word {
            name: "coverage",
            title: "coverage",
            means: &[
                "What a check looked at, and what it did not, each gap with its reason. With a gap an answer is never a pass.",
            ],
            next: &["coseal check --verbose"],
        },
        Word {
            name: "decision",
            title: "decision",
            means: &[
                "What a person decided, as a file in the repository with a signature beside it: a statement, a waiver, an exemption, the choice of a model. It counts while its signer holds the role and its last day is not over.",
            ],
            next: &["coseal decide list"],
        },
        Word {
            name: "digest",
            title: "digest",
            means: &[
                "A SHA-256 over the bytes of a file, or over the text of a prompt. Other bytes have another one: it is how a swapped model or prompt shows.",
            ],
            next: &["coseal assets lock"],
        },
        Word {
            name: "effect",
            title: "effect",
            means: &[
                "What a tool can do to the world: read (nothing), write (it can be changed back), external (it reaches others), irreversible. External and irreversible ones want somebody's approval.",
            ],
            next: &[],
        },
        Word {
            name: "element",
            title: "element",
            means: &[
                "A part of the system that `coseal.toml` declares, by kind and id, as `model.chat` or `flow.answer`.",
            ],
            next: &["coseal init --diff"],
        },
        Word {
            name: "endpoint",
            title: "endpoint",
            means: &[
                "Where the system can be reached. `auth` says how callers prove who they are, `tls` whether it is encrypted, `quota` how much one may ask. Without `auth` nobody has said, and nothing of it is judged.",
            ],
            next: &["coseal explain secure-defaults-kept"],
        },
        Word {
            name: "environment",
            title: "environment",
            means: &[
                "Where the system runs: staging, production. Evidence names the one it was seen in: staging proves nothing about production.",
            ],
            next: &["coseal check --environment NAME"],
        },
        Word {
            name: "exemption",
            title: "exemption",
            means: &[
                "A signed decision, with a last day, that a check does not apply to this system. Facts of `coseal.toml` do the same without a signature where the catalogue knows the reason.",
            ],
            next: &["coseal decide exempt CHECK"],
        },
        Word {
            name: "exposure",
            title: "exposure",
            means: &[
                "Who can reach the system: offline (nobody over a network), staff, partners, public.",
            ],
            next: &[],
        },
        Word {
            name: "finding",
            title: "finding",
            means: &[
                "One thing that is wrong: its rule, its place, how bad it is, how sure that is, and a tip. It is gone once it is put right; a waiver or a baseline does not take it away.",
            ],
            next: &["coseal check", "coseal explain RULE"],
        },
        Word {
            name: "flow",
            title: "flow",
            means: &[
                "Who tells what to whom: from an element or actor (user, app, staff, …) to another, with the class of what is on it.",
            ],
            next: &[],
        },
        Word {
            name: "gap",
            title: "gap",
            means: &[
                "Something in scope that was not looked at, with the reason. A run with a gap ends with exit code 6 at best.",
            ],
            next: &["coseal explain 6"],
        },
        Word {
            name: "gate",
            title: "gate",
            means: &[
                "What decides whether a change or release may pass. merge: every must-check that files can answer; local: every must-check, on any evidence; release: on evidence of the best grade that its kind allows. Shut, it names what shuts it, and the exit code is 1.",
            ],
            next: &[
                "coseal check --gate merge",
                "coseal check --gate release --trust FILE --environment NAME",
            ],
        },
        Word {
            name: "grade",
            title: "grade",
            means: &[
                "What stands behind an answer: A seen by coseal and signed by a trusted runner, B signed by another trusted tool, C stated by a person in a role, D anything else.",
            ],
            next: &["coseal explain grade A"],
        },
        Word {
            name: "guideline",
            title: "guideline",
            means: &[
                "One of the 17 things that the Guidelines for Secure AI System Development (NCSC, CISA and others, November 2023) ask for. Its checks roll up into its verdict; beside them stands what is left to people.",
            ],
            next: &["coseal explain 2.1"],
        },
        Word {
            name: "lock",
            title: "lock",
            means: &["`coseal.lock`: the register of digests. See register."],
            next: &["coseal assets lock"],
        },
        Word {
            name: "pin",
            title: "pin",
            means: &[
                "An exact version: a commit of a hub, a digest, a dated name of a hosted model. What is pinned always means the same bytes; a name that moves can come to mean others overnight.",
            ],
            next: &["coseal assets"],
        },
        Word {
            name: "playbook",
            title: "playbook",
            means: &[
                "What to do when something happens: how to detect it, how to contain it, how to recover, and whom to call as `role:ID`. Declared as a document with the classes of incident that it covers.",
            ],
            next: &["coseal explain playbooks-cover-threats"],
        },
        Word {
            name: "provenance",
            title: "provenance",
            means: &[
                "Whether it is known where a model or dataset comes from: own, third-party, unknown.",
            ],
            next: &[],
        },
        Word {
            name: "record",
            title: "record",
            means: &[
                "One outcome of one run, signed into the evidence log. `--record` writes one for every check, what is unknown too, in a sequence without gaps.",
            ],
            next: &["coseal check --record --key FILE", "coseal evidence list"],
        },
        Word {
            name: "register",
            title: "register",
            means: &[
                "What the assets of the system are: `coseal.toml` names them, `coseal.lock` holds the digest of each as it was when somebody looked. A change shows until somebody accepts it.",
            ],
            next: &["coseal assets", "coseal assets lock"],
        },
        Word {
            name: "role",
            title: "role",
            means: &[
                "Who answers for something, with a contact: the risk owner, whom to call in an incident. The trust root says which key speaks for which role.",
            ],
            next: &["coseal explain contacts-current"],
        },
        Word {
            name: "rule",
            title: "rule",
            means: &[
                "A kind of finding. Its name never changes, in SARIF and JSON as on a terminal.",
            ],
            next: &["coseal explain RULE"],
        },
        Word {
            name: "runner",
            title: "runner",
            means: &[
                "A machine that judges and signs what it saw, such as CI. Its key stands in the trust root.",
            ],
            next: &["coseal evidence key new FILE"],
        },
        Word {
            name: "sarif",
            title: "SARIF",
            means: &[
                "A format for findings (SARIF 2.1.0) that code scanning services read. coseal writes it, takes it as a baseline, and reads that of tools that look for vulnerabilities.",
            ],
            next: &["coseal check --format sarif"],
        },
        Word {
            name: "scope",
            title: "scope",
            means: &[
                "What a check needs before it can be judged: files (a folder), people (somebody's word), live (the running service), log (a window of its logs), drill (an exercise). Some checks of live and log see a failure in files already.",
            ],
            next: &["coseal check"],
        },
        Word {
            name: "sink",
            title: "sink",
            means: &[
                "Where content on a flow ends up: html, sql, shell, code, tool-arguments, json, human. It decides how a model's text must be encoded or limited before it gets there. Left out: not known.",
            ],
            next: &[],
        },
        Word {
            name: "statement",
            title: "statement",
            means: &[
                "What a person says of something that no machine can see, in a role, with reason and last day, signed.",
            ],
            next: &["coseal decide attest CHECK"],
        },
        Word {
            name: "store",
            title: "store",
            means: &[
                "In `coseal.toml`: what content is read from while answering, such as a database of vectors. Of evidence: the folder with the logs, outside the repository.",
            ],
            next: &["coseal evidence list"],
        },
        Word {
            name: "system-file",
            title: "system file",
            means: &[
                "`coseal.toml`: what the system is for, who can reach it, how bad it is if it goes wrong, and its parts. What no machine can find out stands there and nowhere else.",
            ],
            next: &["coseal init", "coseal explain system-file-valid"],
        },
        Word {
            name: "trust-root",
            title: "trust root",
            means: &[
                "The file that says whose signatures count, and for what: keys of runners, of tools, of people in roles. It comes from outside the repository (`--trust FILE`, or your configuration): a copy in what is judged would vouch for itself. Without one every answer is grade D.",
            ],
            next: &["coseal evidence verify --trust FILE", "coseal check --trust FILE"],
        },
        Word {
            name: "verdict",
            title: "verdict",
            means: &["The state of a guideline, rolled up from its checks. There is no score."],
            next: &["coseal check"],
        },
        Word {
            name: "waiver",
            title: "waiver",
            means: &[
                "An owner's signed word that a failed check is carried for now: with a reason, a control that stands in meanwhile, and a last day. It is shown in every result, and counts as partial.",
            ],
            next: &["coseal decide waive CHECK"],
        },
        Word {
            name: "witness",
            title: "witness",
            means: &[
                "Somebody else's key that signs the checkpoints of a log, so that its owner can't show different logs to different people.",
            ],
            next: &["coseal evidence verify --trust FILE"],
        },
        Word {
            name: "writers",
            title: "writers",
            means: &[
                "Who can put content into a store, dataset, memory or flow: system, developers, operators, staff, suppliers, partners, users, public. It decides how far what comes out is trusted. Left out: nobody has said.",
            ],
            next: &[],
        },
    ],
};
