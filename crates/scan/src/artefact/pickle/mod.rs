//! Pickles, protocols 0 to 5: read by an abstract machine that makes no object and calls nothing.

mod agents;
mod anew;
mod arguments;
#[cfg(test)]
mod arrays;
mod code;
mod danger;
mod dispatch;
mod dtype;
mod effects;
mod exact;
mod format;
mod heap;
mod imports;
mod indices;
#[cfg(test)]
mod insertions;
mod items;
mod joblib;
mod ledger;
mod level;
mod lookups;
mod machine;
mod memo;
mod names;
mod nested;
pub(crate) mod opcode;
mod policy;
mod record;
mod rules;
mod scalar;
mod session;
mod shapes;
mod show;
mod stack;
mod state;
#[cfg(test)]
mod states;
mod stream;
mod template;
mod tensor;
#[cfg(test)]
mod tests;
mod text;
#[cfg(test)]
mod types;
mod value;

pub(crate) use danger::is_dangerous;
pub(crate) use format::Pickle;
pub(crate) use policy::{Use, allowed, holds};
pub(crate) use rules::RULES;
pub(crate) use session::{Persistent, Session, Storage};
pub(crate) use stream::{first, has_effect, is_legacy_torch, member};
pub(crate) use tensor::item_of;
pub(crate) use value::is_run;
