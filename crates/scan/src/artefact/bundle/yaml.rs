//! Values that a configuration in YAML gives to keys which loaders call. It is read line by line: whatever could spell such a key
//! or its value in another way counts as not written out.

/// Keys by which Hydra and NeMo build something.
const KEYS: &[&str] = &["_target_", "target", "cls", "class_path", "_recursive_target_"];

/// A class or function that a configuration names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named<'a> {
    /// Written out.
    Plain(&'a str),
    /// Something is built, and what is not written out.
    Hidden(&'a str),
    /// Something outside the configuration is put in.
    Outside(&'a str),
}

/// All of them in a text, each with its offset.
pub(super) fn targets(text: &str) -> Vec<(usize, Named<'_>)> {
    let mut found = Vec::new();
    let mut offset = 0_usize;
    for line in text.split_inclusive('\n') {
        line_of(line.trim_end(), offset, &mut found);
        offset = offset.saturating_add(line.len());
    }
    found
}

fn line_of<'a>(line: &'a str, offset: usize, found: &mut Vec<(usize, Named<'a>)>) {
    let content = line.trim_start();
    if content.starts_with('#') {
        return;
    }
    if content.starts_with("%TAG") || content.contains("!!python") {
        found.push((offset, Named::Hidden(content)));
    }
    if let Some(at) = content.find("${") {
        let inside = content.get(at..).unwrap_or_default();
        // A name without a colon is another key of the same file.
        let resolver = inside.split('}').next().is_some_and(|inner| inner.contains(':'));
        if resolver {
            found.push((offset, Named::Outside(inside)));
        }
    }
    // A key may be spelt with escapes, and stand on another line than its value.
    let escaped = content.contains('\\') && content.contains("\":");
    if escaped || content.starts_with("? ") {
        found.push((offset, Named::Hidden(content)));
    }
    for key in KEYS {
        for (at, _) in content.match_indices(key) {
            if let Some(named) = value_of(content, at, key) {
                found.push((offset, named));
            }
        }
    }
}

/// The value of the key at `at`; nothing if it is no key.
fn value_of<'a>(line: &'a str, at: usize, key: &str) -> Option<Named<'a>> {
    let before = line.get(..at)?.chars().next_back();
    let starts =
        before.is_none_or(|before| matches!(before, ' ' | '{' | ',' | '"' | '\'' | '-' | '['));
    let rest = line.get(at.checked_add(key.len())?..)?;
    let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start();
    let value = rest.strip_prefix(':').filter(|_| starts)?.trim();
    let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let end = value.find(['"', '\'', ',', '}', ' ', '#']).unwrap_or(value.len());
    let value = value.get(..end)?;
    let plain = !value.is_empty()
        && value
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.'));
    Some(if plain { Named::Plain(value) } else { Named::Hidden(line) })
}

#[cfg(test)]
mod tests {
    use super::{Named, targets};

    #[test]
    fn what_is_built_is_found_however_it_is_written() {
        let plain = |text| targets(text).into_iter().map(|(_, named)| named).collect::<Vec<_>>();
        assert_eq!(plain("a:\n  _target_: os.system\n"), [Named::Plain("os.system")]);
        assert_eq!(plain("a: {\"_target_\": 'os.system', b: 1}"), [Named::Plain("os.system")]);
        assert_eq!(plain("- _target_: a.B # c"), [Named::Plain("a.B")]);
        assert!(plain("# _target_: os.system\nfeat_target_x: 1\nsample_rate: 16000").is_empty());
        for text in [
            "_target_:\n  os.system",
            "_target_: *x",
            "_target_: |",
            "\"\\x5ftarget_\": os.system",
            "? _target_",
            "_target_: \"\\x6fs\"",
        ] {
            assert!(plain(text).iter().any(|named| matches!(named, Named::Hidden(_))), "{text}");
        }
        assert_eq!(plain("a: ${oc.env:HOME}"), [Named::Outside("${oc.env:HOME}")]);
        assert!(plain("a: ${model.b}").is_empty());
    }
}
