//! The findings that ONNX models can make.

use crate::artefact::report::rules;

const TIP_CODE: &str = "do not load this file; ask its source for a model of standard operators";
const TIP_REVIEW: &str = "load it only if you know the code that its operators need";
const TIP_FETCH: &str = "fetch the file again from its source and compare its digest";

rules! {
    CODE = "onnx-code", Critical,
        "an operator of the model runs code of its maker's choice", TIP_CODE;
    OUTSIDE = "onnx-outside-file", Critical,
        "loading the model reads a file outside its folder, or memory", TIP_CODE;
    HIDDEN = "onnx-hidden-code", Critical,
        "the model carries a program among its values", TIP_CODE;
    OPERATOR = "onnx-unknown-operator", High,
        "the model needs an operator that the policy does not know", TIP_REVIEW;
    SHADOW = "onnx-shadowed-operator", High,
        "the model puts a function of its own in the place of a known operator", TIP_REVIEW;
    KEY = "onnx-outside-key", High,
        "a tensor that is kept beside the model says more than where", TIP_REVIEW;
    MISSING = "onnx-missing-file", Medium,
        "a tensor's file is not in the model's folder as a plain file", TIP_FETCH;
    FIELD = "onnx-unknown-field", Medium,
        "the model has a field that ONNX does not know", TIP_FETCH;
    BROKEN = "onnx-broken", Medium,
        "the model is broken, or lies about its structure", TIP_FETCH;
    EXHAUSTING = "onnx-exhausting", Medium,
        "the model makes values larger than any machine holds, or never ends, whatever it is given", TIP_CODE;
    TENSOR = "onnx-tensor", Medium,
        "a tensor's shape does not fit its content", TIP_FETCH;
}
