//! How models and data were chosen, where they come from, and what is written about them.

use super::{Cause, words};

pub(super) const CAUSES: &[Cause] = &[
    (
        &["model-ended"],
        words(
            "A model in use has ended, or should have been chosen again.",
            "Move to a model that is kept up, or choose again and set a new day.",
        ),
    ),
    (
        &["model-ends-soon"],
        words(
            "A model in use will soon be switched off by its vendor.",
            "Plan and test the move now.",
        ),
    ),
    (
        &["model-choice-not-in-use"],
        words(
            "The model in use is not the one that was chosen.",
            "Use the chosen model, or decide again and record why.",
        ),
    ),
    (
        &["model-choice-not-recorded", "model-choice-incomplete"],
        words(
            "There is no full record of why this model was chosen.",
            "Compare it with another, and record the choice.",
        ),
    ),
    (
        &["model-fact-differs", "card-contradicts"],
        words(
            "What is written about a model and what it is are two different things.",
            "Find out which is right, and put the other right.",
        ),
    ),
    (
        &["model-in-code-format"],
        words(
            "A model is kept in a form that can carry hidden commands.",
            "Convert it to a form that holds only numbers.",
        ),
    ),
    (
        &["model-of-unknown-origin", "model-record-silent", "dataset-of-unknown-origin"],
        words(
            "Nobody can say where a model or its data comes from.",
            "Find out, or plan to replace it.",
        ),
    ),
    (
        &["model-without-licence"],
        words(
            "It is not recorded under which licence a model may be used.",
            "Find out, and record it.",
        ),
    ),
    (
        &["card-missing", "card-incomplete", "dataset-undocumented"],
        words(
            "A model or its data is not described well enough for others to judge it.",
            "Complete its description.",
        ),
    ),
];
