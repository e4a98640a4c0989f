//! Chat templates: Jinja as model hubs use it. Parsed and folded, never rendered.
//!
//! A template is a program that turns messages into the text that the model reads. Three things make it hostile: it leaves the sandbox it
//! is rendered in, it speaks for somebody (instructions and addresses that nobody wrote), or it never ends.

mod access;
mod address;
mod alters;
mod blocks;
mod bounds;
mod calls;
mod chain;
mod danger;
mod encoded;
mod evaluate;
mod expression;
mod file;
mod filters;
mod hidden;
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
