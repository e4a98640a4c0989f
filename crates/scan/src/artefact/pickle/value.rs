//! Values of the abstract machine. They are small and copied freely; strings stay in the file.

use super::template;

/// The highest bits of an offset, which no file reaches.
const SPECIAL: u16 = 1 << 15;
const NARROW: u16 = 1 << 14;

/// Whether the unpickler, or Python itself, finds methods of an object by this name.
pub(crate) fn is_special(name: &[u8]) -> bool {
    // Distributions and vectorised functions hold their documentation and name. CatBoost's `__model` is no
    // name of Python's, nor are the cache of networkx and the version of BorutaPy.
    let plain = matches!(
        name,
        b"__doc__" | b"__name__" | b"__qualname__" | b"__networkx_cache__" | b"__version__"
    );
    name.starts_with(b"__") && name.ends_with(b"__") && !plain
        || is_run(name)
        || matches!(name, b"append" | b"extend" | b"add")
}

/// Whether an object of SciPy or statsmodels runs a text that its state has beside an attribute so called, or in it.
pub(crate) fn is_run(name: &[u8]) -> bool {
    name == template::ATTRIBUTE || matches!(name, b"restore_design_info" | b"restore_model_spec")
}

/// A run of bytes of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    low: u32,
    high: u16,
    length: u32,
}

impl Span {
    /// `length` bytes from `offset`. Lengths of 4 GiB and more count as 4 GiB: nothing that long is read.
    pub(crate) fn new(offset: u64, length: u64) -> Self {
        let [a, b, c, d, e, f, _, _] = offset.to_le_bytes();
        Self {
            low: u32::from_le_bytes([a, b, c, d]),
            high: u16::from_le_bytes([e, f]),
            length: u32::try_from(length).unwrap_or(u32::MAX),
        }
    }

    /// Where it begins.
    pub(crate) fn offset(self) -> u64 {
        u64::from(self.high & !SPECIAL & !NARROW) << 32 | u64::from(self.low)
    }

    /// Marked as a name by which the unpickler finds methods.
    pub(crate) const fn special(mut self) -> Self {
        self.high |= SPECIAL;
        self
    }

    /// Whether it is so marked.
    pub(crate) const fn is_special(self) -> bool {
        self.high & SPECIAL != 0
    }

    /// Marked as bytes of Python 2, whose text is up to the loader's encoding.
    pub(crate) const fn narrow(mut self) -> Self {
        self.high |= NARROW;
        self
    }

    /// Whether it is so marked.
    pub(crate) const fn is_narrow(self) -> bool {
        self.high & NARROW != 0
    }

    /// How long it is.
    pub(crate) const fn length(self) -> u32 {
        self.length
    }
}

/// A tuple: its first items are kept, and how deep and how wide it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tuple {
    /// Index of the first kept item in the heap.
    pub(crate) start: u32,
    /// How many items are kept.
    pub(crate) kept: u16,
    /// How deep it nests.
    pub(crate) depth: u16,
    /// Four times the binary logarithm of the number of values it stands for when written out.
    pub(crate) weight: u8,
    /// Whether all items are kept.
    pub(crate) whole: bool,
    /// What its items are.
    pub(crate) level: Level,
}

/// What a value can do to a callee that is given it, from nothing on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// A literal, or a container of them.
    #[default]
    Literal,
    /// An object of a known class.
    Object,
    /// A class, a function, or an object whose attributes may be any.
    Import,
    /// It may be anything.
    Forgotten,
}

/// A value on the stack, in the memo or in a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// `None`.
    None,
    /// A truth value.
    Bool(bool),
    /// A small integer.
    Int(i64),
    /// An integer beyond 64 bits.
    Large,
    /// A floating-point number.
    Float,
    /// A string as it stands in the stream.
    Str(Span),
    /// A string with escapes, decoded: its index in the heap.
    Text(u32),
    /// A string of a text opcode that is too long to be decoded, or has characters beyond ASCII; one of Python 2
    /// is marked as such.
    Line(Span),
    /// A byte string.
    Bytes(Span),
    /// A byte string written as the Latin-1 of a string, as protocol 2 does.
    Encoded(Span),
    /// A byte string written as the Latin-1 of such a line.
    Escaped(Span),
    /// A byte string written as the Latin-1 of a decoded string, by that string's index.
    Octets(u32),
    /// A byte string whose content is not known.
    Blob,
    /// A tuple.
    Tuple(Tuple),
    /// A list, by its index in the heap.
    List(u32),
    /// A dict, by its index in the heap.
    Dict(u32),
    /// A set, by its index in the heap.
    Set(u32),
    /// Something imported, by its index.
    Global(u32),
    /// What a call of an import gave; `note` is where the heap keeps its arguments, if it does.
    Object {
        /// The import that was called.
        class: u32,
        /// Index into the heap's notes, or `u32::MAX`.
        note: u32,
        /// Its attributes may be any.
        bag: bool,
    },
    /// A tensor's storage, by its index.
    Storage(u32),
    /// A lazy iterator: it may be the result of a stream, and go nowhere else.
    Lazy,
    /// What the loader puts for a persistent id or an outside buffer.
    Outside,
    /// What came of something already reported.
    Reported,
    /// Forgotten, because a limit was reached.
    Forgotten,
}

impl Value {
    /// Whether it is plain data or made of it, and can't be called.
    pub(crate) const fn is_data(self) -> bool {
        matches!(
            self,
            Self::None
                | Self::Bool(_)
                | Self::Int(_)
                | Self::Large
                | Self::Float
                | Self::Str(_)
                | Self::Text(_)
                | Self::Line(_)
                | Self::Bytes(_)
                | Self::Encoded(_)
                | Self::Escaped(_)
                | Self::Octets(_)
                | Self::Blob
                | Self::Tuple(_)
                | Self::List(_)
                | Self::Dict(_)
                | Self::Set(_)
        )
    }

    /// Whether it is a byte string.
    pub(crate) const fn is_bytes(self) -> bool {
        matches!(
            self,
            Self::Bytes(_) | Self::Encoded(_) | Self::Escaped(_) | Self::Octets(_) | Self::Blob
        )
    }

    /// Whether it is a string.
    pub(crate) const fn is_string(self) -> bool {
        matches!(self, Self::Str(_) | Self::Text(_) | Self::Line(_))
    }
}
