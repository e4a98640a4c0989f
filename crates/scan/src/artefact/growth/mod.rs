//! How large values get that a graph computes, and how long it runs, whatever it is given.
//!
//! Rooms translate their operators into the few kinds that matter here. A graph is then followed with what is known of its values:
//! their sizes, and numbers if they are few. What is not known counts as small, so that all that is found is there for any input.

mod arithmetic;
mod calls;
mod cycles;
mod loops;
pub(crate) mod numbers;
mod parts;
mod program;
mod ranges;
mod run;
mod shapes;
mod truth;
mod value;

pub(crate) use arithmetic::Arithmetic;
pub(crate) use cycles::cycle;
pub(crate) use program::{Act, Graph, Key, Loop, Node, Pads, Program, key};
pub(crate) use run::judge;
pub(crate) use value::{MAX_HELD, Value};

/// Elements of one value that a graph makes of constants: 2 GiB of single-precision numbers, more than a whole model may be in one
/// message or buffer. What honest models make that large depends on what they are given, or is stored.
pub(crate) const MAX_ELEMENTS: u64 = 1 << 29;
/// How many times larger than what it was given or has stored a value may get beyond that: resizing an image or repeating heads makes
/// 64 of one.
const MAX_GROWTH: u64 = 256;
/// Turns of loops, within each other, that a graph itself demands. Those of honest models go over what they are given, or over layers.
const MAX_TURNS: f64 = 16_777_216.0;
/// Nodes of all functions when each call is replaced by what it calls, as loaders do: ten times those of the largest models.
const MAX_NODES_CALLED: u64 = 1 << 24;
/// Functions within each other: loaders follow them on their stack. Honest ones go as deep as modules do within modules.
const MAX_CALLS_WITHIN: usize = 512;
