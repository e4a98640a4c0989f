//! The header's JSON: tensors by name, and metadata that is only counted.

use std::{
    collections::HashSet,
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::{
    entry::Entry,
    tensors::{MAX_TENSORS, Tensors},
};

/// The header's outermost object.
pub(super) struct TopLevel<'a>(pub(super) &'a mut Tensors);

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if !self.0.is_new(&name) {
                return Err(self.0.fail("two entries of one name"));
            }
            if name == "__metadata__" {
                if !map.next_value::<Metadata>()?.0 {
                    return Err(self.0.fail("two entries of one name in the metadata"));
                }
                continue;
            }
            let entry: Entry = map.next_value()?;
            let added = match entry.problem {
                Some(why) => Err(why),
                None => self.0.add(&entry),
            };
            if let Err(why) = added {
                return Err(self.0.fail(why));
            }
        }
        Ok(())
    }
}

/// Metadata: strings by name. Whether each name stands once.
struct Metadata(bool);

impl<'de> de::Deserialize<'de> for Metadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Metadata;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Metadata, A::Error> {
                let (mut seen, mut once) = (HashSet::new(), true);
                while let Some(name) = map.next_key::<String>()? {
                    map.next_value::<Text>()?;
                    let mut hasher = DefaultHasher::new();
                    name.hash(&mut hasher);
                    once &= seen.len() < MAX_TENSORS && seen.insert(hasher.finish());
                }
                Ok(Metadata(once))
            }
        }
        deserializer.deserialize_map(Map)
    }
}

/// A string that is not kept.
struct Text;

impl<'de> de::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, _: &str) -> Result<Text, E> {
                Ok(Text)
            }
        }
        deserializer.deserialize_str(Any)
    }
}
