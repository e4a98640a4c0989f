//! Ways to write values down that several formats share. Each is read once, here, within bounds.

pub(crate) mod base;
pub(crate) mod flatbuffer;
pub(crate) mod json;
pub(crate) mod xml;
pub(crate) mod yaml;
