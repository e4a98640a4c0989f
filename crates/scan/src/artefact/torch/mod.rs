//! PyTorch's archives: a zip with a pickle, its storages, and for TorchScript code; and the tar archives before them.

mod exported;
mod format;
mod members;
mod old;
mod reader;
mod rules;
mod script;
mod sizes;
mod storages;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use format::Torch;
pub(crate) use old::{is_old, read_old};
pub(crate) use rules::RULES;
