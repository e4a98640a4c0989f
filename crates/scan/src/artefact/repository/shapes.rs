//! Shapes of the tensors in a safetensors file beside.

use std::collections::BTreeMap;

use crate::{
    artefact::stop::{Step, broken},
    bytes::{Beside, Section, read_exact_at},
    encoding::json::{Limits, Token, Tokens},
};

/// Bytes of a header that are read, and tensors that are compared.
const MAX_HEADER: u64 = 16 << 20;
const MAX_TENSORS: usize = 1 << 16;
/// Sides of one that are kept.
const MAX_SIDES: usize = 8;
/// Types whose shapes are those of the layer: others are packed.
const FLOATS: &[&str] = &["F16", "BF16", "F32", "F64"];

/// The shapes by name of what holds plain numbers; of what does not, none. Nothing where the file is not there or can't be
/// read, which is told where it is read by itself.
pub(super) fn of(beside: &dyn Beside, name: &str) -> Option<BTreeMap<String, Vec<u64>>> {
    let bytes = beside.open(name)?;
    let mut length = [0; 8];
    read_exact_at(&*bytes, 0, &mut length).ok()?;
    let length = u64::from_le_bytes(length);
    let fits = length <= MAX_HEADER && length <= bytes.size();
    let header = Section::new(&*bytes, 8, if fits { length } else { 0 });
    let mut tokens = Tokens::new(&header, Limits::default());
    read(&mut tokens).ok()
}

fn read(tokens: &mut Tokens<'_>) -> Step<BTreeMap<String, Vec<u64>>> {
    let mut shapes = BTreeMap::new();
    if tokens.some()? != Token::Map {
        return broken(0, "the header is no map");
    }
    while tokens.some()? == Token::Key {
        let name = tokens.text().to_owned();
        match tokens.some()? {
            Token::Map if name != "__metadata__" => {
                let shape = tensor(tokens)?;
                if shapes.len() >= MAX_TENSORS {
                    return broken(0, "more tensors than are compared");
                }
                shapes.insert(name, shape);
            }
            token => tokens.pass(token)?,
        }
    }
    Ok(shapes)
}

fn tensor(tokens: &mut Tokens<'_>) -> Step<Vec<u64>> {
    let (mut sides, mut plain) = (Vec::new(), false);
    while tokens.some()? == Token::Key {
        let key = tokens.text().to_owned();
        match (key.as_str(), tokens.some()?) {
            ("dtype", Token::Text) => plain = FLOATS.contains(&tokens.text()),
            ("shape", Token::List) => loop {
                match tokens.some()? {
                    Token::End => break,
                    Token::Number if sides.len() < MAX_SIDES => {
                        sides.push(tokens.number().parse().unwrap_or(u64::MAX));
                    }
                    token => tokens.pass(token)?,
                }
            },
            (_, token) => tokens.pass(token)?,
        }
    }
    Ok(if plain { sides } else { Vec::new() })
}
