//! The findings that Keras's models can make.

use crate::artefact::report::rules;

const TIP_CODE: &str = "do not load this file; ask its source for weights, and build the layers from code that you know";
const TIP_REVIEW: &str = "load it only if you know the code that it names";
const TIP_FETCH: &str = "fetch the file again from its source and compare its digest";

rules! {
    CODE = "keras-code", Critical,
        "loading the model runs code that it brings along", TIP_CODE;
    DANGEROUS = "keras-dangerous-object", Critical,
        "loading the model calls something that runs code or touches the machine", TIP_CODE;
    UNKNOWN = "keras-unknown-object", High,
        "loading the model makes an object that the policy does not know", TIP_REVIEW;
    READS = "keras-reads-file", High,
        "loading the model reads another file or address", TIP_CODE;
    MEMBER = "keras-unexpected-member", High,
        "the archive holds something that Keras does not write", TIP_REVIEW;
    DESCRIPTION = "keras-description", Medium,
        "the model's description is missing or broken, or says a thing twice", TIP_FETCH;
}
