//! Files of Torch 7: objects of Lua, one within the other, as bytes or as text.
//!
//! Source: `File.lua` and the classes' own `read` in the repository of torch7.

mod format;
mod objects;
mod rules;
mod stream;
#[cfg(test)]
mod tests;

pub(crate) use format::TORCH7;
pub(crate) use rules::RULES;
