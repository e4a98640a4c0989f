//! A look at Python code that a loader runs. It is not parsed: that it runs is what counts, and words only say how bad.

/// What code of models does not need: the mark, and what it does.
#[rustfmt::skip]
const MARKS: &[(&str, &str)] = &[
    ("os.system", "starts programs"), ("os.popen", "starts programs"), ("os.exec", "starts programs"), ("os.spawn", "starts programs"),
    ("posix_spawn", "starts programs"), ("subprocess", "starts programs"), ("pty.spawn", "starts programs"), ("Popen", "starts programs"),
    ("exec(", "runs text as code"), ("eval(", "runs text as code"), ("compile(", "runs text as code"), ("__import__", "imports by name"),
    ("importlib", "imports by name"), ("builtins", "reaches Python's own functions"), ("__subclasses__", "reaches Python's own functions"),
    ("__globals__", "reaches Python's own functions"), ("marshal", "reads code as data"), ("ctypes", "loads native code"), ("CDLL", "loads native code"),
    ("pickle.load", "unpickles"), ("import pickle", "unpickles"), ("dill", "unpickles"), ("joblib.load", "unpickles"), ("shelve", "unpickles"),
    ("urllib", "talks to the network"), ("requests.", "talks to the network"), ("http.client", "talks to the network"), ("httpx", "talks to the network"),
    ("aiohttp", "talks to the network"), ("socket", "talks to the network"), ("ftplib", "talks to the network"), ("smtplib", "talks to the network"),
    ("paramiko", "talks to the network"), ("b64decode", "decodes what it hides"), ("codecs.decode", "decodes what it hides"),
    ("getattr(os", "reaches functions by name"), ("import os as", "hides a name"), ("shutil.rmtree", "deletes files"), ("os.remove", "deletes files"),
    ("sys.settrace", "changes the interpreter"), ("atexit", "runs something later"), ("pip.main", "installs packages"), ("os.environ", "reads the environment"),
];

/// What the code does, by its first mark.
pub(crate) fn acts(text: &str) -> Option<(usize, &'static str, &'static str)> {
    MARKS.iter().find_map(|(mark, what)| text.find(mark).map(|at| (at, *mark, *what)))
}

/// Modules that it imports, without leading dots.
pub(super) fn imports(text: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for line in text.lines().map(str::trim).take(100_000) {
        let named = line.strip_prefix("from ").or_else(|| line.strip_prefix("import "));
        let Some(named) = named else { continue };
        let cut = |text: &str| {
            text.trim_start_matches('.')
                .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '(' | ';'))
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        modules.push(cut(named));
        // `from . import helpers`.
        modules.extend(
            named
                .split(" import ")
                .nth(1)
                .map(|names| names.split(',').map(|name| cut(name.trim())).collect::<Vec<_>>())
                .unwrap_or_default(),
        );
    }
    modules.retain(|module| !module.is_empty());
    modules
}
