//! TorchScript: source code in an archive that the loader compiles, and its bytecode for small devices. It can reach nothing but
//! operators, so which of them it names is all that it can do.

mod lexer;
mod operators;
mod paths;
#[cfg(test)]
mod tests;

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules;
use crate::{
    artefact::{report::Report, stop},
    bytes::{ReadAt, read_up_to},
};
use operators::Standing;

/// Bytes of one source that are read.
const MAX_SOURCE: u64 = 8 << 20;
/// Bytes of the name of an operator.
const MAX_NAME: usize = 128;
/// Things told of one source.
const MAX_TOLD: usize = 32;

/// Reads a source.
pub(super) fn source(bytes: &dyn ReadAt, report: &mut Report) {
    let Some(text) = whole(bytes, report) else { return };
    let mut budget = report.budget;
    let read = paths::read(&text, &mut budget, &mut |offset, standing, name| {
        tell(offset, standing, name, report);
    });
    report.budget = budget;
    stop::settle(read, &rules::SCRIPT, report);
}

/// Reads bytecode: a pickle, judged as such elsewhere, whose texts name the operators that it calls.
pub(super) fn bytecode(bytes: &dyn ReadAt, report: &mut Report) {
    let Some(content) = whole(bytes, report) else { return };
    let mut told = 0_usize;
    for at in memchr::memmem::find_iter(&content, b"::") {
        let name = text_around(&content, at);
        let (space, operator) = name.split_once("::").unwrap_or_default();
        let standing = operators::of(space, operator);
        if standing != Standing::Harmless {
            told = told.saturating_add(1);
            tell(at, standing, &name, report);
        }
        if told >= MAX_TOLD {
            break;
        }
    }
}

/// The text of a pickle that holds what stands at `at`: its opcode and length stand before it. Nothing if there is none.
fn text_around(content: &[u8], at: usize) -> String {
    for start in (at.saturating_sub(MAX_NAME)..at).rev() {
        let rest = content.get(start..).unwrap_or_default();
        let (length, header) = match rest {
            [b'X' | b'T', a, b, c, d, ..] => (u32::from_le_bytes([*a, *b, *c, *d]), 5),
            [0x8c | b'U', length, ..] => (u32::from(*length), 2),
            _ => continue,
        };
        let begin = start.saturating_add(header);
        let end = begin.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':');
        let text = content.get(begin..end).filter(|text| text.iter().all(name));
        if begin < at
            && end > at.saturating_add(1)
            && let Some(text) = text
        {
            return String::from_utf8_lossy(text).into_owned();
        }
    }
    String::new()
}

/// Judges an operator by its name in an exported program, such as `torch.ops.aten.add.Tensor`.
pub(super) fn target(name: &str, report: &mut Report) {
    let parts: Vec<&str> = name.split('.').collect();
    let standing = match parts.as_slice() {
        ["torch", "ops", space, operator, ..] => operators::of(space, operator),
        ["_operator" | "operator" | "math", operator] => operators::of_python(operator),
        ["torch", operator] => operators::of_python(operator),
        _ => Standing::Strange,
    };
    tell(0, standing, name, report);
}

fn tell(offset: usize, standing: Standing, name: &str, report: &mut Report) {
    let (rule, verdict, what) = match standing {
        Standing::Harmless => return,
        Standing::Strange => (&rules::OPERATOR, Unknown, "which is none that models need"),
        Standing::Acts => (&rules::EFFECT, Malicious, "which reaches beyond the model"),
    };
    report.find(rule, verdict, offset as u64, &format!("the code names {name}, {what}"));
}

fn whole(bytes: &dyn ReadAt, report: &mut Report) -> Option<Vec<u8>> {
    if bytes.size() > MAX_SOURCE {
        report.gap("the code", "it is longer than 8 MiB");
        return None;
    }
    let mut text = vec![0; usize::try_from(bytes.size()).unwrap_or(0)];
    let read = read_up_to(bytes, 0, &mut text).unwrap_or(0);
    if read < text.len() {
        report.unreadable(read as u64);
    }
    text.truncate(read);
    Some(text)
}
