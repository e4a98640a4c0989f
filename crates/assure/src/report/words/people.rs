//! Plans, roles, and what suppliers and users are told.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &["playbook-missing", "playbook-missing-low"],
        words(
            "There is no plan for an incident that can happen to this system.",
            "Write it: how to notice, contain and recover, and whom to call.",
        ),
    ),
    (
        &["playbook-unusable"],
        words(
            "A plan for an incident lacks what people need in the moment.",
            "Finish the plan: how to notice it, contain it and recover, and whom to call.",
        ),
    ),
    (
        &["role-missing"],
        words(
            "Nobody is named who answers for the system's risk or takes the call when something happens.",
            "Name somebody for each, with a contact.",
        ),
    ),
    (
        &["contact-never-tried"],
        words("It is not known whether the people to call can be reached.", "Try each contact."),
    ),
    (
        &["training-missing"],
        words(
            "Somebody with far-reaching rights has not completed the training.",
            "Let them take the course.",
        ),
    ),
    (
        &["supplier-not-looked-into"],
        words(
            "Nobody has looked into a supplier that the system depends on.",
            "Look into the supplier, and state what was found.",
        ),
    ),
    (
        &["weak-case-unmentioned"],
        words(
            "A known weakness of the system is kept from the people who rely on it.",
            "Name it among the documented limits.",
        ),
    ),
    (
        &["user-guide-missing", "user-guide-lacks", "user-guide-old"],
        words(
            "Users are not told all that they need to use the system rightly.",
            "Complete the user guide and bring it up to date.",
        ),
    ),
    (
        &["disclosure-missing", "disclosure-invalid", "disclosure-expired"],
        words(
            "Somebody who finds a weakness can't tell where to report it, or whether that still holds.",
            "Publish a way to report weaknesses that is up to date.",
        ),
    ),
];
