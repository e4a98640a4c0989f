//! What will be written, worked out before a byte is.

use std::io::{self, Write};

use coseal_core::plain::plain;

use super::{
    array::{Array, Storage},
    copy::{From, copy},
    dtype::Dtype,
    flatten::{Found, flatten},
    header::{Entry, header},
    numpy,
    object::{Id, Object},
    place::Place,
    stream::{Session, Spot, Step, follow},
    torch,
};
use crate::{
    bytes::{ReadAt, Section, read_up_to},
    container::{Codec, Unpacked, zip},
};

/// Tensors may share bytes, and are written each for itself: more than so many times what there is, is refused.
const MAX_GROWTH: u64 = 8;
/// … but for files that stay as small as this.
const SMALL: u64 = 64 << 20;
/// Dimensions of a tensor that safetensors' readers take.
const MAX_DIMENSIONS: usize = 255;
/// Bytes that a compressed file may unpack to.
const MAX_UNPACKED: u64 = 64 << 30;

/// Something of the file that is no tensor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// The keys on the way to it, joined by dots.
    pub name: String,
    /// What it is.
    pub what: String,
}

/// Why a file can't be written as safetensors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// In words, to be put after "it can't be converted:".
    pub why: String,
}

/// A tensor to be written.
struct Tensor {
    name: String,
    array: Array,
    dtype: Dtype,
    length: u64,
}

/// What will be written.
pub struct Plan<'a> {
    file: &'a dyn ReadAt,
    places: Vec<Place>,
    storages: Vec<Storage>,
    tensors: Vec<Tensor>,
    /// What is in the file and is no tensor.
    pub dropped: Vec<Dropped>,
    /// How many more, beyond those named.
    pub more: u64,
    /// Tensors that share bytes with another: each gets bytes of its own.
    pub shared: usize,
    /// `pt` or `np`, as safetensors' readers ask.
    pub origin: &'static str,
}

/// Works out what will be written of a file whose scan is clean, and hands it over.
///
/// # Errors
/// If the file holds no tensor, or something that is not followed.
pub fn with_plan<T>(bytes: &dyn ReadAt, use_it: impl FnOnce(&Plan<'_>) -> T) -> Result<T, Unfit> {
    let mut head = [0; 64];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    let head = head.get(..read).unwrap_or_default();
    let zip = head.starts_with(b"PK\x03\x04");
    match Codec::recognise(head).filter(|_| !zip) {
        Some(codec) => {
            let unpacked = Unpacked::new(Section::from(bytes, 0), codec, MAX_UNPACKED);
            Ok(use_it(&Plan::of(&unpacked)?))
        }
        None => Ok(use_it(&Plan::of(bytes)?)),
    }
}

impl<'a> Plan<'a> {
    fn of(file: &'a dyn ReadAt) -> Result<Self, Unfit> {
        let mut session = Session { places: vec![Place::File], ..Session::default() };
        let unfit = |why: &str| Unfit { why: why.to_owned() };
        let (root, origin) = root(file, &mut session).map_err(unfit)?;
        let found = flatten(&session.objects, root).map_err(unfit)?;
        let Found { tensors, dropped, more, .. } = found;
        let mut plan = Plan {
            file,
            places: session.places,
            storages: session.storages,
            tensors: Vec::new(),
            dropped,
            more,
            shared: 0,
            origin,
        };
        for (name, array) in tensors {
            let tensor = plan.tensor(name, array)?;
            plan.tensors.push(tensor);
        }
        plan.settle()?;
        Ok(plan)
    }

    /// A tensor, if all of it is there.
    fn tensor(&self, name: String, array: Array) -> Result<Tensor, Unfit> {
        let shown = plain(&name, 200);
        let unfit = |why: &str| Unfit { why: format!("the tensor {shown} {why}") };
        let dtype = array.dtype.map_err(unfit)?;
        if array.shape.len() > MAX_DIMENSIONS {
            return Err(unfit("has more dimensions than are written"));
        }
        let storage = self.storages.get(array.storage).ok_or_else(|| unfit("has no storage"))?;
        let (place, start) = storage.at.ok_or_else(|| unfit("has no bytes"))?;
        let size = self.places.get(place).map_or(0, |place| place.size(self.file));
        let within = |reach: u64| {
            let end = reach.checked_mul(dtype.item)?;
            (end <= storage.length && start.checked_add(storage.length)? <= size).then_some(())
        };
        array.reach().and_then(within).ok_or_else(|| unfit("reaches outside its storage"))?;
        let length = array.count().and_then(|count| count.checked_mul(dtype.item));
        let length = length.ok_or_else(|| unfit("is beyond all bounds"))?;
        Ok(Tensor { name, array, dtype, length })
    }

    /// Puts the tensors in the order of the file, and counts what they share.
    fn settle(&mut self) -> Result<(), Unfit> {
        if self.tensors.is_empty() {
            return Err(Unfit { why: "there is no tensor in it".to_owned() });
        }
        let total = self.size();
        let there: u64 =
            self.storages.iter().map(|storage| storage.length).fold(0, u64::saturating_add);
        if total > SMALL.max(there.saturating_mul(MAX_GROWTH)) {
            let why = format!("its tensors share {there} bytes and would be written as {total}");
            return Err(Unfit { why });
        }
        // As the library does: large elements first, so that all are aligned.
        self.tensors
            .sort_by(|a, b| b.dtype.item.cmp(&a.dtype.item).then_with(|| a.name.cmp(&b.name)));
        let mut used: Vec<_> = self.tensors.iter().map(|tensor| tensor.array.storage).collect();
        used.sort_unstable();
        let before = used.len();
        used.dedup();
        self.shared = before.saturating_sub(used.len());
        Ok(())
    }

    /// How many tensors.
    #[must_use]
    pub fn tensors(&self) -> usize {
        self.tensors.len()
    }

    /// Bytes of all tensors.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tensors.iter().map(|tensor| tensor.length).fold(0, u64::saturating_add)
    }

    /// Writes the file.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let entries: Vec<_> = self.tensors.iter().map(Tensor::entry).collect();
        out.write_all(&header(&entries, self.origin))?;
        for tensor in &self.tensors {
            let missing = || io::Error::from(io::ErrorKind::InvalidData);
            let storage = self.storages.get(tensor.array.storage).ok_or_else(missing)?;
            let (place, start) = storage.at.ok_or_else(missing)?;
            let place = self.places.get(place).ok_or_else(missing)?;
            let swap = if storage.big { tensor.dtype.swapped() } else { 1 };
            let item = tensor.dtype.item;
            place.with(self.file, |bytes| {
                copy(&tensor.array, &From { bytes, start, swap, item }, out)
            })?;
        }
        Ok(())
    }
}

