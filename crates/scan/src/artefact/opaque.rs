//! Formats that are recognised and not parsed yet: never clean, always said.

use coseal_core::finding::Rule;
use coseal_core::system::ModelFormat;

use super::{
    super::{
        format::{Format, Input, Look},
        report::Report,
    },
    pickle::Pickle,
};

/// It makes no findings: it only says what was not looked at.
pub(crate) const RULES: &[Rule] = &[];

/// How a format is recognised.
enum Mark {
    /// By its first bytes and one of these suffixes.
    Both(&'static [u8], &'static [&'static str]),
    /// By bytes among the first and one of these suffixes.
    Holds(&'static [u8], &'static [&'static str]),
    /// By a suffix, if the file is not text.
    Binary(&'static [&'static str]),
}

/// All of them: id, the system file's word for it, and mark. The first that fits names the file.
#[rustfmt::skip]
const TABLE: &[(&str, Option<ModelFormat>, Mark)] = &[
    ("git-lfs-pointer", None, Mark::Both(b"version https://git-lfs.github.com/spec/v1", &["bin", "ckpt", "gguf", "h5", "hdf5", "joblib", "keras", "model", "msgpack", "npy", "npz", "onnx", "pb", "pickle", "pkl", "pt", "pth", "safetensors", "tflite", "ubj", "cbm"])),
    ("dvc-pointer", None, Mark::Holds(b"outs:\n", &["bin.dvc", "h5.dvc", "joblib.dvc", "onnx.dvc", "pickle.dvc", "pkl.dvc", "pt.dvc", "pth.dvc", "safetensors.dvc", "model.dvc", "keras.dvc", "gguf.dvc", "ckpt.dvc", "npy.dvc", "npz.dvc"])),
    ("ggml", Some(ModelFormat::Gguf), Mark::Both(b"lmgg", &["bin", "ggml", "gguf", "model"])),
    ("ggml", Some(ModelFormat::Gguf), Mark::Both(b"fmgg", &["bin", "ggml", "gguf", "model"])),
    ("ggml", Some(ModelFormat::Gguf), Mark::Both(b"tjgg", &["bin", "ggml", "ggjt", "gguf", "model"])),
    ("ggml", Some(ModelFormat::Gguf), Mark::Both(b"algg", &["bin", "ggml", "gguf", "model"])),
    ("paddle-json", Some(ModelFormat::Other), Mark::Holds(b"\"magic\":\"pir\"", &["json"])),
    ("onnx", Some(ModelFormat::Onnx), Mark::Binary(&["ort"])),
    ("protobuf", Some(ModelFormat::Tensorflow), Mark::Binary(&["pb", "graphdef"])),
    ("bentoml-archive", None, Mark::Both(b"\x1f\x8b", &["bento"])),
    ("mxnet-parameters", Some(ModelFormat::Other), Mark::Both(b"\x12\x01\0\0\0\0\0\0", &["params", "nd", "ndarray"])),
    ("mxnet-symbols", Some(ModelFormat::Other), Mark::Holds(b"\"arg_nodes\"", &["json"])),
    ("cntk", Some(ModelFormat::Other), Mark::Both(b"B\0C\0N\0", &["model", "cntk", "dnn", "cmf"])),
    ("caffe", Some(ModelFormat::Other), Mark::Binary(&["caffemodel"])),
    ("gguf", Some(ModelFormat::Gguf), Mark::Binary(&["gguf"])),
];

/// A file of a format that is recognised and not parsed.
pub(crate) struct Opaque;

impl Format for Opaque {
    fn id(&self, look: &Look<'_>) -> &'static str {
        find(look).map_or("opaque", |(id, _)| id)
    }

    fn family(&self, look: &Look<'_>) -> Option<ModelFormat> {
        find(look).and_then(|(_, family)| family)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        find(look).is_some()
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        report.gap("the file's content", "the format is recognised and not parsed yet");
        // Magic numbers are opcodes too, and a loader of pickles does not ask what the file is called.
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn find(look: &Look<'_>) -> Option<(&'static str, Option<ModelFormat>)> {
    // A pickle under another format's suffix is a pickle.
    let pickle = matches!(look.head, [0x80, 2..=5, ..]);
    // What servers keep beside a saved model, in forms of their own: loaders do not look there.
    let extra = look.folder() == Some("assets.extra");
    let found = TABLE.iter().find(|(_, _, mark)| match mark {
        Mark::Binary(_) if extra => false,
        Mark::Both(magic, suffixes) => look.begins(magic) && look.named(suffixes),
        Mark::Holds(text, suffixes) => {
            look.named(suffixes) && memchr::memmem::find(look.head, text).is_some()
        }
        Mark::Binary(suffixes) => look.named(suffixes) && !pickle && !look.is_text(),
    });
    found.map(|(id, family, _)| (*id, *family))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use crate::{bytes::SliceBytes, inspect};

    #[test]
    fn what_servers_keep_beside_a_model_is_no_model() {
        let bytes = SliceBytes(b"\x08\x01\xff");
        assert!(inspect("a/assets.extra/config.pb", &bytes).is_none());
        assert!(inspect("a/assets/config.pb", &bytes).is_some());
    }

    #[test]
    fn what_is_not_parsed_is_undecided_and_says_so() {
        for (path, bytes, format) in [
            ("m.bin", b"tjgg\x03\0\0\0".as_slice(), "ggml"),
            ("m.ort", b"\x08\x07\x12\x07pytorch", "onnx"),
            ("m.pt", b"version https://git-lfs.github.com/spec/v1\n", "git-lfs-pointer"),
        ] {
            let artefact = inspect(path, &SliceBytes(bytes)).unwrap();
            assert_eq!(
                (artefact.format.as_str(), artefact.verdict),
                (format, ArtefactVerdict::Undecided)
            );
            assert!(!artefact.coverage.complete && !artefact.coverage.gaps.is_empty());
        }
    }
}
