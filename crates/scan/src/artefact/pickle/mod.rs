//! Pickles, protocols 0 to 5: read by an abstract machine that makes no object and calls nothing.

mod arguments;
mod danger;
mod effects;
mod format;
mod heap;
#[cfg(test)]
mod insertions;
mod joblib;
mod machine;
mod memo;
mod names;
mod nested;
pub(crate) mod opcode;
mod policy;
mod rules;
mod scalar;
mod session;
mod shapes;
mod show;
mod state;
mod stream;
mod template;
mod tensor;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use danger::is_dangerous;
pub(crate) use format::Pickle;
pub(crate) use policy::{Use, allowed, holds};
pub(crate) use rules::RULES;
pub(crate) use session::{Persistent, Session, Storage};
pub(crate) use stream::{first, has_effect, is_legacy_torch, member};
pub(crate) use tensor::item_of;
pub(crate) use value::is_run;
