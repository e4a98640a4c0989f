//! Chat templates: Jinja as model hubs use it. Parsed and folded, never rendered.
//!
//! A template is a program that turns messages into the text that the model reads. Three things make it hostile: it leaves the sandbox it
//! is rendered in, it speaks for somebody (instructions and addresses that nobody wrote), or it never ends.
//!
//! The principle: a template may ask how a message is built (its role, its kind, whether there is something, where a declared mark such as
//! `</think>` stands) and answer with marks. What people wrote, the clock and counts may be shown, but not asked: text of the template's own
//! that such a question chooses is a trigger, however it is asked. What people wrote is shown as it is, under their own role. A name that is
//! not wholly known never reads an attribute of a constant. Every step is paid from the budget of the file.

mod access;
mod address;
mod alters;
mod blocks;
mod bounds;
mod calls;
mod chain;
mod danger;
mod encoded;
mod english;
mod evaluate;
mod expression;
mod file;
mod filters;
mod hidden;
mod instruction;
mod judge;
mod lexer;
mod loops;
mod marks;
mod methods;
mod names;
mod parser;
mod policy;
mod ranks;
mod roles;
mod rules;
mod selects;
mod shown;
mod sources;
mod statement;
mod strings;
mod suffix;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod walk;
mod words;

pub(crate) use file::Template;
pub(crate) use judge::judge;
pub(crate) use rules::RULES;
