//! All pages, and the list of them.

use std::fmt::Write as _;

use coseal_core::catalogue::{Stage, catalogue};

use super::{checks, commands, example::Examples, guidelines, index, page::Page, rules, words};
use crate::registry;

/// Every generated page.
#[must_use]
pub fn pages(examples: &Examples) -> Vec<Page> {
    let mut pages = vec![words::page(), index::guidelines(), index::checks(), index::rules()];
    pages.extend(catalogue().guidelines.iter().map(guidelines::page));
    let checks = catalogue().checks();
    pages.extend(checks.map(|(guideline, entry)| checks::page(guideline, entry, examples)));
    pages.extend(registry::rules().iter().map(|rule| rules::page(rule, examples)));
    pages.extend(commands::pages());
    pages
}

/// The pages that people write, in the order of reading.
const WRITTEN: &[(&str, &str)] = &[
    ("Tutorial", "tutorial.md"),
    ("How it works", "how-it-works.md"),
    ("Evidence", "evidence.md"),
    ("Decisions", "decisions.md"),
    ("Model files", "model-files.md"),
];

/// `SUMMARY.md`: the table of contents, by which mdBook finds the pages.
#[must_use]
pub fn summary() -> String {
    let mut out = String::from("# Summary\n\n[coseal](README.md)\n\n");
    for (title, path) in WRITTEN {
        let _ = writeln!(out, "- [{title}]({path})");
    }
    let _ = writeln!(out, "- [States, grades and exit codes]({})", words::PATH);
    out.push_str("- [The system file](reference/system-file.md)\n");
    out.push_str("\n# Reference\n\n- [Commands](commands/README.md)\n");
    for page in commands::pages().iter().skip(1) {
        let depth = page.title.split(' ').count().saturating_sub(1);
        let _ = writeln!(out, "{}- [{}]({})", "  ".repeat(depth), page.title, page.path);
    }
    out.push_str("- [The 17 guidelines](guidelines/README.md)\n");
    for guideline in &catalogue().guidelines {
        let _ = writeln!(
            out,
            "  - [{} {}]({})",
            guideline.id,
            guideline.name,
            guidelines::path(guideline)
        );
    }
    out.push_str("- [Checks](checks/README.md)\n");
    for stage in Stage::ALL {
        for guideline in catalogue().guidelines.iter().filter(|guideline| guideline.stage == stage)
        {
            for entry in &guideline.checks {
                let _ = writeln!(out, "  - [{}]({})", entry.id, checks::path(&entry.id));
            }
        }
    }
    out.push_str("- [Rules](rules/README.md)\n");
    for rule in registry::rules() {
        let _ = writeln!(out, "  - [{}]({})", rule.id, rules::path(rule.id));
    }
    out.push_str("\n# Contributing\n\n- [Architecture](architecture.md)\n");
    out
}
