//! The book: one page for each check, rule, guideline and command, and one for the words.
//!
//! `coseal explain` shows a page on a terminal, `cargo xtask generate` writes the same page as Markdown under `docs/`.

mod checks;
mod commands;
mod contents;
mod example;
mod guidelines;
mod index;
mod markdown;
mod page;
mod place;
mod rule_families;
mod rules;
mod terminal;
mod topic;
mod words;

pub use commands::{command, commands};
pub use contents::{pages, summary};
pub use example::{Example, Examples, File};
pub use index::overview;
pub use page::{Block, Page};
pub(crate) use rules::is_of_parser;
pub use topic::{Topic, find};
