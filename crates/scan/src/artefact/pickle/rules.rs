//! The findings that reading a pickle can make.

use crate::artefact::report::rules;

const TIP_CODE: &str =
    "do not load this file; ask its source for weights without code, such as safetensors";
const TIP_REVIEW: &str =
    "load it only if you know the code that it names; better, ask its source for safetensors";
const TIP_BROKEN: &str = "fetch the file again from its source and compare its digest";

rules! {
    DANGEROUS_CALL = "pickle-dangerous-call", Critical,
        "loading the file calls something that runs code or touches the machine", TIP_CODE;
    DANGEROUS_IMPORT = "pickle-dangerous-import", Critical,
        "loading the file imports something whose only use in a model is to run code", TIP_CODE;
    UNKNOWN_CALL = "pickle-unknown-call", High,
        "loading the file calls code that the policy does not know", TIP_REVIEW;
    UNKNOWN_IMPORT = "pickle-unknown-import", High,
        "loading the file imports code that the policy does not know", TIP_REVIEW;
    FORBIDDEN_USE = "pickle-forbidden-use", High,
        "loading the file uses known code in a way that no library does", TIP_REVIEW;
    COMPUTED_CALL = "pickle-computed-call", High,
        "loading the file calls what another call returned", TIP_CODE;
    ALTERS_CODE = "pickle-alters-code", High,
        "loading the file changes attributes of imported code", TIP_CODE;
    EXTENSION = "pickle-extension-code", High,
        "loading the file imports by number, from a registry of the loading program", TIP_REVIEW;
    IMPOSSIBLE = "pickle-impossible", Medium,
        "the stream does something that no pickler writes and that can't load", TIP_BROKEN;
    BROKEN = "pickle-broken", Medium,
        "the stream is broken or cut short", TIP_BROKEN;
    TRAILING = "pickle-trailing-bytes", Medium,
        "there are bytes between or after the pickles that belong to nothing", TIP_BROKEN;
    HIDDEN = "pickle-hidden-stream", High,
        "a pickle with effects hides in bytes that are said to be data", TIP_CODE;
    OVERSIZE = "pickle-exhaustion", Medium,
        "loading the file would use memory or time out of all proportion to its size", TIP_CODE;
    INDEX = "pickle-index-outside", Medium,
        "an array makes compiled code read or write what is not there", TIP_CODE;
    TENSOR = "torch-tensor-outside-storage", Medium,
        "a tensor reaches outside its storage", TIP_BROKEN;
    STORAGE = "torch-storage-mismatch", Medium,
        "a storage is missing, or smaller than what is said of it", TIP_BROKEN;
    NOT_A_PICKLE = "pickle-not-one", Medium,
        "the file has a pickle's name and is no pickle", TIP_BROKEN;
}
