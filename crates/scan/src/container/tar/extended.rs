//! What stands before a header and changes it: GNU's long names, and pax records (POSIX.1-2001).

use crate::bytes::{ReadAt, Section, read_up_to};

/// Bytes of such a member that are read.
const MAX_LENGTH: u64 = 1 << 20;

/// Changes to the header that follows.
#[derive(Clone, Debug, Default)]
pub(super) struct Extended {
    pub(super) name: Option<String>,
    pub(super) link: Option<String>,
    pub(super) size: Option<u64>,
    /// The member has holes.
    pub(super) sparse: bool,
}

impl Extended {
    /// Adds what the member at `data` says. What is wrong with it.
    pub(super) fn add(
        &mut self,
        flag: u8,
        bytes: &dyn ReadAt,
        data: u64,
        size: u64,
    ) -> Result<(), &'static str> {
        if size > MAX_LENGTH {
            return Err("a name or its records are longer than is read");
        }
        let mut content = vec![0; usize::try_from(size).unwrap_or(0)];
        let read = read_up_to(&Section::new(bytes, data, size), 0, &mut content).unwrap_or(0);
        content.truncate(read);
        if matches!(flag, b'L' | b'K') {
            let name = content.split(|byte| *byte == 0).next().unwrap_or_default();
            let name = Some(String::from_utf8_lossy(name).into_owned());
            let place = if flag == b'L' { &mut self.name } else { &mut self.link };
            let twice = place.is_some() && *place != name;
            *place = name;
            return if twice { Err("a member has two long names") } else { Ok(()) };
        }
        self.records(&content)
    }

    /// Records of `LENGTH KEY=VALUE` and a line feed, where the length counts all of it.
    fn records(&mut self, content: &[u8]) -> Result<(), &'static str> {
        let mut rest = content;
        while rest.first().is_some_and(|byte| *byte != 0) {
            let (record, next) = record(rest).ok_or("a record is not as long as it says")?;
            let at = record.iter().position(|byte| *byte == b'=').ok_or("a record has no key")?;
            let (key, value) = record.split_at_checked(at).unwrap_or_default();
            let value = String::from_utf8_lossy(value.get(1..).unwrap_or_default()).into_owned();
            self.record(key, value)?;
            rest = next;
        }
        Ok(())
    }

    fn record(&mut self, key: &[u8], value: String) -> Result<(), &'static str> {
        let twice = match key {
            b"path" | b"GNU.sparse.name" => {
                let twice = key == b"path" && self.name.as_ref().is_some_and(|name| *name != value);
                self.name = Some(value);
                twice
            }
            b"linkpath" => self.link.replace(value).is_some(),
            b"size" => {
                let size = value.trim().parse().map_err(|_| "a size is no number")?;
                self.size.replace(size).is_some_and(|held| held != size)
            }
            _ => {
                self.sparse |= key.starts_with(b"GNU.sparse.") || key == b"SCHILY.realsize";
                false
            }
        };
        if twice { Err("a member has two names or sizes") } else { Ok(()) }
    }

    /// What `self` says, and where it says nothing, what `global` does.
    pub(super) fn over(self, global: &Self) -> Self {
        Self {
            name: self.name.or_else(|| global.name.clone()),
            link: self.link.or_else(|| global.link.clone()),
            size: self.size.or(global.size),
            sparse: self.sparse || global.sparse,
        }
    }
}

/// The first record without its length and line feed, and what follows it.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = bytes.iter().take(20).position(|byte| *byte == b' ')?;
    let length = std::str::from_utf8(bytes.get(..blank)?).ok()?.parse::<usize>().ok()?;
    let (record, rest) = bytes.split_at_checked(length)?;
    let (last, record) = record.get(blank.checked_add(1)?..)?.split_last()?;
    (*last == b'\n').then_some((record, rest))
}
