//! Arrays that are too long for one extension: a map of their shape and their chunks, as Flax writes them.

use crate::artefact::stop::{Step, broken};

/// The key by which Flax knows such a map.
const MARK: &[u8] = b"__msgpack_chunked_array__";

/// What a list or a map is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Other,
    Shape,
    Chunks,
}

/// A list or a map that is open.
#[derive(Debug, Default)]
struct Open {
    role: Role,
    /// Values that follow in it.
    left: u64,
    map: bool,
    /// What the value behind the last key is for.
    next: Role,
    /// It is such an array, and what was said of it so far.
    marked: bool,
    wanted: Option<u64>,
    held: Option<u64>,
}

/// What is open, from the outside.
#[derive(Debug)]
pub(super) struct Chunked(Vec<Open>);

impl Chunked {
    /// Before the outermost value.
    pub(super) fn new() -> Self {
        Self(vec![Open { left: 1, ..Open::default() }])
    }

    /// How many are open.
    pub(super) const fn depth(&self) -> usize {
        self.0.len()
    }

    /// Goes on to the next value, and closes what has none; false if there is none.
    pub(super) fn next(&mut self, at: u64) -> Step<bool> {
        while let Some(open) = self.0.last_mut() {
            if let Some(left) = open.left.checked_sub(1) {
                open.left = left;
                return Ok(true);
            }
            let Some(closed) = self.0.pop() else { break };
            self.close(&closed, at)?;
        }
        Ok(false)
    }

    /// A list or a map begins.
    pub(super) fn begin(&mut self, count: u64, map: bool) {
        let (role, left) = (self.role(), if map { count.saturating_mul(2) } else { count });
        let empty = if role == Role::Shape { Some(1) } else { Some(0) };
        let wanted = empty.filter(|_| role == Role::Shape);
        let held = empty.filter(|_| role == Role::Chunks);
        self.0.push(Open { role, left, map, wanted, held, ..Open::default() });
    }

    /// A text, which may be a key.
    pub(super) fn text(&mut self, text: &[u8]) {
        let Some(open) = self.0.last_mut().filter(|open| open.map && open.left & 1 == 1) else {
            return;
        };
        open.marked |= text == MARK;
        open.next = match text {
            b"shape" => Role::Shape,
            b"chunks" => Role::Chunks,
            _ => Role::Other,
        };
    }

    /// A number, which may be a part of a shape.
    pub(super) fn number(&mut self, number: u64) {
        if let Some(open) = self.0.last_mut().filter(|open| open.role == Role::Shape) {
            let value = !open.map || open.left & 1 == 0;
            open.wanted = open.wanted.filter(|_| value).map(|all| all.saturating_mul(number));
        }
    }

    /// An array of so many elements, which may be a chunk.
    pub(super) fn array(&mut self, count: u64) {
        if let Some(open) = self.0.last_mut().filter(|open| open.role == Role::Chunks) {
            open.held = open.held.map(|all| all.saturating_add(count));
        }
    }

    fn role(&self) -> Role {
        let open = self.0.last().filter(|open| open.map && open.left & 1 == 0);
        open.map_or(Role::Other, |open| open.next)
    }

    fn close(&mut self, closed: &Open, at: u64) -> Step {
        if let Some(outer) = self.0.last_mut() {
            match closed.role {
                Role::Shape => outer.wanted = closed.wanted,
                Role::Chunks => outer.held = closed.held,
                Role::Other => {}
            }
        }
        let fits = closed.wanted.is_some() && closed.wanted == closed.held;
        if closed.role == Role::Other && closed.marked && !fits {
            return broken(at, "the chunks of an array do not fill its shape");
        }
        Ok(())
    }
}
