//! The standard library's data types, under their Python 3 names.

use super::{
    Arguments, CONSTANT, MAPPING, NOTHING, OBJECT, Row, SEQUENCE, State, TYPE, Use, VALUE,
    function, row,
};

/// Bytes, never reserved by a number.
const BUFFER: Use = Use { call: Some(Arguments::Buffer), plain: true, ..TYPE };
/// Made of literals only.
const LITERAL: Use = Use { call: Some(Arguments::Literal), plain: true, ..TYPE };
/// Containers, which are types of plain values too.
const LIST: Use = Use { plain: true, ..SEQUENCE };
const DICT: Use = Use { plain: true, ..MAPPING };
/// A dict that calls what it holds as its factory: no state may name one.
const FACTORY: Use = Use { call: Some(Arguments::Factory), state: State::Nothing, ..MAPPING };
/// A function of literals, whose result takes no state.
const PARSER: Use = Use { call: Some(Arguments::Literal), ..NOTHING };
/// What looks names or keys up when it is called.
const GETTER: Use =
    Use { call: Some(Arguments::Getter), calls: true, state: State::Nothing, ..NOTHING };
/// Attributes of any name.
const BAG: Use = Use { bag: true, ..LITERAL };
/// An iterator over a container.
const LAZY: Use = Use { value: true, ..function(Arguments::Lazy) };

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("_codecs", function(Arguments::Latin1), &["encode"], "bytes, as protocols 0 to 2 write them"),
    row("_operator", VALUE, &["add", "and_", "eq", "floordiv", "ge", "gt", "invert", "le", "lt", "mod", "mul", "ne", "neg", "not_", "or_", "pos", "sub", "truediv", "xor"], "operators on plain values, only held"),
    row(
        "_operator",
        function(Arguments::TypeItem),
        &["getitem"],
        "generic types",
    ),
    row("argparse", Use { bag: true, ..OBJECT }, &["Namespace"], "settings of a training run"),
    row("array", LITERAL, &["array"], "numbers in a row"),
    row("array", function(Arguments::ArrayBytes), &["_array_reconstructor"], "numbers in a row"),
    row("builtins", BUFFER, &["bytearray", "bytes"], "bytes"),
    row("builtins", LIST, &["frozenset", "list", "set", "tuple"], "containers"),
    row("builtins", DICT, &["dict"], "containers"),
    row("builtins", LITERAL, &["bool", "complex", "float", "int", "long", "object", "str", "unicode"], "plain values"),
    row("builtins", Use { plain: true, ..TYPE }, &["slice"], "three values, of NumPy too"),
    row("builtins", BAG, &["range", "xrange"], "numbers in a row that are not kept: nothing may iterate over them"),
    row("builtins", LAZY, &["iter", "reversed"], "an iterator over a container"),
    row("builtins", NOTHING, &["enumerate", "filter", "map", "zip"], "lazy iterators: they call, and have no end"),
    row("builtins", CONSTANT, &["Ellipsis", "NotImplemented"], "constants"),
    row("builtins", VALUE, &["abs", "all", "any", "chr", "divmod", "hash", "isinstance", "len", "max", "min", "ord", "round", "sorted", "sum"], "functions of plain values, only held"),
    row("builtins", VALUE, &["bytes.decode", "dict.get", "dict.items", "dict.keys", "dict.values", "str.capitalize", "str.casefold", "str.encode", "str.isalpha", "str.isdigit", "str.join", "str.lower", "str.lstrip", "str.replace", "str.rstrip", "str.split", "str.splitlines", "str.strip", "str.swapcase", "str.title", "str.upper", "unicode.capitalize", "unicode.casefold", "unicode.encode", "unicode.isalpha", "unicode.isdigit", "unicode.join", "unicode.lower", "unicode.lstrip", "unicode.replace", "unicode.rstrip", "unicode.split", "unicode.splitlines", "unicode.strip", "unicode.swapcase", "unicode.title", "unicode.upper"], "methods of texts and mappings, only held"),
    row("math", VALUE, &["acos", "asin", "atan", "ceil", "cos", "cosh", "degrees", "erf", "exp", "expm1", "fabs", "floor", "gamma", "hypot", "isclose", "isfinite", "isinf", "isnan", "lgamma", "log", "log10", "log1p", "log2", "radians", "sin", "sinh", "sqrt", "tan", "tanh", "trunc"], "functions of numbers, only held"),
    row("statistics", VALUE, &["fmean", "geometric_mean", "harmonic_mean", "mean", "median", "median_high", "median_low", "mode", "pstdev", "pvariance", "stdev", "variance"], "functions of numbers, only held"),
    row("builtins", function(Arguments::Attribute), &["getattr"], "names that the tables have"),
    row("builtins", Use { value: true, ..function(Arguments::TypeOf) }, &["type"], "the type of None and its like"),
    row("builtins", Use { bag: true, ..TYPE }, &["ArithmeticError", "AssertionError", "AttributeError", "BaseException", "EOFError", "Exception", "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning", "IOError", "ImportError", "IndexError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError", "NotImplementedError", "OSError", "OverflowError", "RuntimeError", "StopIteration", "TimeoutError", "TypeError", "UnicodeDecodeError", "UserWarning", "ValueError", "Warning", "ZeroDivisionError"], "exceptions kept as values"),
    row("collections", MAPPING, &["ChainMap", "Counter", "OrderedDict", "UserDict"], "mappings"),
    row("collections", FACTORY, &["defaultdict"], "a mapping that makes what is missing"),
    row("collections", SEQUENCE, &["UserList", "deque"], "sequences"),
    row("collections", OBJECT, &["UserString"], "a string"),
    row("UserDict", MAPPING, &["IterableUserDict", "UserDict"], "mappings of Python 2"),
    row("UserList", SEQUENCE, &["UserList"], "a sequence of Python 2"),
    row("UserString", OBJECT, &["UserString"], "a string of Python 2"),
    row("copyreg", function(Arguments::Reconstructor), &["_reconstructor"], "plain objects, as protocols 0 and 1 write them"),
    row("copyreg", function(Arguments::NewObject), &["__newobj__"], "plain objects, as protocols 0 and 1 write them"),
    row("datetime", TYPE, &["date", "datetime", "time", "timedelta", "timezone"], "times"),
    row("decimal", TYPE, &["Decimal"], "numbers"),
    row("fractions", TYPE, &["Fraction"], "numbers"),
    row("functools", function(Arguments::Partial), &["partial"], "frames of pandas 1.3 and 1.4 bind the dimensions of a block: no other use is known to be harmless"),
    row("http", LITERAL, &["HTTPStatus"], "an enumeration"),
    row("ipaddress", LITERAL, &["IPv4Address", "IPv4Interface", "IPv4Network", "IPv6Address", "IPv6Interface", "IPv6Network"], "addresses as values"),
    row("itertools", NOTHING, &["chain", "count", "cycle", "imap", "islice", "izip", "product", "repeat"], "lazy iterators: they call, and have no end"),
    row("logging", PARSER, &["getLogger"], "names a logger and configures none"),
    row("operator", VALUE, &["add", "eq", "gt", "lt", "mul", "neg", "sub", "truediv"], "operators on plain values, only held"),
    row("operator", GETTER, &["attrgetter", "itemgetter"], "they look up public names or literal keys, and call nothing: only held"),
    row("pathlib", LITERAL, &["Path", "PosixPath", "PurePath", "PurePosixPath", "PureWindowsPath", "WindowsPath"], "paths as values; nothing is opened"),
    row("pathlib._local", LITERAL, &["Path", "PosixPath", "PurePosixPath", "PureWindowsPath", "WindowsPath"], "the same in Python 3.13"),
    row("random", LITERAL, &["Random"], "a generator's state"),
    row("re", Use { plain: true, ..TYPE }, &["RegexFlag"], "an enumeration, by its value or by the flags of the package `regex`"),
    row("re", PARSER, &["_compile"], "a pattern"),
    row("signal", LITERAL, &["Signals"], "an enumeration"),
    row("socket", LITERAL, &["AddressFamily", "SocketKind"], "enumerations"),
    row("statistics", OBJECT, &["NormalDist"], "two numbers"),
    row("string", OBJECT, &["Template"], "a string"),
    row("time", LITERAL, &["struct_time"], "times"),
    row("types", Use { call: Some(Arguments::Known), ..OBJECT }, &["GenericAlias"], "types as values"),
    row("types", LITERAL, &["NoneType"], "types as values"),
    row("types", BAG, &["SimpleNamespace"], "plain attributes"),
    row("typing", CONSTANT, &["Any", "Callable", "Dict", "FrozenSet", "Iterable", "List", "Optional", "Sequence", "Set", "Tuple", "Type", "Union"], "types as values"),
    row("uuid", LITERAL, &["SafeUUID", "UUID"], "identifiers"),
    row("zoneinfo", LITERAL, &["ZoneInfo"], "a time zone by its name"),
    row("zoneinfo", PARSER, &["ZoneInfo._unpickle"], "a time zone by its name"),
];
