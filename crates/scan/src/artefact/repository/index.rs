//! The index of a model in several files.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious};

use super::{
    parts::{self, Parts},
    placed::Placed,
    rules::{CLIMBS, PARTS},
};
use crate::{
    artefact::{
        format::Input,
        report::Report,
        stop::{Step, Stop, broken},
    },
    bytes::ReadAt,
    encoding::json::{Limits, Token, Tokens},
};

/// What is read of an index; the largest known has 12 MB.
const INDEX: Limits = Limits { size: 16 << 20, text: 1 << 16, depth: 64, infinite: true };
/// Keys beside the map of tensors.
const MAX_KEYS: usize = 64;

/// Compares.
pub(super) fn read(input: Input<'_>, report: &mut Report) -> Step {
    let Some(mut placed) = index(input.bytes)? else {
        report.find(&PARTS, Malformed, 0, "it has no map of tensors");
        return Ok(());
    };
    if let Some(name) = placed.sort() {
        let text =
            format!("the tensor {name} is there twice, and loaders differ in which they take");
        report.find(&PARTS, Malformed, 0, &text);
    }
    if placed.nowhere() {
        report.find(&PARTS, Malformed, 0, "a tensor is in no file");
    }
    let names: BTreeSet<String> = input.beside.names().into_iter().collect();
    if names.is_empty() {
        report.gap("the parts of the model", "what lies around the index is not known");
    }
    let mut parts = Parts::new(input.beside, &names);
    for (shard, tensors) in placed.shards() {
        if shard.contains("..") || shard.starts_with(['/', '~']) || shard.contains(['\\', ':']) {
            report.find(&CLIMBS, Malicious, 0, &format!("the index names {shard}"));
        } else if !names.is_empty() {
            parts.compare(shard, &tensors, report)?;
        }
    }
    parts::extra(&names, &placed, report);
    Ok(())
}

/// The map of tensors, if there is one.
fn index(bytes: &dyn ReadAt) -> Step<Option<Placed>> {
    let mut tokens = Tokens::new(bytes, INDEX);
    let mut found = None;
    if tokens.some()? != Token::Map {
        return broken(0, "it is no map");
    }
    let mut keys = BTreeSet::new();
    while tokens.some()? == Token::Key {
        let key = tokens.text().to_owned();
        let is_map = key == "weight_map";
        if keys.len() >= MAX_KEYS {
            return Err(Stop::Limit("it has more keys than are followed"));
        }
        if !keys.insert(key) {
            return broken(
                tokens.offset(),
                "a key is there twice, and loaders differ in which they take",
            );
        }
        match tokens.some()? {
            Token::Map if is_map => {
                found = Some(Placed::read(&mut tokens, bytes.size().min(INDEX.size))?);
            }
            token => tokens.pass(token)?,
        }
    }
    tokens.next()?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fmt::Write as _};

    use coseal_core::fact::Artefact;

    use crate::{
        bytes::{Beside, ReadAt, SliceBytes},
        inspect_in,
    };

    struct Folder(BTreeMap<String, Vec<u8>>);

    impl Beside for Folder {
        fn names(&self) -> Vec<String> {
            self.0.keys().cloned().collect()
        }

        fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
            self.0.get(name).map(|bytes| Box::new(SliceBytes(bytes)) as Box<dyn ReadAt>)
        }
    }

    fn look(index: &str, parts: BTreeMap<String, Vec<u8>>) -> Artefact {
        let name = "model.safetensors.index.json";
        inspect_in(name, &SliceBytes(index.as_bytes()), &Folder(parts)).unwrap()
    }

    fn said(artefact: &Artefact) -> Vec<&str> {
        artefact.findings.iter().map(|finding| finding.message.as_str()).collect()
    }

    #[test]
    fn what_is_there_twice_or_in_no_file_is_told() {
        for (index, what) in [
            (r#"{"weight_map": {"a": "x.bin", "\u0061": "x.bin"}}"#, "there twice"),
            (r#"{"weight_map": {"a": "x.bin"}, "weight_map": {}}"#, "there twice"),
            (r#"{"weight_map": {"a": 1}}"#, "in no file"),
            (r#"{"weight_map": []}"#, "no map"),
            (r#"{"weight_map": {}} x"#, "follows"),
        ] {
            let found = look(index, BTreeMap::from([("x.bin".to_owned(), Vec::new())]));
            assert!(said(&found).iter().any(|said| said.contains(what)), "{index} {found:?}");
        }
    }

    #[test]
    fn many_parts_are_compared_up_to_a_limit_that_is_told() {
        let (mut index, mut parts) = (String::from("{\"weight_map\": {"), BTreeMap::new());
        for part in 0..6000 {
            write!(index, "\"t{part}\": \"m-{part}-of-9.safetensors\",").unwrap();
            let header = format!("{{\"t{}\":0}}", part % 1000);
            let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes()].concat();
            parts.insert(format!("m-{part}-of-9.safetensors"), bytes);
        }
        index.replace_range(index.len() - 1.., "}}");
        let found = look(&index, parts);
        assert!(said(&found).iter().any(|said| said.contains("lacks 1 tensor that")));
        let gaps: Vec<_> = found.coverage.gaps.iter().map(|gap| gap.why.as_str()).collect();
        assert_eq!(gaps, ["the index names more files than are opened"]);
    }
}
