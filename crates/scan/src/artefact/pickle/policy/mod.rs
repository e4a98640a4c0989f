//! What loading a pickle may do: an allow-list of exact names, and how each may be used.
//!
//! A name that is not here is unknown, whatever it is called. Rows name a module, the use that is allowed,
//! the exact qualified names and the reason. There are no wildcards. The verdict on a file is a function of
//! its bytes and of [`VERSION`].

mod boosting;
mod classes;
mod gensim;
mod holders;
mod joblib;
mod learners;
mod numpy;
mod own;
mod pandas;
mod runs;
mod scipy;
mod sklearn;
mod statsmodels;
mod stdlib;
mod text;
mod torch;
mod torch_nn;
mod transformers;

pub(crate) use holders::holds;
pub(crate) use own::granted;

use std::{collections::HashMap, sync::OnceLock};

/// Version of the tables below. A test pins their digest to it.
pub(crate) const VERSION: u32 = 6;

/// What arguments a call must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arguments {
    /// Literals, and containers of literals: nothing that the callee could call, iterate over without end
    /// or look attributes up on.
    Literal,
    /// Literals and plain objects, never classes, functions or bags of attributes.
    Values,
    /// The same, and known imports too.
    Known,
    /// `iter(container)`: the result goes nowhere.
    Lazy,
    /// `array._array_reconstructor(array.array, …)`.
    ArrayBytes,
    /// `_new_Index(index class, state)`.
    NewIndex,
    /// `__pyx_unpickle_X(class, checksum, state)`.
    Unpickle,
    /// `newObj(class)`, of the classes of this library only.
    OwnClass,
    /// `functools.partial(function)` of one whose own arguments are checked when it is called.
    Partial,
    /// `dill._dill._load_type('name')` of a builtin type.
    TypeName,
    /// `numpy.core._ufunc_reconstruct('module', 'name')`: an import.
    Ufunc,
    /// `numpy.random._pickle.…_ctor(generator, constructor)`.
    Random,
    /// `numpy.ma.core._mareconstruct(class, base class, (0,), type)`.
    MaskedReconstruct,
    /// `torch._utils._rebuild_…(tensor or storage, …)`.
    Rebuild,
    /// A block of a frame: values, placement and number of dimensions.
    Block,
    /// None at all, or byte strings and strings only: numbers would reserve memory.
    Buffer,
    /// Containers only: a lazy iterator could stand for any amount.
    Filled,
    /// The same, behind what makes the values that are missing.
    Factory,
    /// `copyreg._reconstructor(class, base, state)`.
    Reconstructor,
    /// `copyreg.__newobj__(class, …)`.
    NewObject,
    /// `_codecs.encode(string, 'latin1')`.
    Latin1,
    /// `getattr(class, 'name')` of a name that a table has.
    Attribute,
    /// `attrgetter('public name', …)`, `itemgetter(literal, …)`: only held.
    Getter,
    /// `jax._src.array._reconstruct_array(function, arguments, state, …)`, which calls the function.
    DeviceArray,
    /// `type(value)` of one literal.
    TypeOf,
    /// `numpy…._reconstruct(array class, (0,), b'b')`.
    ArrayReconstruct,
    /// `torch._utils._rebuild_tensor_v2(storage, offset, size, stride, …)`.
    Tensor,
    /// `torch._tensor._rebuild_from_type_v2(function, class, arguments, state)`.
    FromType,
    /// `dill._dill._create_array(function, arguments, …)`.
    CreateArray,
    /// `operator.getitem(type, parameters)`: a generic type.
    TypeItem,
    /// `torch.storage._load_from_bytes(bytes)`: a stream of its own.
    NestedStream,
}

