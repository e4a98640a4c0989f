//! What can go wrong with an AI system, as its system file describes it.
//!
//! The system file becomes a [`graph`] of elements and of what passes between them. Each rule of [`rules`] looks for one shape in it: a path, as from whom we don't
//! trust over a model to a tool that acts, or one element with a fact about it. A [`threat`] names the rule and the ends of the path, and keeps as its witness the facts
//! that make it possible. Everything is a pure function of the system file.

pub mod blast;
pub mod class;
pub mod diagram;
pub mod diff;
#[cfg(test)]
mod golden;
pub mod graph;
#[cfg(test)]
mod properties;
pub mod rating;
pub mod rule;
pub mod rules;
pub mod threat;
