//! The engine: facts in, outcomes and verdicts out; the checks of the system file and of documents; and exports.
//!
//! It knows nothing of models or source code: those crates bring their own facts and checks.

pub mod assessment;
pub mod assumed;
pub mod baseline;
pub mod checks;
pub mod decision;
pub mod engine;
pub mod evidence;
pub mod export;
pub mod gate;
pub mod gather;
pub mod hosted;
pub mod impact;
mod markdown;
mod on_record;
pub mod report;
mod security_txt;
pub mod trust;

pub use assessment::{Assessment, Judged};
pub use engine::assess;
