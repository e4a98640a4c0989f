"""TensorFlow: operations that read, write or run, wherever a graph can stand; and TFLite."""

import json
import struct

from ..assemble.keras_files import OLD_LAMBDA, old_sequential
from ..assemble.payload import CANARY
from ..assemble.pickles import EVIL_STREAM
from ..assemble.protobuf import message
from ..case import Row, benign_table, malformed_table, malicious_table

STRING, FLOAT = 7, 1


def node(name, operation, *inputs, **attributes):
    held = [(5, message((1, key), (2, value))) for key, value in attributes.items()]
    return message((1, name), (2, operation), *[(3, each) for each in inputs], *held)


def text(value):
    """A constant string's attributes."""
    tensor = message((1, STRING), (2, b""), (8, value))
    return {"dtype": message((6, STRING)), "value": message((8, tensor))}


def kind(number):
    return message((6, number))


def graph(*nodes, library=()):
    fields = [(1, each) for each in nodes] + [(4, message((1, 1087)))]
    return message(*fields, *([(2, message(*[(1, each) for each in library]))] if library else []))


def function(name, *nodes):
    return message((1, message((1, name))), *[(3, each) for each in nodes])


def meta_graph(content, *more):
    return message((1, message((4, "serve"), (5, "2.15.0"))), (2, content), *more)


def saved_model(content, *more, **files):
    held = {"saved_model.pb": message((1, 1), (2, meta_graph(content, *more))), "variables/variables.index": b"", "fingerprint.pb": message((1, 1))}
    return held | files


READ = [node("path", "Const", **text("/etc/hostname")), node("read", "ReadFile", "path")]
OPERATIONS = {
    "read-file": ("ReadFile", READ),
    "write-file": ("WriteFile", [node("path", "Const", **text(CANARY)), node("text", "Const", **text("")), node("write", "WriteFile", "path", "text")]),
    "matching-files": ("MatchingFiles", [node("path", "Const", **text("/etc/*")), node("list", "MatchingFiles", "path")]),
    "py-func": ("PyFunc", [node("call", "PyFunc", token=message((2, "pyfunc_0")), Tin=message((1, b"")), Tout=message((1, b"")))]),
    "py-func-stateless": ("PyFuncStateless", [node("call", "PyFuncStateless", token=message((2, "pyfunc_0")))]),
    "eager-py-func": ("EagerPyFunc", [node("call", "EagerPyFunc", token=message((2, "pyfunc_0")), is_async=message((5, 0)))]),
    "print-to-file": ("PrintV2", [node("text", "Const", **text("x")), node("print", "PrintV2", "text", output_stream=message((2, f"file://{CANARY}")))]),
    "text-lines": ("TextLineDataset", [node("path", "Const", **text("/etc/hostname")), node("read", "TextLineDataset", "path")]),
    "records": ("TFRecordDataset", [node("path", "Const", **text("/etc/hostname")), node("read", "TFRecordDataset", "path")]),
    "whole-file": ("WholeFileReaderV2", [node("reader", "WholeFileReaderV2")]),
    "save-dataset": ("SaveDatasetV2", [node("save", "SaveDatasetV2")]),
    "snapshot": ("SnapshotDatasetV2", [node("save", "SnapshotDatasetV2")]),
    "summary-writer": ("CreateSummaryFileWriter", [node("writer", "CreateSummaryFileWriter")]),
    "delete-checkpoint": ("MergeV2Checkpoints", [node("merge", "MergeV2Checkpoints", delete_old_dirs=message((5, 1)))]),
    "remote-call": ("RemoteCall", [node("call", "RemoteCall")]),
    "rpc": ("RpcCall", [node("call", "RpcCall")]),
    "data-service": ("DataServiceDatasetV4", [node("call", "DataServiceDatasetV4")]),
    "custom-operation": ("an operation nobody knows", [node("call", "HelperLoadLibrary", path=message((2, "libhelper.so")))]),
    "table-from-file": ("InitializeTableFromTextFileV2", [node("path", "Const", **text("/etc/hostname")), node("table", "InitializeTableFromTextFileV2", "path")]),
    "generate-vocabulary": ("LookupTableExportV2 behind ReadFile", [*READ, node("export", "LookupTableExportV2")]),
}


