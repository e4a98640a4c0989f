//! Storages and tensors of PyTorch: in archives, in the layout before them, and within plain pickles.

use std::collections::BTreeMap;

use super::{
    array::{Array, Storage},
    dtype::Dtype,
    object::{Id, Object},
    place::Place,
    stream::{Session, Spot, Step, Stream, follow},
};
use crate::{
    bytes::{ReadAt, Section, read_exact_at},
    container::zip::{Archive, Member},
};

/// Bytes of an element of storages that safetensors has no type for.
const OTHERS: &[(&str, u64)] = &[
    ("ComplexDoubleStorage", 16),
    ("QInt32Storage", 4),
    ("QInt8Storage", 1),
    ("QUInt2x4Storage", 1),
    ("QUInt4x2Storage", 1),
    ("QUInt8Storage", 1),
    ("UntypedStorage", 1),
];

impl Stream<'_, '_> {
    /// `('storage', class, key, device, elements, view)`, or `('module', class, …)`.
    pub(super) fn persistent(&mut self, id: Id) -> Step<Id> {
        let objects = &self.session.objects;
        let items = objects.items(id);
        let kind = items.first().and_then(|kind| objects.text(*kind));
        match (kind, items) {
            (Some("module"), [_, class, ..]) => Ok(*class),
            (Some("storage"), [_, class, key, _, count, rest @ ..]) => {
                let view =
                    rest.first().is_some_and(|view| !matches!(objects.of(*view), Object::None));
                if view {
                    return Err("it has views of storages, as PyTorch wrote them before 0.4");
                }
                let (class, key, count) = (*class, *key, *count);
                self.storage(class, key, count)
            }
            _ => Err("it has references that PyTorch doesn't write"),
        }
    }

    fn storage(&mut self, class: Id, key: Id, count: Id) -> Step<Id> {
        let objects = &self.session.objects;
        let key = match objects.of(key) {
            Object::Int(key) => key.to_string(),
            Object::Text(key) => key.to_string(),
            _ => return Err("it has a storage without a name"),
        };
        let class = objects.import(class).and_then(|class| class.rsplit('.').next());
        let class = class.ok_or("it has a storage without a class")?;
        let dtype = Dtype::of_storage(class);
        let other = OTHERS.iter().find(|(name, _)| *name == class).map(|(_, item)| *item);
        let item = dtype.map(|dtype| dtype.item).ok().or(other);
        let length =
            item.zip(objects.integer(count)).and_then(|(item, count)| item.checked_mul(count));
        let length = length.ok_or("it has a storage of an impossible size")?;
        let dtype = (class != "UntypedStorage").then_some(dtype);
        let index = match self.session.keys.get(&key) {
            Some(index) => *index,
            None => {
                let index = self.session.storages.len();
                self.session.keys.insert(key.clone(), index);
                let key = Some(key);
                self.session.storages.push(Storage { key, at: None, length, big: false, dtype });
                index
            }
        };
        self.session.objects.add(Object::Storage(index))
    }

    /// `(storage, offset, size, stride, …)`.
    pub(super) fn tensor(&mut self, items: &[Id], dtype: Option<Id>) -> Step<Id> {
        let broken = "it has a tensor that PyTorch doesn't write";
        let objects = &self.session.objects;
        let [storage, offset, size, stride, rest @ ..] = items else { return Err(broken) };
        let Object::Storage(storage) = *objects.of(*storage) else { return Err(broken) };
        let shape = objects.integers(*size).ok_or(broken)?;
        let strides = objects.integers(*stride).filter(|strides| strides.len() == shape.len());
        let strides = strides.ok_or(broken)?;
        let offset = objects.integer(*offset).ok_or(broken)?;
        let known = self.session.storages.get(storage).and_then(|storage| storage.dtype);
        let named = dtype.and_then(|dtype| objects.import(dtype));
        let named = named.map(|name| Dtype::of_torch(name.strip_prefix("torch.").unwrap_or(name)));
        // Conjugation and negation are put off in such tensors: their bytes are not their values.
        let lazy = rest.get(if dtype.is_some() { 3 } else { 2 });
        let lazy = lazy.is_some_and(
            |lazy| matches!(objects.of(*lazy), Object::Dict(pairs) if !pairs.is_empty()),
        );
        let dtype = match named.or(known).unwrap_or(Err("elements of no known type")) {
            Ok(_) if lazy => Err("a tensor whose values are computed from its bytes"),
            dtype => dtype,
        };
        let array = Array { storage, offset, shape, strides, dtype };
        self.session.objects.add(Object::Array(Box::new(array)))
    }

