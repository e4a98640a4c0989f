//! What lies beside a member of an archive: the other members, under the folder that it is in.

use std::{
    collections::BTreeMap,
    ops::Bound::{Included, Unbounded},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use crate::{
    bytes::{Beside, ReadAt, Section},
    container::{Codec, End, tar, zip},
};

/// Names that are given out for one archive; who asks after that learns of none.
const MAX_NAMES: u64 = 1 << 21;
/// Bytes unpacked of members that others ask for: of one, and of all. What one costs at least.
const UNPACKED: u64 = 64 << 20;
const MAX_UNPACKED: u64 = 128 << 20;
const LEAST: u64 = 1 << 16;

/// An archive whose members can be opened in any order.
#[derive(Clone, Copy)]
enum Packed<'a> {
    Tar(&'a tar::Archive),
    Zip(&'a zip::Archive),
}

/// The members of an archive by name.
pub(super) struct Members<'a> {
    bytes: &'a dyn ReadAt,
    packed: Packed<'a>,
    /// Places in the archive; none where two members have one name.
    places: BTreeMap<&'a str, Option<usize>>,
    names: AtomicU64,
    unpacked: AtomicU64,
}

impl<'a> Members<'a> {
    pub(super) fn of_tar(bytes: &'a dyn ReadAt, archive: &'a tar::Archive) -> Self {
        let is_file = |entry: &tar::Entry| entry.kind == tar::Kind::File;
        let entries = archive.entries.iter().enumerate();
        let names =
            entries.filter(|(_, entry)| is_file(entry)).map(|(at, entry)| (entry.name(), at));
        Self::new(bytes, Packed::Tar(archive), names)
    }

    pub(super) fn of_zip(bytes: &'a dyn ReadAt, archive: &'a zip::Archive) -> Self {
        let members = archive.members.iter().enumerate();
        let names = members
            .filter(|(_, member)| !member.is_folder())
            .map(|(at, member)| (member.name.as_str(), at));
        Self::new(bytes, Packed::Zip(archive), names)
    }

    fn new(
        bytes: &'a dyn ReadAt,
        packed: Packed<'a>,
        names: impl Iterator<Item = (&'a str, usize)>,
    ) -> Self {
        let mut places = BTreeMap::new();
        for (name, at) in names {
            places.entry(plain(name)).and_modify(|place| *place = None).or_insert(Some(at));
        }
        let (names, unpacked) = (AtomicU64::new(MAX_NAMES), AtomicU64::new(MAX_UNPACKED));
        Self { bytes, packed, places, names, unpacked }
    }

    /// What is beside the member called `name`.
    pub(super) fn beside<'b>(&'b self, name: &'b str) -> Around<'b> {
        let name = plain(name);
        let folder = name.rfind('/').and_then(|at| name.get(..=at)).unwrap_or_default();
        Around { members: self, folder }
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        let place = (*self.places.get(name)?)?;
        match self.packed {
            Packed::Tar(archive) => {
                let entry = archive.entries.get(place)?;
                Some(Box::new(Section::new(self.bytes, entry.data, entry.size)))
            }
            Packed::Zip(archive) => self.member(archive.members.get(place)?),
        }
    }

    /// A member of a zip archive, if all of it can be read within what is left.
    fn member(&self, member: &zip::Member) -> Option<Box<dyn ReadAt + '_>> {
        let left = self.unpacked.load(Relaxed).checked_sub(LEAST)?;
        let weight = member.codec(self.bytes).map_or(1, Codec::weight);
        let limit = left.min(UNPACKED).checked_div(weight)?;
        let content = member.content(self.bytes, limit);
        let cost = match &content {
            zip::Content::Unpacked(unpacked) => unpacked.cost(),
            _ => 0,
        };
        self.unpacked.store(left.saturating_sub(cost), Relaxed);
        match content {
            zip::Content::Stored(section) => Some(Box::new(section)),
            zip::Content::Unpacked(unpacked) => {
                let whole = unpacked.end() == End::Whole && unpacked.size() == member.size;
                if whole { Some(Box::new(unpacked)) } else { None }
            }
            zip::Content::Opaque(_) => None,
        }
    }
}

/// What lies beside one member.
pub(super) struct Around<'a> {
    members: &'a Members<'a>,
    /// What the names of members there begin with: the folder with its slash.
    folder: &'a str,
}

impl Beside for Around<'_> {
    fn names(&self) -> Vec<String> {
        let after = self.members.places.range::<str, _>((Included(self.folder), Unbounded));
        let below = after.map_while(|(name, _)| name.strip_prefix(self.folder));
        let left = self.members.names.load(Relaxed);
        let most = usize::try_from(left).unwrap_or(usize::MAX);
        let names: Vec<String> = below.take(most).map(str::to_owned).collect();
        self.members.names.store(left.saturating_sub(names.len() as u64), Relaxed);
        // A part of them would look like all.
        if names.len() < most { names } else { Vec::new() }
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        self.members.open(&format!("{}{name}", self.folder))
    }
}

/// A name as it is below the folder where the archive is unpacked.
fn plain(name: &str) -> &str {
    name.trim_start_matches("./")
}
