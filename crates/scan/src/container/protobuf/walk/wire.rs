//! Tags, lengths and numbers.

use super::{Trouble, Walk, broken};

impl Walk<'_> {
    /// A field's number and wire type.
    pub(super) fn tag(&mut self, end: u64) -> Result<(u32, u8), Trouble> {
        let tag = self.varint(end)?;
        let wire = u8::try_from(tag & 7).unwrap_or(7);
        match u32::try_from(tag >> 3) {
            Ok(number) if (1..1 << 29).contains(&number) => Ok((number, wire)),
            _ => broken("a field has a number that none can have"),
        }
    }

    /// Where the value at the place ends, by its wire type; moves behind a length, or a number.
    pub(super) fn end_of(&mut self, wire: u8, end: u64) -> Result<u64, Trouble> {
        let length = match wire {
            0 => {
                self.varint(end)?;
                0
            }
            1 => 8,
            2 => self.varint(end)?,
            5 => 4,
            3 | 4 => return broken("it has a group, which no model has"),
            _ => return broken("a field has a wire type that there is not"),
        };
        match self.window.at.checked_add(length).filter(|after| *after <= end) {
            Some(after) => Ok(after),
            None => broken("a field reaches past the end of what it is in"),
        }
    }

    /// A number, which must end before `end`.
    #[inline]
    pub(super) fn varint(&mut self, end: u64) -> Result<u64, Trouble> {
        let mut value = 0_u64;
        let mut shift = 0_u32;
        while self.window.at < end {
            let byte = match self.window.byte() {
                Ok(Some(byte)) => byte,
                Ok(None) => return broken("the file ends within a number"),
                Err(_) => return Err(Trouble::Unreadable),
            };
            if shift == 63 && byte > 1 {
                return broken("a number is longer than 64 bits");
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                if byte == 0 && shift > 0 {
                    return broken("a number is longer than it needs to be");
                }
                return Ok(value);
            }
            shift = shift.saturating_add(7);
        }
        broken("a number reaches past the end of what it is in")
    }
}
