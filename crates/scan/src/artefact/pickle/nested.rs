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
        match content {
            Value::Bytes(span) => {
                let section = Section::new(self.bytes, span.offset(), span.length().into());
                self.enter(|session| stream::nested(&section, session));
            }
            Value::Encoded(span) => match self.decoded(span) {
                Some(bytes) => self.enter(|session| stream::nested(&SliceBytes(&bytes), session)),
                None => return Fit::Unseen,
            },
            Value::Reported => return Fit::Value(Value::Reported),
            _ => return Fit::No("its bytes are computed while loading"),
        }
        Fit::Object
    }

    fn enter(&mut self, read: impl FnOnce(&mut super::session::Session<'_>)) {
        let persistent = self.session.persistent;
        let storages = std::mem::take(&mut self.session.storages);
        self.session.nesting = self.session.nesting.saturating_add(1);
        self.session.persistent = Persistent::Torch;
        read(self.session);
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