@malicious_table(".pb")
def bare_graphs():
    for name, (operation, nodes) in OPERATIONS.items():
        yield Row(f"graph-{name}", f"{operation} in a bare GraphDef", "model-files note, section 4" if name in ("write-file", "matching-files") else "modelscan", graph(*nodes))
    yield Row("graph-in-function", "ReadFile in a function of a bare GraphDef", "own", graph(node("call", "PartitionedCall", f=message((10, message((1, "helper"))))), library=[function("helper", *READ)]))
    yield Row("graph-after-thousand", "WriteFile as the 1,001st node", "own", graph(*[node(f"n{number}", "NoOp") for number in range(1000)], *OPERATIONS["write-file"][1]))
    yield Row("graph-pickle-in-constant", "a constant that holds a pickle, handed to PyFunc", "own", graph(node("held", "Const", **text(EVIL_STREAM)), node("call", "PyFunc", "held")))


@malicious_table()
def saved_models():
    for name in ("read-file", "write-file", "py-func", "matching-files", "custom-operation"):
        yield Row(f"saved-{name}", f"{OPERATIONS[name][0]} in a SavedModel", "modelscan", saved_model(graph(*OPERATIONS[name][1])))
    yield Row("saved-in-function", "ReadFile in a function of a SavedModel", "own", saved_model(graph(library=[function("__inference_call", *READ)])))
    yield Row("saved-in-second-graph", "WriteFile in the second graph of a SavedModel", "own", {"saved_model.pb": message((1, 1), (2, meta_graph(graph(node("x", "NoOp")))), (2, meta_graph(graph(*OPERATIONS["write-file"][1]))))})
    yield Row("saved-asset-climbs", "an asset's name that climbs out", "own", saved_model(graph(node("x", "NoOp")), (6, message((1, message((1, "path:0"))), (2, "../../../etc/hostname")))))
    metadata = json.dumps(OLD_LAMBDA)
    yield Row("saved-keras-lambda", "a Lambda layer in keras_metadata.pb", "CVE-2024-3660", saved_model(graph(node("x", "NoOp")), **{"keras_metadata.pb": message((1, message((2, 1), (3, "root.layer-1"), (4, "_tf_keras_layer"), (5, metadata))))}))
    yield Row("saved-keras-lambda-root", "a Lambda layer in the root's description", "CVE-2024-3660", saved_model(graph(node("x", "NoOp")), **{"keras_metadata.pb": message((1, message((2, 0), (3, "root"), (4, "_tf_keras_sequential"), (5, json.dumps(old_sequential(OLD_LAMBDA))))))}))
    yield Row("saved-text", "ReadFile in a SavedModel as text", "own", {"saved_model.pbtxt": f'saved_model_schema_version: 1\nmeta_graphs {{ graph_def {{ node {{ name: "read" op: "ReadFile" input: "path" }} node {{ name: "path" op: "Const" attr {{ key: "value" value {{ tensor {{ dtype: DT_STRING string_val: "/etc/hostname" }} }} }} }} }} }}\n'})
    yield Row("saved-extra-pickle", "a pickle among the assets", "own", saved_model(graph(node("x", "NoOp")), **{"assets.extra/state.pkl": EVIL_STREAM}))


@malicious_table(".meta")
def meta_graphs():
    yield Row("meta-py-func", "PyFunc in a MetaGraph", "modelscan", meta_graph(graph(*OPERATIONS["py-func"][1])))
    yield Row("meta-write-file", "WriteFile in a MetaGraph", "modelscan", meta_graph(graph(*OPERATIONS["write-file"][1])))
    yield Row("meta-collection", "a collection that holds a pickle", "own", meta_graph(graph(node("x", "NoOp")), (4, message((1, "helpers"), (2, message((2, message((1, EVIL_STREAM)))))))))


