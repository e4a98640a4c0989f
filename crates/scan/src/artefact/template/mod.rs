//! Chat templates: Jinja as model hubs use it. Parsed and folded, never rendered.
//!
//! A template is a program that turns messages into the text that the model reads. Three things make it hostile: it leaves the sandbox it
//! is rendered in, it speaks for somebody (instructions and addresses that nobody wrote), or it never ends.
//!
//! The principle: a template may ask how a message is built (its role, its kind, whether there is something, where a declared mark such as
//! `</think>` stands) and answer with marks. What people wrote, the clock and counts may be shown, but not asked: text of the template's own
//! that such a question chooses is a trigger, however it is asked. What people wrote is shown as it is, under their own role. A name that is
//! not wholly known never reads an attribute of a constant. Every step is paid from the budget of the file.
//!
//! Honest templates write a great deal of their own: who the model is, the date, how tools are called, modes of reasoning. What separates
//! them from hostile ones is not how much they say, but three things. **Whom it serves**: text of the system may say anything but what works
//! against who uses the model. **Who decides**: variables that the application sets, the roles, and switches such as `/think` which the
//! operator puts into the system's message may choose text; what people wrote, the clock and counts may not. **Who speaks**: the turns of
//! the user, the model and tools hold what the caller gave them and marks; in the user's turn a task may stand around the words, as in
//! models that judge or rank, but nothing in the first person. To see who speaks, the template is followed again for suppositions, one for
//! each role: short conversations without tools, where conditions on roles are known. Words of one role in the turn of another, turns that
//! nobody gave, the beginning of an answer that says something, and words that are left out (always, or when what was said decides) show.
//!
//! Not judged: a family that has no place for the system and puts its words into the user's turn, or leaves them out as it does those of
//! all roles that it does not know; and a fixed text of the system in place of the caller's, where roles are not written by their names.

mod access;
mod address;
mod alters;
mod blocks;
mod bounds;
mod calls;
mod chain;
mod danger;
mod decide;
mod encoded;
mod english;
mod evaluate;
mod expression;
mod file;
mod filters;
mod hidden;
mod history;
#[cfg(test)]
mod history_tests;
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
mod role_marks;
mod roles;
mod rules;
mod selects;
mod shown;
mod sources;
mod statement;
mod strings;
mod suffix;
mod supposed;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod turns;
mod value;
mod walk;
mod words;

pub(crate) use file::Template;
pub(crate) use judge::judge;
pub(crate) use rules::RULES;
