//! Names known to be dangerous. This table only chooses words: a name in neither table is unknown, and
//! that alone keeps a file from being clean.

/// Modules of which everything that a pickle could name runs code or touches the machine.
const MODULES: &[&str] = &[
    "_ctypes",
    "_frozen_importlib",
    "_frozen_importlib_external",
    "_imp",
    "_osx_support",
    "_aix_support",
    "_posixshmem",
    "_posixsubprocess",
    "_pyrepl",
    "_socket",
    "_ssl",
    "_thread",
    "_winapi",
    "aiohttp",
    "antigravity",
    "asyncio",
    "atexit",
    "bdb",
    "cProfile",
    "cffi",
    "cgi",
    "cgitb",
    "code",
    "codeop",
    "commands",
    "concurrent.futures",
    "ctypes",
    "cython",
    "distutils",
    "doctest",
    "ensurepip",
    "faulthandler",
    "fcntl",
    "ftplib",
    "gc",
    "glob",
    "http.client",
    "http.server",
    "httplib",
    "httpx",
    "idlelib",
    "imaplib",
    "imp",
    "importlib",
    "importlib_metadata",
    "invoke",
    "lib2to3",
    "linecache",
    "marshal",
    "mmap",
    "multiprocessing",
    "nntplib",
    "nt",
    "numba",
    "numpy.distutils",
    "numpy.f2py",
    "os",
    "paramiko",
    "pdb",
    "pexpect",
    "pickle",
    "pickletools",
    "pip",
    "pipes",
    "pkg_resources",
    "pkgutil",
    "platform",
    "popen2",
    "poplib",
    "posix",
    "profile",
    "pstats",
    "pty",
    "py_compile",
    "pydoc",
    "requests",
    "resource",
    "rlcompleter",
    "runpy",
    "sched",
    "selectors",
    "setuptools",
    "shelve",
    "shutil",
    "site",
    "smtplib",
    "socketserver",
    "ssl",
    "subprocess",
    "sys",
    "sysconfig",
    "tarfile",
    "telnetlib",
    "tempfile",
    "tensorflow.python.keras.models",
    "test.support",
    "threading",
    "timeit",
    "torch.hub",
    "torch.utils.cpp_extension",
    "torch.utils.collect_env",
    "torch.utils.bottleneck",
    "torch._inductor",
    "torch.utils._config_module",
    "torch.package",
    "trace",
    "tracemalloc",
    "tty",
    "urllib.request",
    "urllib2",
    "urllib3",
    "venv",
    "webbrowser",
    "wsgiref",
    "xmlrpc",
    "xmlrpc.client",
    "zipapp",
    "zipfile",
    "zipimport",
    "zipimporter",
];

/// Single names, of modules that also have harmless ones.
const NAMES: &[(&str, &[&str])] = &[
    ("_operator", OPERATOR),
    ("apport", &["report"]),
    ("bokeh", &["embed"]),
    (
        "builtins",
        &[
            "__import__",
            "apply",
            "breakpoint",
            "compile",
            "delattr",
            "eval",
            "exec",
            "execfile",
            "exit",
            "file",
            "getattr",
            "globals",
            "help",
            "input",
            "locals",
            "open",
            "quit",
            "raw_input",
            "reduce",
            "reload",
        ],
    ),
    ("cloudpickle", &["load", "loads"]),
    ("cloudpickle.cloudpickle", &["load", "loads", "subimport"]),
    ("codecs", &["open"]),
    (
        "copyreg",
        &[
            "_extension_registry",
            "_inverted_registry",
            "add_extension",
            "dispatch_table",
            "pickle",
            "remove_extension",
            "clear_extension_cache",
        ],
    ),
    ("dataclasses", &["_create_fn", "make_dataclass"]),
    ("dill", &["load", "loads", "load_session", "load_module"]),
    ("dill._dill", &["load", "loads", "_import_module", "_load_type"]),
    ("functools", &["partial", "partialmethod", "reduce", "singledispatch"]),
    ("gettext", &["c2py"]),
    ("hydra.utils", &["instantiate", "call", "get_class", "get_method"]),
    ("inspect", &["getsource", "getmodule", "stack"]),
    ("io", FILES),
    ("_io", FILES),
    ("itertools", &["starmap"]),
    ("joblib", &["load", "Parallel"]),
    ("joblib.numpy_pickle", &["load", "load_temporary_memmap"]),
    ("jsonpickle", &["decode"]),
    ("logging", &["FileHandler"]),
    ("logging.config", &["listen", "dictConfig", "fileConfig"]),
    ("logging.handlers", &["SocketHandler", "HTTPHandler", "SMTPHandler"]),
    ("mlflow.projects", &["run"]),
    ("mlflow.projects.backend.local", &["_run_entry_point"]),
    (
        "numpy",
        &[
            "load",
            "fromfile",
            "memmap",
            "save",
            "savez",
            "savetxt",
            "loadtxt",
            "genfromtxt",
            "DataSource",
            "apply_along_axis",
            "apply_over_axes",
            "fromfunction",
            "piecewise",
            "frompyfunc",
            "fromregex",
        ],
    ),
    ("numpy.core._multiarray_umath", &["fromfile", "frompyfunc"]),
    ("numpy._core._multiarray_umath", &["fromfile", "frompyfunc"]),
    ("numpy.core.multiarray", &["fromfile"]),
    ("numpy.ctypeslib", &["load_library"]),
    ("numpy.lib.npyio", &["load", "DataSource"]),
    ("numpy.lib.shape_base", &["apply_along_axis"]),
    ("numpy.testing._private.utils", &["runstring", "rundocs", "measure"]),
    ("operator", OPERATOR),
    (
        "pandas",
        &[
            "eval",
            "read_pickle",
            "read_csv",
            "read_sql",
            "read_html",
            "read_hdf",
            "read_json",
            "to_pickle",
            "read_parquet",
            "read_excel",
            "read_table",
            "HDFStore",
        ],
    ),
    ("pandas.core.computation.eval", &["eval"]),
    ("pandas.core.frame", &["DataFrame.eval", "DataFrame.query"]),
    ("pandas.io.pickle", &["read_pickle"]),
    (
        "pathlib",
        &[
            "Path.write_text",
            "Path.unlink",
            "Path.open",
            "Path.write_bytes",
            "Path.read_text",
            "Path.read_bytes",
        ],
    ),
    ("signal", &["raise_signal", "signal", "alarm", "pthread_kill", "setitimer"]),
    ("sklearn.datasets", &["fetch_openml", "load_svmlight_file", "load_files"]),
    ("socket", &["create_connection", "socket", "create_server", "fromfd", "getaddrinfo"]),
    ("sqlite3", &["connect"]),
    ("tensorflow", &["load_op_library", "load_library"]),
    ("torch", &["load", "save", "compile"]),
    ("torch._dynamo.guards", &["GuardBuilder.get"]),
    ("torch.classes", &["load_library"]),
    ("torch.distributed.rpc.internal", &["_internal_rpc_pickler.deserialize"]),
    ("torch.fx.experimental.symbolic_shapes", &["ShapeEnv.evaluate_guards_expression"]),
    (
        "torch.fx.graph_module",
        &[
            "_exec_with_source",
            "reduce_graph_module",
            "_forward_from_src",
            "reduce_package_graph_module",
            "reduce_deploy_graph_module",
        ],
    ),
    ("torch.jit", &["load", "script", "CompilationUnit"]),
    ("torch.jit.unsupported", &["execWrapper"]),
    ("torch.jit.unsupported_tensor_ops", &["execWrapper"]),
    ("torch.ops", &["load_library"]),
    ("torch.serialization", &["load", "_load", "_legacy_load"]),
    ("torch.utils.data.datapipes.utils.decoder", &["basichandlers"]),
    ("torch.utils._config_module", &["load_config"]),
    (
        "types",
        &[
            "CodeType",
            "FunctionType",
            "LambdaType",
            "MethodType",
            "ModuleType",
            "new_class",
            "coroutine",
            "DynamicClassAttribute",
        ],
    ),
    ("typing", &["_eval_type", "get_type_hints"]),
    ("unittest.mock", &["_importer", "patch", "_dot_lookup"]),
    ("uuid", &["_get_command_stdout", "_popen", "_find_mac"]),
    ("weakref", &["finalize", "WeakMethod"]),
    ("yaml", &["load", "unsafe_load", "full_load", "load_all", "unsafe_load_all"]),
];

