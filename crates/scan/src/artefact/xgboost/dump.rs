//! Trees as text, as `XGBoost` dumps them for people: nothing loads them.

use coseal_core::{fact::ArtefactVerdict::Unknown, system::ModelFormat};

use super::rules::KEY;
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::Pickle,
        report::Report,
        room::Room,
    },
    bytes::read_up_to,
};

/// Bytes of one dump.
const MAX_TEXT: u64 = 16 << 20;

/// Trees as text.
pub(crate) const DUMP: Room = Room {
    id: "xgboost-dump",
    family: Some(ModelFormat::Trees),
    recognises: |look: &Look<'_>| look.begins(b"booster[0]:\n0:"),
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let size = input.bytes.size();
    if size > MAX_TEXT {
        report.gap("the trees", "there are more than are read");
        return;
    }
    let mut text = vec![0; usize::try_from(size).unwrap_or(0)];
    match read_up_to(input.bytes, 0, &mut text) {
        Ok(read) => text.truncate(read),
        Err(_) => report.unreadable(0),
    }
    let mut at = 0_u64;
    for line in text.split(|byte| *byte == b'\n') {
        if !std::str::from_utf8(line).is_ok_and(is_known) {
            report.find(&KEY, Unknown, at, "a line is none of a tree");
            break;
        }
        at = at.saturating_add(line.len() as u64).saturating_add(1);
    }
    Pickle::also(input.bytes, report);
}

/// Whether a line is empty, the beginning of a tree, or a node.
fn is_known(line: &str) -> bool {
    if line.is_empty() {
        return true;
    }
    if let Some(number) = line.strip_prefix("booster[") {
        return number.strip_suffix("]:").or(number.strip_suffix(']')).is_some_and(is_number);
    }
    let Some((number, node)) = line.trim_start_matches('\t').split_once(':') else { return false };
    let values = match node.strip_prefix('[').and_then(|split| split.rsplit_once("] ")) {
        Some((feature, values)) if !feature.contains(char::is_control) => values,
        _ => node,
    };
    is_number(number) && !values.starts_with('[') && values.split(',').all(is_pair)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a part of a node is a number by name.
fn is_pair(text: &str) -> bool {
    const NAMES: [&str; 7] = ["yes", "no", "missing", "leaf", "gain", "cover", "type"];
    let Some((name, value)) = text.split_once('=') else { return false };
    NAMES.contains(&name) && value.parse::<f64>().is_ok()
}
