//! Folders as model hubs keep them, told by the JSON files that say what a loader builds and which code it fetches for that.

mod adapter;
mod backtracks;
mod beside;
mod card;
mod elsewhere;
mod folder;
mod format;
mod index;
mod keys;
mod parts;
mod pipeline;
mod placed;
mod python;
mod rules;
mod script;
mod shapes;
mod sizes;
#[cfg(test)]
mod tests;
mod tokenizer;

pub(crate) use folder::whole;
pub(crate) use format::Repository;
pub(crate) use keys::imported;
pub(crate) use python::acts;
pub(crate) use rules::RULES;
