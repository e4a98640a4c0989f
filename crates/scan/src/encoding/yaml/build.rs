//! A document, made of what the parser comes across.

use saphyr_parser::{Event, ScalarStyle, Tag};

use super::{Document, Yaml};
use crate::artefact::stop::{Step, broken};

/// Values within values.
const MAX_DEPTH: usize = 64;

#[derive(Default)]
pub(super) struct Builder {
    pub(super) document: Document,
    open: Vec<(bool, Vec<Yaml>)>,
}

impl Builder {
    pub(super) fn take(&mut self, event: Event<'_>, at: u64) -> Step {
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
