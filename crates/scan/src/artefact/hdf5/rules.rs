//! The findings that HDF5 files can make.

use coseal_core::fact::ArtefactVerdict;

use crate::artefact::report::{Report, rules};

const TIP_FETCH: &str = "fetch the file again from its source and compare its digest";
const TIP_WHOLE: &str = "ask its source for a file that holds all its data itself";

rules! {
    STRUCTURE = "hdf5-structure", Medium,
        "the file breaks the rules of the format", TIP_FETCH;
    EXTENT = "hdf5-extent", Medium,
        "a dataset's bytes are fewer than its shape says, or outside the file", TIP_FETCH;
    SHAPE = "hdf5-exhaustion", Medium,
        "a dataset's shape is out of all proportion to the file", "do not load it";
    CYCLE = "hdf5-cycle", Medium,
        "a link leads back to where it stands", TIP_FETCH;
    SURROUND = "hdf5-surrounding-bytes", Medium,
        "there are bytes before or behind what the format describes", TIP_FETCH;
    OUTSIDE = "hdf5-outside-file", High,
        "reading the file makes the library read other files", TIP_WHOLE;
    PLUGIN = "hdf5-plugin", High,
        "reading the file makes the library load a plug-in by number",
        "load it only if you know the plug-in; better, ask its source for a file with deflate or no filter";
    PICKLE = "hdf5-pickle", High,
        "a value in the file is a pickle with effects, which some libraries load",
        "do not load this file; ask its source for one without pickled values";
}

/// Something that breaks the format's rules.
pub(super) fn broken(offset: u64, text: &str, report: &mut Report) {
    report.find(&STRUCTURE, ArtefactVerdict::Malformed, offset, text);
}
