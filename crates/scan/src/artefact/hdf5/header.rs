//! Object headers (IV.A): messages that describe a group, a dataset or a type.

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
};

/// Continuations followed of one header.
const MAX_BLOCKS: usize = 1024;
/// Messages kept of one header.
const MAX_MESSAGES: usize = 1 << 15;
/// Bytes kept of one header.
const MAX_KEPT: usize = 8 << 20;
/// A message that stands elsewhere.
const SHARED: u8 = 2;
/// A message that a reader must know.
const MUST_KNOW: u8 = 0x88;

/// Kinds of messages that are read.
pub(super) mod kind {
    pub(crate) const SPACE: u16 = 1;
    pub(crate) const LINK_INFO: u16 = 2;
    pub(crate) const TYPE: u16 = 3;
    pub(crate) const LINK: u16 = 6;
    pub(crate) const EXTERNAL: u16 = 7;
    pub(crate) const LAYOUT: u16 = 8;
    pub(crate) const FILTERS: u16 = 0x0b;
    pub(crate) const ATTRIBUTE: u16 = 0x0c;
    pub(crate) const CONTINUATION: u16 = 0x10;
    pub(crate) const TABLE: u16 = 0x11;
    pub(crate) const DRIVER: u16 = 0x14;
    pub(crate) const ATTRIBUTE_INFO: u16 = 0x15;
    /// The last that is known.
    pub(crate) const LAST: u16 = 0x18;
}

/// One message.
pub(super) struct Message {
    /// What it says.
    pub(super) kind: u16,
    /// Whether its body only names another place.
    pub(super) shared: bool,
    /// Whether no reader knows it that knows the specification.
    pub(super) foreign: bool,
    /// Its body.
    pub(super) body: Vec<u8>,
}

/// All messages of the header at `address`.
pub(super) fn read(file: &File<'_>, address: u64) -> Outcome<Vec<Message>> {
    let start = file.some(address, 64)?;
    let reader =
        Reader { file, address, messages: Vec::new(), queue: Vec::new(), newer: None, kept: 0 };
    if start.starts_with(b"OHDR") {
        reader.newer(&start)
    } else if start.first() == Some(&1) {
        reader.older(&start)
    } else {
        Err(Trouble::Broken(file.place(address), "there is no object header"))
    }
}

struct Reader<'a, 'f> {
    file: &'a File<'f>,
    address: u64,
    messages: Vec<Message>,
    /// Blocks to read.
    queue: Vec<(u64, u64)>,
    /// Whether messages are of version 2, and whether they count their order.
    newer: Option<bool>,
    /// Bytes of messages.
    kept: usize,
}

impl Reader<'_, '_> {
    fn older(mut self, start: &[u8]) -> Outcome<Vec<Message>> {
        let mut fields = Fields::new(start);
        fields.take(8);
        let size = fields.uint(4);
        let size = self.file.expect(size, self.address, "the object header is too short")?;
        self.queue.push((self.address.saturating_add(16), size));
        self.blocks()
    }

    fn newer(mut self, start: &[u8]) -> Outcome<Vec<Message>> {
        let mut fields = Fields::new(start);
        let size = first_size(&mut fields);
        let (ordered, size) =
            self.file.expect(size, self.address, "the object header is too short")?;
        self.newer = Some(ordered);
        self.queue.push((self.address.saturating_add(fields.taken() as u64), size));
        self.blocks()
    }

    fn blocks(mut self) -> Outcome<Vec<Message>> {
        for _ in 0..MAX_BLOCKS {
            let Some((address, size)) = self.queue.pop() else { return Ok(self.messages) };
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            let block = self.file.block(address, size)?;
            self.block(&block, address)?;
        }
        Err(Trouble::Unread("the object header goes on in more places than are followed"))
    }

    fn block(&mut self, block: &[u8], address: u64) -> Outcome<()> {
        let mut fields = Fields::new(block);
        let least = match self.newer {
            None => 8,
            Some(ordered) => 4_usize.saturating_add(if ordered { 2 } else { 0 }),
        };
        while fields.rest().len() >= least {
            let message = self.message(&mut fields);
            let text = "a message reaches beyond its header";
            let message = self.file.expect(message, address, text)?;
            if message.kind == kind::CONTINUATION {
                self.continuation(&message.body)?;
            } else if message.kind != 0 {
                self.kept = self.kept.saturating_add(message.body.len());
                self.messages.push(message);
            }
            if self.messages.len() > MAX_MESSAGES || self.kept > MAX_KEPT {
                return Err(Trouble::Unread("the object header has more messages than are read"));
            }
        }
        Ok(())
    }

    fn message(&self, fields: &mut Fields<'_>) -> Option<Message> {
        let (kind, size, flags) = match self.newer {
            None => {
                let (kind, size) = (fields.short()?, fields.short()?);
                let flags = fields.byte()?;
                fields.take(3)?;
                (kind, size, flags)
            }
            Some(ordered) => {
                let (kind, size) = (u16::from(fields.byte()?), fields.short()?);
                let flags = fields.byte()?;
                fields.take(if ordered { 2 } else { 0 })?;
                (kind, size, flags)
            }
        };
        let body = fields.take(usize::from(size))?.to_vec();
        let foreign = kind > kind::LAST && flags & MUST_KNOW != 0;
        Some(Message { kind, shared: flags & SHARED != 0, foreign, body })
    }

    fn continuation(&mut self, body: &[u8]) -> Outcome<()> {
        let mut fields = Fields::new(body);
        let place = fields.uint(self.file.offsets);
        let size = fields.uint(self.file.lengths);
        let text = "a continuation is too short";
        let (place, size) = self.file.expect(place.zip(size), self.address, text)?;
        // A continuation of version 2 has a signature before and a checksum behind its messages.
        let (before, around) = if self.newer.is_some() { (4, 8) } else { (0, 0) };
        self.queue.push((place.saturating_add(before), size.saturating_sub(around)));
        Ok(())
    }
}

/// Whether messages count their order, and the size of the first block of messages (IV.A.1.b).
fn first_size(fields: &mut Fields<'_>) -> Option<(bool, u64)> {
    fields.take(4)?;
    if fields.byte()? != 2 {
        return None;
    }
    let flags = fields.byte()?;
    fields.take(if flags & 0x20 == 0 { 0 } else { 16 })?;
    fields.take(if flags & 0x10 == 0 { 0 } else { 4 })?;
    let width = 1_usize.checked_shl(u32::from(flags & 3))?;
    Some((flags & 4 != 0, fields.uint(width)?))
}

/// The body of a message, wherever it stands: that of a named type stands in the header of its own (IV.A.2, shared messages).
pub(super) fn body(file: &File<'_>, shared: bool, body: &[u8], wanted: u16) -> Outcome<Vec<u8>> {
    if !shared {
        return Ok(body.to_vec());
    }
    let mut fields = Fields::new(body);
    let address = match (fields.byte(), fields.byte()) {
        (Some(1), _) => fields.take(6).and_then(|_| fields.uint(file.offsets)),
        (Some(2), _) | (Some(3), Some(2)) => fields.uint(file.offsets),
        (Some(3), Some(_)) => {
            return Err(Trouble::Unread("it stands in the heap of shared messages"));
        }
        _ => None,
    };
    let address = file.expect(address, 0, "a shared message is of a kind that is not known")?;
    let found = read(file, address)?.into_iter().find(|message| message.kind == wanted);
    match found {
        Some(message) if !message.shared => Ok(message.body),
        _ => Err(Trouble::Broken(file.place(address), "a shared message is not there")),
    }
}
