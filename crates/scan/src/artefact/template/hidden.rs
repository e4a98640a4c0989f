//! Characters that are not seen, or are not what they look like.

/// Characters that nobody sees, and those that turn the direction of what is seen.
pub(super) fn hidden(text: &str) -> Option<&'static str> {
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '\u{e0000}'..='\u{e007f}' => return Some("characters of tags, which nobody sees"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                return Some("characters that turn the direction of text");
            }
            '\u{200b}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{180e}'
            | '\u{115f}'
            | '\u{3164}' => {
                return Some("characters without width");
            }
            '\u{200c}' | '\u{200d}' if before.is_ascii() => {
                return Some("characters without width");
            }
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' if before.is_ascii_alphabetic() => {
                return Some("selectors behind letters, which can hold text");
            }
            _ => {}
        }
        before = letter;
    }
    None
}
