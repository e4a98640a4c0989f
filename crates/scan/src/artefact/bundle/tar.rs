//! Tar archives, packed or not.

use coseal_core::{
    fact::ArtefactVerdict::{Malformed, Unknown},
    finding::Rule,
    system::ModelFormat,
};

use super::{
    among::Members,
    code, format,
    holding::Holding,
    image, nemo,
    place::{self, Place},
    rules::{DEVICE, RULES, STRUCTURE},
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        nested::{nested, unpack},
        registry::{
            compressed,
            pickle::{self, Pickle},
            torch,
        },
        report::Report,
    },
    bytes::{ReadAt, Section, read_up_to},
    container::{
        Codec, Unpacked, is_tar,
        tar::{self, Archive, Entry, Kind},
    },
};

/// Unpacked this far to see whether there is a model in it: a file, and a member of another archive.
const PROBED: u64 = 12 << 20;
const PROBED_MEMBER: u64 = 1 << 20;
/// Members of which that is asked.
const MAX_ASKED: usize = 20_000;
/// Bytes of a header.
const BLOCK: u64 = 512;

/// A tar archive.
pub(crate) struct Tar;

impl Format for Tar {
    fn id(&self, look: &Look<'_>) -> &'static str {
        if look.named(&["nemo"]) {
            return "nemo";
        }
        if !is_archive(look.head) {
            return "archive-tar-packed";
        }
        let archive = tar::open(look.bytes);
        match () {
            () if torch::is_old(&archive) => "torch-tar",
            () if image::is_image(&archive) => "container-image",
            () => "archive-tar",
        }
    }

    fn family(&self, look: &Look<'_>) -> Option<ModelFormat> {
        (self.id(look) == "torch-tar").then_some(ModelFormat::Pytorch)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        // A pickle that is a tar archive too is read as a pickle, which says so.
        if look.is_pickle() {
            return false;
        }
        if is_archive(look.head) {
            return format::is_wanted(look) || is_of_interest(look.bytes, look);
        }
        let Some(codec) = Codec::recognise(look.head).filter(|_| look.depth <= 1) else {
            return false;
        };
        let whole = Section::from(look.bytes, 0);
        let first = Unpacked::new(whole, codec, BLOCK);
        let probed = if look.depth == 0 { PROBED } else { PROBED_MEMBER };
        is_archive(first.head())
            && (format::is_wanted(look)
                || is_of_interest(&Unpacked::new(whole, codec, probed), look))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut head = [0; 512];
        let held = read_up_to(input.bytes, 0, &mut head).unwrap_or(0);
        let head = head.get(..held).unwrap_or_default();
        let look = Look::new(input.path, head, input.bytes);
        let image = format::is_blob(&look) || look.name() == "layer.tar";
        let codec = if is_archive(head) { None } else { Codec::recognise(head) };
        let Some(codec) = codec else {
            read(input.bytes, image, report);
            Pickle::also(input.bytes, report);
            return;
        };
        let unpacked = unpack(input.bytes, codec, report);
        compressed::judge(&unpacked, input.bytes.size(), report);
        read(&unpacked, image, report);
        if unpacked.is_exhausted() {
            report.gap("the members", "reading them needs more steps back than are made");
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Whether bytes begin as an archive: by the checksum, or by the word of a later dialect.
fn is_archive(head: &[u8]) -> bool {
    is_tar(head) || head.get(257..262) == Some(b"ustar")
}

/// Whether there is a model in it, or something that no honest archive has.
fn is_of_interest(bytes: &dyn ReadAt, look: &Look<'_>) -> bool {
    let archive = tar::open(bytes);
    let image = image::is_root(&archive);
    let leads_out = |place: Place| place == Place::Outside || place == Place::Absolute && !image;
    let odd = |entry: &Entry| match entry.kind {
        Kind::Device => !image,
        Kind::Hard => leads_out(place::of(&entry.link)),
        Kind::Symbolic => !image && leads_out(place::of_link(entry.name(), &entry.link)),
        _ => entry.names.iter().any(|name| leads_out(place::of(name))),
    };
    let named = |entry: &Entry| format::is_wanted(&Look::new(entry.name(), &[], bytes));
    let broken = !archive.problems.is_empty() && archive.entries.iter().any(named);
    broken
        || image::is_image(&archive)
        || archive.entries.iter().any(odd)
        || archive.entries.len() > MAX_ASKED
        || archive.entries.iter().any(|entry| {
            let data = matches!(entry.kind, Kind::File | Kind::Sparse) && entry.size > 0;
            let content = || Section::new(bytes, entry.data, entry.size);
            data && (!look.ask() || format::is_model(entry.name(), &content(), look))
        })
}

/// Reads an archive, which may be the root of a file system.
pub(super) fn read(bytes: &dyn ReadAt, image: bool, report: &mut Report) {
    let archive = tar::open(bytes);
    for (offset, text) in &archive.problems {
        report.find(&STRUCTURE, Malformed, *offset, text);
    }
    if !archive.whole {
        report
            .gap("further members", "there are more, or they are further apart, than is followed");
    }
    behind(bytes, &archive, report);
    if torch::is_old(&archive) {
        torch::read_old(bytes, &archive, report);
        return;
    }
    let layers = image::is_image(&archive);
    let members = Members::of_tar(bytes, &archive);
    let image = image || layers || image::is_root(&archive);
    let mut holding = Holding::new(report, image).among(&members);
    for entry in &archive.entries {
        names(entry, &mut holding);
        match entry.kind {
            Kind::File | Kind::Sparse => file(bytes, entry, layers, &mut holding),
            Kind::Hard | Kind::Symbolic => {
                holding.link(entry.name(), &entry.link, entry.kind == Kind::Symbolic);
            }
            Kind::Device if !holding.image => {
                let text = format!("{} is a device or a pipe", entry.name());
                holding.report.find(&DEVICE, Unknown, entry.header, &text);
            }
            Kind::Device | Kind::Folder | Kind::Note => {}
        }
    }
    through(&archive, &mut holding);
    holding.finish();
}

fn names(entry: &Entry, holding: &mut Holding<'_>) {
    for name in &entry.names {
        holding.name(name);
    }
}

fn file(bytes: &dyn ReadAt, entry: &Entry, layers: bool, holding: &mut Holding<'_>) {
    let section = Section::new(bytes, entry.data, entry.size);
    let name = entry.name();
    if entry.kind == Kind::Sparse {
        holding.report.gap(name, "it has holes, which are not put back");
    }
    if layers {
        image::part(name, &section, holding);
    } else if name.ends_with(".yaml") || name.ends_with(".yml") {
        nemo::read(name, &section, holding);
    } else if name.ends_with("requirements.txt") {
        code::requirements(name, &section, holding.report);
    } else {
        holding.member(name, &section);
    }
}

/// A member behind a link of the same archive is written wherever that leads.
fn through(archive: &Archive, holding: &mut Holding<'_>) {
    let links: std::collections::BTreeSet<&str> = archive
        .entries
        .iter()
        .filter(|entry| entry.kind == Kind::Symbolic)
        .map(|entry| entry.name().trim_end_matches('/'))
        .collect();
    if links.is_empty() || holding.image {
        return;
    }
    for entry in &archive.entries {
        let name = entry.name();
        let behind = name
            .match_indices('/')
            .any(|(at, _)| name.get(..at).is_some_and(|start| links.contains(start)));
        if behind {
            let text = format!("{name} lies behind a link of the archive");
            holding.report.find(&STRUCTURE, Malformed, entry.header, &text);
        }
    }
}

/// Bytes that are neither a member nor the end.
fn behind(bytes: &dyn ReadAt, archive: &Archive, report: &mut Report) {
    let Some(rest) = archive.rest else { return };
    let rest = Section::from(bytes, rest);
    if pickle::has_effect(&rest) {
        nested("rest.pkl", "(behind the members)", &rest, report);
    }
}
