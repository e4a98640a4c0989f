//! Bytes written as digits of base 16, 32 or 64 (RFC 4648), whichever alphabet of these.

/// A base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Sixteen,
    ThirtyTwo,
    SixtyFour,
}

impl Base {
    /// Bits of a digit.
    const fn width(self) -> u32 {
        match self {
            Self::Sixteen => 4,
            Self::ThirtyTwo => 5,
            Self::SixtyFour => 6,
        }
    }

    fn digit(self, byte: u8) -> Option<u8> {
        Some(match (self, byte) {
            (Self::Sixteen, _) => u8::try_from((byte as char).to_digit(16)?).ok()?,
            (_, b'A'..=b'Z') => byte.wrapping_sub(b'A'),
            (Self::ThirtyTwo, b'a'..=b'z') => byte.wrapping_sub(b'a'),
            (Self::ThirtyTwo, b'2'..=b'7') => byte.wrapping_sub(b'2').wrapping_add(26),
            (Self::SixtyFour, b'a'..=b'z') => byte.wrapping_sub(b'a').wrapping_add(26),
            (Self::SixtyFour, b'0'..=b'9') => byte.wrapping_sub(b'0').wrapping_add(52),
            (Self::SixtyFour, b'+' | b'-') => 62,
            (Self::SixtyFour, b'/' | b'_') => 63,
            _ => return None,
        })
    }

    /// The bytes that `text` stands for; bits that fill no byte are left out.
    pub(crate) fn decoded(self, text: &str) -> Option<Vec<u8>> {
        let (mut held, mut bits, mut out) = (0_u32, 0_u32, Vec::new());
        for byte in text.trim_end_matches('=').bytes() {
            held = (held << self.width()) | u32::from(self.digit(byte)?);
            bits = bits.wrapping_add(self.width());
            if bits >= 8 {
                bits = bits.wrapping_sub(8);
                out.push((held >> bits) as u8);
                held &= (1_u32 << bits).wrapping_sub(1);
            }
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::Base::{Sixteen, SixtyFour, ThirtyTwo};

    /// The vectors of RFC 4648, section 10.
    #[test]
    fn each_base_is_read() {
        assert_eq!(SixtyFour.decoded("Zm9vYg==").unwrap(), b"foob");
        assert_eq!(ThirtyTwo.decoded("MZXW6YQ=").unwrap(), b"foob");
        assert_eq!(Sixteen.decoded("666F6f62").unwrap(), b"foob");
        assert_eq!(SixtyFour.decoded("-_8"), SixtyFour.decoded("+/8"));
        for (base, other) in [(SixtyFour, "Zm9v!"), (ThirtyTwo, "MZ1W"), (Sixteen, "6g")] {
            assert_eq!(base.decoded(other), None, "{other}");
        }
    }
}
