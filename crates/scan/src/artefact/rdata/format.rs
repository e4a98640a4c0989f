//! Which files are data of R.

use coseal_core::system::ModelFormat;

use super::{
    rules::{BROKEN, RULES},
    stream::{Form, Stream},
    walk::{Place, Walk},
};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::Pickle,
        report::Report,
        room::Room,
        stop::{Step, broken, settle},
    },
    bytes::{ReadAt, read_up_to},
    container::Codec,
};

/// Suffixes of data of R.
const SUFFIXES: &[&str] = &["rds", "rda", "rdata", "rdx"];
/// What images begin with.
const IMAGES: &[&[u8]] = &[b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"RDB2\n", b"RDB3\n"];

/// Data of R.
pub(crate) const R: Room =
    Room { id: "r-data", family: Some(ModelFormat::Other), recognises, inspect, rules: RULES };

fn recognises(look: &Look<'_>) -> bool {
    let pickle = matches!(look.head, [0x80, 2..=5, ..]);
    IMAGES.iter().any(|magic| look.begins(magic))
        || is_stream(look.head)
        || look.named(SUFFIXES)
            && !pickle
            && (!look.is_text() || look.begins(b"A\n"))
            && Codec::recognise(look.head).is_none()
}

/// How it is written, then the version of the format and two of R.
fn is_stream(head: &[u8]) -> bool {
    match head {
        [b'X', b'\n', 0, 0, 0, 2 | 3, 0, _, _, _, 0, _, _, _, ..]
        | [b'B', b'\n', 2 | 3, 0, 0, 0, _, _, _, 0, _, _, _, 0, ..] => true,
        [b'A', b'\n', b'2' | b'3', b'\n', rest @ ..] => {
            rest.first().is_some_and(u8::is_ascii_digit)
        }
        _ => false,
    }
}

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = read(input.bytes, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

fn read(bytes: &dyn ReadAt, report: &mut Report) -> Step {
    let mut head = [0; 7];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    let head = head.get(..read).unwrap_or_default();
    let image = IMAGES.iter().any(|magic| head.starts_with(magic));
    let start = if image { 5 } else { 0 };
    let form = match head.get(start..) {
        Some([b'X', b'\n', ..]) => Form::Xdr,
        Some([b'B', b'\n', ..]) => Form::Native,
        Some([b'A', b'\n', ..]) => Form::Text,
        _ => return broken(0, "it does not begin as data of R"),
    };
    let mut stream = Stream::new(bytes, start.saturating_add(2) as u64, form);
    let version = stream.integer()?;
    stream.integer()?;
    stream.integer()?;
    match version {
        2 => {}
        3 => {
            let length = stream.length(1)?;
            stream.text(length)?;
        }
        _ => return stream.broken(format!("version {version} is none that is read")),
    }
    let mut walk = Walk::new(stream, report);
    walk.value(Place::Data)?;
    let (end, left, skipped) = (walk.stream.offset(), walk.stream.left(), walk.stream.skipped);
    report.payload(skipped);
    if left > 0 {
        return broken(end, "something follows the data");
    }
    Ok(())
}
