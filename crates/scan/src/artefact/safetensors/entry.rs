//! One tensor of the header.

use std::fmt;

use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Dimensions of one tensor.
const MAX_DIMENSIONS: usize = 255;
/// Element types and their size in bits.
const DTYPES: &[(&str, u64)] = &[
    ("BF16", 16),
    ("BOOL", 8),
    ("C128", 128),
    ("C64", 64),
    ("F16", 16),
    ("F32", 32),
    ("F4", 4),
    ("F64", 64),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("F8_E4M3", 8),
    ("F8_E4M3FNUZ", 8),
    ("F8_E5M2", 8),
    ("F8_E5M2FNUZ", 8),
    ("F8_E8M0", 8),
    ("I16", 16),
    ("I32", 32),
    ("I64", 64),
    ("I8", 8),
    ("U16", 16),
    ("U32", 32),
    ("U64", 64),
    ("U8", 8),
];

/// One tensor.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) dtype: Option<(&'static str, u64)>,
    pub(super) shape: Option<Vec<u64>>,
    pub(super) offsets: Option<(u64, u64)>,
    pub(super) problem: Option<&'static str>,
}

impl<'de> de::Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a tensor")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
                let mut entry = Entry::default();
                while let Some(name) = map.next_key::<String>()? {
                    let repeated = match name.as_str() {
                        "dtype" => {
                            let known = map.next_value::<String>()?;
                            let known = DTYPES.iter().find(|(name, _)| *name == known);
                            if known.is_none() {
                                entry.problem = Some("an unknown element type");
                            }
                            entry.dtype.replace(known.copied().unwrap_or(("", 8))).is_some()
                        }
                        "shape" => entry.shape.replace(map.next_value::<Shape>()?.0).is_some(),
                        "data_offsets" => entry.offsets.replace(map.next_value()?).is_some(),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            entry.problem = Some("an unknown field");
                            false
                        }
                    };
                    if repeated {
                        entry.problem = Some("a field that stands twice");
                    }
                }
                Ok(entry)
            }
        }
        deserializer.deserialize_map(Map)
    }
}

/// Dimensions, bounded.
struct Shape(Vec<u64>);

impl<'de> de::Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sides;
        impl<'de> Visitor<'de> for Sides {
            type Value = Shape;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("dimensions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sides: A) -> Result<Shape, A::Error> {
                let mut shape = Vec::new();
                while let Some(side) = sides.next_element::<u64>()? {
                    if shape.len() >= MAX_DIMENSIONS {
                        return Err(de::Error::custom("too many dimensions"));
                    }
                    shape.push(side);
                }
                Ok(Shape(shape))
            }
        }
        deserializer.deserialize_seq(Sides)
    }
}