def flatbuffer(custom=None, version=3, buffer=b"", description="net"):
    """A TFLite model with one operator code, built by hand: every table has its own table of fields, and what it leads to stands behind it."""
    out = bytearray(struct.pack("<I", 0) + b"TFL3")

    def put(data, align=4):
        while len(out) % align:
            out.append(0)
        out.extend(data)
        return len(out) - len(data)

    def table(fields):
        """Fields are None, or one of the values of `point`, or ('number', value)."""
        shape = put(struct.pack("<HH", 4 + 2 * len(fields), 4 + 4 * len(fields)) + b"".join(struct.pack("<H", 0 if field is None else 4 + 4 * number) for number, field in enumerate(fields)))
        start = put(bytes(4 + 4 * len(fields)))
        struct.pack_into("<i", out, start, start - shape)
        for number, field in enumerate(fields):
            at = start + 4 + 4 * number
            if isinstance(field, tuple):
                struct.pack_into("<I", out, at, field[1])
            elif field is not None:
                point(at, field)
        return start

    def point(at, value):
        """A text, bytes with the length before them, or lists: of tables where they hold lists, and else a table."""
        if isinstance(value, str):
            start = put(struct.pack("<I", len(value)) + value.encode() + b"\0")
        elif isinstance(value, bytes):
            start = put(value)
        elif value and all(isinstance(each, list) for each in value):
            start = put(struct.pack("<I", len(value)) + bytes(4 * len(value)))
            for number, each in enumerate(value):
                point(start + 4 + 4 * number, each)
        else:
            start = table(value)
        struct.pack_into("<I", out, at, start - at)

    zero = struct.pack("<Ii", 1, 0)
    code = [("number", 32 if custom else 0), custom, ("number", 1), ("number", 32 if custom else 0)]
    tensor = [struct.pack("<IIi", 2, 1, 4), ("number", 0), ("number", 0), "x"]
    operator = [("number", 0), zero, zero]
    subgraph = [[tensor], zero, zero, [operator], "main"]
    held = [struct.pack("<I", len(buffer)) + buffer]
    root = table([("number", version), [code], [subgraph], description, [held]])
    struct.pack_into("<I", out, 0, root)
    return bytes(out)


@malicious_table(".tflite")
def lite():
    yield Row("lite-custom-operator", "a custom operator that a program must load", "own", flatbuffer("LoadLibraryHelper"))
    yield Row("lite-flex", "a Flex operator that reads a file", "own", flatbuffer("FlexReadFile"))
    yield Row("lite-flex-write", "a Flex operator that writes a file", "own", flatbuffer("FlexWriteFile"))
    yield Row("lite-flex-python", "a Flex operator that runs Python", "own", flatbuffer("FlexPyFunc"))
    yield Row("lite-buffer-pickle", "a pickle behind a model", "own", flatbuffer() + EVIL_STREAM)


