"""ONNX: tensors kept outside the file, operators that run code, and sizes that do not fit."""

import json
import struct

from ..assemble.archives import folder, tarred
from ..assemble.payload import PYTHON
from ..assemble.pickles import EVIL_STREAM
from ..assemble.protobuf import message
from ..case import Link, Row, benign_table, malformed_table, malicious_table


def tensor(name="w", shape=(4,), raw=bytes(16), kind=1, outside=None):
    fields = [(1, size) for size in shape] + [(2, kind), (8, name)]
    if outside is None:
        return message(*fields, (9, raw))
    return message(*fields, *[(13, message((1, key), (2, value))) for key, value in outside.items()], (14, 1))


def node(operation, inputs=("x", "w"), outputs=("y",), domain="", attributes=()):
    return message(*[(1, name) for name in inputs], *[(2, name) for name in outputs], (4, operation), *[(5, each) for each in attributes], *([(7, domain)] if domain else []))


def value(name, *shape):
    sizes = message(*[(1, message((1, size))) for size in shape])
    return message((1, name), (2, message((1, message((1, 1), (2, sizes))))))


def graph(*nodes, initialisers=(), sparse=(), name="net"):
    held = nodes or (node("Add"),)
    return message(*[(1, each) for each in held], (2, name), *[(5, each) for each in initialisers], (11, value("x", 4)), (12, value("y", 4)), *[(15, each) for each in sparse])


def model(content, *more, opset=13, domains=()):
    sets = [(8, message((1, domain), (2, version))) for domain, version in (("", opset), *domains)]
    return message((1, 8), (2, "pytorch"), (3, "2.1.0"), (7, content), *sets, *more)


def outside(location, **more):
    return model(graph(initialisers=[tensor(outside={"location": location, **more})]))


@malicious_table(".onnx")
def external_data():
    rows = {
        "traversal": ("../../../etc/hostname", "CVE-2022-25882"),
        "traversal-inside": ("weights/../../../../etc/hostname", "CVE-2024-27318"),
        "traversal-dots": ("./.././../etc/hostname", "CVE-2024-27318"),
        "traversal-doubled": ("....//....//etc/hostname", "CVE-2026-27489"),
        "absolute": ("/etc/hostname", "CVE-2026-27489"),
        "backslash": ("..\\..\\secrets.bin", "CVE-2026-27489"),
        "drive": ("C:\\Windows\\win.ini", "own"),
        "share": ("\\\\127.0.0.1\\share\\w.bin", "own"),
        "address": ("file:///etc/hostname", "own"),
        "process": ("/proc/self/environ", "own"),
        "home": ("~/.netrc", "own"),
    }
    for name, (location, source) in rows.items():
        yield Row(f"external-{name}", f"a tensor kept in {location}", source, outside(location))
    yield Row("external-attribute", "a key that sets another attribute of the reader", "CVE-2026-34445", outside("w.bin", basepath="/etc", __class__="x"))
    far = tensor(outside={"location": "../../../etc/hostname"})
    yield Row("external-in-attribute", "such a tensor as an attribute", "CVE-2022-25882", model(graph(node("Constant", (), attributes=[message((1, "value"), (5, far), (20, 4))]))))
    yield Row("external-in-subgraph", "such a tensor in a subgraph", "CVE-2022-25882", model(graph(node("If", ("q",), attributes=[message((1, "then_branch"), (6, graph(initialisers=[far])), (20, 5))]))))
    yield Row("external-in-sparse", "such a tensor as a sparse initialiser", "CVE-2022-25882", model(graph(sparse=[message((1, far), (2, tensor("i", kind=7)), (3, 4))])))
    yield Row("external-in-function", "such a tensor in a function", "CVE-2022-25882", model(graph(), (25, message((1, "helper"), (7, node("Constant", (), attributes=[message((1, "value"), (5, far), (20, 4))])), (10, "own")))))
    yield Row("external-in-training", "such a tensor in the training information", "CVE-2022-25882", model(graph(), (20, message((1, graph(initialisers=[far]))))))
    yield Row("external-in-list", "such a tensor in a list of tensors", "CVE-2022-25882", model(graph(node("Constant", (), attributes=[message((1, "values"), (10, far), (20, 9))]))))


@malicious_table()
def links():
    inside = outside("w.bin")
    yield Row("external-symbolic-link", "a tensor's file is a symbolic link that leads out", "CVE-2026-34447", {"model.onnx": inside, "w.bin": Link("/etc/hostname")})
    yield Row("external-link-folder", "a tensor's folder is a symbolic link that leads out", "CVE-2026-34447", {"model.onnx": outside("data/hostname"), "data": Link("/etc")})
    yield Row("external-pickle", "a tensor's file is a pickle", "own", {"model.onnx": inside, "w.bin": EVIL_STREAM})
    yield Row("archive-traversal.tar", "a test archive that climbs out", "CVE-2024-5187", tarred([("../../w.bin", b"x"), ("model.onnx", inside)]))
    yield Row("archive-link.tar", "a test archive with a link that leads out", "CVE-2024-5187", tarred([("data", b"", b"2", "/etc"), ("model.onnx", inside)]))


