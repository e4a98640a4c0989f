//! The header's JSON: tensors by name, and metadata.

use super::{entry::Entry, metadata, names::Names, tensors::Tensors};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, broken},
    },
    bytes::ReadAt,
    encoding::json::{Limits, Token, Tokens},
};

/// What is read of it; the loader follows no value further in. With what is kept of the tensors this bounds the memory used.
pub(super) const LIMITS: Limits =
    Limits { size: u64::MAX, text: 8 << 20, depth: 128, infinite: false };

/// Reads a header from its first brace on.
pub(super) fn read(header: &dyn ReadAt, report: &mut Report) -> Step<Tensors> {
    let mut tokens = Tokens::new(header, LIMITS);
    let (mut tensors, mut names) = (Tensors::default(), Names::default());
    if tokens.some()? != Token::Map {
        return broken(0, "the header is no map");
    }
    while tokens.some()? == Token::Key {
        names.add(tokens.text())?;
        if tokens.text() == "__metadata__" {
            described(&mut tokens, report)?;
        } else {
            let at = tokens.offset();
            let entry = Entry::read(&mut tokens)?;
            tensors.add(at, &entry)?;
        }
    }
    tokens.next()?;
    names.differ()?;
    Ok(tensors)
}

/// Texts by name, each name once.
fn described(tokens: &mut Tokens<'_>, report: &mut Report) -> Step {
    let mut names = Names::default();
    let is_map = tokens.some()? == Token::Map;
    while is_map && tokens.some()? == Token::Key {
        names.add(tokens.text())?;
        let key = tokens.text().to_owned();
        if tokens.some()? != Token::Text {
            return broken(tokens.offset(), "metadata that is no text");
        }
        metadata::judge(&key, tokens.text(), report);
    }
    if is_map { names.differ() } else { broken(tokens.offset(), "the metadata is no map") }
}
