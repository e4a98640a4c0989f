//! The engine: facts in, outcomes and verdicts out; and the checks of the system file and of documents.
//!
//! It knows nothing of models or source code: those crates bring their own facts and checks.

pub mod assessment;
pub mod checks;
pub mod decision;
pub mod engine;
pub mod gather;
pub mod hosted;
mod markdown;
mod security_txt;

pub use assessment::{Assessment, Judged};
pub use engine::assess;
