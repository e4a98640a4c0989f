//! Which files are pickles.

use coseal_core::system::ModelFormat;
use coseal_core::{fact::ArtefactVerdict, finding::Rule};

use super::{
    machine::{Ended, Machine},
    rules,
    session::{Persistent, Session},
    stream,
};
use crate::{
    artefact::{
        format::{Format, Input, Look, is_control},
        report::Report,
    },
    bytes::{ReadAt, SliceBytes, read_up_to},
    container::is_tar,
};

/// Names that promise a pickle: what else they hold is a broken one.
const CERTAIN: &[&str] = &["pkl", "pickle", "joblib"];
/// Names of binary files that are pickles or archives.
const USUAL: &[&str] = &["pt", "pth", "ckpt"];
/// Names that pickles share with other things.
const SHARED: &[&str] =
    &["p", "pk", "sav", "bin", "model", "dat", "b", "data", "mdl", "dump", "npy", "npz", "obj"];

/// Pickles in a row that are tried: PyTorch's older layout has the object in the fourth.
const TRIED_STREAMS: usize = 8;
/// A line longer than this is not followed to its end by the machine.
const LONG_LINE: u64 = 1 << 24;
/// Opcodes with such a line.
const LINES: &[u8] = b"SVILFPcgip";
/// Opcodes that work on an empty stack: a stream can begin with no other.
const FIRST: &[u8] =
    b"(])}ciILFSVUXTJKMGBCNP\x80\x82\x83\x84\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x95\x96\x97";

/// A pickle, or several in a row.
pub(crate) struct Pickle;

/// What bytes of another format, or of none, are as a pickle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trial {
    /// None, or one that does nothing that the policy does not know.
    Nothing,
    /// The bytes ended first.
    Short,
    /// More than is followed.
    Endless,
    /// One with an effect.
    Effect,
}

