//! Words of the source.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name or keyword.
    Name(&'a str),
    /// A number.
    Number,
    /// A text.
    Text,
    /// Anything else, a letter at a time.
    Sign(u8),
    /// The end of a line.
    Line,
}

/// All words, each with its offset.
///
/// # Errors
/// Where the text is none that a compiler of TorchScript reads, and why.
pub(super) fn tokens(text: &[u8]) -> Result<Vec<(usize, Token<'_>)>, (usize, &'static str)> {
    let mut found = Vec::new();
    let mut at = 0_usize;
    while let Some(&byte) = text.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let (token, length) = match byte {
            b'\n' => (Some(Token::Line), 1),
            b' ' | b'\t' | b'\r' | b'\\' => (None, 1),
            b'#' => (None, run(rest, |byte| byte != b'\n')),
            b'"' | b'\'' => (Some(Token::Text), string(rest).ok_or((at, "a text has no end"))?),
            b'0'..=b'9' => (Some(Token::Number), number(rest)),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                let length = run(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
                let name = rest.get(..length).and_then(|name| std::str::from_utf8(name).ok());
                (name.map(Token::Name), length)
            }
            b'!'..=b'~' => (Some(Token::Sign(byte)), 1),
            _ => return Err((at, "a letter that no code has")),
        };
        found.extend(token.map(|token| (at, token)));
        at = at.saturating_add(length.max(1));
    }
    Ok(found)
}

fn run(rest: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    rest.iter().take_while(|byte| belongs(**byte)).count()
}

/// A number with its point and exponent, whose sign belongs to it.
fn number(rest: &[u8]) -> usize {
    let mut last = 0_u8;
    let mut length = 0_usize;
    for &byte in rest {
        let sign = matches!(byte, b'+' | b'-') && matches!(last, b'e' | b'E');
        if !(byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_' || sign) {
            break;
        }
        last = byte;
        length = length.saturating_add(1);
    }
    length
}

/// The length of a text with its quotes, one or three.
fn string(rest: &[u8]) -> Option<usize> {
    let quote = *rest.first()?;
    let three = [quote; 3];
    let long = rest.starts_with(&three);
    let mut at = if long { 3 } else { 1 };
    loop {
        let left = rest.get(at..)?;
        match left.first()? {
            b'\\' => at = at.checked_add(2)?,
            byte if *byte == quote && !long => return at.checked_add(1),
            _ if long && left.starts_with(&three) => return at.checked_add(3),
            b'\n' if !long => return None,
            _ => at = at.checked_add(1)?,
        }
    }
}