impl Arguments {
    /// Whether a call with other arguments could do anything at all: calls, imports and attributes of the file's choice.
    pub(crate) const fn may_act(self) -> bool {
        matches!(
            self,
            Self::Attribute
                | Self::CreateArray
                | Self::DeviceArray
                | Self::FromType
                | Self::Getter
                | Self::Lazy
                | Self::NestedStream
                | Self::NewIndex
                | Self::NewObject
                | Self::OwnClass
                | Self::Partial
                | Self::Random
                | Self::Rebuild
                | Self::Reconstructor
                | Self::TypeItem
                | Self::TypeName
                | Self::TypeOf
                | Self::Ufunc
                | Self::Unpickle
        )
    }
}

/// How a name may be used. A name that may only be called may not be handed over as a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use {
    /// Held as a value: put into containers, state and arguments.
    pub(crate) value: bool,
    /// Called, with such arguments.
    pub(crate) call: Option<Arguments>,
    /// Made by `__new__`.
    pub(crate) new: bool,
    /// What it makes may be given state.
    pub(crate) build: bool,
    /// What it makes may be given items.
    pub(crate) items: bool,
    /// What it makes may be given keys and values.
    pub(crate) pairs: bool,
    /// An array type: may be the class of an array.
    pub(crate) array: bool,
    /// The heap keeps its arguments and state, because something depends on them.
    pub(crate) noted: bool,
    /// What it makes has attributes of any name: what looks them up may call them.
    pub(crate) bag: bool,
    /// What it makes may be given state of this form.
    pub(crate) state: State,
    /// What it makes can be called.
    pub(crate) calls: bool,
    /// It is a constant, or a type whose calls give plain values: no function.
    pub(crate) plain: bool,
}

/// Forms of state. None at all, and the attributes by name, fit all but the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// None.
    Nothing,
    /// Attributes by name.
    Attributes,
    /// Only attributes of these names.
    Keys(&'static [&'static str]),
    /// The object itself, a dict that is its own `__dict__`.
    Itself,
    /// A whole number.
    Number,
    /// `(attributes, slots)`, as Python makes of objects with `__slots__`.
    Slots,
    /// `(attributes, generator)`, as distributions of SciPy before 1.4 have it.
    Seeded,
    /// Parts that compiled code reads, or the class's own.
    Parts,
}

impl State {
    /// Whether a tuple may be one.
    pub(crate) const fn takes_tuples(self) -> bool {
        matches!(self, Self::Slots | Self::Parts | Self::Seeded)
    }
}

const NOTHING: Use = Use {
    value: false,
    call: None,
    new: false,
    build: false,
    items: false,
    pairs: false,
    array: false,
    noted: false,
    bag: false,
    state: State::Attributes,
    calls: false,
    plain: false,
};
/// A function or class that is only held.
const VALUE: Use = Use { value: true, ..NOTHING };
/// A constant or plain type that is only held.
const CONSTANT: Use = Use { plain: true, ..VALUE };
/// A plain class: made without arguments that matter, given its state.
const OBJECT: Use = Use { value: true, new: true, build: true, ..NOTHING };
/// The same, of objects that can be called.
const CALLABLE: Use = Use { calls: true, ..OBJECT };
/// A class with state of its own, also called with plain objects.
const TYPE: Use = Use { call: Some(Arguments::Values), state: State::Parts, ..OBJECT };
/// A class that takes items.
const SEQUENCE: Use =
    Use { items: true, call: Some(Arguments::Filled), state: State::Attributes, ..TYPE };
/// A class that takes keys and values.
const MAPPING: Use =
    Use { pairs: true, call: Some(Arguments::Filled), state: State::Attributes, ..TYPE };
/// A function that may be called with plain objects, and not be handed over.
const FUNCTION: Use =
    Use { call: Some(Arguments::Values), build: true, state: State::Parts, ..NOTHING };
/// An array class.
const ARRAY: Use = Use { array: true, state: State::Parts, plain: true, ..OBJECT };

/// A function with a closed shape of arguments.
const fn function(arguments: Arguments) -> Use {
    Use { call: Some(arguments), build: true, state: State::Parts, ..NOTHING }
}

/// A class that a TorchScript archive defines itself, in code that is looked at elsewhere.
pub(crate) const SCRIPT: &Use = &OBJECT;

