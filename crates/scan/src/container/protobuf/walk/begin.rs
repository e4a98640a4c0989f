//! What a file begins with.

use super::{Kind, Schema, Trouble, Walk, Window, fits};
use crate::bytes::ReadAt;

/// A field at the beginning of a file: its name, and the offset and length of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The field's name.
    pub name: &'static str,
    /// Where its content begins.
    pub start: u64,
    /// How long it is.
    pub length: u64,
}

/// The first fields of `bytes`, at most `limit`, if these are those of a message of the kind `root`: all are known and have the
/// right wire type, and their messages begin with a known field too. Nothing else is read. Empty if they are not.
#[must_use]
pub fn begins_as(bytes: &dyn ReadAt, root: &'static Schema, limit: u32) -> Vec<Found> {
    let mut walk = Walk { window: Window::new(bytes), frames: Vec::new(), fields: 0 };
    let mut found = Vec::new();
    for _ in 0..limit {
        if walk.window.at >= bytes.size() {
            break;
        }
        let Ok(Some(field)) = walk.first(root, bytes.size(), true) else { return Vec::new() };
        found.push(field);
    }
    found
}

impl Walk<'_> {
    /// The field at the place, if it is one of `schema`, and (if `deep`) the first in it is one of its own.
    fn first(
        &mut self,
        schema: &'static Schema,
        end: u64,
        deep: bool,
    ) -> Result<Option<Found>, Trouble> {
        let (number, wire) = self.tag(end)?;
        let Some((_, field)) = schema.field(number).filter(|(_, field)| fits(field, wire)) else {
            return Ok(None);
        };
        let after = self.end_of(wire, end)?;
        let start = self.window.at;
        if let Kind::Message(inner) = field.kind
            && deep
            && start < after
            && self.first(inner, after, false)?.is_none()
        {
            return Ok(None);
        }
        self.window.at = after;
        Ok(Some(Found { name: field.name, start, length: after.saturating_sub(start) }))
    }
}
