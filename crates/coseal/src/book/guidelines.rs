//! The page of a guideline.

use coseal_core::{catalogue::Guideline, crosswalk::crosswalk};

use super::{
    checks::{self, level},
    page::Page,
    place,
};
use crate::registry;

/// The page of a guideline.
pub(super) fn page(guideline: &Guideline) -> Page {
    let mut page = Page::new(path(guideline), format!("{} {}", guideline.id, guideline.name));
    page.text(format!(
        "{}: stage {}, {}.",
        guideline.title,
        guideline.stage.number(),
        guideline.stage.heading()
    ));
    let built =
        guideline.checks.iter().filter(|entry| registry::check(&entry.id).is_some()).count();
    page.heading("Its checks");
    page.text(match (built, guideline.checks.len()) {
        (built, all) if built == all => format!("{all} checks, all of them built."),
        (0, all) => format!(
            "{all} checks, none of them built yet: the guideline is unknown until they are."
        ),
        (built, all) => format!(
            "{all} checks, {built} of them built. The others count as unknown, never as a pass."
        ),
    });
    page.table(&["check", "level", "scope", "", "asks"], rows(guideline));
    page.heading("Left to people");
    page.text(format!("What no machine can judge of it: {}.", guideline.left_to_people));
    page.heading("How it is rolled up");
    page.text("The first line that fits is the verdict.");
    page.list(
        [
            "No check applies: not-applicable.",
            "Nothing that applies is judged: unknown.",
            "A must-check fails: fail.",
            "A must-check is unknown or stale: unknown.",
            "A must-check is partial or waived, or a should-check is not a pass: partial.",
            "Otherwise: pass.",
        ]
        .map(str::to_owned),
    );
    elsewhere(&mut page, guideline);
    page.heading("Next");
    page.text(place::sentence(&guideline.id));
    page.code("sh", "coseal check --verbose        # the state of each of its checks in this folder\ncoseal explain CHECK          # what one of them asks, and how to put it right");
    page
}

/// Its page.
pub(super) fn path(guideline: &Guideline) -> String {
    format!("guidelines/{}-{}.md", guideline.id, guideline.name)
}

/// Its checks, a row each.
pub(super) fn rows(guideline: &Guideline) -> Vec<Vec<String>> {
    let row = |entry: &coseal_core::catalogue::CheckEntry| {
        let built = if registry::check(&entry.id).is_some() { "" } else { "not built yet" };
        vec![
            format!("[{}]({})", entry.id, checks::path(&entry.id)),
            level(entry.level).to_owned(),
            entry.scope.word().to_owned(),
            built.to_owned(),
            entry.question.clone(),
        ]
    };
    guideline.checks.iter().map(row).collect()
}

/// What a guideline supports in other frameworks.
pub(super) fn elsewhere(page: &mut Page, guideline: &Guideline) {
    let points: Vec<_> = crosswalk()
        .of(&guideline.id)
        .map(|reference| {
            let framework = reference.framework;
            format!("{} ({}): {}", framework.title, framework.version, reference.ids.join(", "))
        })
        .collect();
    if points.is_empty() {
        return;
    }
    page.heading("In other frameworks");
    page.text(format!(
        "Evidence for guideline {} supports these, and shows none of them alone:",
        guideline.id
    ));
    page.list(points);
}
