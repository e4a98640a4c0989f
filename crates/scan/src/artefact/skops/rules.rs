//! The findings that skops files can make.

use crate::artefact::report::rules;

const TIP_CODE: &str =
    "do not load this file; ask its source for one that names only classes of known libraries";
const TIP_REVIEW: &str = "load it only if you know the code that it names";
const TIP_FETCH: &str = "fetch the file again from its source and compare its digest";

rules! {
    DANGEROUS = "skops-dangerous-object", Critical,
        "loading the file calls something that runs code or touches the machine", TIP_CODE;
    UNKNOWN = "skops-unknown-object", High,
        "loading the file makes or calls something that the policy does not know", TIP_REVIEW;
    MEMBER = "skops-unexpected-member", High,
        "the archive holds something that skops does not write", TIP_REVIEW;
    SCHEMA = "skops-schema", Medium,
        "the file's schema is missing or broken, or says a thing twice", TIP_FETCH;
}
