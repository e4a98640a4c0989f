"""Loads files with the libraries of this environment, each in a process of its own in an empty folder, and says what happened.

A hostile file shows its effect by the canary, or by an audit event of Python that honest loading does not raise. Only payloads of this corpus are loaded.
"""

import importlib
import os
import pickle
import platform
import shutil
import signal
import sys
import tempfile
import warnings

from .assemble.payload import CANARY

SECONDS = 20
#: Events that only a payload raises here.
TELLING = {"os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "subprocess.Popen", "pty.spawn", "socket.connect", "socket.getaddrinfo", "socket.__new__", "socket.bind", "urllib.Request", "ftplib.connect", "smtplib.connect", "poplib.connect", "nntplib.connect", "telnetlib.Telnet.open", "webbrowser.open", "sqlite3.connect", "shutil.rmtree", "shutil.copyfile", "os.remove", "os.rename", "os.symlink", "os.mkdir", "os.putenv", "tempfile.mkstemp", "ctypes.dlopen", "code.__new__", "builtins.input", "builtins.breakpoint", "sys.settrace", "signal.pthread_kill", "http.client.connect", "marshal.loads", "compile", "exec", "cpython.run_command", "ensurepip.bootstrap", "glob.glob"}
#: What has to be there for a suffix to be loaded, and is loaded once, before the processes part.
LIBRARIES = ("numpy", "scipy.sparse", "sklearn", "joblib", "pandas", "torch", "keras", "tensorflow", "onnx", "h5py", "safetensors", "gguf", "skops.io", "xgboost", "lightgbm", "catboost", "statsmodels.api", "msgpack", "yaml")


def verify(names, folder):
    """(name, what happened) for each name that has a loader here."""
    warnings.simplefilter("ignore")
    found = libraries()
    for name in names:
        load = loader(name, found)
        if load is not None:
            result = separately(load, os.path.abspath(os.path.join(folder, name)))
            if result:
                yield name, "%s (%s)" % (result, versions(load.library))


def libraries():
    found = set()
    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except Exception:  # not in this environment, or not usable there
            continue
        found.add(name.partition(".")[0])
    return found


def versions(library):
    version = getattr(sys.modules.get(library), "__version__", "") if library else ""
    return ("Python %s" % platform.python_version()) + (", %s %s" % (library, version) if version else "")


def with_library(library):
    def mark(load):
        load.library = library
        return load

    return mark


def loader(name, found):
    for suffixes, library, load in LOADERS:
        if name.endswith(suffixes) and (library is None or library in found):
            return load
    return None


@with_library(None)
def load_pickles(path):
    """All streams of the file, as programs that append do; each with its own error."""
    with open(path, "rb") as file:
        while file.peek(1) if hasattr(file, "peek") else True:
            pickle.load(file)


@with_library("pandas")
def load_pandas(path):
    import pandas

    pandas.read_pickle(path)


@with_library("torch")
def load_torch(path):
    import torch

    try:
        options = {"weights_only": False} if tuple(map(int, torch.__version__.split(".")[:2])) >= (1, 13) else {}
        torch.load(path, map_location="cpu", **options)
    except RuntimeError as error:
        if "TorchScript" not in str(error) and "constants.pkl" not in str(error):
            raise
        torch.jit.load(path)


@with_library("numpy")
def load_numpy(path):
    import numpy

    held = numpy.load(path, allow_pickle=True)
    for name in getattr(held, "files", []):
        held[name]


@with_library("joblib")
def load_joblib(path):
    import joblib

    joblib.load(path)


@with_library("keras")
def load_keras(path):
    import keras

    if path.endswith(".weights.h5"):
        return load_hdf5(path)
    keras.models.load_model(path, compile=False, safe_mode=False)


@with_library("h5py")
def load_hdf5(path):
    import h5py

    with h5py.File(path, "r") as file:
        for name in file:
            held = file[name]
            if hasattr(held, "shape") and held.size < 10**6:
                held[()]


@with_library("onnx")
def load_onnx(path):
    import onnx

    onnx.load(path)


@with_library("safetensors")
def load_safetensors(path):
    from safetensors import safe_open

    with safe_open(path, "numpy") as file:
        for name in file.keys():
            file.get_tensor(name)


@with_library("gguf")
def load_gguf(path):
    import gguf

    gguf.GGUFReader(path)


@with_library("skops")
def load_skops(path):
    import skops.io

    skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path))


@with_library("xgboost")
def load_xgboost(path):
    import xgboost

    xgboost.Booster().load_model(path)


@with_library("lightgbm")
def load_lightgbm(path):
    import lightgbm

    lightgbm.Booster(model_file=path)


@with_library("catboost")
def load_catboost(path):
    import catboost

    catboost.CatBoost().load_model(path, format="json" if path.endswith("json") else "cbm")


@with_library("yaml")
def load_yaml(path):
    import yaml

    with open(path) as file:
        yaml.unsafe_load(file)


@with_library("tensorflow")
def load_saved(path):
    import tensorflow

    tensorflow.saved_model.load(path)


#: Suffixes, the library, the loader; the first that fits.
LOADERS = [
    ((".pkl.gz", ".pkl.bz2", ".pkl.xz", ".pkl.zip"), "pandas", load_pandas),
    ((".pt", ".pth", ".ptl", ".ckpt"), "torch", load_torch),
    ((".npy", ".npz"), "numpy", load_numpy),
    ((".joblib",), "joblib", load_joblib),
    ((".keras", ".h5"), "keras", load_keras),
    ((".h5", ".hdf5"), "h5py", load_hdf5),
    ((".onnx",), "onnx", load_onnx),
    ((".safetensors",), "safetensors", load_safetensors),
    ((".gguf",), "gguf", load_gguf),
    ((".skops",), "skops", load_skops),
    ((".ubj",), "xgboost", load_xgboost),
    ((".txt",), "lightgbm", load_lightgbm),
    ((".cbm",), "catboost", load_catboost),
    ((".yaml",), "yaml", load_yaml),
    (("-saved",), "tensorflow", load_saved),
    ((".pkl",), None, load_pickles),
]


def separately(load, path):
    """What a process of its own saw: `effect`, `loads` or nothing certain."""
    folder = tempfile.mkdtemp()
    report, answer = os.path.join(folder, "answer"), ""
    child = os.fork()
    if child == 0:
        work(load, path, folder, report)
    try:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
        signal.alarm(SECONDS)
        os.waitpid(child, 0)
        signal.alarm(0)
        if os.path.exists(os.path.join(folder, "work", CANARY)):
            answer = "effect: canary"
        elif os.path.exists(report):
            with open(report) as file:
                answer = file.readline().strip()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return answer


def work(load, path, folder, report):
    """In the child: loads, notes the first telling event, and never returns."""
    os.makedirs(os.path.join(folder, "work"))
    os.chdir(os.path.join(folder, "work"))
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    out = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    if hasattr(sys, "addaudithook"):
        sys.addaudithook(lambda event, values: os.write(out, ("effect: %s\n" % event).encode()) if event in TELLING and ours() else None)
    try:
        load(path)
        os.write(out, b"loads\n")
    except BaseException:
        pass
    os._exit(0)


def ours():
    """Whether the event comes from loading and not from an import by the way."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return False
        frame = frame.f_back
    return True
