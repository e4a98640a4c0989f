"""NumPy: arrays of all kinds of numbers, generators, npy and npz."""

import numpy

from .writer import named


def files(writer):
    library = named(numpy)
    chance = numpy.random.RandomState(0)
    weights = {"layer%d/weight" % layer: chance.rand(16, 8).astype("f4") for layer in range(6)}
    values = {
        "floats": chance.rand(40, 10),
        "floats-fortran": numpy.asfortranarray(chance.rand(10, 4)),
        "strided": chance.rand(20, 20)[::2, ::3],
        "integers": [numpy.arange(9, dtype=kind) for kind in "bBhHiIqQ"],
        "halves-and-booleans": [numpy.arange(4, dtype="f2"), numpy.array([True, False])],
        "complex": chance.rand(5) + 1j,
        "big-endian": numpy.arange(9, dtype=">i4"),
        "texts": numpy.array(["cat", "dog", "mouse"]),
        "bytes": numpy.array([b"cat", b"dog"]),
        "objects": numpy.array(["cat", None, 3, [1.5]], dtype=object),
        "times": numpy.array(["2024-01-01", "NaT"], dtype="M8[ns]"),
        "records": numpy.array([(1, 2.5, "cat")], dtype=[("id", "i8"), ("score", "f4"), ("name", "U8")]),
        "nested-records": numpy.zeros(3, dtype=[("box", "f4", (2, 2)), ("tag", [("k", "i1"), ("s", "S4")])]),
        "masked": numpy.ma.array([1.0, 2.0, 3.0], mask=[0, 1, 0]),
        "scalars": [numpy.float32(1.5), numpy.int64(3), numpy.bool_(True), numpy.str_("cat"), numpy.datetime64("2024-01-01")],
        "kinds": [numpy.dtype("f4"), numpy.dtype([("a", "i4"), ("b", "U3")]), numpy.float32, numpy.ndarray],
        "functions": [numpy.add, numpy.exp, numpy.mean],
        "random-state": numpy.random.RandomState(3),
        "weights": weights,
        "results": {"mean": numpy.float64(0.25), "shape": (3, 4), "best": {"score": numpy.float32(0.9), "index": numpy.int32(4)}},
        "polynomial": numpy.polynomial.Polynomial([1.0, 0.5, 0.25]),
        "empty-and-scalar": [numpy.zeros((0, 3)), numpy.array(2.5)],
    }
    if hasattr(numpy.random, "default_rng"):
        values["generator"] = numpy.random.default_rng(3)
        values["generator-philox"] = numpy.random.Generator(numpy.random.Philox(3))
    for number, (name, value) in enumerate(values.items()):
        protocol = (2, 4, 5)[number % 3]
        writer.pickle(name, value, protocol, library, "NumPy " + name.replace("-", " "))
    for name in ("floats", "floats-fortran", "records", "texts", "times", "big-endian", "complex"):
        writer.write(name + ".npy", lambda path: numpy.save(path, values[name]), library, "npy of " + name)
    writer.write("objects.npy", lambda path: numpy.save(path, values["objects"], allow_pickle=True), library, "npy of objects, which holds a pickle")
    flat = {name.replace("/", "."): value for name, value in weights.items()}
    writer.write("weights.npz", lambda path: numpy.savez(path, **flat), library, "npz of a network's weights")
    writer.write("weights-deflated.npz", lambda path: numpy.savez_compressed(path, labels=values["objects"], **flat), library, "deflated npz with objects")
