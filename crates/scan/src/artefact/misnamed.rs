//! Names that promise another format than the content has: no loader that goes by the name can read such a file.

use coseal_core::{
    fact::ArtefactVerdict,
    finding::{Confidence, Rule, Severity},
    system::ModelFormat,
};

use super::{format::Look, report::Report};

/// The suffix lies.
const MISNAMED: Rule = Rule {
    id: "artefact-misnamed",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "a model file's suffix is that of another format than its content has",
    tip: "rename the file after its content, and ask its publisher why it was named so",
};

/// The findings it can make.
pub(super) const RULES: &[Rule] = &[MISNAMED];

/// Suffixes that one format has. Those that PyTorch and pickles share hold many things, and promise none.
const PROMISES: &[(&[&str], &[ModelFormat])] = &[
    (&["safetensors"], &[ModelFormat::Safetensors]),
    (&["gguf", "ggml"], &[ModelFormat::Gguf]),
    (&["onnx"], &[ModelFormat::Onnx]),
    (&["npy", "npz"], &[ModelFormat::Numpy]),
    (&["tflite"], &[ModelFormat::Tflite]),
    (&["keras"], &[ModelFormat::Keras]),
];

/// Says that the name promises another format than `family`, of which the file is: loaders that go by names, and those that go
/// by contents, take it for two things.
pub(super) fn judge(look: &Look<'_>, family: Option<ModelFormat>, report: &mut Report) {
    let Some(family) = family else { return };
    let promise = PROMISES.iter().find(|(suffixes, _)| look.named(suffixes));
    if promise.is_some_and(|(_, families)| !families.contains(&family)) {
        let text = "the content is of another format";
        report.find(&MISNAMED, ArtefactVerdict::Malformed, 0, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::{bytes::SliceBytes, inspect};

    #[test]
    fn a_name_that_lies_is_a_finding_of_its_own() {
        let pickle = b"\x80\x02}(X\x01\0\0\0aK\x01u.".as_slice();
        for (path, lies) in [
            ("m.onnx", true),
            ("m.npy", true),
            ("m.gguf", true),
            ("m.pkl", false),
            ("m.bin", false),
        ] {
            let found = inspect(path, &SliceBytes(pickle)).unwrap();
            let told = found.findings.iter().any(|finding| finding.rule == "artefact-misnamed");
            assert_eq!(told, lies, "{path} {found:#?}");
        }
    }
}
