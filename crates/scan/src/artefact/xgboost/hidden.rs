//! A pickle in an attribute, plain, in hexadecimal digits or in base 64.

use crate::{artefact::registry::pickle, bytes::SliceBytes};

/// Whether `text` holds one.
pub(super) fn is_pickle(text: &str) -> bool {
    let acts = |bytes: &[u8]| bytes.len() >= 4 && pickle::has_effect(&SliceBytes(bytes));
    acts(text.as_bytes())
        || hexadecimal(text).is_some_and(|bytes| acts(&bytes))
        || base64(text).is_some_and(|bytes| acts(&bytes))
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(four_bits).collect();
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    };
    digits?.chunks(2).map(pair).collect()
}

fn four_bits(digit: char) -> Option<u8> {
    u8::try_from(digit.to_digit(16)?).ok()
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits = bits.wrapping_add(6);
        if bits >= 8 {
            bits = bits.wrapping_sub(8);
            out.push((held >> bits & 0xff) as u8);
            held &= (1_u32 << bits).wrapping_sub(1);
        }
    }
    Some(out)
}
