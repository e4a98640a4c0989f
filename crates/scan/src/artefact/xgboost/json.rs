//! The model as JSON, read as a stream.

use super::shape::Shape;
use crate::{
    artefact::stop::Step,
    bytes::ReadAt,
    encoding::json::{Limits, Token, Tokens},
};

/// What is read.
const LIMITS: Limits = Limits { size: 256 << 20, text: 4 << 20, depth: 64, infinite: true };

/// Reads it.
pub(super) fn read(bytes: &dyn ReadAt, shape: &mut Shape<'_>) -> Step<u64> {
    let mut tokens = Tokens::new(bytes, LIMITS);
    while let Some(token) = tokens.next()? {
        let at = tokens.offset();
        match token {
            Token::List => shape.open(at, true)?,
            Token::Map => shape.open(at, false)?,
            Token::End => shape.close(at)?,
            Token::Key => shape.key(at, tokens.text())?,
            Token::Text => shape.text(at, tokens.text())?,
            Token::Number => shape.number(|| tokens.number().parse().unwrap_or(f64::NAN))?,
            Token::True | Token::False | Token::Null => shape.plain(),
        }
    }
    Ok(tokens.offset())
}
