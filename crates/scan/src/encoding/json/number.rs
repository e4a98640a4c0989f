//! Numbers, as they are spelt.

/// Whether the grammar has such a number.
pub(super) fn is_number(word: &[u8]) -> bool {
    let rest = word.strip_prefix(b"-").unwrap_or(word);
    let (whole, rest) = digits(rest);
    if whole.is_empty() || whole.len() > 1 && whole.first() == Some(&b'0') {
        return false;
    }
    let rest = match rest.strip_prefix(b".").map(digits) {
        Some(([], _)) => return false,
        Some((_, rest)) => rest,
        None => rest,
    };
    match rest.split_first() {
        None => true,
        Some((b'e' | b'E', power)) => {
            let power =
                power.strip_prefix(b"-").or_else(|| power.strip_prefix(b"+")).unwrap_or(power);
            matches!(digits(power), ([_, ..], []))
        }
        Some(_) => false,
    }
}

/// Whether a number is not zero: Python takes it for true.
pub(super) fn counts(word: &[u8]) -> bool {
    let mantissa = word.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    mantissa.iter().any(|byte| !matches!(byte, b'0' | b'.' | b'-'))
}

fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or_default()
}
