//! The text of a register.

use std::fmt::Write as _;

use crate::fact::Locked;

const HEAD: &str = "\
# Written by `coseal assets lock`. It says what the models, data, prompts and tools were when somebody looked at them;
# `coseal check` compares. Review a change of it as you would review the change of the asset.
schema = 1
";

/// The text of a register with these entries: sorted, each place once (the first of its kind), the same text for the same entries.
#[must_use]
pub fn write(entries: &[Locked]) -> String {
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort();
    let mut seen = std::collections::BTreeSet::new();
    sorted.retain(|entry| seen.insert(entry.key()));
    let mut out = HEAD.to_owned();
    for entry in sorted {
        let _ = write!(
            out,
            "\n[[asset]]\nkind = \"{}\"\nname = {}\nlocation = {}\ndigest = \"{}\"\n",
            entry.kind.word(),
            quoted(&entry.name),
            quoted(&entry.location),
            entry.digest
        );
        if let Some(size) = entry.size {
            let _ = writeln!(out, "size = {size}");
        }
    }
    out
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::write;
    use crate::{
        digest::Digest,
        fact::{AssetKind, Locked},
        lock::read,
    };

    fn entry() -> impl Strategy<Value = Locked> {
        let location = prop_oneof![
            "[a-z0-9 \"'#é=\\[]{1,20}".prop_map(|path| format!("path:x{path}")),
            ("[a-z/]{1,10}", "[a-zA-Z_\"# ]{0,10}")
                .prop_map(|(path, name)| format!("code:x{path}.py#n{name}")),
            Just("hf:org/name@main".to_owned()),
        ];
        let size = prop::option::of(0..u64::try_from(i64::MAX).unwrap());
        (0..AssetKind::ALL.len(), "[^\\p{C}]{1,30}", location, any::<[u8; 32]>(), size).prop_map(
            |(kind, name, location, digest, size)| Locked {
                kind: AssetKind::ALL[kind],
                name: format!("n{name}"),
                location,
                digest: Digest::new(digest),
                size,
            },
        )
    }

    proptest! {
        /// What is written is read again, whatever order it had.
        #[test]
        fn what_is_written_is_read(mut entries in prop::collection::vec(entry(), 0..12)) {
            let text = write(&entries);
            let lock = read(&text);
            prop_assert_eq!(&lock.problem, &None, "{}", text);
            entries.sort();
            let mut seen = std::collections::BTreeSet::new();
            entries.retain(|entry| seen.insert((entry.kind, entry.location.clone())));
            prop_assert_eq!(&lock.entries, &entries);
            prop_assert_eq!(write(&lock.entries), text);
        }
    }
}
