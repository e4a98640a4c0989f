//! Keras's descriptions of models.

/// Which description a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Layers.
    Model,
}

pub(crate) fn part_of(_: &str) -> Option<Part> {
    None
}
pub(crate) fn text(_: &[u8], _: Part, _: &str, _: &mut crate::artefact::report::Report) {}
