"""What code reaches outside the process, as far as its names say."""

#: Modules all of whose functions do.
MODULES = {
    "subprocess", "socket", "ctypes", "pickle", "cPickle", "_pickle", "marshal", "shelve", "urllib", "urllib2", "requests", "http",
    "httplib", "ftplib", "smtplib", "webbrowser", "shutil", "tempfile", "multiprocessing", "importlib", "imp", "runpy", "pty",
    "code", "pdb", "zipfile", "tarfile", "gzip", "bz2", "lzma", "sqlite3", "asyncio", "dill", "cloudpickle", "glob", "mmap",
    "fsspec", "six.moves.urllib", "smart_open", "cffi", "pkg_resources", "inspect.getsource", "gc", "atexit", "signal", "zlib",
}
#: Names of modules that also have harmless ones.
NAMES = {
    "exec", "eval", "compile", "__import__", "open", "input", "raw_input", "breakpoint", "execfile", "file", "globals", "exit",
    "io.open", "codecs.open", "sys.modules", "sys.path", "sys.exit", "sys.settrace", "numpy.load", "numpy.save", "numpy.savez",
    "numpy.savetxt", "numpy.loadtxt", "numpy.genfromtxt", "numpy.fromfile", "numpy.memmap", "numpy.DataSource",
    "pandas.read_pickle", "pandas.eval", "joblib.load", "joblib.dump", "joblib.Memory", "types.FunctionType", "types.CodeType",
    "torch.load", "torch.save", "torch.jit.load", "torch.hub", "builtins.exec", "builtins.eval", "builtins.open",
    "operator.methodcaller",
}
#: What of `os` does nothing.
OS = {
    "os.path", "os.environ.get", "os.cpu_count", "os.getpid", "os.linesep", "os.sep", "os.fspath", "os.PathLike", "os.name",
    "os.environ", "os.getenv",
}
#: What of such modules does nothing either.
HARMLESS = {"pkg_resources.parse_version"}
#: Methods that reach files or code whatever they are called on.
METHODS = {
    "to_pickle", "tofile", "write_text", "write_bytes", "unlink", "rmdir", "system", "popen", "Popen", "check_output", "check_call",
    "urlopen", "urlretrieve", "import_module", "load_module", "exec_module", "open", "to_csv", "to_hdf", "read_text", "read_bytes",
    "load_library", "makedirs", "mkdir", "eval", "LoadLibrary",
}

#: What a hook may call: builtins that look at values, and methods of plain values.
PLAIN = {
    "isinstance", "issubclass", "hasattr", "len", "type", "dict", "list", "tuple", "set", "frozenset", "str", "int", "float", "bool", "repr",
    "super", "setattr", "getattr", "vars", "id", "hash", "iter", "zip", "enumerate", "range", "min", "max", "sum", "abs", "sorted",
    "all", "any", "object", "property", "print", "callable", "bytes", "slice", "round", "delattr", "next", "reversed", "map", "filter",
    "ValueError", "TypeError", "AttributeError", "KeyError", "RuntimeError", "NotImplementedError", "IndexError", "DeprecationWarning",
    "FutureWarning", "UserWarning", "Exception", "ImportError", "AssertionError", "OverflowError",
}
#: The same, by the modules that have them.
PLAIN_MODULES = ("numpy.", "warnings.", "copy.", "math.", "operator.", "itertools.", "collections.", "logging.", "functools.", "inspect.signature", "inspect.isclass", "inspect.getmro", "textwrap.", "weakref.")
#: Methods of plain values.
PLAIN_METHODS = {
    "startswith", "endswith", "pop", "get", "update", "items", "keys", "values", "copy", "append", "extend", "format", "split", "join",
    "setdefault", "astype", "reshape", "ravel", "add", "lower", "upper", "strip", "replace", "index", "count", "sort", "view", "warn",
    "remove", "insert", "clear", "debug", "info", "warning", "error", "union", "iteritems", "itervalues", "tolist", "any", "all", "sum",
    "issubset", "intersection", "difference", "most_common", "popitem", "discard", "rstrip", "lstrip", "isidentifier", "encode", "max", "min",
}


def reaches(name: str, imported: bool = True) -> bool:
    """Whether a dotted name, its imports resolved, reaches outside; a module's only where it was imported."""
    if not imported:
        return name in NAMES
    if name in HARMLESS or any(name == safe or name.startswith(f"{safe}.") for safe in OS):
        return False
    if name == "os" or name.startswith("os."):
        return name != "os"
    first = name.split(".")[0]
    return first in MODULES or name in MODULES or name in NAMES or any(name.startswith(f"{known}.") for known in NAMES if "." in known)


def plain(name: str) -> bool:
    """Whether a hook may call that."""
    return name in PLAIN or name.startswith(PLAIN_MODULES) and not reaches(name)
