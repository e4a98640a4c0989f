//! What the service does for those who call it, and with what they tell it.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &["tool-without-approval"],
        words(
            "The AI can act where nothing can be undone, without anybody agreeing first.",
            "Have a person, or a fixed rule, agree before each such action.",
        ),
    ),
    (
        &["agent-without-limit"],
        words(
            "The AI may go on taking steps by itself without end.",
            "Set the most steps it may take for one request.",
        ),
    ),
    (
        &["endpoint-without-auth"],
        words(
            "Anybody can use the service without proving who they are.",
            "Ask callers to prove who they are.",
        ),
    ),
    (
        &["endpoint-debug", "endpoint-confidences"],
        words(
            "The service tells callers more than they need, which helps an attacker.",
            "Return the answer only.",
        ),
    ),
    (
        &["endpoint-without-quota"],
        words(
            "Nothing limits how much a caller can use the service: costs and outages are open-ended.",
            "Set a limit on use.",
        ),
    ),
    (
        &["endpoint-without-tls", "flow-not-encrypted"],
        words(
            "Data travels without encryption and can be read or altered on its way.",
            "Encrypt the connection.",
        ),
    ),
    (
        &["endpoint-any-origin"],
        words(
            "Any web page can call the service in the name of its visitors.",
            "Name the pages that need it, and refuse the others.",
        ),
    ),
    (
        &["guard-fails-open"],
        words(
            "When the safety filter fails, everything passes through.",
            "Let it refuse whenever it can't answer.",
        ),
    ),
    (
        &["memory-shared"],
        words(
            "What one user tells the AI can reach another user.",
            "Keep a memory of its own for each user.",
        ),
    ),
    (
        &["kept-without-limit"],
        words(
            "Personal data is kept without an end.",
            "Say how long it is kept, and delete it then.",
        ),
    ),
    (
        &["log-without-basis"],
        words(
            "Nobody has stated on what ground in law conversations are logged.",
            "State the ground, or stop the log.",
        ),
    ),
];
