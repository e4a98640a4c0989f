//! YAML as a tree, with its tags: they are what makes loaders build objects.

use coseal_core::fact::ArtefactVerdict::{self, Malicious, Unknown};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::{
    names::{self, Standing},
    stop::{Step, Stop, broken},
};

/// Values of one document.
const MAX_VALUES: usize = 200_000;
/// Values within values.
const MAX_DEPTH: usize = 64;

/// Plain words that are false, nothing or zero.
const FALSE: &[&str] = &[
    "", "~", "null", "false", "no", "off", "n", "0", "0.0", "-0", "+0", "0x0", "0o0", "00", "0b0",
];
/// Letters that end lines for some loaders: those of YAML 1.1 for Python's.
const BREAKS: &[char] = &['\u{85}', '\u{2028}', '\u{2029}'];

/// A value. Aliases are not followed: they stand for themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Yaml {
    /// A text, a number, a truth value or nothing.
    Text(String),
    /// A text that is one, as quotes or bars show.
    Quoted(String),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
}

/// A document, and what is odd about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    pub(crate) values: Vec<Yaml>,
    /// Tags that are none of YAML's own.
    pub(crate) tags: Vec<String>,
    /// Whether some value is an alias of another.
    pub(crate) aliases: bool,
}

impl Yaml {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Quoted(text) => Some(text),
            _ => None,
        }
    }

    /// Keys and values.
    pub(crate) fn entries(&self) -> &[(Self, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key.
    pub(crate) fn at(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(held, _)| held.text() == Some(key)).map(|(_, value)| value)
    }

    /// Whether a key stands anywhere in it.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        match self {
            Self::Text(_) | Self::Quoted(_) => false,
            Self::List(items) => items.iter().any(|item| item.has_key(key)),
            Self::Map(entries) => entries.iter().any(|(name, value)| {
                name.text() == Some(key) || name.has_key(key) || value.has_key(key)
            }),
        }
    }

    /// Whether Python takes it for true, as YAML 1.1 is read.
    pub(crate) fn is_truthy(&self) -> bool {
        match self {
            Self::Text(text) => !FALSE.contains(&&*text.to_ascii_lowercase()),
            Self::Quoted(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Map(entries) => !entries.is_empty(),
        }
    }

    /// All values in it, with the key that each stands under.
    pub(crate) fn keyed<'a>(&'a self, show: &mut impl FnMut(&'a str, &'a Self)) {
        match self {
            Self::Text(_) | Self::Quoted(_) => {}
            Self::List(items) => items.iter().for_each(|item| item.keyed(show)),
            Self::Map(entries) => {
                for (name, value) in entries {
                    show(name.text().unwrap_or_default(), value);
                    name.keyed(show);
                    value.keyed(show);
                }
            }
        }
    }

    /// All texts in it, with the key that each stands under.
    pub(crate) fn texts<'a>(&'a self, key: &'a str, found: &mut Vec<(&'a str, &'a str)>) {
        match self {
            Self::Text(text) | Self::Quoted(text) => found.push((key, text)),
            Self::List(items) => items.iter().for_each(|item| item.texts(key, found)),
            Self::Map(entries) => {
                for (name, value) in entries {
                    value.texts(name.text().unwrap_or(key), found);
                }
            }
        }
    }
}

/// Types of Python's own that a tag only names.
#[rustfmt::skip]
const TYPES: &[&str] = &["none", "bool", "str", "unicode", "bytes", "int", "long", "float", "complex", "list", "tuple", "dict"];

/// What a tag that is none of YAML's own says: Python's have its loader import and call. None where it does nothing.
pub(crate) fn builds(tag: &str) -> Option<ArtefactVerdict> {
    let Some((_, python)) = tag.split_once("python/") else { return Some(Unknown) };
    if TYPES.contains(&python) {
        return None;
    }
    let (kind, name) = python.split_once(':').unwrap_or((python, ""));
    let only_named = matches!(kind, "name" | "module");
    let dangerous = names::class(name) == Standing::Dangerous
        || kind == "module" && names::module(name) == Standing::Dangerous;
    Some(if only_named && !dangerous { Unknown } else { Malicious })
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

#[derive(Default)]
struct Builder {
    document: Document,
    open: Vec<(bool, Vec<Yaml>)>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, at: u64) -> Step {
        match event {
            Event::Scalar(text, style, _, tag) => {
                self.tag(tag.as_deref());
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let made = if plain { Yaml::Text } else { Yaml::Quoted };
                // A map under this key is put in, as an alias is.
                self.document.aliases |= plain && text == "<<";
                self.add(made(text.into_owned()));
            }
            Event::Alias(_) => {
                self.document.aliases = true;
                self.add(Yaml::Text("*".into()));
            }
            Event::SequenceStart(_, tag) => self.begin(false, tag.as_deref(), at)?,
            Event::MappingStart(_, tag) => self.begin(true, tag.as_deref(), at)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((map, values)) = self.open.pop() {
                    let value = if map { paired(values, at)? } else { Yaml::List(values) };
                    self.add(value);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, map: bool, tag: Option<&Tag>, at: u64) -> Step {
        self.tag(tag);
        if self.open.len() >= MAX_DEPTH {
            return broken(at, "values nest deeper than settings do");
        }
        self.open.push((map, Vec::new()));
        Ok(())
    }

    fn tag(&mut self, tag: Option<&Tag>) {
        let Some(tag) = tag else { return };
        let own = tag.handle == "tag:yaml.org,2002:" || tag.handle == "!!";
        if !own || tag.suffix.contains(['/', '.']) {
            self.document.tags.push(format!("{}{}", tag.handle, tag.suffix));
        }
    }

    fn add(&mut self, value: Yaml) {
        match self.open.last_mut() {
            Some((_, values)) => values.push(value),
            None => self.document.values.push(value),
        }
    }
}

/// Keys and values in turn become pairs; a key that stands twice is an error, as loaders differ in which counts.
fn paired(values: Vec<Yaml>, at: u64) -> Step<Yaml> {
    let mut entries: Vec<(Yaml, Yaml)> = Vec::new();
    let mut values = values.into_iter();
    while let (Some(key), Some(value)) = (values.next(), values.next()) {
        entries.push((key, value));
    }
    let mut keys: Vec<&str> = entries.iter().filter_map(|(key, _)| key.text()).collect();
    keys.sort_unstable();
    if keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        return broken(at, "a key stands twice, and loaders differ in which counts");
    }
    Ok(Yaml::Map(entries))
}
