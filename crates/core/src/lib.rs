//! The vocabulary of coseal.
//!
//! Everything else depends on this crate and it depends on nothing of ours. It says what an AI system
//! is ([`system`]), what people decided about it ([`decision`]), what was observed of it ([`fact`]), what a check is and answers ([`mod@check`],
//! [`outcome`], [`finding`]), and how answers become one verdict for each of the 17 guidelines
//! ([`catalogue`], [`verdict`]). It has no network, no async and knows no file format but the system file.

pub mod catalogue;
pub mod check;
pub mod condition;
pub mod decision;
pub mod digest;
pub mod exit;
pub mod fact;
pub mod finding;
pub mod grade;
pub mod nearest;
pub mod outcome;
pub mod plain;
pub mod system;
pub mod tree;
pub mod verdict;
