//! Which tensor an index places in which file: all of it in one text, so that hostile indices stay small.

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::room,
    encoding::json::{Token, Tokens},
};

/// Tensors that are compared.
const MAX_TENSORS: usize = 1 << 20;

/// Tensors and files.
#[derive(Default)]
pub(super) struct Placed {
    /// All names, one behind the other.
    text: String,
    tensors: Vec<Tensor>,
    nowhere: bool,
}

/// A tensor, and its file.
#[derive(Clone, Copy)]
struct Tensor {
    shard: Span,
    name: Span,
}

/// Start and end in the text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Span(u32, u32);

impl Placed {
    /// Reads the map that was begun, of a text of `size` bytes.
    pub(super) fn read(tokens: &mut Tokens<'_>, size: u64) -> Step<Self> {
        let mut placed = Self::default();
        // Names are no longer than they are spelt.
        placed.text.reserve_exact(usize::try_from(size).unwrap_or(0));
        let mut last = Span::default();
        while tokens.some()? == Token::Key {
            let name = placed.keep(tokens.text())?;
            match tokens.some()? {
                Token::Text if tokens.text() == placed.at(last) => {}
                Token::Text => last = placed.keep(tokens.text())?,
                token => {
                    placed.nowhere = true;
                    tokens.pass(token)?;
                    continue;
                }
            }
            if placed.tensors.len() >= MAX_TENSORS {
                return Err(Stop::Limit("it places more tensors than are compared"));
            }
            room::push(&mut placed.tensors, Tensor { shard: last, name });
        }
        Ok(placed)
    }

    fn keep(&mut self, text: &str) -> Step<Span> {
        let start = self.text.len();
        self.text.push_str(text);
        let span = u32::try_from(start).ok().zip(u32::try_from(self.text.len()).ok());
        span.map_or_else(
            || broken(0, "its names are too long"),
            |(start, end)| Ok(Span(start, end)),
        )
    }

    fn at(&self, Span(start, end): Span) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Whether some tensor is in no file.
    pub(super) const fn nowhere(&self) -> bool {
        self.nowhere
    }

    /// Puts them in order. Gives a name that is there twice.
    pub(super) fn sort(&mut self) -> Option<String> {
        let mut tensors = std::mem::take(&mut self.tensors);
        tensors.sort_unstable_by(|a, b| self.at(a.name).cmp(self.at(b.name)));
        let pair = tensors.array_windows().find(|[a, b]| self.at(a.name) == self.at(b.name));
        let twice = pair.map(|[tensor, _]| self.at(tensor.name).to_owned());
        // Stable: the names of each file stay in order.
        let same = |a: &Tensor, b: &Tensor| a.shard == b.shard;
        tensors.sort_by(|a, b| {
            if same(a, b) {
                std::cmp::Ordering::Equal
            } else {
                self.at(a.shard).cmp(self.at(b.shard))
            }
        });
        self.tensors = tensors;
        twice
    }

    /// Each file with the names of its tensors, both in order.
    pub(super) fn shards(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.groups().map(|group| {
            let names = group.iter().map(|tensor| self.at(tensor.name)).collect();
            (group.first().map_or("", |tensor| self.at(tensor.shard)), names)
        })
    }

    /// The files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.groups().filter_map(|group| Some(self.at(group.first()?.shard)))
    }

    fn groups(&self) -> impl Iterator<Item = &[Tensor]> {
        self.tensors.chunk_by(|a, b| a.shard == b.shard || self.at(a.shard) == self.at(b.shard))
    }
}
