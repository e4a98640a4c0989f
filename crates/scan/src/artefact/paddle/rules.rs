//! The findings that Paddle's models can make.

use crate::artefact::report::rules;

const TIP_CODE: &str = "do not load this file; ask its source for parameters, and build the program from code that you know";
const TIP_REVIEW: &str = "load it only if you know why its program needs this operation";
const TIP_FETCH: &str = "fetch the file again from its source and compare its digest";

rules! {
    DANGEROUS = "paddle-dangerous-operation", Critical,
        "the program runs code, or reads or writes files", TIP_CODE;
    OPERATION = "paddle-unknown-operation", High,
        "the program needs an operation that the policy does not know", TIP_REVIEW;
    FIELD = "paddle-unknown-field", Medium,
        "the program has a field that Paddle does not know", TIP_FETCH;
    BROKEN = "paddle-broken", Medium,
        "the program is broken, or lies about its structure", TIP_FETCH;
    EXHAUSTING = "paddle-exhausting", Medium,
        "the program makes values larger than any machine holds, or never ends, whatever it is given", TIP_CODE;
    PARAMETERS = "paddle-parameters", Medium,
        "the parameters are not what their headers say", TIP_FETCH;
}
