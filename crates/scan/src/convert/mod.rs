//! Tensors of a PyTorch, NumPy or joblib file, written as safetensors: nothing is executed and no object is made.
//!
//! Only for a file whose scan is clean and complete: what is read here is trusted to be what a library wrote, and what it holds
//! beside tensors is named, not kept. A tensor is copied piece by piece; memory does not grow with the file.

mod array;
mod call;
mod copy;
mod dtype;
mod flatten;
mod header;
mod numpy;
mod object;
mod place;
mod plan;
mod reading;
mod stream;
#[cfg(test)]
mod tests;
mod torch;

pub use plan::{Dropped, Plan, Unfit, with_plan};