impl Format for Pickle {
    fn id(&self, look: &Look<'_>) -> &'static str {
        if stream::is_legacy_torch(look.bytes) { "torch-legacy" } else { "pickle" }
    }

    fn family(&self, look: &Look<'_>) -> Option<ModelFormat> {
        Some(if stream::is_legacy_torch(look.bytes) {
            ModelFormat::Pytorch
        } else {
            ModelFormat::Pickle
        })
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        if look.named(CERTAIN) {
            return true;
        }
        if let [0x80, 2..=5, ..] = look.head {
            let tried = stream::tried(&SliceBytes(look.head));
            let sure = tried.stops || tried.short || tried.effect;
            return sure || look.named(USUAL) || look.named(SHARED) || acts(look);
        }
        // A text in whatever encoding has no control characters.
        let binary = look.head.iter().any(is_control);
        if look.named(USUAL) && (binary || look.head.is_empty()) {
            return true;
        }
        if !may_begin(look.head) {
            return false;
        }
        match trial_of(look) {
            Trial::Effect | Trial::Endless => true,
            Trial::Nothing | Trial::Short => {
                (look.named(USUAL) || look.named(SHARED)) && stops(look.bytes)
            }
        }
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        if input.bytes.size() == 0 {
            let text = "the file is empty";
            report.find(&rules::NOT_A_PICKLE, ArtefactVerdict::Malformed, 0, text);
            return;
        }
        if Self::is_tar_too(input.bytes) {
            report.gap("the tar archive", "the file is one too, which PyTorch looks for first");
        }
        stream::all(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        rules::RULES
    }
}

impl Pickle {
    /// Tries all of `bytes` as pickles in a row.
    fn trial(bytes: &dyn ReadAt) -> Trial {
        let mut scratch = Report::new("");
        let mut session = Session::new(&mut scratch, Persistent::Unknown);
        let (ended, offset) = run(bytes, &mut session);
        let whole = matches!(ended, Ended::Stop(_)) && offset >= bytes.size() && !is_text(bytes);
        if whole {
            session.finish();
        }
        // An import alone, or by number, is seen in noise too: it counts in what is a pickle to its end.
        // So is a call of what no unpickler could have imported.
        let named = session.names.has_effect();
        let misused = session.misused;
        // And a use of what the loading program gives is seen in texts, which begin with a persistent id as any line does.
        let noise = scratch.has(&[rules::IMPOSSIBLE]);
        let stops = matches!(ended, Ended::Stop(_));
        let acts = named
            || scratch.has(&[rules::FORBIDDEN_USE])
            || (stops || misused)
                && !noise
                && scratch.has(&[rules::COMPUTED_CALL, rules::ALTERS_CODE])
            || whole && !noise && scratch.verdict() >= ArtefactVerdict::Unknown;
        match ended {
            _ if acts => Trial::Effect,
            Ended::Limit(_) => Trial::Endless,
            Ended::Short if is_long_line(bytes, offset) => Trial::Endless,
            Ended::Short => Trial::Short,
            _ => Trial::Nothing,
        }
    }

    /// Whether `bytes` may be the beginning of a pickle that ends elsewhere.
    pub(crate) fn goes_on(bytes: &[u8]) -> bool {
        matches!(Self::trial(&SliceBytes(bytes)), Trial::Short | Trial::Endless)
    }

    /// Reports what a file of another format does to a loader that takes it for a pickle: nothing if it
    /// is none with an effect.
    pub(crate) fn also(bytes: &dyn ReadAt, report: &mut Report) {
        match Self::trial(bytes) {
            Trial::Nothing | Trial::Short => {}
            Trial::Endless => report.gap("the file as a pickle", "it is more than is followed"),
            Trial::Effect => {
                let text = "the file is a pickle with effects too";
                report.find(&rules::HIDDEN, ArtefactVerdict::Unknown, 0, text);
                let mut session = Session::new(report, Persistent::Unknown);
                run(bytes, &mut session);
                session.finish();
            }
        }
    }

    /// Whether PyTorch would take the file for a tar archive: it looks for one before pickles.
    pub(crate) fn is_tar_too(bytes: &dyn ReadAt) -> bool {
        let mut head = [0; 512];
        read_up_to(bytes, 0, &mut head).is_ok() && is_tar(&head)
    }
}

/// Runs streams in a row; how the last one ended, and where: a broken one at its last opcode.
fn run(bytes: &dyn ReadAt, session: &mut Session<'_>) -> (Ended, u64) {
    let mut offset = 0;
    let mut last = Ended::Short;
    for _ in 0..TRIED_STREAMS {
        let mut machine = Machine::new(bytes, offset, session);
        let (ended, end) = machine.run();
        if !matches!(ended, Ended::Stop(_)) {
            return (ended, machine.here);
        }
        (last, offset) = (ended, end);
        if offset >= bytes.size() {
            break;
        }
    }
    (last, offset)
}

/// Whether the opcode at `offset` has a line beyond what is followed, and not one that the file ends in.
fn is_long_line(bytes: &dyn ReadAt, offset: u64) -> bool {
    let mut code = [0];
    let read = read_up_to(bytes, offset, &mut code);
    matches!(read, Ok(1))
        && code.iter().all(|code| LINES.contains(code))
        && bytes.size().saturating_sub(offset) > LONG_LINE
}

/// The trial of a file; all of it is read only if the first bytes leave it open.
fn trial_of(look: &Look<'_>) -> Trial {
    match Pickle::trial(&SliceBytes(look.head)) {
        Trial::Short if look.bytes.size() > look.head.len() as u64 => Pickle::trial(look.bytes),
        known => known,
    }
}

/// Whether a file does something as a pickle, or can't be followed.
fn acts(look: &Look<'_>) -> bool {
    matches!(trial_of(look), Trial::Effect | Trial::Endless)
}

/// Whether a file is a pickle of more than one number.
fn stops(bytes: &dyn ReadAt) -> bool {
    let tried = stream::tried(bytes);
    tried.effect || tried.stops && tried.substance
}

/// Whether bytes begin as text.
fn is_text(bytes: &dyn ReadAt) -> bool {
    let mut head = [0; 512];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    Look::new("", head.get(..read).unwrap_or_default(), bytes).is_text()
}

/// Whether a stream can begin like that.
fn may_begin(head: &[u8]) -> bool {
    head.first().is_some_and(|first| FIRST.contains(first))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use crate::{bytes::SliceBytes, inspect};

    const EVIL: &[u8] = b"cposix\nsystem\nX\x04\0\0\0true\x85R.";

    #[test]
    fn a_pickle_with_an_effect_is_found_however_it_begins_and_is_called() {
        let long = [b"S'".as_slice(), &[b'A'; 5000], b"'\n0"].concat();
        let starts: [&[u8]; 7] =
            [b"\x880", b"\x8f0", b"\x80\x01\x8f0", b"P1\n0", b"N0", b"\x80\x01", &long];
        for start in starts {
            let bytes = [start, EVIL].concat();
            for path in ["m", "m.txt", "m.json", "m.weights", "m.sav", "m.bin", "m.onnx"] {
                let artefact = inspect(path, &SliceBytes(&bytes)).unwrap();
                assert_eq!(artefact.verdict, ArtefactVerdict::Malicious, "{path} {start:?}");
            }
        }
        for text in ["0.4.0\n", "Name: x\n", "{\"a\": 1}\n", "(x)\n", "SELECT 1;\n", "I am.\n"] {
            assert!(inspect("m", &SliceBytes(text.as_bytes())).is_none(), "{text}");
        }
    }

    #[test]
    fn a_pickle_that_is_a_tar_archive_too_is_never_clean() {
        let mut bytes = b"\x80\x02T".to_vec();
        bytes.extend(510_u32.to_le_bytes());
        bytes.resize(517, 0);
        bytes.push(b'.');
        assert_eq!(inspect("m.pt", &SliceBytes(&bytes)).unwrap().verdict, ArtefactVerdict::Clean);
        bytes[148..156].copy_from_slice(b"        ");
        let sum: u32 = bytes[..512].iter().map(|byte| u32::from(*byte)).sum();
        bytes[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let artefact = inspect("m.pt", &SliceBytes(&bytes)).unwrap();
        assert_eq!(artefact.verdict, ArtefactVerdict::Undecided);
    }
}