@malicious_table(".onnx")
def operators():
    rows = {
        "python": ("PyOp", "ai.onnx.contrib", [message((1, "code"), (4, PYTHON), (20, 3))]),
        "python-torch": ("PythonOp", "com.microsoft", [message((1, "func_name"), (4, "os.system"), (20, 3))]),
        "python-torch-gradient": ("PythonOpGrad", "com.microsoft", [message((1, "name"), (4, "os.system"), (20, 3))]),
        "aten": ("ATen", "org.pytorch.aten", [message((1, "operator"), (4, "from_file"), (20, 3))]),
        "compiled-context": ("EPContext", "com.microsoft", [message((1, "ep_cache_context"), (4, "../../libhelper.so"), (20, 3)), message((1, "embed_mode"), (3, 0), (20, 2))]),
        "compiled-context-inside": ("EPContext", "com.microsoft", [message((1, "ep_cache_context"), (4, b"\x7fELF" + bytes(60)), (20, 3))]),
        "unknown-domain": ("Load", "helpers.example", [message((1, "path"), (4, "/etc/hostname"), (20, 3))]),
        "unknown-operator": ("ReadFile", "", []),
        "engine": ("TRT_EngineOp", "trt.plugins", [message((1, "plugin_library"), (4, "libhelper.so"), (20, 3))]),
        "tokenizer": ("SentencepieceTokenizer", "ai.onnx.contrib", [message((1, "model"), (4, EVIL_STREAM), (20, 3))]),
    }
    for name, (operation, domain, attributes) in rows.items():
        yield Row(f"operator-{name}", f"the operator {operation} of {domain or 'the standard'}", "own", model(graph(node(operation, domain=domain, attributes=attributes)), domains=[(domain, 1)] if domain else []))
    yield Row("operator-in-function", "PyOp in a function that the graph calls", "own", model(graph(node("helper", domain="own")), (25, message((1, "helper"), (7, node("PyOp", domain="ai.onnx.contrib", attributes=[message((1, "code"), (4, PYTHON), (20, 3))])), (10, "own"))), domains=[("own", 1), ("ai.onnx.contrib", 1)]))
    yield Row("operator-shadowed", "a function of its own in the place of Relu", "own", model(graph(node("Relu", ("x",))), (25, message((1, "Relu"), (7, node("PyOp", domain="ai.onnx.contrib")), (10, ""))), domains=[("ai.onnx.contrib", 1)]))
    yield Row("pickle-behind", "a pickle behind the model", "own", model(graph()) + EVIL_STREAM)
    yield Row("package", "a zip of a model and a pickle, named .onnx", "own", folder({"model.onnx": model(graph()), "state.pkl": EVIL_STREAM}))


