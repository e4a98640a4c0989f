//! PyTorch's archives: a zip with a pickle, its storages, and for TorchScript code.

mod members;
mod read;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use read::Torch;
pub(crate) use rules::RULES;
