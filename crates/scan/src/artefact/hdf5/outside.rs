//! What makes the library read other files: external links, external storage, virtual datasets.

use coseal_core::fact::ArtefactVerdict;

use super::{
    block::{File, Outcome},
    fields::Fields,
    global::GlobalHeaps,
    link::text,
    rules,
    table::LocalHeap,
};
use crate::artefact::report::Report;

/// Files named of one dataset.
const MAX_FILES: usize = 64;

/// Bytes of a list of datasets that are looked at.
const MAX_LIST: u64 = 1 << 12;

/// Reports that `what` is in the file called `name`.
pub(super) fn found(what: &str, name: &str, report: &mut Report) {
    let leaves = name.starts_with(['/', '\\', '~'])
        || name.contains(':')
        || name.split(['/', '\\']).any(|part| part == "..");
    let (verdict, where_to) = if leaves {
        (ArtefactVerdict::Malicious, "outside its folder")
    } else {
        (ArtefactVerdict::Unknown, "beside it")
    };
    let shown: String = name.chars().take(120).collect();
    report.find(&rules::OUTSIDE, verdict, 0, &format!("{what} is in a file {where_to}: {shown}"));
}

/// External storage (IV.A.2.h): the files that a dataset's bytes are in.
pub(super) fn storage(file: &File<'_>, body: &[u8], report: &mut Report) -> Outcome<()> {
    let mut fields = Fields::new(body);
    fields.take(6);
    let head = fields.length(2).zip(fields.uint(file.offsets));
    let (count, heap) = file.expect(head, 0, "a list of external files is too short")?;
    let heap = match LocalHeap::open(file, heap) {
        Ok(heap) if count > 0 => heap,
        other => {
            found("a dataset", "?", report);
            return other.map(|_| ());
        }
    };
    for _ in 0..count.min(MAX_FILES) {
        let name = fields.uint(file.lengths).and_then(|offset| heap.text(offset));
        found("a dataset", name.as_deref().unwrap_or("?"), report);
        fields.take(file.lengths.saturating_mul(2));
    }
    Ok(())
}

/// A virtual dataset (IV.A.2.i, class 3; its list in a global heap, III.F): other datasets, named by file and path.
pub(super) fn mapped(
    file: &File<'_>,
    heaps: &mut GlobalHeaps,
    (address, index): (u64, u32),
    report: &mut Report,
) -> Outcome<()> {
    let list = heaps.find(file, address, index).and_then(|(place, size)| {
        file.block(place, usize::try_from(size.min(MAX_LIST)).unwrap_or(0))
    });
    let list = list.inspect_err(|_| found("what a virtual dataset shows", "?", report))?;
    let mut fields = Fields::new(&list);
    fields.take(1_usize.saturating_add(file.lengths));
    let name = fields.text().map(text);
    found("what a virtual dataset shows", name.as_deref().unwrap_or("?"), report);
    Ok(())
}
