//! What code of models does not need. The table only chooses words: code that comes with a model is unknown whatever it does.

use super::{reach::COMPUTED, scopes::When};

/// Paths and what they do; a star stands for whatever follows.
#[rustfmt::skip]
const DOES: &[(&str, &[&str])] = &[
    ("starts programs", &[
        "os.system", "os.popen*", "os.exec*", "os.spawn*", "os.posix_spawn*", "os.fork*", "os.startfile", "posix.system", "posix.popen", "posix.exec*", "posix.posix_spawn*", "posix.fork*",
        "nt.system", "nt.exec*", "nt.spawn*", "subprocess.*", "_posixsubprocess.*", "pty.*", "commands.getoutput", "commands.getstatusoutput", "popen2.*", "pexpect.*", "sh.*",
        "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "asyncio.subprocess.*", "distutils.spawn.*", "platform.popen", "webbrowser.*", "pip.main", "pip._internal.*",
        "IPython.get_ipython*.system", "fabric.*", "invoke.run", "torch.utils.collect_env.run", "numpy.f2py.*", "setuptools.sandbox.*", "torch.multiprocessing.spawn",
    ]),
    ("runs text as code", &[
        "exec", "eval", "execfile", "builtins.exec", "builtins.eval", "builtins.compile", "code.*", "codeop.*", "runpy.*", "timeit.*", "cProfile.run*", "profile.run*", "pdb.run*", "bdb.*",
        "types.FunctionType", "types.CodeType", "types.LambdaType", "imp.load_*", "importlib.util.spec_from_*", "importlib.machinery.SourceFileLoader", "importlib.machinery.*FileLoader",
        "importlib.abc.*", "zipimport.*", "site.addsitedir", "site.main", "ctypes.pythonapi.*", "xmlrpc.server.*", "jinja2.Template*",
        "pandas.eval", "sympy.sympify", "sympy.parsing.*",
    ]),
    ("imports by name", &[COMPUTED, "importlib.__import__", "builtins.__import__", "pydoc.locate*", "pkgutil.resolve_name*"]),
    ("reaches Python's own functions", &[
        "__builtins__*", "builtins.__dict__*", "os.__dict__*", "os.?", "subprocess.?", "builtins.?", "posix.?", "nt.?", "pty.?", "sys.modules.?", "ctypes.?", "importlib.?", "marshal.?", "pickle.?",
        "runpy.?", "socket.?", "shutil.?", "sys._getframe*.f_globals*", "sys.settrace", "sys.setprofile", "sys.meta_path*", "sys.path_hooks*", "sys.addaudithook", "sys.unraisablehook", "gc.get_objects",
        "gc.get_referrers", "inspect.currentframe*.f_globals*", "inspect.currentframe*.f_back*",
    ]),
    ("reads code as data", &["marshal.load*"]),
    ("loads native code", &["ctypes.*", "_ctypes.*", "cffi.*", "cffi.FFI*", "numpy.ctypeslib.load_library", "torch.ops.load_library", "torch.classes.load_library", "tensorflow.load_op_library", "tensorflow.load_library", "tensorflow.raw_ops.*",]),
    ("unpickles", &[
        "pickle.load*", "pickle.Unpickler", "pickle._load*", "_pickle.load*", "_pickle.Unpickler", "cPickle.load*", "cPickle.Unpickler", "dill.load*", "dill.Unpickler", "cloudpickle.load*", "joblib.load", "shelve.*",
        "pandas.read_pickle", "jsonpickle.decode", "jsonpickle.unpickler.*", "yaml.unsafe_load*", "yaml.full_load*", "yaml.UnsafeLoader", "multiprocessing.managers.*",
    ]),
    ("talks to the network", &[
        "urllib.request*", "urllib.urlopen", "urllib.urlretrieve", "urllib2.*", "urllib3.*", "requests.*", "http.client.*", "http.server.*", "httplib.*", "httplib2.*", "httpx.*", "aiohttp.*",
        "socket.*", "_socket.*", "socketserver.*", "ssl.wrap_socket", "ftplib.*", "smtplib.*", "smtpd.*", "telnetlib.*", "paramiko.*", "poplib.*", "imaplib.*", "nntplib.*", "xmlrpc.*",
        "websocket.*", "websockets.*", "asyncio.open_connection", "asyncio.start_server", "asyncio.open_unix_connection", "wget.*", "pycurl.*", "scapy.*", "dns.resolver.*", "boto3.*", "git.Repo*", "asyncssh.*",
    ]),
    ("deletes or changes files", &["shutil.rmtree", "shutil.move", "os.remove", "os.unlink", "os.rmdir", "os.removedirs", "os.truncate", "os.chmod", "os.chown", "os.kill", "os.killpg", "os.setuid", "os.symlink", "os.link"]),
];

