"""Converts files with coseal and compares every tensor of the result with what the library itself reads.

  compare.py COSEAL FOLDER...   converts each PyTorch, NumPy and joblib file below the folders

NumPy and joblib files are read by NumPy and joblib. Files of torch.save are read by torch if it is installed; without it, by a reader
of the few calls that state dicts make, over NumPy. It is for benign files only: it loads them.

Needs safetensors, numpy, ml_dtypes and joblib; torch if it is there.
"""

import collections
import io
import pathlib
import pickle
import subprocess
import sys
import tempfile
import zipfile

import joblib
import ml_dtypes
import numpy
from safetensors.numpy import load_file

try:
    import torch
except ImportError:
    torch = None

SUFFIXES = {".pt", ".pth", ".bin", ".ckpt", ".npy", ".npz", ".joblib", ".pkl", ".pickle", ".gz", ".xz", ".bz2", ".z", ".lzma", ".lz4", ".zlib"}
TYPES = {
    "BFloat16Storage": ml_dtypes.bfloat16, "BoolStorage": bool, "ByteStorage": "u1", "CharStorage": "i1", "DoubleStorage": "f8",
    "FloatStorage": "f4", "HalfStorage": "f2", "IntStorage": "i4", "LongStorage": "i8", "ShortStorage": "i2",
    "ComplexFloatStorage": "c8", "ComplexDoubleStorage": "c16", "UntypedStorage": "u1",
    "float8_e4m3fn": ml_dtypes.float8_e4m3fn, "float8_e5m2": ml_dtypes.float8_e5m2, "uint16": "u2", "uint32": "u4", "uint64": "u8",
}
#: Types of PyTorch that NumPy hasn't: compared as bytes. An older PyTorch has fewer.
BIT_TYPES = [kind for kind in (getattr(torch, name, None) for name in ("bfloat16", "float8_e4m3fn", "float8_e5m2")) if kind]
#: Asks newer versions for whole objects; older ones read nothing else.
WHOLE = {"weights_only": False} if torch else {}


class Other:
    """Anything that is no tensor, or a class of it."""

    def __new__(cls, *arguments, **named):
        return object.__new__(cls)

    def __init__(self, *arguments, **named):
        pass

    def __setstate__(self, state):
        self.state = state

    def __setitem__(self, key, value):
        pass

    def append(self, value):
        pass

    extend = append


def rebuild(storage, offset, size, stride, *rest):
    data = storage()
    strides = [step * data.itemsize for step in stride]
    return numpy.lib.stride_tricks.as_strided(data[offset:], size, strides)


def rebuild_v3(storage, offset, size, stride, grad, hooks, dtype, *rest):
    data = storage().view(TYPES[dtype.__name__])
    return numpy.lib.stride_tricks.as_strided(data[offset:], size, [step * data.itemsize for step in stride])


CALLS = {
    "_rebuild_tensor_v2": rebuild, "_rebuild_tensor": rebuild, "_rebuild_tensor_v3": rebuild_v3,
    "_rebuild_parameter": lambda data, *rest: data, "_rebuild_parameter_with_state": lambda data, *rest: data,
    "Size": lambda items: tuple(items), "OrderedDict": collections.OrderedDict, "defaultdict": lambda *rest: {},
    "_rebuild_from_type_v2": lambda function, kind, arguments, state: function(*arguments),
}


class Reader(pickle.Unpickler):
    def __init__(self, file, data):
        super().__init__(file)
        self.data = data

    def find_class(self, module, name):
        if module.startswith("numpy") and name in ("dtype", "ndarray", "_reconstruct", "scalar", "_frombuffer"):
            return super().find_class(module.replace("numpy.core", "numpy._core"), name)
        if module == "_codecs":
            return super().find_class(module, name)
        return CALLS.get(name) or type(name, (Other,), {})

    def persistent_load(self, saved):
        if saved[0] == "module":
            return saved[1]
        _, kind, key, _, count, *_ = saved
        return lambda: numpy.frombuffer(self.data(str(key)), TYPES[kind.__name__])


def torch_zip(path):
    archive = zipfile.ZipFile(path)
    name = next(name for name in archive.namelist() if name.endswith("data.pkl"))
    folder = name.removesuffix("data.pkl")
    return Reader(io.BytesIO(archive.read(name)), lambda key: archive.read(f"{folder}data/{key}")).load()


