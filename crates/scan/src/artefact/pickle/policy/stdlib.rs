//! The standard library's data types, under their Python 3 names.

use super::{
    Arguments, FUNCTION, MAPPING, OBJECT, Row, SEQUENCE, TYPE, Use, VALUE, function, row,
};

/// A sequence type filled from plain values only: a lazy argument could stand for any amount.
const FILLED: Use = Use { call: Some(Arguments::Plain), ..SEQUENCE };
/// The same for mappings.
const MAPPED: Use = Use { call: Some(Arguments::Plain), ..MAPPING };
/// Bytes, never reserved by a number.
const BUFFER: Use = Use { call: Some(Arguments::Buffer), ..TYPE };

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row("_codecs", function(Arguments::Latin1), &["encode"], "bytes, as protocols 0 to 2 write them"),
    row("_operator", VALUE, &["add", "and_", "eq", "floordiv", "ge", "gt", "le", "lt", "mod", "mul", "ne", "neg", "not_", "or_", "sub", "truediv", "xor"], "operators on plain values, only held"),
    row(
        "_operator",
        Use { value: true, ..function(Arguments::TypeItem) },
        &["getitem"],
        "generic types",
    ),
    row("argparse", OBJECT, &["Namespace"], "settings of a training run"),
    row("array", TYPE, &["array", "_array_reconstructor"], "numbers in a row"),
    row("builtins", BUFFER, &["bytearray", "bytes"], "bytes"),
    row("builtins", FILLED, &["frozenset", "list", "set", "tuple"], "containers"),
    row("builtins", MAPPED, &["dict"], "containers"),
    row("builtins", TYPE, &["bool", "complex", "enumerate", "float", "int", "iter", "long", "map", "object", "range", "reversed", "slice", "str", "unicode", "xrange", "zip"], "plain values and lazy iterators over them"),
    row("builtins", VALUE, &["Ellipsis", "NotImplemented", "abs", "all", "any", "isinstance", "len", "max", "min", "round", "sorted", "sum"], "constants and functions of plain values, only held"),
    row("builtins", function(Arguments::Attribute), &["getattr"], "members of enumerations and bound methods"),
    row("builtins", Use { value: true, ..function(Arguments::TypeOf) }, &["type"], "the type of None and its like"),
    row("builtins", TYPE, &["ArithmeticError", "AssertionError", "AttributeError", "BaseException", "EOFError", "Exception", "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning", "IOError", "ImportError", "IndexError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError", "NotImplementedError", "OSError", "OverflowError", "RuntimeError", "StopIteration", "TimeoutError", "TypeError", "UnicodeDecodeError", "UserWarning", "ValueError", "Warning", "ZeroDivisionError"], "exceptions kept as values"),
    row("collections", MAPPED, &["ChainMap", "Counter", "OrderedDict", "UserDict", "defaultdict"], "mappings"),
    row("collections", FILLED, &["UserList", "deque"], "sequences"),
    row("collections", OBJECT, &["UserString"], "a string"),
    row("UserDict", MAPPED, &["IterableUserDict", "UserDict"], "mappings of Python 2"),
    row("UserList", FILLED, &["UserList"], "a sequence of Python 2"),
    row("UserString", OBJECT, &["UserString"], "a string of Python 2"),
    row("copyreg", function(Arguments::Reconstructor), &["_reconstructor"], "plain objects, as protocols 0 and 1 write them"),
    row("copyreg", function(Arguments::NewObject), &["__newobj__"], "plain objects, as protocols 0 and 1 write them"),
    row("datetime", TYPE, &["date", "datetime", "time", "timedelta", "timezone"], "times"),
    row("decimal", TYPE, &["Decimal"], "numbers"),
    row("fractions", TYPE, &["Fraction"], "numbers"),
    row("functools", function(Arguments::Partial), &["partial"], "a known function with arguments"),
    row("http", TYPE, &["HTTPStatus"], "an enumeration"),
    row("ipaddress", TYPE, &["IPv4Address", "IPv4Interface", "IPv4Network", "IPv6Address", "IPv6Interface", "IPv6Network"], "addresses as values"),
    row("itertools", TYPE, &["chain", "count", "cycle", "imap", "islice", "izip", "product", "repeat"], "lazy iterators"),
    row("logging", FUNCTION, &["getLogger"], "names a logger and configures none"),
    row("operator", VALUE, &["add", "eq", "getitem", "gt", "lt", "mul", "neg", "sub", "truediv"], "operators on plain values, only held"),
    row("operator", function(Arguments::PublicNames), &["attrgetter", "itemgetter"], "constant, public names and keys"),
    row("pathlib", TYPE, &["Path", "PosixPath", "PurePath", "PurePosixPath", "PureWindowsPath", "WindowsPath"], "paths as values; nothing is opened"),
    row("pathlib._local", TYPE, &["Path", "PosixPath", "PurePosixPath", "PureWindowsPath", "WindowsPath"], "the same in Python 3.13"),
    row("random", TYPE, &["Random"], "a generator's state"),
    row("re", TYPE, &["RegexFlag"], "an enumeration"),
    row("re", FUNCTION, &["_compile"], "a pattern"),
    row("signal", TYPE, &["Signals"], "an enumeration"),
    row("socket", TYPE, &["AddressFamily", "SocketKind"], "enumerations"),
    row("statistics", OBJECT, &["NormalDist"], "two numbers"),
    row("string", OBJECT, &["Template"], "a string"),
    row("time", TYPE, &["struct_time"], "times"),
    row("types", TYPE, &["GenericAlias", "NoneType", "SimpleNamespace"], "plain attributes, and types as values"),
    row("typing", VALUE, &["Any", "Callable", "Dict", "FrozenSet", "Iterable", "List", "Optional", "Sequence", "Set", "Tuple", "Type", "Union"], "types as values"),
    row("uuid", TYPE, &["SafeUUID", "UUID"], "identifiers"),
    row("zoneinfo", OBJECT, &["ZoneInfo"], "a time zone by its name"),
    row("zoneinfo", FUNCTION, &["ZoneInfo._unpickle"], "a time zone by its name"),
];
