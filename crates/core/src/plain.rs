//! Inspected text made fit to show: no control characters, no terminal escapes, bounded.

/// `text` with everything that could steer a terminal, reorder text or break a line written as `\u{…}`,
/// cut to `limit` characters (an ellipsis shows the cut).
#[must_use]
pub fn plain(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit.saturating_mul(4)));
    for (count, c) in text.chars().enumerate() {
        if count >= limit {
            out.push('…');
            break;
        }
        if is_plain(c) { out.push(c) } else { out.extend(c.escape_unicode()) }
    }
    out
}

/// Letters, digits, marks, punctuation and the space; not controls, not bidirectional or invisible formatting.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e000}'..='\u{f8ff}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn escapes_what_could_steer_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\n", 99), "a\\u{1b}[31mb\\u{a}");
        assert_eq!(plain("x\u{202e}y", 99), "x\\u{202e}y");
        assert_eq!(plain("modèle.pkl", 99), "modèle.pkl");
        assert_eq!(plain("abcdef", 3), "abc…");
    }
}
