//! The findings that TensorFlow's models can make.

use crate::artefact::report::rules;

const TIP_CODE: &str = "do not load this file; ask its source for weights, and build the graph from code that you know";
const TIP_REVIEW: &str = "load it only if you know why its graph needs this operation";
const TIP_FETCH: &str = "fetch the file again from its source and compare its digest";

rules! {
    DANGEROUS = "tensorflow-dangerous-operation", Critical,
        "the graph runs code, or reads or writes files or addresses", TIP_CODE;
    OUTSIDE = "tensorflow-outside-file", Critical,
        "the graph names a file outside the model, and reads or writes it", TIP_CODE;
    HIDDEN = "tensorflow-hidden-code", Critical,
        "the graph carries a program among its values", TIP_CODE;
    OPERATION = "tensorflow-unknown-operation", High,
        "the graph needs an operation that the policy does not know", TIP_REVIEW;
    FILES = "tensorflow-file-operation", High,
        "the graph reads or writes files in a way that saving a model does not need", TIP_REVIEW;
    SHADOW = "tensorflow-shadowed-operation", High,
        "the graph puts a function of its own in the place of a known operation", TIP_REVIEW;
    MACHINE = "tensorflow-other-machine", Medium,
        "the graph wants a part of it to run on another machine", TIP_REVIEW;
    FIELD = "tensorflow-unknown-field", Medium,
        "the model has a field that TensorFlow does not know", TIP_FETCH;
    EXHAUSTING = "tensorflow-exhausting", Medium,
        "the graph makes values larger than any machine holds, or never ends, whatever it is given", TIP_CODE;
    BROKEN = "tensorflow-broken", Medium,
        "the model is broken, or lies about its structure", TIP_FETCH;
}