/// Names that open files.
const FILES: &[&str] = &["FileIO", "open", "open_code", "OpenWrapper", "TextIOWrapper"];

/// Modules that lead to the machine wherever a longer path passes them.
const GATEWAYS: &[&str] = &[
    "builtins",
    "ctypes",
    "importlib",
    "nt",
    "os",
    "posix",
    "pty",
    "shutil",
    "socket",
    "subprocess",
    "sys",
];

/// Names of the operator module that call, look up attributes or blow up numbers.
const OPERATOR: &[&str] = &["attrgetter", "call", "itemgetter", "methodcaller", "pow", "ipow"];

/// Whether a name is known to be dangerous, directly or through the modules that a dotted name passes.
pub(crate) fn is_dangerous(module: &str, name: &str) -> bool {
    if listed(module, name) {
        return true;
    }
    // `random` + `_os.system` and `torch.os` + `system` reach `os.system`.
    let path: Vec<&str> = module.split('.').chain(name.split('.')).take(16).collect();
    let own = module.split('.').count();
    let passes = (1..path.len()).any(|start| {
        (start.saturating_add(1)..path.len()).any(|cut| {
            let (Some(module), Some(name)) = (path.get(start..cut), path.get(cut..)) else {
                return false;
            };
            let module = module.join(".");
            let module = module.trim_start_matches('_');
            (start >= own || GATEWAYS.contains(&module)) && listed(module, &name.join("."))
        })
    });
    passes || path.iter().skip(1).any(|part| INTERNALS.contains(part))
}

/// Attributes by which any object leads to all of the interpreter.
const INTERNALS: &[&str] = &[
    "__subclasses__",
    "__globals__",
    "__builtins__",
    "__code__",
    "__getattribute__",
    "__bases__",
    "__base__",
    "__mro__",
    "__closure__",
    "__loader__",
    "__spec__",
    "__reduce_ex__",
    "__class__",
];

fn listed(module: &str, name: &str) -> bool {
    let within = |whole: &&str| {
        module.strip_prefix(*whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    MODULES.iter().any(within)
        || NAMES.iter().any(|(of, names)| *of == module && names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::is_dangerous;

    #[test]
    fn follows_dotted_names_and_spares_their_neighbours() {
        assert!(is_dangerous("posix", "system"));
        assert!(is_dangerous("random", "_os.system"));
        assert!(is_dangerous("torch.serialization", "os.system"));
        assert!(is_dangerous("torch", "os.system"));
        assert!(is_dangerous("asyncio.unix_events", "_UnixSubprocessTransport._start"));
        assert!(is_dangerous("collections", "OrderedDict.__class__.__base__.__subclasses__"));
        assert!(!is_dangerous("osmnx", "load"));
        assert!(is_dangerous("torch.os", "system"));
        assert!(!is_dangerous("my.package", "Model"));
        assert!(!is_dangerous("my.code", "Model"));
        assert!(!is_dangerous("builtins", "list"));
    }
}
