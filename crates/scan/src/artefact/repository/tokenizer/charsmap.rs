//! The table by which SentencePiece writes letters otherwise: a double array of keys, and texts that end in zero.

use std::collections::BTreeSet;

use crate::encoding::base::Base;

/// Bytes of a table that are read, as Base64.
const MAX_TABLE: usize = 4 << 20;
/// Steps along keys.
const MAX_STEPS: usize = 1 << 25;
/// Bytes of a key.
const MAX_KEY: usize = 64;

/// A word that the table writes otherwise, and how, if it does; letters may be written by their parts, and in small.
pub(super) fn rewrites(table: &str) -> Result<Option<(String, String)>, &'static str> {
    if table.is_empty() {
        return Ok(None);
    }
    if table.len() > MAX_TABLE {
        return Err("is longer than is read");
    }
    let bytes = Base::SixtyFour.decoded(table).ok_or("is not in Base64")?;
    let (size, rest) = bytes.split_first_chunk::<4>().ok_or("is too short")?;
    let size = u32::from_le_bytes(*size) as usize;
    let (array, texts) = rest.split_at_checked(size).ok_or("is shorter than it says")?;
    let units: Vec<u32> = array
        .chunks_exact(4)
        .filter_map(|unit| Some(u32::from_le_bytes(*unit.first_chunk()?)))
        .collect();
    if let Some(text) = texts.split(|byte| *byte == 0).find(|text| says(text)) {
        return Ok(Some((String::new(), String::from_utf8_lossy(text).into_owned())));
    }
    let mut steps = MAX_STEPS;
    let root = units.first().copied().ok_or("has no keys")?;
    let mut open = vec![(offset(root), Vec::<u8>::new())];
    // Keys without letters or digits of ASCII end alike by the hundred thousand: what follows is looked at once.
    let mut seen = BTreeSet::new();
    while let Some((node, key)) = open.pop() {
        if !key.iter().any(u8::is_ascii_alphanumeric) && !seen.insert(node) {
            continue;
        }
        if key.len() > MAX_KEY {
            return Err("has longer keys than are followed");
        }
        for byte in 1..=255_u8 {
            steps = steps.checked_sub(1).ok_or("takes more steps than are followed")?;
            let place = node ^ usize::from(byte);
            let Some(unit) =
                units.get(place).copied().filter(|unit| unit & 0x8000_00ff == u32::from(byte))
            else {
                continue;
            };
            let mut longer = key.clone();
            longer.push(byte);
            let inner = place ^ offset(unit);
            if unit >> 8 & 1 == 1 {
                let leaf = units.get(inner).copied().ok_or("leads outside of itself")?;
                let text =
                    texts.get((leaf & 0x7fff_ffff) as usize..).ok_or("leads outside of itself")?;
                let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
                let (from, to) = (String::from_utf8_lossy(&longer), String::from_utf8_lossy(text));
                if is_rewritten(&from, &to) {
                    return Ok(Some((from.into_owned(), to.into_owned())));
                }
            }
            open.push((inner, longer));
        }
    }
    Ok(None)
}

/// The offset of a unit of a double array.
const fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & (1 << 9)) >> 6)) as usize
}

/// Whether a text that is put in holds a word: signs that stand for several letters have shorter ones.
fn says(text: &[u8]) -> bool {
    text.split(|letter| !letter.is_ascii_alphabetic()).any(|word| word.len() > 6)
}

/// Whether a key is a word of people, or a text holds one that the key does not stand for.
fn is_rewritten(from: &str, to: &str) -> bool {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).count();
    let small = from.to_lowercase();
    match letters(from) {
        0 => false,
        1 if from.len() == 1 => small != to && from != to,
        1 => false,
        _ => small != to.to_lowercase(),
    }
}
