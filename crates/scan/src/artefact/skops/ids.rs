//! The ids of nodes, which are whole numbers: kept as texts, for a reader that keeps no numbers.

/// The key of a node's id, as skops writes it.
const KEY: &[u8] = b"\"__id__\"";

/// The document, with the whole numbers that stand as ids in quotes. What is written otherwise stays as it is.
pub(super) fn quoted(text: &[u8]) -> Vec<u8> {
    let mut given = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memmem::find(rest, KEY) {
        let (before, after) = rest.split_at(at.saturating_add(KEY.len()).min(rest.len()));
        given.extend_from_slice(before);
        rest = after;
        let lead = after.iter().take_while(|byte| matches!(byte, b':' | b' ' | b'\n')).count();
        let (lead, number) = after.split_at(lead);
        let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, after) = number.split_at(digits);
        let ends = matches!(after.first(), Some(b',' | b'}' | b' ' | b'\n'));
        if lead.contains(&b':') && !digits.is_empty() && ends {
            given.extend_from_slice(lead);
            given.push(b'"');
            given.extend_from_slice(digits);
            given.push(b'"');
            rest = after;
        }
    }
    given.extend_from_slice(rest);
    given
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn whole_numbers_are_put_in_quotes_and_nothing_else() {
        assert_eq!(quoted(br#"{"__id__": 12, "a": 3}"#), br#"{"__id__": "12", "a": 3}"#);
        for same in [
            &br#"{"__id__": 1.0}"#[..],
            br#"{"__id__": true}"#,
            br#"["__id__"]"#,
            b"",
            b"\"__id__\"",
        ] {
            assert_eq!(quoted(same), same);
        }
    }
}
