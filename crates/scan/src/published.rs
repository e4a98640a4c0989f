//! Hashes that are published with files: `SHA256SUMS` and its like, and cards.

use std::collections::BTreeMap;

use coseal_core::{digest::Digest, fact::Text};

/// A published hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    /// The file that it is of: relative to the inspected folder.
    pub(crate) path: String,
    /// Its name as it is written, relative to the list.
    pub(crate) name: String,
    /// The hash.
    pub(crate) digest: Digest,
    /// The text that publishes it.
    pub(crate) list: String,
    /// Line, counted from 1.
    pub(crate) line: u32,
}

/// The hashes of all lists among the texts.
pub(crate) fn lists(texts: &BTreeMap<String, Text>) -> Vec<Published> {
    texts
        .values()
        .filter(|text| !text.path.to_lowercase().ends_with(".md"))
        .flat_map(list)
        .collect()
}

fn list(text: &Text) -> Vec<Published> {
    let Ok(content) = &text.text else { return Vec::new() };
    let folder = text.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = text.path.rsplit_once('/').map_or(text.path.as_str(), |(_, file)| file);
    // `model.gguf.sha256` may hold the hash alone.
    let alone = file.rsplit_once('.').filter(|(_, suffix)| *suffix == "sha256").map(|(of, _)| of);
    let of_line = |(index, line): (usize, &str)| {
        let (digest, name) = entry(line.trim(), alone)?;
        let name = name.trim_start_matches("./").to_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let line = u32::try_from(index).ok()?.saturating_add(1);
        Some(Published { path, name, digest, list: text.path.clone(), line })
    };
    content.lines().enumerate().filter_map(of_line).collect()
}

/// `HEX  name`, `HEX *name`, `SHA256 (name) = HEX`, or the hash alone.
fn entry<'a>(line: &'a str, alone: Option<&'a str>) -> Option<(Digest, &'a str)> {
    if let Some((name, hash)) =
        line.strip_prefix("SHA256 (").and_then(|rest| rest.split_once(") = "))
    {
        return Some((hex(hash)?, name));
    }
    let (hash, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let name = name.trim_start().trim_start_matches('*');
    let name = if name.is_empty() { alone? } else { name };
    Some((hex(hash)?, name))
}

/// The hashes in a card, with their lines, as far as the card calls them SHA-256 there.
pub(crate) fn in_card(text: &str) -> Vec<(Digest, u32)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        if !lower.contains("sha256") && !lower.contains("sha-256") {
            continue;
        }
        let words = lower.split(|letter: char| !letter.is_ascii_alphanumeric());
        let line = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        found.extend(words.filter_map(hex).map(|digest| (digest, line)));
    }
    found
}

fn hex(word: &str) -> Option<Digest> {
    let is_hex = word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| format!("sha256:{}", word.to_lowercase()).parse().ok())?
}

#[cfg(test)]
mod tests {
    use coseal_core::{digest::Digest, fact::Text};

    use super::{in_card, list};

    fn published(path: &str, text: &str) -> Vec<(String, u8, u32)> {
        let text = Text { path: path.into(), text: Ok(text.into()), digest: None };
        let of = |one: super::Published| (one.path, one.digest.bytes()[0], one.line);
        list(&text).into_iter().map(of).collect()
    }

    #[test]
    fn each_form_of_a_list_is_read() {
        let (one, two) = ("11".repeat(32), "AB".repeat(32));
        let text = format!(
            "# sums\n{one}  a.bin\n{two} *./x/b.bin\nSHA256 (c d.bin) = {one}\n{one}\nMD5 (e) = 00\nabc  f\n"
        );
        assert_eq!(
            published("dist/SHA256SUMS", &text),
            [
                ("dist/a.bin".into(), 0x11, 2),
                ("dist/x/b.bin".into(), 0xab, 3),
                ("dist/c d.bin".into(), 0x11, 4)
            ]
        );
        assert_eq!(published("m.gguf.sha256", &one), [("m.gguf".into(), 0x11, 1)]);
    }

    #[test]
    fn a_card_says_which_numbers_are_hashes() {
        let one = "11".repeat(32);
        let card = format!("commit {one}\n| sha256 | `{one}` |\nSHA-256: {one}\n");
        let digest = Digest::new([0x11; 32]);
        assert_eq!(in_card(&card), [(digest, 2), (digest, 3)]);
    }
}
