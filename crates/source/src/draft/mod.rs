//! A system file in the making: facts and answers become a draft, and a draft becomes text.

mod actions;
mod answers;
mod draft;
mod flows;
mod group;
mod ids;
mod kind;
mod models;
mod part;
mod parts;
mod quoted;
#[cfg(test)]
mod tests;
mod text;
mod update;

pub use answers::{Answer, Answers};
pub use draft::{Draft, Found, LeftOut, Told, draft};
pub use kind::{Guess, SystemKind, guess};
pub use part::{Part, Value};
pub use text::text;
pub use update::{CanNotAdd, Updated, update};
