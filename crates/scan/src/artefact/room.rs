//! A format of one id, declared as a value.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    format::{Format, Input, Look},
    report::Report,
};

/// What a parser of one format says and does.
pub(crate) struct Room {
    /// Its id, the same everywhere.
    pub(crate) id: &'static str,
    /// The system file's word for it.
    pub(crate) family: Option<ModelFormat>,
    /// Whether a file is of this format.
    pub(crate) recognises: fn(&Look<'_>) -> bool,
    /// Reads a file and reports.
    pub(crate) inspect: fn(Input<'_>, &mut Report),
    /// The findings it can make.
    pub(crate) rules: &'static [Rule],
}

impl Format for Room {
    fn id(&self, _: &Look<'_>) -> &'static str {
        self.id
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        self.family
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        (self.recognises)(look)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        (self.inspect)(input, report);
    }

    fn rules(&self) -> &'static [Rule] {
        self.rules
    }
}
