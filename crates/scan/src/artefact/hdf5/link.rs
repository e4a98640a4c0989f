//! Link messages (IV.A.2.g).

use super::fields::Fields;

/// Bytes of a name that are kept.
const MAX_NAME: usize = 256;

/// A name in a group, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The name.
    pub(super) name: String,
    /// What it leads to.
    pub(super) target: Target,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The object whose header stands there.
    Object(u64),
    /// A path in this file.
    Soft(String),
    /// A file, and a path in it.
    External(String, String),
    /// What only a plug-in for links of this number knows.
    Foreign(u8),
}

/// Bytes as a text, cut.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..MAX_NAME).unwrap_or(bytes)).into_owned()
}

/// Reads a link message; none if it is broken.
pub(super) fn read(body: &[u8], offsets: usize) -> Option<Link> {
    let mut fields = Fields::new(body);
    if fields.byte()? != 1 {
        return None;
    }
    let flags = fields.byte()?;
    let kind = if flags & 8 == 0 { 0 } else { fields.byte()? };
    fields.take(if flags & 4 == 0 { 0 } else { 8 })?;
    fields.take(if flags & 0x10 == 0 { 0 } else { 1 })?;
    let width = 1_usize.checked_shl(u32::from(flags & 3))?;
    let length = fields.length(width)?;
    let name = text(fields.take(length)?);
    let target = match kind {
        0 => Target::Object(fields.uint(offsets)?),
        1 => {
            let length = fields.length(2)?;
            Target::Soft(text(fields.take(length)?))
        }
        64 => external(&mut fields)?,
        other => Target::Foreign(other),
    };
    Some(Link { name, target })
}

fn external(fields: &mut Fields<'_>) -> Option<Target> {
    let length = fields.length(2)?;
    let mut value = Fields::new(fields.take(length)?);
    value.byte()?;
    let file = text(value.text()?);
    let path = text(value.text().unwrap_or_else(|| value.rest()));
    Some(Target::External(file, path))
}
