//! Which files are models of `XGBoost`.

use coseal_core::system::ModelFormat;

use super::{
    binary, json,
    rules::{BROKEN, RULES},
    shape::Shape,
    ubjson,
};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::Pickle,
        report::Report,
        room::Room,
        stop::{Step, settle},
    },
    bytes::ReadAt,
};

/// Words of which one stands near the beginning of every model.
const MARKS: &[&[u8]] =
    &[b"gradient_booster", b"learner_model_param", b"feature_names", b"attributes", b"\"trees\""];
/// Where the older form has the length of its objective's name: behind its parameters.
const OBJECTIVE: usize = 136;

/// As JSON.
pub(crate) const JSON: Room = Room {
    id: "xgboost-json",
    family: Some(ModelFormat::Trees),
    recognises: is_json,
    inspect: |input, report| read(input.bytes, json::read, report),
    rules: RULES,
};
/// As UBJSON.
pub(crate) const UBJSON: Room = Room {
    id: "xgboost-ubjson",
    family: Some(ModelFormat::Trees),
    recognises: is_ubjson,
    inspect: |input, report| read(input.bytes, ubjson::read, report),
    rules: &[],
};
/// As versions before 2 wrote it.
pub(crate) const BINARY: Room = Room {
    id: "xgboost-binary",
    family: Some(ModelFormat::Trees),
    recognises: is_binary,
    inspect: old,
    rules: &[],
};

fn read(
    bytes: &dyn ReadAt,
    how: fn(&dyn ReadAt, &mut Shape<'_>) -> Step<u64>,
    report: &mut Report,
) {
    let mut shape = Shape::new(report);
    let step = how(bytes, &mut shape).and_then(|end| shape.finish(end));
    settle(step, &BROKEN, report);
    Pickle::also(bytes, report);
}

fn is_json(look: &Look<'_>) -> bool {
    let head = look.head.trim_ascii_start();
    let holds = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    head.first() == Some(&b'{')
        && holds(b"\"learner\"")
        && (look.named(&["json", "xgb", "model"]) || MARKS.iter().any(|mark| holds(mark)))
}

fn is_ubjson(look: &Look<'_>) -> bool {
    let holds = |text: &[u8]| memchr::memmem::find(look.head, text).is_some();
    let begins = look.begins(b"{") && !look.is_text() && holds(b"learner");
    let pickle = matches!(look.head, [0x80, 2..=5, ..]);
    begins && (look.named(&["ubj"]) || MARKS.iter().any(|mark| holds(mark)))
        || look.named(&["ubj"]) && !pickle && !look.is_text()
}

fn is_binary(look: &Look<'_>) -> bool {
    look.begins(b"binf") || {
        let length = look.head.get(OBJECTIVE..).and_then(|rest| rest.first_chunk::<8>());
        let length = length.map(|length| u64::from_le_bytes(*length)).filter(|length| *length < 64);
        let name = length.and_then(|length| {
            let end = usize::try_from(length).ok()?.checked_add(OBJECTIVE)?.checked_add(8)?;
            look.head.get(OBJECTIVE.checked_add(8)?..end)
        });
        name.is_some_and(|name| {
            name.contains(&b':')
                && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b':')
        })
    }
}

fn old(input: Input<'_>, report: &mut Report) {
    let step = binary::read(input.bytes, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}