@malformed_table(".tflite")
def lite_broken():
    honest = flatbuffer()
    yield Row("lite-root-beyond", "the root's offset beyond the file", "model-files note, section 4", struct.pack("<I", 1 << 30) + honest[4:])
    yield Row("lite-cut", "a model, cut", "own", honest[: len(honest) // 2])
    yield Row("lite-offsets", "every offset points far away", "model-files note, section 4", honest[:8] + b"\xff" * (len(honest) - 8))


@malformed_table(".pb")
def broken():
    yield Row("graph-length-beyond", "a node longer than the file", "own", b"\x0a\xff\xff\xff\x7f" + node("x", "NoOp"))
    yield Row("graph-varint-endless", "a number of twenty bytes", "own", b"\x0a" + b"\xff" * 20)
    yield Row("graph-deep", "messages 5,000 deep", "own", deep())


def deep():
    held = b""
    for _ in range(5000):
        held = message((2, held))
    return held


def numbers(*held):
    """Whole numbers' attributes."""
    shape = message((2, message((1, len(held)))))
    return {"dtype": message((6, 9)), "value": message((8, message((1, 9), (2, shape), (4, struct.pack(f"<{len(held)}q", *held)))))}


def single(number, value, field):
    return {"dtype": message((6, number)), "value": message((8, message((1, number), (2, b""), (field, value))))}


def filled(*sizes):
    return [node("s", "Const", **numbers(*sizes)), node("v", "Const", **single(3, 1, 7)), node("y", "Fill", "s", "v")]


def tiled(times):
    return [node("x", "Placeholder", dtype=kind(FLOAT)), node("s", "Const", **numbers(times)), node("y", "Tile", "x", "s")]


def turning(*condition, step="n:z:0"):
    """A loop whose condition is `r` of these nodes, and whose body adds one."""

    def part(name, *nodes, value):
        signature = message((1, name), (2, message((1, "a"), (3, 3))), (3, message((1, "r"), (3, 3))))
        return message((1, signature), *[(3, each) for each in nodes], (4, message((1, "r"), (2, value))))

    call = node("w", "StatelessWhile", "x", cond=message((10, message((1, "c")))), body=message((10, message((1, "b")))))
    adds = [node("one", "Const", **single(3, 1, 7)), node("n", "AddV2", "a", "one:output:0")]
    return graph(node("x", "Const", **single(3, 0, 7)), call, library=[part("c", *condition, value="l:z:0"), part("b", *adds, value=step)])


def frame(back):
    """The same as the first version wrote it: what comes back is `back`."""
    nodes = [("e", "Enter", "x"), ("m", "Merge", "e", "n"), ("c", "Less", "m", "ten"), ("l", "LoopCond", "c"), ("s", "Switch", "m", "l"), ("a", "Add", "s:1", "ten"), ("n", "NextIteration", back)]
    return graph(node("x", "Const", **single(3, 0, 7)), node("ten", "Const", **single(3, 10, 7)), *[node(*each) for each in nodes])


TEN = node("k", "Const", **single(3, 10, 7))
LESS = node("l", "Less", "a", "k:output:0")
ABOVE = node("l", "GreaterEqual", "k:output:0", "k:output:0")


@malformed_table(".pb")
def exhausting():
    yield Row("exhausting-fill", "Fill of 2^40 elements", "own", graph(*filled(1 << 20, 1 << 20)))
    yield Row("exhausting-tile", "Tile of 2^40 times", "own", graph(*tiled(1 << 40)))
    yield Row("exhausting-while", "a loop whose condition is always true", "own", turning(TEN, ABOVE))
    yield Row("cycle", "nodes that wait for each other, without a loop", "own", graph(node("x", "Placeholder", dtype=kind(FLOAT)), node("a", "Add", "x", "b"), node("b", "Identity", "a")))
    yield Row("exhausting-while-still", "a loop that never changes what its condition looks at", "own", turning(TEN, LESS, step="a"))
    yield Row("exhausting-frame", "a loop of the first version, that never changes what its condition looks at", "own", frame("s:1"))
    yield Row("exhausting-constant", "a constant of one value that fills 2^35", "own", graph(node("c", "Const", dtype=kind(3), value=message((8, message((1, 3), (2, message((2, message((1, 1 << 35))))), (7, 1)))))))


@benign_table(".pb")
def in_proportion():
    yield Row("honest-fill", "Fill of 16 elements", "own", graph(*filled(4, 4)))
    yield Row("honest-tile", "Tile of four times", "own", graph(*tiled(4)))
    yield Row("honest-while", "a loop of ten turns", "own", turning(TEN, LESS))
    yield Row("honest-frame", "a loop of the first version", "own", frame("a"))


@benign_table()
def honest():
    nodes = [node("x", "Placeholder", dtype=kind(FLOAT)), node("y", "Relu", "x", T=kind(FLOAT))]
    yield Row("honest.pb", "a bare graph of two nodes", "own", graph(*nodes))
    yield Row("honest-saved", "a SavedModel of two nodes", "own", saved_model(graph(*nodes)))
    yield Row("honest.tflite", "a TFLite model of one operator", "own", flatbuffer())
