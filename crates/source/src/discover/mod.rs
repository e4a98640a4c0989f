//! What files show of an AI system: models, data, prompts, tools, services, packages and what is run.
//!
//! Each reader takes files of some kinds and says what it saw; the parts are joined here, so that each asset is there
//! once with all the places that show it. Nothing that is read is executed, and no file is hidden by ignore rules.

mod clean;
mod join;
mod profile;
mod texts;

pub use join::{Discovered, discover, joined, searched};
pub use texts::texts;
pub(crate) use texts::{is_prompt, text_prompts};
