//! Operators by number and by name.

use coseal_core::fact::ArtefactVerdict::Unknown;

use super::{flex, rules::CUSTOM};
use crate::artefact::report::Report;

/// The last of the library's own operators.
const LAST: u32 = 209;
/// The operator that is named instead.
const NAMED: u32 = 32;
/// Operators of the library that hand over to others: what they run is not in the list.
const OTHERS: &[(u32, &str)] = &[(51, "DELEGATE"), (173, "STABLEHLO_CUSTOM_CALL")];
/// Operators of known libraries that only calculate.
const HARMLESS: &[&str] = &[
    "TFLite_Detection_PostProcess",
    "Convolution2DTransposeBias",
    "MaxPoolingWithArgmax2D",
    "MaxUnpooling2D",
    "AudioSpectrogram",
    "Mfcc",
    "RFFT",
    "IRFFT2D",
    "NumericVerify",
    "TransformTensorBilinear",
    "TransformLandmarks",
    "Landmarks2TransformMatrix",
    "RoIToTransformMatrix",
    "UniversalSentenceEncoderOp",
    "TFSentencepieceTokenizeOp",
    "RaggedTensorToTensor",
    "NGRAMS",
    "Hashtable",
    "SIGNAL_FFT",
    "SignalWindow",
    "SignalFilterBank",
];
/// Judges an operator that the model names. Gives whether TensorFlow itself runs it.
pub(super) fn judge(code: u32, name: Option<&str>, report: &mut Report) -> bool {
    if code == NAMED {
        return named(name.unwrap_or_default(), report);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(held, _)| *held == code) {
        report.find(&CUSTOM, Unknown, 0, what);
    } else if code > LAST {
        report.find(&CUSTOM, Unknown, 0, &format!("the operator {code} is none that is known"));
    }
    false
}

fn named(name: &str, report: &mut Report) -> bool {
    let Some(inner) = name.strip_prefix("Flex") else {
        if !HARMLESS.contains(&name) {
            report.find(&CUSTOM, Unknown, 0, &format!("the operator is called {name}"));
        }
        return false;
    };
    flex::named(inner, report);
    true
}
