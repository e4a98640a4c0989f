//! Keys of a text without reading it as a whole: what a file is depends on them however they are spelt and wherever they stand.
//! Broken texts have keys too.

use super::lexer::Lexer;
use crate::{
    artefact::stop::Step,
    bytes::{ReadAt, SliceBytes},
};

/// Bytes of a key as it is spelt: a letter takes six as an escape.
const MAX_KEY: usize = 256;
/// What a text is made of, beside words and blanks.
const MARKS: &[u8] = b"\":{}[]";

/// Shows all keys among the first `limit` bytes with the number of brackets around each, until `show` says true. Gives whether it
/// did.
pub(crate) fn any(bytes: &dyn ReadAt, limit: u64, mut show: impl FnMut(u32, &str) -> bool) -> bool {
    // What can't be read, or is longer, has no further keys.
    walk(bytes, limit, &mut show).unwrap_or(false)
}

/// Whether one of `keys` stands among the first `limit` bytes.
pub(crate) fn hold(bytes: &dyn ReadAt, limit: u64, keys: &[&str]) -> bool {
    any(bytes, limit, |_, key| keys.contains(&key))
}

fn walk(bytes: &dyn ReadAt, limit: u64, show: &mut impl FnMut(u32, &str) -> bool) -> Step<bool> {
    let mut lexer = Lexer::new(bytes, limit, 0);
    let mut depth = 0_u32;
    // The last text as it is spelt, until it proves to be a key.
    let (mut last, mut kept) = (Vec::new(), false);
    while let Some(byte) = lexer.find(|byte| MARKS.contains(&byte))? {
        lexer.pass();
        match byte {
            b'"' => {
                let text = lexer.skim(MAX_KEY)?;
                kept = text.is_some();
                last.clear();
                last.extend_from_slice(text.unwrap_or_default());
            }
            b':' => {
                if std::mem::take(&mut kept) && shown(&last, depth, show) {
                    return Ok(true);
                }
            }
            b'{' | b'[' => depth = depth.saturating_add(1),
            _ => depth = depth.saturating_sub(1),
        }
    }
    Ok(false)
}

fn shown(key: &[u8], depth: u32, show: &mut impl FnMut(u32, &str) -> bool) -> bool {
    if !key.contains(&b'\\') {
        return std::str::from_utf8(key).is_ok_and(|key| show(depth, key));
    }
    let spelt = [key, b"\""].concat();
    let bytes = SliceBytes(&spelt);
    let mut lexer = Lexer::new(&bytes, u64::MAX, usize::MAX);
    lexer.read_text().is_ok() && show(depth, lexer.text())
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
        assert!(
            holds("\u{feff}{'a': \u{1}, \"b\": \"\\ud800\", \"py/object\": 1"),
            "broken texts too"
        );
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
