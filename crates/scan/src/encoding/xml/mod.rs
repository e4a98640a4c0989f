//! XML as a stream of elements. A document type is not read, and no entity but the five of XML: models need neither.

mod attributes;

pub(crate) use attributes::value;

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{Cursor, ReadAt},
};

/// Elements within elements.
const MAX_DEPTH: usize = 1024;
/// Bytes of one tag.
const MAX_TAG: usize = 1 << 20;
/// Bytes of the name of an element.
const MAX_NAME: usize = 256;
/// Bytes of a document.
const MAX_SIZE: u64 = 256 << 20;

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// An element begins: name without prefix, and attributes.
    Open(String, Vec<(String, String)>),
    /// An element ends.
    Close,
    /// A document type, with what it begins with.
    Type(String),
    /// The end of the document.
    End,
}

/// A place in a document.
pub(crate) struct Xml<'a> {
    cursor: Cursor<'a>,
    open: Vec<String>,
    /// An element that ended with its tag.
    closing: bool,
    /// Whether the outermost element was there.
    seen: bool,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(bytes: &'a dyn ReadAt) -> Self {
        Self { cursor: Cursor::new(bytes, 0), open: Vec::new(), closing: false, seen: false }
    }

    /// Where it is.
    pub(crate) fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    /// Names of the elements that are open, from the outermost.
    pub(crate) fn open(&self) -> &[String] {
        &self.open
    }

    /// The next tag.
    pub(crate) fn next(&mut self) -> Step<Event> {
        if std::mem::take(&mut self.closing) {
            self.open.pop();
            return Ok(Event::Close);
        }
        loop {
            if !self.find_tag()? {
                return self.end();
            }
            match self.byte()? {
                Some(b'!') => {
                    if let Some(event) = self.marked()? {
                        return Ok(event);
                    }
                }
                Some(b'?') => self.until(b"?>", 1 << 12)?,
                Some(b'/') => return self.close(),
                Some(byte) => return self.element(byte),
                None => return self.broken("a tag does not end"),
            }
        }
    }

    fn end(&self) -> Step<Event> {
        if !self.open.is_empty() || !self.seen {
            return self.broken("the document ends within an element");
        }
        Ok(Event::End)
    }

    fn broken<T>(&self, what: impl Into<String>) -> Step<T> {
        broken(self.cursor.offset(), what)
    }

    fn byte(&mut self) -> Step<Option<u8>> {
        if self.cursor.offset() >= MAX_SIZE {
            return Err(Stop::Limit("the document is longer than is read"));
        }
        self.cursor.byte().map_err(|_| Stop::Unreadable(self.cursor.offset()))
    }

    /// Moves behind the next `<`; false at the end of the file.
    fn find_tag(&mut self) -> Step<bool> {
        loop {
            match self.byte()? {
                None => return Ok(false),
                Some(b'<') => return Ok(true),
                Some(b'&') => self.reference()?,
                Some(0) => return self.broken("a zero byte is no XML"),
                Some(byte) => {
                    let known = byte.is_ascii_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf);
                    if self.open.is_empty() && !known {
                        return self.broken("text stands outside of the outermost element");
                    }
                }
            }
        }
    }

    fn reference(&mut self) -> Step {
        let mut name = Vec::new();
        loop {
            match self.byte()? {
                Some(b';') => return attributes::known(&name, self.offset()).map(drop),
                Some(byte) if name.len() < 32 => name.push(byte),
                _ => return self.broken("a reference does not end"),
            }
        }
    }

    /// A comment, a section of characters, or a document type.
    fn marked(&mut self) -> Step<Option<Event>> {
        let mut head = [0; 7];
        let read = self.cursor.peek(self.cursor.offset(), &mut head);
        read.map_err(|_| Stop::Unreadable(self.cursor.offset()))?;
        if head.starts_with(b"--") {
            self.cursor.skip(2);
            self.until(b"-->", 1 << 20)?;
        } else if &head == b"[CDATA[" && !self.open.is_empty() {
            self.cursor.skip(7);
            self.until(b"]]>", u64::MAX)?;
        } else if head.eq_ignore_ascii_case(b"DOCTYPE") {
            let mut text = vec![0; 256];
            let read = self.cursor.peek(self.cursor.offset(), &mut text).unwrap_or(0);
            text.truncate(read);
            return Ok(Some(Event::Type(String::from_utf8_lossy(&text).into_owned())));
        } else {
            return self.broken("a declaration is none that documents have");
        }
        Ok(None)
    }

    fn until(&mut self, end: &[u8], limit: u64) -> Step {
        let start = self.cursor.offset();
        let mut last = Vec::new();
        loop {
            let Some(byte) = self.byte()? else { return self.broken("a comment does not end") };
            last.push(byte);
            if last.len() > end.len() {
                last.remove(0);
            }
            if last == end {
                return Ok(());
            }
            if self.cursor.offset().saturating_sub(start) > limit {
                return Err(Stop::Limit("a comment is longer than is read"));
            }
        }
    }

    fn close(&mut self) -> Step<Event> {
        let tag = self.tag(Vec::new())?;
        let name = String::from_utf8_lossy(&tag);
        let name = local(name.trim());
        if self.open.pop().as_deref() != Some(name) {
            return self.broken(format!("the end of {name} does not fit"));
        }
        Ok(Event::Close)
    }

    fn element(&mut self, first: u8) -> Step<Event> {
        let mut tag = self.tag(vec![first])?;
        self.closing = tag.last() == Some(&b'/');
        if self.closing {
            tag.pop();
        }
        let Ok(tag) = String::from_utf8(tag) else { return self.broken("a tag is no UTF-8") };
        let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((&tag, ""));
        let sound =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
        if name.is_empty() || name.len() > MAX_NAME || !name.bytes().all(sound) {
            return self.broken("an element has no name");
        }
        if self.open.is_empty() && std::mem::replace(&mut self.seen, true) {
            return self.broken("a second element follows the outermost");
        }
        if self.open.len() >= MAX_DEPTH {
            return self.broken("elements nest deeper than loaders follow");
        }
        let attributes = attributes::read(rest, self.offset())?;
        let name = local(name).to_owned();
        self.open.push(name.clone());
        Ok(Event::Open(name, attributes))
    }

    /// The rest of a tag, up to its end.
    fn tag(&mut self, mut tag: Vec<u8>) -> Step<Vec<u8>> {
        let mut quote = None;
        loop {
            let Some(byte) = self.byte()? else { return self.broken("a tag does not end") };
            match (byte, quote) {
                (b'>', None) => return Ok(tag),
                (b'<', _) => return self.broken("a tag holds another"),
                (b'"' | b'\'', None) => quote = Some(byte),
                (byte, Some(open)) if byte == open => quote = None,
                _ => {}
            }
            tag.push(byte);
            if tag.len() > MAX_TAG {
                return Err(Stop::Limit("a tag is longer than is read"));
            }
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