def torch_legacy(path):
    file = open(path, "rb")
    for _ in range(3):
        pickle.load(file)
    start = file.tell()
    stored = {}
    sizes = {}

    class Sizes(Reader):
        def persistent_load(self, saved):
            if saved[0] == "module":
                return saved[1]
            sizes[str(saved[2])] = saved[4] * numpy.dtype(TYPES[saved[1].__name__]).itemsize
            return lambda: numpy.zeros(saved[4], TYPES[saved[1].__name__])

    first = Sizes(file, None)
    first.load()
    for key in pickle.load(file):
        file.read(8)
        stored[key] = file.read(sizes[key])
    file.seek(start)
    return Reader(file, lambda key: stored[key]).load()


def loaded(path):
    """What the file holds, and whether the library itself said so."""
    head = path.read_bytes()[:64]
    if head.startswith(b"\x93NUMPY"):
        return numpy.load(path, allow_pickle=True)
    if head.startswith(b"PK"):
        names = zipfile.ZipFile(path).namelist()
        if not any(name.endswith("data.pkl") for name in names):
            return dict(numpy.load(path, allow_pickle=True))
        return torch.load(path, map_location="cpu", **WHOLE) if torch else torch_zip(path)
    if b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19" in head:
        return torch.load(path, map_location="cpu", **WHOLE) if torch else torch_legacy(path)
    return joblib.load(path)


def arrays(value, name=""):
    """Every array with its name."""
    if torch is not None and isinstance(value, torch.Tensor):
        value = value.detach().cpu()
        if value.dtype in BIT_TYPES:
            yield name or "tensor", value.contiguous().view(torch.uint8).numpy()
        else:
            yield name or "tensor", value.numpy()
    elif isinstance(value, numpy.ndarray):
        yield name or "tensor", value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(key, (str, int)):
                yield from arrays(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, (list, tuple)):
        for key, inner in enumerate(value):
            yield from arrays(inner, f"{name}.{key}" if name else str(key))
    elif hasattr(value, "state_dict"):
        yield from arrays(value.state_dict(), name)
    elif isinstance(value, Other) and "_parameters" in getattr(value, "state", {}):
        for part in ("_parameters", "_buffers", "_modules"):
            kept = {key: inner for key, inner in value.state[part].items() if inner is not None}
            yield from arrays(kept, name)


def same(said, read):
    """Equal in shape and bits."""
    if tuple(said.shape) != tuple(read.shape) and said.dtype != numpy.uint8:
        return False
    said = numpy.ascontiguousarray(said)
    if said.dtype.byteorder == ">":
        said = said.astype(said.dtype.newbyteorder("<"))
    return said.tobytes() == numpy.ascontiguousarray(read).tobytes()


def compared(coseal, path, folder):
    """What came of one file: a word, and what to say."""
    out = folder / "result.safetensors"
    out.unlink(missing_ok=True)
    ended = subprocess.run([coseal, "convert", path, "--out", out, "--drop-other"], capture_output=True, text=True)
    if ended.returncode:
        lines = ended.stderr.strip().splitlines() or ["?"]
        return "refused", lines[-1]
    read = load_file(out)
    representable = [dtype for dtype in "?bBhHiIlLqQefdF"]
    said = {}
    for name, array in arrays(loaded(path)):
        if array.dtype.char in representable or array.dtype.kind == "V" and array.dtype.names is None:
            said[name] = array
    if set(said) != set(read):
        return "different", f"names {sorted(set(said) ^ set(read))[:4]}"
    wrong = [name for name in said if not same(said[name], read[name])]
    return ("different", f"values of {wrong[:4]}") if wrong else ("same", f"{len(said)} tensors")


def main(coseal, *folders):
    counts = collections.Counter()
    tensors = 0
    with tempfile.TemporaryDirectory() as scratch:
        for top in folders:
            for path in sorted(pathlib.Path(top).rglob("*")):
                if not path.is_file() or path.suffix not in SUFFIXES:
                    continue
                try:
                    word, why = compared(coseal, path, pathlib.Path(scratch))
                except Exception as error:
                    word, why = "failed", f"{type(error).__name__}: {error}"
                counts[word] += 1
                tensors += int(why.split()[0]) if word == "same" else 0
                print(f"{word:9}  {path}: {why}")
    print(f"{dict(counts)}, {tensors} tensors equal")
    return 1 if counts["different"] or counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
