"""NumPy's and joblib's files: npy, npz, and pickles with raw arrays among the opcodes."""

import struct

from ..assemble.archives import Member, folder, zipped
from ..assemble.compress import zlib_stream
from ..assemble.pickles import EVIL, EVIL_STREAM, HONEST_STREAM, SYSTEM, Code, call, dropped, found, new, stream, value
from ..case import Row, benign_table, malformed_table, malicious_table

PLAIN = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"
OBJECT = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
NUMBERS = struct.pack("<2d", 0.5, -1.25)


def npy(header, body=b"", version=1):
    text = header.encode()
    text += b" " * (-(10 + len(text) + 1) % 64) + b"\n"
    size = struct.pack("<H", len(text)) if version == 1 else struct.pack("<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + size + text + body


@malicious_table(".npy")
def single():
    rows = {
        "object": ("an object array whose pickle calls", "CVE-2019-6446", npy(OBJECT, EVIL_STREAM)),
        "object-version-2": ("the same in version 2", "CVE-2019-6446", npy(OBJECT, EVIL_STREAM, 2)),
        "object-version-3": ("the same in version 3", "CVE-2019-6446", npy(OBJECT, EVIL_STREAM, 3)),
        "object-in-record": ("a record with an object field", "CVE-2019-6446", npy("{'descr': [('a', '<f8'), ('b', '|O')], 'fortran_order': False, 'shape': (1,), }", EVIL_STREAM)),
        "object-in-nested-record": ("a record in a record with an object field", "own", npy("{'descr': [('a', [('b', '|O')])], 'fortran_order': False, 'shape': (1,), }", EVIL_STREAM)),
        "object-other-order": ("an object array in big-endian spelling", "own", npy(OBJECT.replace("|O", ">O"), EVIL_STREAM)),
        "object-empty": ("an object array without items and with a pickle", "own", npy(OBJECT.replace("(1,)", "(0,)"), EVIL_STREAM)),
        "object-broken": ("an object array whose pickle breaks behind the call", "nullifAI (2025)", npy(OBJECT, EVIL_STREAM[:-1] + b"\xff")),
        "object-second-stream": ("an object array with a second pickle", "own", npy(OBJECT, HONEST_STREAM + EVIL_STREAM)),
        "header-call": ("a header that calls instead of naming", "CVE-2022-21797", npy("{'descr': __import__('os').getpid(), 'fortran_order': False, 'shape': (1,), }", NUMBERS)),
        "pickle-behind": ("numbers, and a pickle behind them", "own", npy(PLAIN, NUMBERS + EVIL_STREAM)),
        "second-array": ("an honest array, then an object array", "own", npy(PLAIN, NUMBERS) + npy(OBJECT, EVIL_STREAM)),
        "pickle-only": ("a plain pickle, which numpy.load reads too", "own", EVIL_STREAM),
        "header-is-float": ("a header of numbers in front of a pickle", "own", npy(PLAIN.replace("(2,)", f"({len(EVIL_STREAM) // 8 + 1},)"), EVIL_STREAM + bytes(8 - len(EVIL_STREAM) % 8))),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@malicious_table(".npz")
def archives():
    rows = {
        "npz-object": ("an npz with a hostile object array", folder({"weights.npy": npy(PLAIN, NUMBERS), "labels.npy": npy(OBJECT, EVIL_STREAM)})),
        "npz-deflated": ("the same, deflated", folder({"labels.npy": npy(OBJECT, EVIL_STREAM)}, method=8)),
        "npz-other-suffix": ("an object array without the suffix", folder({"weights.npy": npy(PLAIN, NUMBERS), "labels": npy(OBJECT, EVIL_STREAM)})),
        "npz-pickle": ("a plain pickle among the arrays", folder({"weights.npy": npy(PLAIN, NUMBERS), "notes.npy": EVIL_STREAM})),
        "npz-twice": ("the same name twice, the object array last", zipped([Member("w.npy", npy(PLAIN, NUMBERS)), Member("w.npy", npy(OBJECT, EVIL_STREAM))])),
        "npz-traversal": ("an array whose name climbs out", folder({"../../w.npy": npy(OBJECT, EVIL_STREAM)})),
        "npz-crc-wrong": ("an object array with a wrong check sum", zipped([Member("w.npy", npy(OBJECT, EVIL_STREAM), crc=1)])),
        "npz-named-npy": ("an npz in an npz", folder({"inner.npz": folder({"w.npy": npy(OBJECT, EVIL_STREAM)})})),
        "npz-sparse": ("a sparse matrix whose data are an object array", folder({"format.npy": npy("{'descr': '|S3', 'fortran_order': False, 'shape': (), }", b"csr"), "data.npy": npy(OBJECT, EVIL_STREAM)})),
    }
    for name, (mechanism, content) in rows.items():
        yield Row(name, mechanism, "picklescan npz support" if name == "npz-object" else "own", content)


def wrapper(kind="ndarray", dtype="f8", shape=(2,), module="joblib.numpy_pickle", **more):
    """joblib's place holder for an array whose bytes follow."""
    attributes = {
        "subclass": found("numpy", kind) if isinstance(kind, str) else kind,
        "shape": shape,
        "order": "C",
        "dtype": dtype_of(dtype),
        "allow_mmap": False,
        "numpy_array_alignment_bytes": None,
    }
    return Code(new(found(module, "NumpyArrayWrapper")) + value(attributes | more) + b"b")


def dtype_of(letters):
    order, alignment, flags = ("|", -1, 63) if letters == "O" else ("<", -1, 0)
    return Code(call(found("numpy", "dtype"), letters if letters != "O" else "O8", False, True) + b"(" + b"".join(map(value, (3, order, None, None, None, alignment, -1, flags))) + b"tb")


def joblib(*parts):
    """Opcodes and, as `bytes`, the raw arrays behind place holders."""
    return b"\x80\x03](" + b"".join(parts) + b"e."


@malicious_table(".joblib")
def joblib_files():
    rows = {
        "joblib-call": ("the call among honest arrays", "own", joblib(wrapper(), NUMBERS, EVIL)),
        "joblib-call-first": ("the call before the arrays", "own", joblib(EVIL, wrapper(), NUMBERS)),
        "joblib-call-behind": ("the call behind the arrays", "own", joblib(wrapper(), NUMBERS, wrapper(), NUMBERS, EVIL)),
        "joblib-object": ("an object array with a pickle of its own", "own", joblib(wrapper(dtype="O", shape=(1,)), EVIL_STREAM)),
        "joblib-object-then-call": ("an honest object array, then a call", "own", joblib(wrapper(dtype="O", shape=(1,)), HONEST_STREAM, EVIL)),
        "joblib-array-is-pickle": ("raw numbers that look like a pickle, and a call behind them", "own", joblib(wrapper(shape=(len(HONEST_STREAM),), dtype="u1"), HONEST_STREAM, EVIL)),
        "joblib-subclass": ("an array's class that is subprocess.Popen", "CVE-2024-34997", joblib(wrapper(kind=found("subprocess", "Popen")), NUMBERS)),
        "joblib-shape-called": ("an array's shape that is a call's result", "own", joblib(wrapper(shape=EVIL), NUMBERS)),
        "joblib-cache": ("the old wrapper that reads another file", "CVE-2024-34997", joblib(Code(new(found("joblib.numpy_pickle_compat", "NDArrayWrapper")) + value({"filename": "../../notes.npy", "subclass": found("numpy", "ndarray"), "allow_mmap": True}) + b"b"))),
        "joblib-zero-dimensional": ("the old wrapper of compressed arrays with a call in its state", "own", joblib(Code(new(found("joblib.numpy_pickle_compat", "ZNDArrayWrapper")) + value({"filename": "w.npy.z", "init_args": EVIL, "state": None}) + b"b"))),
        "joblib-external": ("the array wrapper under sklearn.externals with a call in its state", "own", joblib(wrapper(module="sklearn.externals.joblib.numpy_pickle", order=EVIL), NUMBERS)),
        "joblib-alignment": ("aligned numbers with a call hidden in the padding", "own", joblib(wrapper(numpy_array_alignment_bytes=16), b"\x0c" + bytes(EVIL)[:12], NUMBERS, EVIL)),
        "joblib-zlib": ("the call behind an array, in zlib", "own", zlib_stream(joblib(wrapper(), NUMBERS, EVIL))),
        "joblib-second-stream": ("a second pickle behind joblib's", "own", joblib(wrapper(), NUMBERS) + EVIL_STREAM),
        "joblib-parallel-function": ("a delayed function of os.system", "own", joblib(call(found("joblib.parallel", "BatchedCalls"), Code(b"](" + bytes(value((SYSTEM, ("coseal-canary",), {}))) + b"e"), None))),
        "joblib-memory": ("joblib.Memory over os.system", "own", joblib(Code(new(found("joblib.memory", "MemorizedFunc")) + value({"func": SYSTEM, "ignore": []}) + b"b"))),
        "joblib-numbers-short": ("fewer numbers than the shape says, so that opcodes are read as numbers, then a call", "own", joblib(wrapper(shape=(1,)), NUMBERS[:8], dropped(EVIL))),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@malformed_table()
def broken():
    rows = {
        "shape-huge.npy": npy(PLAIN.replace("(2,)", "(4611686018427387904,)"), NUMBERS),
        "shape-negative.npy": npy(PLAIN.replace("(2,)", "(-2,)"), NUMBERS),
        "shape-too-long.npy": npy(PLAIN.replace("(2,)", "(200,)"), NUMBERS),
        "header-beyond.npy": b"\x93NUMPY\x01\0\xff\xff{}",
        "header-no-literal.npy": npy("{'descr': '<f8', 'fortran_order': False", NUMBERS),
        "header-missing-key.npy": npy("{'descr': '<f8', 'shape': (2,), }", NUMBERS),
        "header-twice-key.npy": npy("{'descr': '<f8', 'descr': '|O', 'fortran_order': False, 'shape': (2,), }", NUMBERS),
        "version-9.npy": npy(PLAIN, NUMBERS).replace(b"NUMPY\x01", b"NUMPY\x09"),
        "dtype-unknown.npy": npy(PLAIN.replace("<f8", "<q9"), NUMBERS),
        "header-nested.npy": npy("(" * 4000 + ")" * 4000),
        "empty.npy": b"",
        "magic-only.npy": b"\x93NUMPY",
        "array-beyond.joblib": joblib(wrapper(shape=(1 << 40,)), NUMBERS),
        "array-cut.joblib": joblib(wrapper(shape=(2,)), NUMBERS)[:-12],
    }
    for name, content in rows.items():
        yield Row(name, name.partition(".")[0].replace("-", " "), "own", content)
    yield Row("npz-member-cut.npz", "an npz whose array is cut", "own", folder({"w.npy": npy(PLAIN, NUMBERS[:9])}))


@benign_table()
def honest():
    yield Row("honest.npy", "two numbers", "own", npy(PLAIN, NUMBERS))
    yield Row("honest-version-2.npy", "two numbers in version 2", "own", npy(PLAIN, NUMBERS, 2))
    yield Row("honest-version-3.npy", "two numbers in version 3", "own", npy(PLAIN, NUMBERS, 3))
    yield Row("honest-record.npy", "two records", "own", npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }", NUMBERS))
    yield Row("honest.npz", "two arrays", "own", folder({"a.npy": npy(PLAIN, NUMBERS), "b.npy": npy(PLAIN, NUMBERS)}))
    yield Row("honest.joblib", "two arrays among opcodes", "own", joblib(wrapper(), NUMBERS, wrapper(), NUMBERS))