impl Tensor {
    fn entry(&self) -> Entry<'_> {
        let (name, dtype) = (self.name.as_str(), self.dtype.name);
        Entry { name, dtype, shape: &self.array.shape, length: self.length }
    }
}

/// The value that the file holds, and where it comes from.
fn root(file: &dyn ReadAt, session: &mut Session) -> Step<(Id, &'static str)> {
    let mut head = [0; 6];
    read_up_to(file, 0, &mut head).map_err(|_| "it can't be read")?;
    if head.starts_with(b"PK\x03\x04") {
        let archive = zip::open(file);
        if archive.members.iter().any(|member| torch::is_object(&member.name)) {
            return torch::archive(file, &archive, session).map(|root| (root, "pt"));
        }
        return arrays(file, &archive, session).map(|root| (root, "np"));
    }
    let spot = Spot { bytes: file, place: 0, base: 0 };
    if head == *b"\x93NUMPY" {
        return numpy::file(file, 0, session).map(|root| (root, "np"));
    }
    if torch::is_legacy(file) {
        return torch::legacy(spot, 0, session).map(|root| (root, "pt"));
    }
    let (root, end) = follow(spot, 0, 0, session)?;
    if end < file.size() {
        return Err("it holds several objects in a row");
    }
    let torch = session.storages.iter().any(|storage| storage.key.is_some());
    Ok((root, if torch { "pt" } else { "np" }))
}

/// The arrays of an archive, by the names of its members.
fn arrays(file: &dyn ReadAt, archive: &zip::Archive, session: &mut Session) -> Step<Id> {
    let dict = session.objects.add(Object::Dict(Vec::new()))?;
    for member in archive.members.iter().filter(|member| !member.is_folder()) {
        let place = Place::Member(Box::new(member.clone()));
        session.places.push(place.clone());
        let index = session.places.len().saturating_sub(1);
        let value = place.with(file, |bytes| numpy::file(bytes, index, session))?;
        let name = member.name.strip_suffix(".npy").unwrap_or(&member.name);
        let name = session.objects.add(Object::Text(name.into()))?;
        session.objects.insert(dict, &[name, value])?;
    }
    Ok(dict)
}
