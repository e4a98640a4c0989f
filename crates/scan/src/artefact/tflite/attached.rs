//! A zip archive behind the model, in which labels and vocabularies come along.

use crate::{
    artefact::{archive, nested::nested, report::Report},
    bytes::{ReadAt, read_up_to},
    container::zip::{self, Content, END_SEARCH, has_end_record},
};

/// Reads it, if there is one. Gives where it begins, or the end of the file.
pub(super) fn read(bytes: &dyn ReadAt, report: &mut Report) -> u64 {
    let mut tail = vec![0; usize::try_from(bytes.size()).unwrap_or(usize::MAX).min(END_SEARCH)];
    let start = bytes.size().saturating_sub(tail.len() as u64);
    if read_up_to(bytes, start, &mut tail).is_err() || !has_end_record(&tail) {
        return bytes.size();
    }
    let archive = zip::open(bytes);
    let Some(first) = archive.members.iter().map(|member| member.header).min() else {
        return bytes.size();
    };
    // The model itself is what no member claims.
    let model_only = archive.unclaimed.len() == 1
        && archive.unclaimed.first().is_some_and(|range| range.start == 0 && range.end == first);
    for problem in &archive.problems {
        if !(model_only && problem.text.contains("to no member")) {
            archive::disagreement(problem.offset, &problem.text, report);
        }
    }
    if !archive.whole {
        report.gap("further members", "there are more than are followed");
    }
    for member in &archive.members {
        let Some(content) = archive::content(bytes, member, report) else { continue };
        let content: &dyn ReadAt = match &content {
            Content::Stored(section) | Content::Opaque(section) => section,
            Content::Unpacked(unpacked) => unpacked,
        };
        nested(&member.name, &member.name, content, report);
    }
    first
}
