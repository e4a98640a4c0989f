//! One layer, and where its numbers lie.

use coseal_core::fact::ArtefactVerdict::Unknown;

use super::{constant, rules::EXTENSION, types};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, broken},
    },
    encoding::xml::value,
};

/// Attributes by which a layer names code.
const CODE: &[&str] = &["library", "kernel", "source", "path", "filename", "plugin", "impl"];

/// Judges a layer by its type.
pub(super) fn judge(attributes: &[(String, String)], at: u64, report: &mut Report) {
    let kind = value(attributes, "type").unwrap_or_default();
    let set = value(attributes, "version").unwrap_or_default();
    if !types::known(kind, set) {
        report.find(&EXTENSION, Unknown, at, &format!("the layer {kind} of {set}"));
    }
}

/// Judges what is said of a layer. `size` is that of the file with its numbers; gives whether that file is needed.
pub(super) fn data(
    attributes: &[(String, String)],
    at: u64,
    size: Option<u64>,
    report: &mut Report,
) -> Step<bool> {
    for (key, text) in attributes {
        let key = key.to_ascii_lowercase();
        // Sizes of a window go by a name of these, too.
        let sizes = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' '));
        if CODE.contains(&key.as_str()) && !(key == "kernel" && sizes) {
            report.find(&EXTENSION, Unknown, at, &format!("a layer whose {key} is {text}"));
        }
    }
    let (Some(offset), Some(length)) = (value(attributes, "offset"), value(attributes, "size"))
    else {
        return Ok(false);
    };
    // Other layers have settings of these names.
    let (Ok(offset), Ok(length)) = (offset.parse::<u64>(), length.parse::<u64>()) else {
        return if value(attributes, "element_type").is_some() {
            broken(at, "the place of numbers is no number")
        } else {
            Ok(false)
        };
    };
    if let Some(kind) = value(attributes, "element_type")
        && let Some(why) = constant::problem(kind, value(attributes, "shape"), length)
    {
        return broken(at, why);
    }
    match (offset.checked_add(length), size) {
        (None, _) => broken(at, "numbers lie outside of any file"),
        (Some(end), Some(size)) if end > size => {
            broken(at, format!("numbers lie up to byte {end} of a file of {size}"))
        }
        (_, Some(_)) => Ok(false),
        (Some(end), None) => Ok(end > 0),
    }
}
