"""How a stream names what it calls: dotted names, memo tricks, encodings, and names that only look like others."""

import struct

from ..assemble.payload import COMMAND
from ..assemble.pickles import Code, arguments, call, encoded, found, short, stacked, stream, unicode
from ..case import Row, malicious_table, malformed_table

DOTTED = {
    "random": "_os.system",
    "numpy": "f2py.os.system",
    "torch.serialization": "os.system",
    "collections": "_sys.modules.get",
    "collections.abc": "sys.modules.get",
    "sklearn.utils": "os.system",
    "joblib.numpy_pickle": "os.system",
    "pandas.io.common": "os.system",
    "copyreg": "__builtins__.get",
    "functools": "namedtuple.__globals__.get",
    "datetime": "sys.modules.get",
    "decimal": "Decimal.__class__.__base__.__subclasses__",
    "re": "enum.sys.modules.get",
    "logging": "os.popen",
    "pathlib": "os.system",
    "uuid": "os.system",
    "tempfile": "_os.system",
    "shutil": "os.system",
    "glob": "os.system",
    "argparse": "_os.system",
}


@malicious_table(".pkl")
def dotted():
    for module, name in DOTTED.items():
        yield Row(f"dotted-{module}", f"dotted name {name} through the module {module}", "GHSA-5j3x-jp52-966f", stream(call(stacked(module, name), COMMAND), 4))
    yield Row("dotted-global-protocol-4", "dotted name of GLOBAL under protocol 4", "GHSA-5j3x-jp52-966f", stream(call(found("random", "_os.system"), COMMAND), 4))
    yield Row("dotted-global-protocol-5", "dotted name of GLOBAL under protocol 5", "GHSA-5j3x-jp52-966f", stream(call(found("logging", "os.system"), COMMAND), 5))
    yield Row("dotted-allowed-class", "a method of an allowed class, reached by a dotted name", "own", stream(call(stacked("collections", "OrderedDict.__class__.__subclasses__"), found("builtins", "type")), 4))
    yield Row("dotted-globals", "a dotted name that ends in __globals__", "own", stream(stacked("collections", "namedtuple.__globals__"), 4))
    yield Row("submodule-of-blocked", "a submodule of a blocked module", "CVE-2025-10157", stream(call(stacked("asyncio.subprocess", "sys.modules.get"), "os"), 4))
    yield Row("module-of-allowed-prefix", "a module whose name begins as an allowed one", "own", stream(call(stacked("collections_os", "system"), COMMAND), 4))
    yield Row("class-of-allowed-module", "a name that nobody listed in an allowed module", "own", stream(call(found("collections", "_sys"), COMMAND)))


def operands(module, name):
    return stream(call(Code(bytes(module) + bytes(name) + b"\x93"), COMMAND), 4)


def text_string(text):
    return Code(b"S'" + encoded(text) + b"'\n")


def eight(text):
    return Code(b"\x8d" + struct.pack("<Q", len(text)) + encoded(text))


@malicious_table(".pkl")
def operand_kinds():
    posix, system = short("posix"), short("system")
    rows = {
        "binunicode": ("BINUNICODE operands", unicode("posix"), unicode("system")),
        "binunicode8": ("BINUNICODE8 operands", eight("posix"), eight("system")),
        "short-binstring": ("SHORT_BINSTRING operands", b"U\x05posix", b"U\x06system"),
        "binstring": ("BINSTRING operands", b"T\x05\0\0\0posix", b"T\x06\0\0\0system"),
        "string-escapes": ("STRING operands with \\x escapes", text_string("\\x70osix"), text_string("sys\\x74em")),
        "unicode-escapes": ("UNICODE operands with \\u escapes", b"V\\u0070osix\n", b"Vsyst\\u0065m\n"),
        "unicode-long-escapes": ("UNICODE operands with \\U escapes", b"V\\U00000070osix\n", b"Vsystem\n"),
        "interleaved": ("other values pushed and dropped between the operands", posix + b"N0", system + b"]0"),
        "memoised": ("operands memoised, dropped and fetched again", posix + b"\x940", system + b"\x940h\x00h\x01"),
        "memoised-in-list": ("operands memoised inside a list", b"](" + posix + b"\x94", system + b"\x94e0h\x00h\x01"),
        "memo-overwritten": ("a memo entry that held an honest name is overwritten", short("collections") + b"q\x000" + posix + b"q\x000h\x00", system),
        "memoize-counts-entries": ("MEMOIZE after PUT 5 writes entry 1, as it counts entries", short("x") + b"q\x050" + posix + b"\x940h\x01", system),
        "memoize-overwrites": ("MEMOIZE overwrites an entry that PUT wrote", short("json") + b"q\x010" + posix + b"\x940h\x01", system),
        "put-as-text": ("PUT and GET as text with leading zeros", posix + b"p007\n0g7\n", system),
        "long-put": ("LONG_BINPUT and LONG_BINGET", posix + b"r\0\1\0\x000j\0\1\0\0", system),
        "operand-by-dup": ("the name is a copy made by DUP", b"" + posix, system + b"20"),
    }
    for name, (mechanism, module, operand) in rows.items():
        source = "GHSA-9gvj-pp9x-gcfr" if "memo" in name or name in ("interleaved", "operand-by-dup") else "picklescan #313"
        yield Row(f"operands-{name}", mechanism, source, operands(module, operand))
    joined = call(stacked("builtins", "str"), "posix")
    yield Row("operands-computed", "the module's name is the result of a call", "own", operands(joined, system))
    rotated = call(stacked("codecs", "decode"), "cbfvk", "rot13")
    yield Row("operands-rot13", "the module's name is decoded by rot13", "own", operands(rotated, system))