/// Names of one module with the same use.
struct Row {
    module: &'static str,
    allows: Use,
    names: &'static [&'static str],
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reviews the table"))]
    why: &'static str,
}

/// A row, written short.
const fn row(
    module: &'static str,
    allows: Use,
    names: &'static [&'static str],
    why: &'static str,
) -> Row {
    Row { module, allows, names, why }
}

#[rustfmt::skip]
const TABLES: &[&[Row]] = &[
    stdlib::ROWS,
    numpy::ROWS,
    scipy::ROWS,
    pandas::ROWS,
    sklearn::ROWS,
    boosting::ROWS,
    statsmodels::ROWS,
    joblib::ROWS,
    torch::ROWS,
    torch_nn::ROWS,
    gensim::ROWS,
    learners::ROWS,
    runs::ROWS,
    text::ROWS,
    transformers::ROWS,
];

/// How `name` of `module` may be used; none if the policy does not know it.
pub(crate) fn allowed(module: &str, name: &str) -> Option<&'static Use> {
    static INDEX: OnceLock<HashMap<(&str, &str), &'static Use>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let rows = TABLES.iter().flat_map(|table| table.iter());
        rows.flat_map(|row| row.names.iter().map(|name| ((row.module, *name), &row.allows)))
            .collect()
    });
    index.get(&(module, name)).copied().or_else(|| classes::allowed(module, name))
}

/// How many names the policy knows.
#[cfg(test)]
fn size() -> usize {
    TABLES.iter().flat_map(|table| table.iter()).map(|row| row.names.len()).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::danger, Row, TABLES, VERSION, allowed, classes, size};

    fn rows() -> impl Iterator<Item = &'static Row> {
        TABLES.iter().flat_map(|table| table.iter())
    }

    #[test]
    fn names_stand_once_exactly_and_with_a_reason() {
        let mut seen = BTreeSet::new();
        for row in rows() {
            assert!(row.why.len() > 3, "{}: no reason", row.module);
            for name in row.names {
                assert!(seen.insert((row.module, name)), "{}.{name} stands twice", row.module);
                assert!(!name.contains('*') && !row.module.contains('*'));
            }
        }
        assert_eq!(seen.len(), size());
    }

    #[test]
    fn nothing_allowed_is_dangerous() {
        for row in rows() {
            for name in row.names {
                // `getattr` and its like are allowed with closed arguments only.
                if row.allows.value || row.allows.call == Some(super::Arguments::Known) {
                    assert!(!danger::is_dangerous(row.module, name), "{}.{name}", row.module);
                }
            }
        }
    }

    #[test]
    fn what_rebuilds_by_its_arguments_has_a_closed_shape() {
        use super::Arguments::{Factory, Filled, Known};
        let parts = ["_new_", "ctor", "newObj", "_rebuild_", "_unpickle"];
        for row in rows() {
            for name in row.names.iter().filter(|name| parts.iter().any(|part| name.contains(part)))
            {
                let open = matches!(row.allows.call, Some(Known | Filled | Factory));
                assert!(!open, "{}.{name}", row.module);
            }
        }
    }

    #[test]
    fn matches_are_exact() {
        assert!(allowed("collections", "OrderedDict").is_some());
        assert!(allowed("collections", "OrderedDict.__class__").is_none());
        assert!(allowed("collections.os", "OrderedDict").is_none());
        assert!(allowed("collection", "OrderedDict").is_none());
    }

    #[test]
    fn the_version_is_that_of_the_tables() {
        // If this fails, the tables changed: raise VERSION and pin the new sum.
        let mut sum = 0xcbf2_9ce4_8422_2325_u64;
        for row in rows() {
            for name in row.names {
                let line = format!("{}\0{name}\0{:?}\n", row.module, row.allows);
                for byte in line.bytes() {
                    sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                }
            }
        }
        for byte in classes::TABLE.bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        assert_eq!((VERSION, sum), (6, PINNED));
    }

    const PINNED: u64 = 9_841_760_754_364_616_287;
}
