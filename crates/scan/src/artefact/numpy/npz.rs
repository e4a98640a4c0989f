//! An archive of arrays.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    array,
    header::{self, MAGIC},
    rules::RULES,
};
use crate::{
    artefact::{
        archive,
        format::{Format, Input, Look},
        nested::{Member, nested},
        report::Report,
    },
    bytes::{ReadAt, read_up_to},
    container::zip::{self, Content},
};

/// Bytes in which a header ends.
const HEADER: u64 = 1 << 14;

/// An archive of arrays, as `numpy.savez` writes it.
pub(crate) struct Npz;

impl Format for Npz {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "npz"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Numpy)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        look.is_zip() && (look.named(&["npz"]) || first_name(look.head).ends_with(b".npy"))
    }

    /// A loader tells arrays by their content, whatever the member is called.
    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let archive = archive::of(&input, report);
        for member in archive.members.iter().filter(|member| !member.is_folder()) {
            let numbers = holds_numbers(input.bytes, member);
            let open = if numbers { archive::measured } else { archive::content };
            let Some(content) = open(input.bytes, member, report) else { continue };
            let bytes = content.bytes();
            if is_array(bytes) {
                let size = if numbers { member.size } else { bytes.size() };
                report.within(&member.name, |report| array::read(bytes, size, report));
            } else if nested(&member.name, &member.name, bytes, report) == Member::Unknown {
                report.gap(&member.name, "it is no array");
            }
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Whether a packed member is an array of numbers: nothing behind its header is interpreted.
fn holds_numbers(archive: &dyn ReadAt, member: &zip::Member) -> bool {
    let content = member.content(archive, HEADER);
    let packed = matches!(content, Content::Unpacked(_));
    packed && header::read(content.bytes()).is_ok_and(|header| header.item.is_some())
}

fn is_array(bytes: &dyn ReadAt) -> bool {
    let mut head = [0; 6];
    read_up_to(bytes, 0, &mut head).is_ok() && head == MAGIC
}

/// The name in the first local header.
fn first_name(head: &[u8]) -> &[u8] {
    let length = head.get(26..28).and_then(|length| length.try_into().ok()).map(u16::from_le_bytes);
    let end = usize::from(length.unwrap_or(0)).saturating_add(30);
    head.get(30..end).unwrap_or_default()
}
