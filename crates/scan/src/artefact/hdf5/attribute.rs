//! Attributes (IV.A.2.m): small values with a name, on any object.

use super::{
    block::{File, Outcome},
    datatype::{self, Datatype},
    fields::Fields,
    group,
    header::{self, Message, kind},
    link::text,
    space,
};

/// An attribute.
pub(super) struct Attribute {
    /// Its name.
    pub(super) name: String,
    /// The type of its values.
    pub(super) datatype: Datatype,
    /// How many there are.
    pub(super) count: u64,
    /// Their bytes, in place.
    pub(super) data: Vec<u8>,
}

/// The parts of a message before they are read.
struct Parts<'b> {
    name: String,
    shared: u8,
    datatype: &'b [u8],
    space: &'b [u8],
    data: &'b [u8],
}

/// All attributes that a header's messages tell of, each read or not.
pub(super) fn all(file: &File<'_>, messages: &[Message]) -> Vec<Outcome<Attribute>> {
    let mut found = Vec::new();
    for message in messages {
        match message.kind {
            kind::ATTRIBUTE => found.push(
                header::body(file, message.shared, &message.body, kind::ATTRIBUTE)
                    .and_then(|body| one(file, &body)),
            ),
            kind::ATTRIBUTE_INFO => match group::dense(file, &message.body, 0, 0) {
                Ok(bodies) => found.extend(bodies.iter().map(|body| one(file, body))),
                Err(trouble) => found.push(Err(trouble)),
            },
            _ => {}
        }
    }
    found
}

fn one(file: &File<'_>, body: &[u8]) -> Outcome<Attribute> {
    let parts = file.expect(parts(body), 0, "an attribute is too short")?;
    let raw = header::body(file, parts.shared & 1 != 0, parts.datatype, kind::TYPE)?;
    let datatype = file.expect(datatype::read(&raw), 0, "an attribute has no known type")?;
    let raw = header::body(file, parts.shared & 2 != 0, parts.space, kind::SPACE)?;
    let count = space::read(&raw, file.lengths);
    let count = file.expect(count, 0, "an attribute has no known shape")?;
    let size = count.checked_mul(datatype.size).and_then(|size| usize::try_from(size).ok());
    let data = size.and_then(|size| parts.data.get(..size));
    let data = file.expect(data, 0, "an attribute is longer than its message")?.to_vec();
    Ok(Attribute { name: parts.name, datatype, count, data })
}

fn parts(body: &[u8]) -> Option<Parts<'_>> {
    let mut fields = Fields::new(body);
    let version = fields.byte().filter(|version| (1..=3).contains(version))?;
    let flags = fields.byte()?;
    let (name, datatype, space) = (fields.length(2)?, fields.length(2)?, fields.length(2)?);
    fields.take(if version == 3 { 1 } else { 0 })?;
    let mut part = |size: usize| {
        let start = fields.taken();
        let part = fields.take(size)?;
        if version == 1 {
            fields.pad(start)?;
        }
        Some(part)
    };
    let name = part(name)?;
    let name = text(name.split(|byte| *byte == 0).next().unwrap_or_default());
    let (datatype, space) = (part(datatype)?, part(space)?);
    let shared = if version == 1 { 0 } else { flags };
    Some(Parts { name, shared, datatype, space, data: fields.rest() })
}
