//! The pages that lead to others, and the list that `coseal explain` begins with.

use coseal_core::{
    catalogue::{CheckEntry, Guideline, Stage, catalogue},
    finding::Rule,
    system::word,
};

use super::{
    guidelines,
    page::{Page, sentence},
    rules, words,
};
use crate::registry;

const ABOUT_STAGE: [(&str, &str); 4] = [
    ("Design", "Understanding risks, threats and the choices that are hard to undo."),
    ("Development", "Where models, data and code come from, and what is known of them."),
    ("Deployment", "What stands around the model, and what is done when it goes wrong."),
    ("Operation", "What is seen of the running system, and what is learnt from it."),
];

fn about(stage: Stage) -> &'static str {
    ABOUT_STAGE.iter().find(|(name, _)| *name == stage.heading()).map_or("", |(_, about)| about)
}

fn of_stage(stage: Stage) -> impl Iterator<Item = &'static Guideline> {
    catalogue().guidelines.iter().filter(move |guideline| guideline.stage == stage)
}

/// All guidelines and checks.
pub(super) fn checks() -> Page {
    let mut page = Page::new("checks/README.md", "Guidelines and checks");
    let total = catalogue().checks().count();
    let built = registry::checks().len();
    page.text(format!(
        "{total} checks under 17 guidelines; {built} are built. A check that is not built counts as unknown, never as a pass."
    ));
    for stage in Stage::ALL {
        page.heading(format!("{} {}", stage.number(), stage.heading()));
        page.text(about(stage));
        for guideline in of_stage(stage) {
            page.subheading(format!("{} {}", guideline.id, guideline.name));
            page.text(format!("[{}]({})", guideline.title, guidelines::path(guideline)));
            page.table(&["check", "level", "scope", "", "asks"], guidelines::rows(guideline));
        }
    }
    page
}

/// All guidelines.
pub(super) fn guidelines() -> Page {
    let mut page = Page::new("guidelines/README.md", "The 17 guidelines");
    page.text("The *Guidelines for Secure AI System Development* (NCSC, CISA and 21 more agencies, November 2023), and what coseal asks under each.");
    for stage in Stage::ALL {
        page.heading(format!("{} {}", stage.number(), stage.heading()));
        page.text(about(stage));
        page.list(of_stage(stage).map(|guideline| {
            format!(
                "[{} {}]({}): {}",
                guideline.id,
                guideline.name,
                guidelines::path(guideline),
                guideline.title
            )
        }));
    }
    page
}

/// All rules, under the stage of the check that finds them.
pub(super) fn rules() -> Page {
    let mut page = Page::new("rules/README.md", "Rules: what findings can say");
    page.text("A rule is a kind of finding. Its id is stable for ever, and the same in the terminal, in SARIF and in evidence.");
    let all = registry::rules();
    for stage in Stage::ALL {
        let of: Vec<_> = all
            .iter()
            .filter(|rule| !rules::is_of_parser(rule.id))
            .filter(|rule| rules::checks(rule).first().is_some_and(|(g, _)| g.stage == stage))
            .collect();
        if of.is_empty() {
            continue;
        }
        page.heading(format!("{} {}", stage.number(), stage.heading()));
        rows(&mut page, &of);
        if stage == Stage::Development {
            page.heading("Model files");
            page.text("Found by `coseal scan`, and under 2.1 supply-chain by the check [model-files-scanned](checks/model-files-scanned.md).");
            rows(
                &mut page,
                &all.iter().filter(|rule| rules::is_of_parser(rule.id)).collect::<Vec<_>>(),
            );
        }
    }
    page
}

fn rows(page: &mut Page, rules: &[&Rule]) {
    let row = |rule: &&Rule| {
        vec![
            format!("[{}]({})", rule.id, rules::path(rule.id)),
            word(&rule.severity),
            rule.summary.to_owned(),
        ]
    };
    page.table(&["rule", "severity", "what was found"], rules.iter().map(row).collect());
}

/// What can be explained: the guidelines with their checks under the four stages, then the other words.
#[must_use]
pub fn overview(only: Option<Stage>) -> Page {
    let mut page = Page::new("checks/README.md", "What coseal can explain");
    for stage in Stage::ALL.into_iter().filter(|stage| only.is_none_or(|only| only == *stage)) {
        page.heading(format!("{} {}", stage.number(), stage.heading()));
        page.text(about(stage));
        for guideline in of_stage(stage) {
            page.subheading(format!("{} {}: {}", guideline.id, guideline.name, guideline.title));
            let (built, planned): (Vec<_>, Vec<_>) =
                guideline.checks.iter().partition(|entry| registry::check(&entry.id).is_some());
            let names = |of: &[&CheckEntry]| {
                of.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>().join(", ")
            };
            let mut points = Vec::new();
            if !built.is_empty() {
                points.push(names(&built));
            }
            if !planned.is_empty() {
                points.push(format!("not built yet: {}", names(&planned)));
            }
            page.list(points);
        }
    }
    if only.is_some() {
        return page;
    }
    page.heading("Words");
    for group in words::GROUPS {
        let names: Vec<_> = group.words.iter().map(|word| word.name).collect();
        page.text(format!("{}: {}", group.title, sentence(&names.join(", "))));
    }
    page.heading("Next");
    page.code("sh", "coseal explain CHECK          # model-files-scanned\ncoseal explain GUIDELINE      # 2.1 or supply-chain\ncoseal explain RULE           # as findings name it\ncoseal explain WORD           # stale, unknown, A, 6");
    page
}
