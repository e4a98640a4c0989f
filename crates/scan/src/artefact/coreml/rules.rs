//! The findings that Core ML models can make.

use crate::artefact::report::rules;

const TIP_CODE: &str =
    "do not load this file; ask its source for a model that holds all its data itself";
const TIP_REVIEW: &str = "load it only in a program whose own layers and models you know";
const TIP_FETCH: &str = "fetch the file again from its source and compare its digest";

rules! {
    OUTSIDE = "coreml-outside-file", Critical,
        "loading the model reads a file outside its package", TIP_CODE;
    CUSTOM = "coreml-custom-code", High,
        "the model needs code of the program that loads it", TIP_REVIEW;
    OPERATION = "coreml-unknown-operation", High,
        "the model needs an operation that the policy does not know", TIP_REVIEW;
    LINKED = "coreml-linked-model", High,
        "the model takes another model from elsewhere", TIP_REVIEW;
    MISSING = "coreml-missing-file", Medium,
        "a file that the model needs is not in its package as a plain file", TIP_FETCH;
    FIELD = "coreml-unknown-field", Medium,
        "the model has a field that Core ML does not know", TIP_FETCH;
    BROKEN = "coreml-broken", Medium,
        "the model is broken, or lies about its structure", TIP_FETCH;
}
