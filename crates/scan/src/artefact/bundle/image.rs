//! Images of containers: archives of layers, each an archive of files (OCI image layout 1.1, and what `docker save` writes).

use super::{holding::Holding, tar};
use crate::{
    artefact::{budget::MAX_DEPTH, nested::unpack, registry::compressed},
    bytes::{ReadAt, read_up_to},
    container::{Codec, is_tar, tar::Archive},
};

/// Files that only the root of a system has.
const ROOT: &[&str] = &[
    "etc/os-release",
    "usr/lib/os-release",
    "etc/passwd",
    "lib/apk/db/installed",
    "var/lib/dpkg/status",
];

/// Whether an archive is an image.
pub(super) fn is_image(archive: &Archive) -> bool {
    let has = |wanted: fn(&str) -> bool| {
        archive.entries.iter().any(|entry| wanted(entry.name().trim_start_matches("./")))
    };
    has(|name| name == "oci-layout")
        || has(|name| name == "index.json") && has(|name| name.starts_with("blobs/sha256/"))
        || has(|name| name == "manifest.json")
            && has(|name| name.ends_with("/layer.tar") || name.starts_with("blobs/sha256/"))
}

/// Whether an archive is the root of a system, or a layer upon one.
pub(super) fn is_root(archive: &Archive) -> bool {
    archive.entries.iter().any(|entry| {
        let name = entry.name().trim_start_matches("./");
        let file = name.rsplit('/').next().unwrap_or_default();
        ROOT.contains(&name) || file.starts_with(".wh.")
    })
}

/// A part of an image: a layer, or a description of it.
pub(super) fn part(name: &str, bytes: &dyn ReadAt, holding: &mut Holding<'_>) {
    let mut head = [0; 512];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    let head = head.get(..read).unwrap_or_default();
    if holding.report.depth() >= MAX_DEPTH {
        holding.report.gap(name, "it is nested deeper than is followed");
    } else if is_tar(head) {
        holding.report.within(name, |report| tar::read(bytes, true, report));
    } else if let Some(codec) = Codec::recognise(head) {
        let unpacked = unpack(bytes, codec, holding.report);
        holding.report.within(name, |report| compressed::judge(&unpacked, bytes.size(), report));
        if is_tar(unpacked.head().get(..512).unwrap_or_default()) {
            holding.report.within(name, |report| tar::read(&unpacked, true, report));
        } else {
            holding.member(name, bytes);
        }
        if unpacked.is_exhausted() {
            holding.report.gap(name, "reading it needs more steps back than are made");
        }
    } else {
        holding.member(name, bytes);
    }
}
