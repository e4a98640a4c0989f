//! The vocabulary of coseal.
//!
//! Everything else depends on this crate and it depends on nothing of ours. It says what an AI system
//! is ([`system`]), what people decided about it ([`decision`]), which bytes are registered ([`lock`]), what was observed of it ([`fact`]), what a check
//! is and answers ([`mod@check`], [`outcome`], [`finding`]), how answers become one verdict for each of the 17
//! guidelines ([`catalogue`], [`verdict`]), and which provisions of other frameworks these support
//! ([`mod@crosswalk`]). It has no network, no async and knows no file formats but those of the system file and of
//! decisions.

pub mod catalogue;
pub mod check;
pub mod condition;
pub mod counted;
pub mod crosswalk;
pub mod decision;
pub mod digest;
pub mod exit;
pub mod fact;
pub mod finding;
pub mod grade;
pub mod lock;
pub mod nearest;
pub mod outcome;
pub mod place;
pub mod plain;
pub mod scan_policy;
pub mod system;
pub mod tree;
pub mod verdict;