    /// A storage that stands in the stream as a file of its own.
    pub(super) fn storage_from(&mut self, bytes: Id) -> Step<Id> {
        let Object::Bytes(start, length) = *self.session.objects.of(bytes) else {
            return Err("it holds a storage in a form that is not followed");
        };
        let inner = Section::new(self.spot.bytes, start.saturating_sub(self.spot.base), length);
        let spot = Spot { bytes: &inner, place: self.spot.place, base: start };
        if !is_legacy(&inner) {
            return Err("it holds an archive within a pickle");
        }
        let outer = std::mem::take(&mut self.session.keys);
        let storage = legacy(spot, self.nesting.saturating_add(1), self.session);
        self.session.keys = outer;
        storage
    }
}

/// Whether bytes begin as PyTorch's files did before they were archives.
pub(super) fn is_legacy(bytes: &dyn ReadAt) -> bool {
    crate::artefact::is_legacy_torch(bytes)
}

/// The layout before archives: magic number, protocol, what machine it was, the object, the keys of the storages; then the
/// storages.
pub(super) fn legacy(spot: Spot<'_>, nesting: u8, session: &mut Session) -> Step<Id> {
    let (_, at) = follow(spot, 0, nesting, session)?;
    let (_, at) = follow(spot, at, nesting, session)?;
    let (machine, at) = follow(spot, at, nesting, session)?;
    let little = session.objects.field(machine, "little_endian");
    let big =
        little.is_some_and(|little| matches!(session.objects.of(little), Object::Bool(false)));
    let (object, at) = follow(spot, at, nesting, session)?;
    let (keys, at) = follow(spot, at, nesting, session)?;
    let keys: Vec<_> = session.objects.items(keys).to_vec();
    let mut offset = at;
    for key in keys {
        let broken = "it has storages in another order than PyTorch writes them";
        let key = session.objects.text(key).and_then(|key| session.keys.get(key)).ok_or(broken)?;
        let storage = session.storages.get_mut(*key).ok_or(broken)?;
        read_exact_at(spot.bytes, offset, &mut [0; 8]).map_err(|_| broken)?;
        let start = offset.saturating_add(8);
        storage.at = Some((spot.place, spot.base.saturating_add(start)));
        storage.big = big;
        offset = start.saturating_add(storage.length);
    }
    Ok(object)
}

/// An archive: the object, its storages in members of their own.
pub(super) fn archive(file: &dyn ReadAt, archive: &Archive, session: &mut Session) -> Step<Id> {
    let mut objects = archive.members.iter().filter(|member| is_object(&member.name));
    let (Some(object), None) = (objects.next(), objects.next()) else {
        return Err("it has not exactly one object");
    };
    let folder = object.name.strip_suffix("data.pkl").unwrap_or_default();
    let place = Place::Member(Box::new(object.clone()));
    session.places.push(place.clone());
    let index = session.places.len().saturating_sub(1);
    let root = place.with(file, |bytes| {
        follow(Spot { bytes, place: index, base: 0 }, 0, 0, session).map(|(root, _)| root)
    })?;
    let members: BTreeMap<&str, &Member> =
        archive.members.iter().map(|member| (member.name.as_str(), member)).collect();
    let order = members.get(format!("{folder}byteorder").as_str());
    let big = order.is_some_and(|member| is_big(file, member));
    for storage in session.storages.iter_mut().filter(|storage| storage.at.is_none()) {
        let Some(key) = &storage.key else { continue };
        let member = members.get(format!("{folder}data/{key}").as_str());
        let member = member.ok_or("it has a storage without a member")?;
        session.places.push(Place::Member(Box::new((*member).clone())));
        storage.at = Some((session.places.len().saturating_sub(1), 0));
        storage.big = big;
    }
    Ok(root)
}

/// Whether a member is the object of an archive.
pub(super) fn is_object(name: &str) -> bool {
    name == "data.pkl" || name.strip_suffix("/data.pkl").is_some_and(|folder| !folder.contains('/'))
}

fn is_big(file: &dyn ReadAt, member: &Member) -> bool {
    let mut text = [0; 3];
    let read = Place::Member(Box::new(member.clone()))
        .with(file, |bytes| read_exact_at(bytes, 0, &mut text));
    read.is_ok() && text == *b"big"
}