@malformed_table(".onnx")
def broken():
    honest = model(graph(initialisers=[tensor()]))
    deep = graph()
    for _ in range(400):
        deep = graph(node("If", ("q",), attributes=[message((1, "then_branch"), (6, deep), (20, 5))]))
    rows = {
        "cut": honest[: len(honest) // 2],
        "tensor-too-large": model(graph(initialisers=[tensor(shape=(1 << 40, 1 << 20))])),
        "tensor-negative": model(graph(initialisers=[tensor(shape=(-4,))])),
        "tensor-short": model(graph(initialisers=[tensor(raw=bytes(3))])),
        "external-offset-negative": outside("w.bin", offset="-8", length="16"),
        "external-length-huge": outside("w.bin", offset="0", length=str(1 << 62)),
        "external-nowhere": outside(""),
        "graphs-400-deep": model(deep),
        "length-beyond": b"\x3a\xff\xff\xff\xff\x0f" + honest,
        "varint-endless": b"\x08" + b"\xff" * 20,
        "no-graph": message((1, 8), (2, "pytorch")),
        "function-of-itself": model(graph(node("again", domain="own")), (25, message((1, "again"), (7, node("again", domain="own")), (10, "own"))), domains=[("own", 1)]),
    }
    for name, content in rows.items():
        yield Row(name, name.replace("-", " "), "own", content)


def numbers(name, *held):
    return message((1, len(held)), (2, 7), (8, name), (9, struct.pack(f"<{len(held)}q", *held)))


def truth(name, held):
    return message((2, 9), (8, name), (9, bytes([held])))


def loop(condition, most=None):
    """A loop over `x` whose body adds to it and asks for a further turn by `condition`."""
    given = [(11, message((1, name))) for name in ("turn", "go", "held")]
    gives = [(12, message((1, name))) for name in ("again", "next")]
    body = message((1, condition), (1, node("Add", ("held", "held"), ("next",))), (2, "body"), *given, *gives)
    held = [truth("yes", 1), numbers("ten", 10)] + ([numbers("most", most)] if most else [])
    call = node("Loop", ("most" if most else "", "yes", "x"), attributes=[message((1, "body"), (6, body), (20, 5))])
    return model(graph(call, initialisers=held))


def doubling(steps):
    names = ["x", *(f"v{step}" for step in range(steps)), "y"]
    return model(graph(*[node("Concat", (of, of), (to,), attributes=[message((1, "axis"), (3, 0), (20, 2))]) for of, to in zip(names, names[1:])]))


def calling(depth):
    """Functions of which each calls the next twice."""
    functions = []
    for place in range(depth):
        last = place + 1 == depth
        inner = [node("Relu" if last else f"f{place + 1}", (of,), (to,), domain="" if last else "own") for of, to in (("a", "b"), ("b", "c"))]
        functions.append((25, message((1, f"f{place}"), (4, "a"), (5, "c"), *[(7, each) for each in inner], (10, "own"))))
    return model(graph(node("f0", ("x",), domain="own")), *functions, domains=[("own", 1)])


SHAPED = {
    "constant-of-shape": (node("ConstantOfShape", ("s",)), (1 << 20, 1 << 20), (4, 4)),
    "expand": (node("Expand", ("x", "s")), (1 << 20, 1 << 20), (4, 4)),
    "tile": (node("Tile", ("x", "s")), (1 << 40,), (4,)),
    "pad": (node("Pad", ("x", "s")), (0, 1 << 40), (0, 4)),
    "one-hot": (node("OneHot", ("x", "s", "x")), (1 << 40,), (16,)),
    "resize": (node("Resize", ("x", "", "", "s")), (1 << 40,), (8,)),
    "window": (node("HannWindow", ("s",)), (1 << 40,), (64,)),
}


def session(**options):
    return model(graph(), (14, message((1, "ort_config"), (2, json.dumps({"session_options": options})))))


@malicious_table(".onnx")
def sessions():
    yield Row("session-profile", "settings of the session that have a trace written", "own", session(enable_profiling=1))


@malformed_table(".onnx")
def exhausting():
    for name, (call, sizes, _) in SHAPED.items():
        yield Row(f"exhausting-{name}", f"{name} of more elements than any machine holds", "own", model(graph(call, initialisers=[numbers("s", *sizes)])))
    steps = [node("Mul", ("a", "a"), ("b",)), node("Concat", ("b", "b"), ("c",)), node("ConstantOfShape", ("c",))]
    yield Row("exhausting-computed", "a size that the graph multiplies out", "own", model(graph(*steps, initialisers=[numbers("a", 1 << 12)])))
    yield Row("exhausting-chain", "forty doublings in a row", "own", doubling(40))
    yield Row("exhausting-functions", "forty functions that call the next twice", "own", calling(40))
    yield Row("exhausting-loop", "a loop without an end", "own", loop(node("Identity", ("yes",), ("again",))))
    yield Row("exhausting-loop-carried", "a loop that hands its condition on", "own", loop(node("Identity", ("go",), ("again",))))
    yield Row("exhausting-loop-count", "a loop of 2^40 turns", "own", loop(node("Identity", ("yes",), ("again",)), 1 << 40))
    yield Row("cycle", "two nodes that wait for each other", "own", model(graph(node("Add", ("x", "b"), ("a",)), node("Relu", ("a",), ("b",)))))


@benign_table(".onnx")
def in_proportion():
    yield Row("honest-session", "settings of the session that say how fast it runs", "own", session(intra_op_num_threads=2, enable_profiling=0))
    for name, (call, _, sizes) in SHAPED.items():
        yield Row(f"honest-{name}", f"{name} of a few elements", "own", model(graph(call, initialisers=[numbers("s", *sizes)])))
    yield Row("honest-chain", "four doublings in a row", "own", doubling(4))
    yield Row("honest-functions", "four functions that call the next twice", "own", calling(4))
    yield Row("honest-loop", "a loop over ten turns", "own", loop(node("Less", ("turn", "ten"), ("again",))))
    yield Row("honest-loop-count", "a loop of a hundred turns", "own", loop(node("Identity", ("yes",), ("again",)), 100))


@benign_table()
def honest():
    for opset in (9, 13, 17, 21):
        yield Row(f"honest-{opset}.onnx", f"one addition, opset {opset}", "own", model(graph(initialisers=[tensor(raw=struct.pack("<4f", 1, 2, 3, 4))]), opset=opset))
    yield Row("honest-external", "a tensor in a file beside the model", "own", {"model.onnx": outside("model.onnx.data", offset="0", length="16"), "model.onnx.data": bytes(16)})