/// Parts of those modules that do nothing.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "subprocess.PIPE", "subprocess.DEVNULL", "subprocess.STDOUT", "subprocess.CalledProcessError", "subprocess.TimeoutExpired", "subprocess.SubprocessError", "subprocess.CompletedProcess",
    "requests.exceptions*", "requests.Response*", "requests.HTTPError*", "requests.RequestException*", "requests.ConnectionError*", "requests.Timeout*", "requests.JSONDecodeError*", "requests.codes*",
    "socket.gethostname", "socket.error", "socket.timeout", "socket.gaierror", "socket.AF_*", "socket.SOCK_*", "http.client.HTTPException", "http.client.RemoteDisconnected", "urllib3.exceptions*", "urllib3.util*",
    "urllib3.disable_warnings", "httpx.HTTPError", "httpx.HTTPStatusError", "httpx.Response", "httpx.Timeout", "aiohttp.ClientError", "ctypes.c_*", "ctypes.sizeof", "ctypes.Structure", "ctypes.util.find_library",
    "ctypes.POINTER", "ctypes.Array*", "botocore*", "timeit.default_timer", "requests.__version__", "urllib3.__version__",
];

/// Modules that lead to the machine wherever a path passes them, and that nobody hands around.
const GATEWAYS: &[&str] = &[
    "os",
    "posix",
    "nt",
    "subprocess",
    "builtins",
    "ctypes",
    "pty",
    "runpy",
    "marshal",
    "_posixsubprocess",
];
/// Attributes and keys by which sandboxes are left.
const REACHES: &[&str] = &[
    "__subclasses__",
    "__globals__",
    "__builtins__",
    "f_globals",
    "f_builtins",
    "__import__",
    "load_module",
    "exec_module",
];

/// What libraries do on request, and no code as soon as it is imported.
const MILD: &[&str] = &["deletes or changes files", "unpickles"];

/// What a path does.
pub(super) fn does(path: &str, when: When) -> Option<&'static str> {
    // A path may pass a module that leads to the machine.
    let passed = path.match_indices('.').filter_map(|(at, _)| path.get(at.saturating_add(1)..));
    let passed =
        passed.filter(|rest| GATEWAYS.iter().any(|module| rest.split('.').next() == Some(module)));
    std::iter::once(path)
        .chain(passed)
        .find_map(|path| {
            if HARMLESS.iter().any(|pattern| fits(path, pattern)) {
                return None;
            }
            let found = DOES
                .iter()
                .find(|(_, patterns)| patterns.iter().any(|pattern| fits(path, pattern)));
            found.map(|(what, _)| *what)
        })
        .filter(|what| when == When::Import || !MILD.contains(what))
}

/// Whether a module is one that nobody hands around as a value.
pub(super) fn is_gateway(path: &str) -> bool {
    GATEWAYS.contains(&path)
}

/// Whether an attribute or a key leads out of a sandbox.
pub(super) fn reaches(name: &str) -> bool {
    REACHES.contains(&name)
}

/// Whether a path begins as a pattern says and ends there, or goes on with an attribute.
fn fits(path: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, "")) => path.starts_with(start),
        Some((start, end)) => path.starts_with(start) && path.ends_with(end),
        None => {
            path.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
    }
}