@malicious_table(".pkl")
def text_protocols():
    yield Row("protocol-0", "text opcodes only", "own", f"cposix\nsystem\n(S'{COMMAND}'\ntR.".encode())
    yield Row("protocol-0-double-quotes", "a text string in double quotes", "own", f'cposix\nsystem\n(S"{COMMAND}"\ntR.'.encode())
    yield Row("protocol-0-unicode", "a text argument as UNICODE", "own", f"cposix\nsystem\n(V{COMMAND}\ntR.".encode())
    yield Row("protocol-0-in-dictionary", "the call is a value of a text dictionary", "own", f"(dp0\nS'weights'\np1\n(lp2\nF1.5\nasS'x'\ncposix\nsystem\n(S'{COMMAND}'\ntRs.".encode())
    yield Row("protocol-1", "SHORT_BINSTRING argument without PROTO", "own", b"cposix\nsystem\n(U" + bytes([len(COMMAND)]) + COMMAND.encode() + b"tR.")
    yield Row("mixed-protocols", "binary and text opcodes mixed, no PROTO", "own", b"cposix\nsystem\n" + unicode(COMMAND) + b"\x85R.")
    yield Row("python-2-names", "getattr and __import__ by the names of Python 2", "own", stream(call(call(found("__builtin__", "getattr"), call(found("__builtin__", "__import__"), "os"), "system"), COMMAND)))
    yield Row("python-2-exceptions", "a name that the import map of Python 2 moves", "own", stream(call(found("UserDict", "UserDict.__init__"), COMMAND)))
    yield Row("python-2-commands", "commands.getoutput, mapped to subprocess", "own", stream(call(found("commands", "getoutput"), COMMAND)))
    yield Row("python-2-intern", "a function moved to sys under protocol 2", "own", stream(call(found("__builtin__", "reduce"), found("posix", "system"), [COMMAND, COMMAND])))


@malicious_table(".pkl")
def lookalikes():
    rows = {
        "cyrillic": ("a Cyrillic letter in the module's name", found("\u043es", "system")),
        "full-width": ("a full-width letter in the name", found("os", "\uff53ystem")),
        "upper-case": ("the module in capitals", found("OS", "System")),
        "zero-width": ("a zero-width space in an allowed module's name", found("coll\u200bections", "OrderedDict")),
        "trailing-space": ("an allowed module's name with a space behind it", found("collections ", "OrderedDict")),
        "numpy-misspelt": ("a package named almost as NumPy", found("nunpy.core.multiarray", "_reconstruct")),
        "torch-misspelt": ("a package named almost as PyTorch", found("torch_utils", "_rebuild_tensor_v2")),
        "sklearn-misspelt": ("a package named almost as scikit-learn", found("sklearn.linear_models._logistic", "LogisticRegression")),
        "private-copy": ("an allowed class under a module of another package", found("mymodels.collections", "OrderedDict")),
        "long-dotted-name": ("a dotted name of 5,000 characters", stacked("torch", "_".join(["nn"] * 80)) + b"0" + found("torch." + "nn." * 1600 + "modules", "Linear")),
    }
    for name, (mechanism, function) in rows.items():
        yield Row(f"lookalike-{name}", mechanism, "own", stream(call(function, COMMAND), 4))


@malformed_table(".pkl")
def broken_names():
    yield Row("operands-integers", "STACK_GLOBAL with integers", "own", b"\x80\x04K\x01K\x02\x93.")
    yield Row("operands-missing", "STACK_GLOBAL with one operand", "own", b"\x80\x04\x8c\x02os\x93.")
    yield Row("not-utf-8", "GLOBAL with bytes that are not UTF-8", "own", b"\x80\x02c\xff\xfe\nsystem\n.")
    yield Row("lone-surrogate", "a lone surrogate in a name", "own", b"\x80\x04\x8c\x03\xed\xa0\x80\x8c\x01x\x93.")
    yield Row("memo-missing", "GET of an entry that was never written", "picklescan #52", b"\x80\x02h\x07.")
    yield Row("memo-not-a-number", "PUT with a text that is no number", "picklescan #52", b"Npx\n.")
    yield Row("memo-huge-index", "LONG_BINPUT far beyond the stream", "own", b"\x80\x02Nr\xff\xff\xff\x7f.")


@malicious_table(".pkl")
def swapped_dictionary():
    """Kept as a table for its two rows."""
    yield Row("argument-through-memo", "the command itself comes from the memo", "own", stream(Code(unicode(COMMAND) + b"q\x000" + found("posix", "system") + b"h\x00\x85R")))
    yield Row("callable-through-memo", "the function is fetched from the memo 300 opcodes later", "own", stream(Code(found("posix", "system") + b"q\x070" + b"N0" * 300 + b"h\x07" + arguments(COMMAND) + b"R")))
