//! Texts that are written so that people cannot read them.

/// Whether a text holds another one in Base64.
pub(super) fn encoded(text: &str) -> Option<&'static str> {
    base64(text).then_some("Base64")
}

fn base64(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_')))
        .filter(|word| word.len() >= 16 && word.len() <= 65_536)
        .any(|word| decoded(word).is_some_and(|bytes| reads(&bytes)))
}

fn decoded(word: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut out) = (0_u32, 0_u32, Vec::new());
    for byte in word.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(six);
        bits = bits.wrapping_add(6);
        if bits >= 8 {
            bits = bits.wrapping_sub(8);
            out.push((held >> bits) as u8);
            held &= (1_u32 << bits).wrapping_sub(1);
        }
    }
    Some(out)
}

fn reads(bytes: &[u8]) -> bool {
    bytes.len() >= 12
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r'))
        && bytes
            .iter()
            .filter(|byte| byte.is_ascii_alphabetic() || **byte == b' ')
            .count()
            .saturating_mul(10)
            >= bytes.len().saturating_mul(8)
        && bytes.contains(&b' ')
}
