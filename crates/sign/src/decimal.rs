//! Numbers as logs write them: ASCII digits, no sign, no leading zero.

/// The number, or nothing where the text is not how it is written.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let shortest = text == "0" || !text.starts_with('0');
    (digits && shortest).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_one_spelling_only() {
        assert_eq!(parse("0"), Some(0));
        assert_eq!(parse("18446744073709551615"), Some(u64::MAX));
        for text in
            ["", "00", "01", "+1", "-1", " 1", "1 ", "1_0", "18446744073709551616", "\u{661}"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
