//! HDF5: a tree of groups, datasets and attributes, in blocks that point at each other.
//!
//! Source: *HDF5 File Format Specification*, version 3.0. Numbers are payload; what programs make code of is read: text that
//! describes a model, and values that are pickles.

mod attribute;
mod block;
mod chunks;
mod dataset;
mod datatype;
mod fields;
mod filters;
mod format;
mod fractal;
mod global;
mod group;
mod header;
mod layout;
mod link;
mod outside;
mod rules;
mod space;
mod superblock;
mod table;
#[cfg(test)]
mod tests;
mod tree;
mod values;
mod walk;

pub(crate) use format::Hdf5;
pub(crate) use rules::RULES;
