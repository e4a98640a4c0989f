//! YAML as a tree, with its tags: they are what makes loaders build objects.

mod build;
#[cfg(test)]
mod tests;
mod value;

use saphyr_parser::{Event, Parser};

use self::build::Builder;
pub(crate) use self::value::Yaml;
use crate::artefact::stop::{Step, Stop, broken};

/// Values of one document.
const MAX_VALUES: usize = 200_000;
/// Letters that end lines for some loaders: those of YAML 1.1 for Python's.
const BREAKS: &[char] = &['\u{85}', '\u{2028}', '\u{2029}'];

/// A document, and what is odd about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    pub(crate) values: Vec<Yaml>,
    /// Tags that are none of YAML's own.
    pub(crate) tags: Vec<String>,
    /// Whether some value is an alias of another.
    pub(crate) aliases: bool,
}

/// Reads a text. One that says something else where more letters end lines is an error.
pub(crate) fn read(text: &str) -> Step<Document> {
    let document = parse(text)?;
    let more = text.replace("\r\n", "\n");
    if more.contains('\r') || more.contains(BREAKS) {
        let broken_up = parse(&more.replace('\r', "\n").replace(BREAKS, "\n"));
        if !broken_up.is_ok_and(|other| alike(&document.values, &other.values)) {
            return broken(0, "loaders differ in where its lines end");
        }
    }
    Ok(document)
}

/// Whether values are the same but for blanks in texts.
fn alike(some: &[Yaml], others: &[Yaml]) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|letter| !letter.is_whitespace() && !BREAKS.contains(letter)).collect()
    };
    let same = |(one, other): (&Yaml, &Yaml)| match (one, other) {
        (Yaml::List(some), Yaml::List(others)) => alike(some, others),
        (Yaml::Map(some), Yaml::Map(others)) => {
            let pair = |((key, value), (other_key, other)): (&(Yaml, Yaml), &(Yaml, Yaml))| {
                alike(std::slice::from_ref(key), std::slice::from_ref(other_key))
                    && alike(std::slice::from_ref(value), std::slice::from_ref(other))
            };
            some.len() == others.len() && some.iter().zip(others).all(pair)
        }
        (one, other) => match (one.text(), other.text()) {
            (Some(one), Some(other)) => plain(one) == plain(other),
            _ => false,
        },
    };
    some.len() == others.len() && some.iter().zip(others).all(same)
}

fn parse(text: &str) -> Step<Document> {
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    for _ in 0..MAX_VALUES {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => return Ok(builder.document),
            Some(Ok((event, span))) => builder.take(event, span.start.index() as u64)?,
            Some(Err(_)) => return broken(0, "it is no YAML"),
        }
    }
    Err(Stop::Limit("the document has more values than are read"))
}
