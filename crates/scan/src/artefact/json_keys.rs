//! Keys of a JSON file without reading it as a whole: what it is depends on them however they are spelt and wherever they stand.

use crate::bytes::{ReadAt, read_up_to};

/// Bytes that are read at a time.
const WINDOW: usize = 1 << 16;
/// Bytes of a key as it is spelt: a letter takes six as an escape.
const MAX_KEY: usize = 256;

/// Shows all keys among the first `limit` bytes with the number of brackets around each, until `show` says true. Gives whether it
/// did; a file that can't be read or is longer has none.
pub(crate) fn any(bytes: &dyn ReadAt, limit: u64, mut show: impl FnMut(u32, &str) -> bool) -> bool {
    let mut reader = Reader::default();
    let mut window = vec![0; WINDOW];
    let mut at = 0_u64;
    while at < limit {
        let Ok(read) = read_up_to(bytes, at, &mut window) else { return false };
        let Some(part) = window.get(..read).filter(|part| !part.is_empty()) else { return false };
        if part.iter().any(|byte| reader.take(*byte) && reader.shown(&mut show)) {
            return true;
        }
        at = at.saturating_add(read as u64);
    }
    false
}

/// Whether one of `keys` stands among the first `limit` bytes.
pub(crate) fn hold(bytes: &dyn ReadAt, limit: u64, keys: &[&str]) -> bool {
    any(bytes, limit, |_, key| keys.contains(&key))
}

#[derive(Default)]
struct Reader {
    depth: u32,
    within: bool,
    escape: bool,
    /// The last text with its quotes, if it is short enough for a key.
    text: Vec<u8>,
}

impl Reader {
    /// Whether the last text proves to be a key.
    fn take(&mut self, byte: u8) -> bool {
        if self.within {
            self.add(byte);
            self.within = self.escape || byte != b'"';
            self.escape = byte == b'\\' && !self.escape;
            return false;
        }
        match byte {
            b'"' => {
                self.within = true;
                self.escape = false;
                self.text.clear();
                self.add(byte);
            }
            b'{' | b'[' => self.depth = self.depth.saturating_add(1),
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        byte == b':'
    }

    fn add(&mut self, byte: u8) {
        if self.text.len() <= MAX_KEY {
            self.text.push(byte);
        }
    }

    fn shown(&self, show: &mut impl FnMut(u32, &str) -> bool) -> bool {
        let plain = self.text.get(1..self.text.len().saturating_sub(1)).unwrap_or_default();
        if self.text.contains(&b'\\') {
            let key: Option<String> = serde_json::from_slice(&self.text).ok();
            key.is_some_and(|key| show(self.depth, &key))
        } else {
            std::str::from_utf8(plain).is_ok_and(|key| show(self.depth, key))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{any, hold};
    use crate::bytes::SliceBytes;

    #[test]
    fn keys_are_found_however_spelt_and_wherever_they_stand() {
        let holds = |text: &str| hold(&SliceBytes(text.as_bytes()), 1 << 20, &["py/object"]);
        assert!(holds(r#"{"py/object": 1}"#));
        assert!(holds(r#"[{"a\"": "\\", "p\u0079\/object" : 1}]"#));
        assert!(holds(&format!(r#"{{"a": "{}", "py/object": 1}}"#, "x".repeat(200_000))));
        assert!(!holds(r#"{"a": "py/object", "b": "\"py/object\": 1"}"#));
        assert!(!holds(r#"{"py/objects": 1}"#));
        let mut found = Vec::new();
        any(&SliceBytes(br#"{"a": [{"b": 1}], "c": 2}"#), 100, |depth, key| {
            found.push((depth, key.to_owned()));
            false
        });
        assert_eq!(found, [(1, "a".to_owned()), (3, "b".to_owned()), (1, "c".to_owned())]);
    }
}
