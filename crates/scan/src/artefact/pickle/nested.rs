//! Streams within streams: bytes given to a function that unpickles them.

use super::{
    arguments::Fit,
    machine::Machine,
    session::Persistent,
    stream,
    value::{Span, Value},
};
use crate::bytes::{Section, SliceBytes};

/// Streams within streams within streams.
const MAX_NESTING: u8 = 4;

impl Machine<'_, '_, '_> {
    /// `(bytes)`: what is in them must be as harmless as the rest.
    pub(super) fn nested_call(&mut self, items: &[Value]) -> Fit {
        let [content] = *items else { return Fit::No("not one byte string") };
        if self.session.nesting >= MAX_NESTING {
            return Fit::Unseen;
        }
        // The same bytes are read once.
        if let Value::Bytes(span) | Value::Encoded(span) = content {
            let (space, base) = self.session.space;
            let encoded = matches!(content, Value::Encoded(_));
            let place = (space, base.saturating_add(span.offset()), span.length(), encoded);
            if self.session.nested.contains(&place) {
                return Fit::Object;
            }
            if !self.session.keeps(0) {
                return Fit::Unseen;
            }
            self.session.nested.insert(place);
        }
        match content {
            Value::Bytes(span) => {
                let section = Section::new(self.bytes, span.offset(), span.length().into());
                let (space, base) = self.session.space;
                let space = (space, base.saturating_add(span.offset()));
                self.enter(space, |session| stream::nested(&section, session));
            }
            Value::Encoded(span) => match self.decoded(span) {
                Some(bytes) => {
                    self.session.spaces = self.session.spaces.saturating_add(1);
                    let space = (self.session.spaces, 0);
                    self.enter(space, |session| stream::nested(&SliceBytes(&bytes), session));
                }
                None => return Fit::Unseen,
            },
            Value::Escaped(_) | Value::Octets(_) | Value::Blob => return Fit::Unseen,
            Value::Reported => return Fit::Value(Value::Reported),
            _ => return Fit::No("its bytes are computed while loading"),
        }
        Fit::Object
    }

    fn enter(&mut self, space: (u32, u64), read: impl FnOnce(&mut super::session::Session<'_>)) {
        let outer = std::mem::replace(&mut self.session.space, space);
        let persistent = self.session.persistent;
        let storages = std::mem::take(&mut self.session.storages);
        self.session.nesting = self.session.nesting.saturating_add(1);
        self.session.persistent = Persistent::Torch;
        read(self.session);
        self.session.space = outer;
        self.session.persistent = persistent;
        self.session.nesting = self.session.nesting.saturating_sub(1);
        self.session.storages = storages;
    }

    /// The bytes whose Latin-1 characters a string holds; none if there are too many.
    fn decoded(&mut self, span: Span) -> Option<Vec<u8>> {
        let length = usize::try_from(span.length()).ok()?;
        self.session.decodable = self.session.decodable.checked_sub(length)?;
        let mut text = vec![0; length];
        (self.cursor.peek(span.offset(), &mut text).ok()? == length).then_some(())?;
        let text = String::from_utf8(text).ok()?;
        text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
    }
}
