#!/usr/bin/env python3
"""Writes the seed corpora: small files, benign and hostile, the same bytes at every run.

Nothing is unpickled. Hostile streams are assembled by hand and name only harmless commands.
"""

import base64
import collections
import io
import json
import math
import pathlib
import pickle
import struct
import zipfile
import zlib

HERE = pathlib.Path(__file__).parent / "seeds"


def write(target, name, data):
    folder = HERE / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def call(module, name, argument=b"X\x04\0\0\0true\x85R"):
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n" + argument


def archive(members, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, data in members.items():
            zipped.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


def tensors(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


VALUES = [None, True, 1, -(2**70), 1.5, "text", b"bytes", (1, 2), [1], {"a": {1, 2}}]
STORAGE = (
    b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n"
    b"X\x01\0\0\x000X\x03\0\0\0cpuK\x04tQK\0K\x02K\x02\x86K\x02K\x01\x86\x89"
    b"ccollections\nOrderedDict\n)RtR."
)
EVIL = b"\x80\x02" + call("posix", "system") + b"."

for protocol in range(6):
    write("pickle", f"values-{protocol}", pickle.dumps(VALUES, protocol))
    write("pickle", f"ordered-{protocol}", pickle.dumps(collections.OrderedDict(a=1), protocol))
HOSTILE = {
    "call": EVIL,
    "stack-global": b"\x80\x04\x8c\x06random\x8c\x0a_os.system\x93\x8c\x04true\x85R.",
    "inst": b"(S'true'\niposix\nsystem\n.",
    "obj": b"(cposix\nsystem\nS'true'\no.",
    "build": b"\x80\x02" + call("types", "SimpleNamespace", b")R}X\x06\0\0\0appendcposix\nsystem\nsb") + b"K\1a.",
    "two": pickle.dumps([1]) + EVIL,
    "apart": pickle.dumps([1]) + bytes(64) + EVIL,
    "extension": b"\x80\x02\x82\x01)R.",
    "laughs": b"\x80\x02]" + b"2\x86" * 70 + b".",
    "memo": b"\x80\x02Nr\xff\xff\xff\x7f0h\x01.",
    "wrapper": b"\x80\x02cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(X\x05\0\0\0shapeK\x02\x85X\x05\0\0\0dtype"
    b"cnumpy\ndtype\nX\x02\0\0\0f8\x89\x88\x87Rub" + bytes(16) + b".",
    "legacy": b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}.\x80\x02].\x80\x02].",
    "nested": b"\x80\x03ctorch.storage\n_load_from_bytes\nC" + bytes([len(EVIL)]) + EVIL + b"\x85R.",
    "persistent": STORAGE,
}
for name, data in HOSTILE.items():
    write("pickle", name, data)

BODY = {"m/data.pkl": STORAGE, "m/byteorder": "little", "m/data/0": bytes(16), "m/version": "3\n"}
GOOD = archive(BODY)
write("torch_zip", "good", GOOD)
write("torch_zip", "deflated", archive(BODY, zipfile.ZIP_DEFLATED))
write("torch_zip", "evil", archive({**BODY, "m/data.pkl": EVIL}))
write("torch_zip", "extra", archive({**BODY, "m/x.txt": EVIL}))
write("torch_zip", "script", archive({**BODY, "m/code/__torch__.py": "class M(Module): pass\n"}))
write("torch_zip", "prefix", EVIL + GOOD)
write("torch_zip", "suffix", GOOD + EVIL)
write("torch_zip", "cut", GOOD[:-30])
write("torch_zip", "no-end", GOOD[: GOOD.index(b"PK\x05\x06")])
write("torch_zip", "encrypted", GOOD.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"))


def tarred(members, end=b"\0" * 1024):
    out = b""
    for name, kind, link, data in members:
        head = bytearray(512)
        head[: len(name)] = name.encode()
        head[100:107] = b"0000644"
        head[124:135] = b"%011o" % len(data)
        head[156:157] = kind
        head[157 : 157 + len(link)] = link.encode()
        head[257:265] = b"ustar\x0000"
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head)
        out += bytes(head) + data + b"\0" * (-len(data) % 512)
    return out + end


def seven(header, packed):
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


PART = ("m.pkl", b"0", "", EVIL)
MANIFEST = '{"model": {"modelName": "m", "handler": "h.py", "serializedFile": "m.pt"}}'
SEVEN = [1, 4, 6, 0, 1, 9, len(EVIL), 0, 7, 11, 1, 0, 1, 1, 0, 12, len(EVIL), 0, 8, 0, 0, 5, 1, 17, 5, 0, 97, 0, 0, 0, 0, 0]
OLDEST = [("pickle", b"0", "", EVIL), ("storages", b"0", "", b"\x80\x02K\0."), ("tensors", b"0", "", b"\x80\x02K\0.")]
write("bundle", "tar", b"\0" + tarred([PART, ("a", b"2", "../b", b""), ("d", b"5", "", b"")]))
write("bundle", "tar-long", b"\0" + tarred([("x", b"L", "", b"long.pkl\0"), PART, ("p", b"x", "", b"13 path=a.pt\n"), PART]))
write("bundle", "tar-zstd", b"\5" + b"\x50\x2a\x4d\x18\1\0\0\0x" + tarred([PART]))
write("bundle", "tar-second", b"\0" + tarred([PART]) + tarred([PART], b""))
write("bundle", "torch-tar", b"\7" + tarred(OLDEST))
write("bundle", "seven", b"\1" + seven(bytes(SEVEN), EVIL))
write("bundle", "seven-empty", b"\1" + seven(b"", b""))
write("bundle", "nemo", b"\2" + tarred([("model_config.yaml", b"0", "", b"a:\n  _target_: os.system\n"), PART]))
write("bundle", "served", b"\3" + archive({"MAR-INF/MANIFEST.json": MANIFEST, "m.pt": GOOD, "h.py": "import os\n"}))
write("bundle", "image", b"\0" + tarred([("oci-layout", b"0", "", b"{}"), ("blobs/sha256/a", b"0", "", tarred([PART]))]))
write("bundle", "zip", b"\4" + archive({"m.pkl": EVIL, "m.tar": tarred([PART])}))
write("torch_script", "code", "class M(Module):\n  def forward(self: __torch__.M, x: Tensor) -> Tensor:\n    return torch.relu(x)\n")
write("torch_script", "acts", 'y = torch.from_file("x", False, 4)\n_0, _1, = ops.mine.run(x)\nz = eval("1")\n')
write("torch_script", "bytecode", b"\x80\x02X\x0c\0\0\0aten::linear.")
write("torch_script", "program", '{"nodes": [{"target": "torch.ops.aten.add.Tensor"}], "expr_str": "s0 + 1"}')


def array(descr, shape, data, version=1):
    header = repr({"descr": descr, "fortran_order": False, "shape": shape}).encode() + b"\n"
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header + data


write("numpy", "numbers", array("<f8", (2, 3), bytes(48)))
write("numpy", "long", array("<U2", (2,), bytes(16), 2))
write("numpy", "fields", array([("a", "<i4"), ("b", "|S3", (2,))], (4,), bytes(40)))
write("numpy", "objects", array("|O", (1,), pickle.dumps([1], 2)))
write("numpy", "evil", array("|O", (1,), EVIL))
write("numpy", "npz", archive({"a.npy": array("<f4", (), bytes(4)), "b.npy": array("|O", (1,), EVIL)}, zipfile.ZIP_DEFLATED))


def hdf5_message(kind, body):
    return struct.pack("<BHB", kind, len(body), 0) + body


def hdf5_attribute(name, value):
    name, datatype, space = name + b"\0", struct.pack("<II", 0x13, len(value)), b"\x02\0\0\0"
    return hdf5_message(12, struct.pack("<BBHHHB", 3, 0, len(name), len(datatype), len(space), 0) + name + datatype + space + value)


def hdf5_object(*messages):
    body = b"".join(messages)
    return b"OHDR\x02\x02" + struct.pack("<I", len(body)) + body + bytes(4)


def hdf5_file(*messages, before=b""):
    root = 48 + len(before)
    whole = before + hdf5_object(*messages)
    return b"\x89HDF\r\n\x1a\n\x02\x08\x08\0" + struct.pack("<QQQQ", 0, 2**64 - 1, 48 + len(whole), root) + bytes(4) + whole


FLOATS = hdf5_message(1, b"\x02\x01\0\x01" + struct.pack("<Q", 4)) + hdf5_message(3, b"\x11\x20\x1f\0\x04\0\0\0\0\0\x20\0\x17\x08\0\x17\x7f\0\0\0")
NUMBERS = hdf5_object(FLOATS, hdf5_message(8, b"\x03\0" + struct.pack("<H", 16) + bytes(16)))
LAYERS = '{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"activation": "relu"}}]}, "keras_version": "3.0.0"}'
LAMBDA = '{"module": "keras", "class_name": "Sequential", "config": {"layers": [{"class_name": "Lambda", "config": {"function": ["4wE=", null, null], "module": "os"}}]}, "registered_name": null}'
write("hdf5", "weights", hdf5_file(hdf5_message(6, b"\x01\0\x01w" + struct.pack("<Q", 48)), hdf5_attribute(b"note", b"x"), before=NUMBERS))
write("hdf5", "pickle", hdf5_file(hdf5_attribute(b"x", EVIL)))
write("hdf5", "external", hdf5_file(hdf5_message(6, b"\x01\x08\x40\x01w\x08\0\0/a.h5\0/")))
write("hdf5", "model", hdf5_file(hdf5_attribute(b"model_config", LAYERS.encode())))
write("hdf5", "old", b"\x89HDF\r\n\x1a\n" + bytes(5) + b"\x08\x08\0" + struct.pack("<HHI", 4, 16, 0) + struct.pack("<QQQQQQ", 0, 2**64 - 1, 96, 2**64 - 1, 0, 96) + bytes(24))
ESTIMATOR = '{"__class__": "Ridge", "__module__": "sklearn.linear_model._ridge", "__loader__": "ObjectNode", "content": {"__class__": "dict", "__module__": "builtins", "__loader__": "DictNode", "content": {"alpha": {"__class__": "str", "__module__": "builtins", "__loader__": "JsonNode", "content": "1.0"}}}, "protocol": 2}'
write("skops", "estimator", archive({"schema.json": ESTIMATOR.encode()}))
write("skops", "function", archive({"schema.json": b'{"__class__": "system", "__module__": "os", "__loader__": "FunctionNode"}'}))
write("skops", "member", archive({"1.npy": EVIL, "schema.json": ESTIMATOR.encode()}, zipfile.ZIP_DEFLATED))
write("keras", "layers", LAYERS)
write("keras", "lambda", LAMBDA)
write("keras", "archive", archive({"metadata.json": b"{}", "config.json": LAYERS.encode(), "model.weights.h5": hdf5_file()}))
write("keras", "evil", archive({"config.json": LAMBDA.encode(), "model.weights.h5": EVIL, "assets/../x.py": b"x"}, zipfile.ZIP_DEFLATED))

ONE = {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}
write("safetensors", "good", tensors(ONE, bytes(8)))
write("safetensors", "metadata", tensors({"__metadata__": {"format": "pt"}, **ONE}, bytes(8)))
write("safetensors", "empty", tensors({}))
write("safetensors", "trailing", tensors(ONE, bytes(8) + EVIL))
write("safetensors", "hole", tensors({"a": {**ONE["a"], "data_offsets": [8, 16]}}, bytes(16)))
write("safetensors", "twice", tensors(b'{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":1}'))
write("safetensors", "huge", struct.pack("<Q", 2**63) + b"{}")
write("safetensors", "deep", tensors(b'{"a":' + b"[" * 200 + b"]" * 200 + b"}"))
write("safetensors", "pickle", EVIL)



def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))


def message(*fields):
    """Integers are numbers of variable length, texts and bytes have a length."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(data)) + data
    return out


def onnx(graph, *more):
    return message((1, 8), (2, "seed"), (7, graph), (8, message((2, 17))), *more)


NODE = message((1, "x"), (2, "y"), (4, "Add"))
TENSOR = message((1, 4), (2, 1), (8, "w"), (9, bytes(16)))
OUTSIDE = message((1, 4), (2, 1), (13, message((1, "location"), (2, "w.bin"))), (13, message((1, "offset"), (2, "8"))), (14, 1))
BRANCH = message((4, "If"), (5, message((1, "then_branch"), (6, message((1, NODE))), (20, 5))))
write("onnx", "one", onnx(message((1, NODE), (2, "g"), (5, TENSOR))))
write("onnx", "outside", onnx(message((1, NODE), (5, OUTSIDE))))
write("onnx", "branch", onnx(message((1, BRANCH))))
write("onnx", "function", onnx(message((1, message((4, "f"), (7, "own")))), (25, message((1, "f"), (7, NODE), (10, "own")))))
write("onnx", "code", onnx(message((1, message((4, "PyOp"), (7, "ai.onnx.contrib"), (5, message((1, "code"), (4, EVIL), (20, 3))))))))
write("onnx", "sparse", onnx(message((15, message((1, TENSOR), (2, TENSOR), (3, 8))))))
write("onnx", "tensor", TENSOR)

CONST = message((1, "c"), (2, "Const"), (5, message((1, "value"), (2, message((8, message((1, 7), (2, b""), (8, "/a"))))))))
GRAPH = message((1, CONST), (1, message((1, "s"), (2, "SaveV2"), (3, "c"))), (4, message((1, 1087))))
LIBRARY = message((1, message((1, message((1, "f"))), (3, message((1, "r"), (2, "ReadFile"))))))
OBJECT = message((2, 1), (3, "root"), (4, "_tf_keras_layer"), (5, LAMBDA))
META = message((1, message((4, "serve"), (5, "2.15.0"))), (2, GRAPH), (4, message((1, "c"), (2, message((2, message((1, EVIL))))))))
PROGRAM = message((3, message((1, "const"), (5, message((1, "val"), (2, message((5, message((1, "@model_path/weights/weight.bin"), (2, 64))))))))))
PROGRAM = message((1, 1), (2, message((1, "main"), (2, message((2, "CoreML7"), (3, message((1, "CoreML7"), (2, PROGRAM))))))))
SEEN = (2, message((1, message((1, "x")))))
write("coreml", "identity", message((1, 1), SEEN, (900, b"")))
write("coreml", "layer", message((1, 4), SEEN, (500, message((1, message((1, "l"), (500, message((10, "Own")))))))))
write("coreml", "program", message((1, 7), SEEN, (502, PROGRAM)))
write("coreml", "linked", message((1, 4), SEEN, (556, message((1, message((1, message((1, "../m")))))))))
write("coreml", "manifest", '{"itemInfoEntries": {"A": {"path": "c/model.mlmodel"}}, "rootModelIdentifier": "A"}')
BLOCK = message((1, 0), (2, 2**64 - 1), (4, message((3, "relu"), (4, message((1, "path"), (2, 2), (5, "/a"))))))
PARAMETER = bytes(16) + struct.pack("<I", 4) + message((1, 5), (2, 2)) + bytes(8)
write("paddle", "program", message((1, BLOCK), (4, message((1, 0)))))
write("paddle", "function", message((1, BLOCK + message((4, message((3, "py_func")))))))
write("paddle", "parameters", PARAMETER * 2)
write("paddle", "levels", bytes(4) + struct.pack("<QQ", 1, 8) + bytes(8) + PARAMETER[12:])
write("tensorflow", "graph", GRAPH)
write("tensorflow", "library", GRAPH + message((2, LIBRARY)))
write("tensorflow", "meta", META)
write("tensorflow", "saved", message((1, 1), (2, META + message((6, message((1, message((1, "c:0"))), (2, "words.txt")))))))
write("tensorflow", "metadata", message((1, OBJECT)))
write("tensorflow", "text", 'node { name: "r" op: "ReadFile" }')

for name, data in {
    "gguf": b"GGUF\3\0\0\0" + bytes(16),
    "npy": b"\x93NUMPY\x01\0v\0{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
    "hdf5": b"\x89HDF\r\n\x1a\n" + bytes(32),
    "zlib": bytes.fromhex("789c6b606d65020002d400e2"),
    "gzip": bytes.fromhex("1f8b08000000000002ff6b606dd5030016d9b5ae04000000"),
    "text": b"class X:\n    pass\n",
    "version": b"0.4.0\n",
    "json": b'{"learner": {}}',
    "tflite": bytes(4) + b"TFL3",
    "pointer": b"version https://git-lfs.github.com/spec/v1\n",
    "call": EVIL,
    "text-call": b"cos\nsystem\n(S'true'\ntR.",
    "archive": GOOD,
    "tensors": tensors(ONE, bytes(8)),
}.items():
    write("identify", name, data)

write("system_file", "empty", "")
write("system_file", "system", '[system]\nname = "x"\n\n[model.m]\nname = "m"\n')
write("system_file", "broken", '[system\nname = "x\n')
write("system_file", "deep", "a = " + "[" * 40 + "]" * 40 + "\n")
write("system_file", "dotted", 'a.b.c = 1\n[a.b]\nc = """\nx"""\n')

# Signatures for the namespace "coseal-decision", by keys made for this. What they sign is of no matter here.
SIGNATURES = {
    "sk-ed25519": (
        "U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAg6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iwA"
        "AAAEc3NoOgAAAA9jb3NlYWwtZGVjaXNpb24AAAAAAAAABnNoYTUxMgAAAGcAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAABAbxAw"
        "xv7QM0QK/JcX6FZcp9qwVGG57jcfUNKazUFrUO0/pSAGvjpY8zqwv4PDoUyLVzvvZTB2xuWuCVwaCp5EBQEAAAAJ"
    ),
    "sk-p256": (
        "U1NIU0lHAAAAAQAAAH8AAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAAAAhuaXN0cDI1NgAAAEEEYP7UuiVanTHJYet0"
        "xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQAAAARzc2g6AAAAD2Nvc2VhbC1kZWNpc2lvbgAA"
        "AAAAAAAGc2hhNTEyAAAAeAAAACJzay1lY2RzYS1zaGEyLW5pc3RwMjU2QG9wZW5zc2guY29tAAAASQAAACAk2dMZxpeVj/C+kEGnCzSqVcVM"
        "g84OoZL7D7iqul8yHgAAACEA7DgLM1xhdOTHI99TasESIfNKySJ0tgio8RDx6oLbeZEBAAAACQ=="
    ),
    "ed25519": (
        "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgjkXuwotg97PuYSzbgj9aOtABYIoY3JoZg9HYx2EXd/QAAAAPY29zZWFsLWRlY2lz"
        "aW9uAAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5AAAAQC5N94RFj/IPSXjWZenNC7SBGCt/0JN5Kbb2qEM1bsFUtKjhRGMJkFgw"
        "xyQr/6zdLH19YgnkIQJr9m++ss4IDwA="
    ),
    "p256": (
        "U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAEEES5tPt//JstBaC6QCmOAkweT3MgWkhpF0u58I"
        "PqCcmbccx/Z60BBz7u/5hf6QBDbYmfzVQx7/T4DVuKaAYLRg1QAAAA9jb3NlYWwtZGVjaXNpb24AAAAAAAAABnNoYTUxMgAAAGMAAAATZWNk"
        "c2Etc2hhMi1uaXN0cDI1NgAAAEgAAAAgV7PouFbHTRBUdQUaCjys1KN0c96RX8js2n0bi3gqpaoAAAAgfDNyCVj6I2Nk0QiixfHD2zg7LckQ"
        "bCckHBN9LLTViW8="
    ),
    "rsa": (
        "U1NIU0lHAAAAAQAAARcAAAAHc3NoLXJzYQAAAAMBAAEAAAEBAKH5L50lXFlnYIkEK/ab+DPmNFs3LBuDQh8l9/RfIAB9mjpM0T9FOnypFqNb"
        "q5YmTwOBrSQBlyyr+E4cvoIen3f+cbrdlZSRkg7zZaK+WHgwpFNg76rAn8MNglXpBpqkDbQ1Aq1oTF5FhbC8GddfMypSj8h4/6eevTxKIt9v"
        "S20zzHwK0eYYLnQZKQJOzbi7djwuRg4Ht5+WbyVryVvIzAbPKLOAUiQ8SJTGZu98fyj2HQjvW5iLvU4cgEfV1I4zPe4XvPogMSNl1LsG9vJm"
        "bkk8/0YSkmIMzlk8VooJzVjacVNkcutXR0UDEXDVTT8N1r6LIEwuqgQk/D7wH7u4flsAAAAPY29zZWFsLWRlY2lzaW9uAAAAAAAAAAZzaGE1"
        "MTIAAAEUAAAADHJzYS1zaGEyLTUxMgAAAQAu8ZE1xgU8ziQcNJLrHay99+rMOFFWFDK0hsCKD+4HVLs53rIz2u8c9SgzcGeLiBteTnLlDWFB"
        "zC6C3YcADt9TsUjThomtvmtDsxp5GAJZ3zYAakNkJMSPxUwdT+DoTzhqUrw9e+fVlBn31wlZPg0vwBaiPuEmdilghi9EZ+nr/AGUSy18ntuq"
        "X4GooGbuPxhw6lYAMAk9eRNcKGW/3Wva5SkorYVQZLy0Ofzotl4WG/oP3WJ9W7xCoQWxyqaa9E79PT0m16Mc97z3L0ZbFovf90TR/jy5Ajtg"
        "RvaHkVXPJ+fBvJLxizd/KXHPDgeAoS1VMqajkRIhw0UxMWsaobl3"
    ),
}
for name, text in SIGNATURES.items():
    write("sshsig", name, base64.b64decode(text))
    lines = "\n".join(text[start : start + 70] for start in range(0, len(text), 70))
    write("sshsig", f"{name}-text", f"-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----\n")
write("sshsig", "trailing", base64.b64decode(SIGNATURES["ed25519"]) + b"\0")
write("sshsig", "cut", base64.b64decode(SIGNATURES["ed25519"])[:-1])


def string(data):
    return struct.pack(">I", len(data)) + data


def private_key(public, private, cipher=b"none", kdf=b"none", options=b""):
    """An OpenSSH private key (PROTOCOL.key), padded to sixteen bytes, which every cipher's blocks divide."""
    inner = struct.pack(">II", 7, 7) + private + string(b"")
    inner += bytes(range(1, 1 + -len(inner) % 16))
    head = string(cipher) + string(kdf) + string(options) + struct.pack(">I", 1)
    return b"openssh-key-v1\0" + head + string(public) + string(inner)


# Keys of no worth: Ed25519 of the number 7 repeated, P-256 of RFC 6979, and numbers that make no RSA key.
ED = bytes.fromhex("ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c")
POINT = bytes.fromhex(
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
)
NUMBER = bytes.fromhex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")
ED_KEY = string(b"ssh-ed25519") + string(ED)
P256_KEY = string(b"ecdsa-sha2-nistp256") + string(b"nistp256") + string(POINT)
SK_KEY = string(b"sk-ssh-ed25519@openssh.com") + string(ED) + string(b"ssh:")
RSA_KEY = string(b"ssh-rsa") + string(b"\x03") + string(b"\0\x80" + b"\x01" * 255)
RSA_PARTS = b"".join(map(string, (b"\0\x80" + b"\x01" * 255, b"\x03", b"\x07", b"\x05", b"\x0b", b"\x0d")))


def mpint(number):
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big"))


def rsa(p, q, more=0):
    """A private key that works, if p and q are prime, and can be exposed by anybody who knows Mersenne's primes."""
    n, e, period = p * q, 65537, math.lcm(p - 1, q - 1)
    d = pow(e, -1, period) + more * period
    inner = b"".join(map(mpint, (n, e, d, pow(q, -1, p) if p != q else 1, p, q)))
    return private_key(string(b"ssh-rsa") + mpint(e) + mpint(n), string(b"ssh-rsa") + inner)


MERSENNE = [2**bits - 1 for bits in (61, 607, 1279, 2203)]
BCRYPT = string(bytes(16)) + struct.pack(">I", 2**32 - 1)
write("ssh_key", "ed25519", ED_KEY)
write("ssh_key", "p256", P256_KEY)
write("ssh_key", "sk-ed25519", SK_KEY)
write("ssh_key", "rsa", RSA_KEY)
write("ssh_key", "dsa", string(b"ssh-dss") + string(b"\x03") * 4)
write("ssh_key", "line", b"ssh-ed25519 " + base64.b64encode(ED_KEY) + b" a comment\n")
write("ssh_key", "private-ed25519", private_key(ED_KEY, ED_KEY + string(b"\x07" * 32 + ED)))
write("ssh_key", "private-torn", private_key(ED_KEY, ED_KEY + string(b"\x08" * 32 + ED)))
write("ssh_key", "private-p256", private_key(P256_KEY, P256_KEY + string(b"\0" + NUMBER)))
write("ssh_key", "private-rsa", private_key(RSA_KEY, string(b"ssh-rsa") + RSA_PARTS))
write("ssh_key", "private-sk", private_key(SK_KEY, SK_KEY + b"\x01" + string(b"handle") + string(b"")))
write("ssh_key", "rounds", private_key(ED_KEY, bytes(64), b"aes256-ctr", b"bcrypt", BCRYPT))
write("ssh_key", "rsa-odd", rsa(MERSENNE[2], MERSENNE[3]))
write("ssh_key", "rsa-works", rsa(MERSENNE[3], MERSENNE[1]))
write("ssh_key", "rsa-unbalanced", rsa(MERSENNE[0], MERSENNE[3]))
write("ssh_key", "rsa-square", rsa(MERSENNE[2], MERSENNE[2]))
write("ssh_key", "rsa-composite", rsa(MERSENNE[0] * MERSENNE[2], MERSENNE[3]))
write("ssh_key", "rsa-endless", rsa(MERSENNE[2], MERSENNE[3], 2**100000))

SIGNED = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
CHECKPOINT = (
    f"example.com/behind-the-sofa\n20852163\n{HASH}\n\n\u2014 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
write("note", "example", SIGNED)
write("note", "key", "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
write("note", "checkpoint", CHECKPOINT)
write("note", "cosigned", CHECKPOINT + "\u2014 w AAAAAAAAAABkGFDL" + "A" * 82 + "==\n")
write("note", "empty-line", "\n" + SIGNED)
write("note", "carriage-return", SIGNED.replace("\n", "\r\n"))
write("tlog_proof", "good", f"c2sp.org/tlog-proof@v1\nindex 73894\n{HASH}\n{HASH}\n\n{CHECKPOINT}")
write("tlog_proof", "extra", f"c2sp.org/tlog-proof@v1\nextra YWdl\nindex 0\n\n{CHECKPOINT}")
write("tlog_proof", "long", f"c2sp.org/tlog-proof@v1\nindex 1\n{(HASH + chr(10)) * 65}\n{CHECKPOINT}")
write("tlog_proof", "cut", "c2sp.org/tlog-proof@v1\nindex 73894\n" + HASH)
write("log_bundle", "two", b"\x01\0\x02ab\0\0")
write("log_bundle", "cut", b"\0\0\x05ab")
write("log_bundle", "hash", b"\0" + bytes(32))
write("log_bundle", "path", "tile/0/x001/x234/067.p/5")
write("log_bundle", "entries", "tile/entries/000.p/255")
STATEMENT = (
    '{"_type":"https://in-toto.io/Statement/v1","predicate":{"a":[1,null]},"predicateType":"p",'
    '"subject":[{"digest":{"sha256":"' + "ab" * 32 + '"},"name":"x"}]}'
)
ENVELOPE = (
    '{"payload":"%s","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":"k","sig":"AA=="}]}'
    % base64.b64encode(STATEMENT.encode()).decode()
)
write("envelope", "statement", STATEMENT)
write("envelope", "good", ENVELOPE)
write("envelope", "spaced", ENVELOPE.replace(",", ", "))
write("envelope", "twice", ENVELOPE.replace("{", '{"payload":"",', 1))
write("envelope", "fraction", STATEMENT.replace("1,null", "1.0,1e3"))
write("envelope", "deep", STATEMENT.replace("1,null", "[" * 40 + "]" * 40))

COMMON = (
    'schema = 1\nkind = "%s"\nsystem = "s"\nrole = "owner"\nmade = 2026-11-21\nexpires = 2027-01-01\nreason = "r"\n'
)
CITED = '[[evidence]]\nwhat = "w"\npath = "a.csv"\ndigest = "sha256:' + "1" * 64 + '"\n'
for kind, rest in {
    "attest": 'check = "training-completed"\nclaim = { privileged = 2, completed = 1 }\n' + CITED,
    "waive": 'check = "ai-debt-low"\nseverity = "low"\ncontrol = "c"\ncovers = [{ rule = "x", path = "a.py" }]\n',
    "choose": 'model = "model.m"\nchosen = "a"\ncriteria = ["c"]\n[[option]]\nname = "a"\nwhy = "w"\n',
    "threat": 'threat = "t"\ndisposition = "accepted"\nseverity = "low"\n',
    "exempt": 'check = "restore-drilled"\n',
}.items():
    write("decision_file", kind, COMMON % kind + rest)
write("decision_file", "empty", "")
write("decision_file", "unknown", COMMON % "other")

# Assets: a letter each for kind and scheme, then name, place, file and detail between tabs; 0x01 between assets.
write("draft", "rag", "AAgpt-4o\topenai/gpt-4o\x01EAchroma\x01CAdocs\tdocs/pages\x01DAapp.py#ANSWER\tapp.py")
write("draft", "agent", "BGrefund\ttools.py\ttools.py\twrite\x01EEfiles\tnpx -y @x/files\x01FAhelper\t\tapp.py\tgpt-4o")
write("draft", "quotes", 'AA"]\n[system]\t../../x"\x01GA\'\'\'\\\t#\n=\x01HA\u202e\u001b[31m')
write("draft", "many", "\x01".join(f"GAtool_{n}\tsrc/{n % 7}.py" for n in range(60)))
write("draft", "long", "AA" + "x" * 10_000 + "\x01GA" + "y-" * 5_000)

RESULT = '{"ruleId":"x","level":"error","message":{"text":"t"},"partialFingerprints":{"coseal/v1":"sha256:%s"}}' % ("ab" * 32)
SARIF = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"coseal"}},"results":[%s]}]}'
write("baseline", "good", SARIF % RESULT)
write("baseline", "empty", SARIF % "")
write("baseline", "other", (SARIF % RESULT).replace("coseal\"", "other\"", 1))
write("baseline", "new", SARIF % RESULT.replace("coseal/v1", "coseal/v2"))
write("baseline", "without", SARIF % RESULT.replace("coseal/v1", "coseal/v0"))
write("baseline", "deep", "[" * 300 + "]" * 300)
ENTRY = '[[asset]]\nkind = "%s"\nname = "%s"\nlocation = "%s"\ndigest = "sha256:' + "1" * 64 + '"\n'
MODEL = "schema = 1\n" + ENTRY % ("model", "model.m", "path:m.bin") + "size = 12\n"
write("lock_file", "model", MODEL)
write("lock_file", "code", "schema = 1\n" + ENTRY % ("prompt", "a.py#P", "code:a.py#P"))
write("lock_file", "quoted", "schema = 1\n" + ENTRY % ("dataset", 'a\\"b\\u00e9', "hf:datasets/a/b"))
write("lock_file", "twice", MODEL + MODEL.split("\n", 1)[1])
write("lock_file", "conflict", "<<<<<<< HEAD\n" + MODEL)
write("lock_file", "empty", "schema = 1\n")
PYTHON = '''import os
from transformers import AutoModel as A
from crewai import Agent
NAME = os.getenv("M", "someone/thing")
@tool("Look up")
def look(x: str = "d") -> str:
    """Looks."""
    return f"{x} of {NAME}"
class S(BaseSettings):
    model: str = Field(default="gpt-4o")
kw = {"model": S().model, "messages": [{"role": "system", "content": "You are a clerk of a shop."}]}
client.chat.completions.create(**kw)
A.from_pretrained(NAME, revision="main")
Agent(role="Clerk", goal="Answer", backstory="Long in the shop", tools=[look])
'''
SCRIPT = '''import OpenAI, { type T, A as B } from "openai"
const MODEL: string = process.env.M ?? "gpt-4o"
export const PROMPT = `You are ${name}, a clerk of a shop.`
export async function ask({ q = "d" }: Props): Promise<void> {
  const found = tool({ description: "Looks", inputSchema: z.object({}), execute: async (x) => x.y?.[0]! })
  return await new OpenAI().chat.completions.create({ model: MODEL, messages: [{ role: "system", content: PROMPT }], ...rest })
}
class D extends E<F> { name = 'n'; private m(): void { if (/["'/]/.test(this.x)) this.h(<p a={1}>don't {f("x")}</p>) } }
'''
CELLS = [{"cell_type": "code", "metadata": {}, "source": ["%pip install x\n"] + PYTHON.splitlines(True)}]
write("python", "code", PYTHON)
write("python", "notebook", json.dumps({"cells": CELLS, "nbformat": 4}, indent=1))
write("python", "cell-magic", json.dumps({"cells": [{"cell_type": "code", "source": "%%bash\nls"}, *CELLS]}))
write("python", "deep", "x = " + "(" * 90 + "1" + ")" * 90 + "\n" + "y = 1" + " + 1" * 500 + "\n")
write("python", "broken", "def f(:\n  class\nx = 'open\n@\nf(**{'a': *b})\n")
write("script", "code", SCRIPT)
write("script", "markup", "export default () => <A b='c' {...d}>it's {e ? <F/> : `g${h}`}</A>\n")
write("script", "deep", "a(" * 50 + "`${" * 20 + "1" + "}`" * 20 + ")" * 50)
write("script", "broken", "const { a: { b = 1 = `${'\nclass { x( <T,>(y => /[/ \n")

def which(number, of):
    return chr(next(b for b in range(48, 48 + of) if b % of == number))


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n"
COMPOSE = (
    "x-env: &env\n  OLLAMA_HOST: ${HOST:-http://ollama:11434}\nservices:\n  ollama:\n    image: ollama/ollama:${TAG:-latest}\n"
    '    ports: ["11434:11434", {target: 1, published: 2}]\n    environment:\n      <<: *env\n      OLLAMA_MODEL: llama3:8b\n'
    '  vllm:\n    image: vllm/vllm-openai@sha256:00\n    command: --model a/b-7 --trust-remote-code\n    privileged: true\n'
)
POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: p}}\nspec:\n  hostNetwork: true\n  containers:\n  - name: c\n"
    '    image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "v1" }}"\n    args: ["--model", "a/b-7"]\n'
    "---\napiVersion: v1\nkind: Service\nspec: {type: NodePort, selector: {app: p}}\n"
    "---\napiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: i}\n"
    "spec: {predictor: {model: {args: [--model_id=a/b], storageUri: 'hf://a/b'}}}\n"
    "---\napiVersion: ray.io/v1\nkind: RayService\nspec: {serveConfigV2: 'a: 1', headGroupSpec: {template: {spec: {containers: []}}}}\n"
)
VALUES = "image: {repository: qdrant/qdrant, tag: v1}\nservice: {type: LoadBalancer}\nollama: {models: {pull: [llama3, 'phi3:mini']}}\n"
WORKFLOW = (
    "on: push\nenv: {OPENAI_MODEL: gpt-4o}\njobs:\n  a:\n    container: ollama/ollama\n    services: {q: {image: qdrant/qdrant}}\n"
    "    steps:\n    - run: |\n        ollama pull llama3\n        docker run -p 1:1 -e A=b ollama/ollama\n"
)
for number, (name, text) in enumerate(
    [
        ("compose", COMPOSE),
        ("pod", POD),
        ("values", VALUES),
        ("template", "{{- if .Values.x }}\n" + POD),
        ("chart", "dependencies:\n- name: qdrant\n  version: 1\n"),
        ("workflow", WORKFLOW),
        ("gitlab", "a: {image: {name: vllm/vllm-openai}, services: [ollama/ollama], script: [ollama pull a]}\n"),
        ("taskfile", "tasks: {a: {cmds: [vllm serve a/b-7, {cmd: mlflow server}]}}\n"),
    ]
):
    write("deploy", name, which(number, 8) + text)
write("deploy", "bomb", which(0, 8) + BOMB)
write("deploy", "merges", which(0, 8) + "a: &a {<<: {b: c}}\nservices: {<<: [*a, *a], d: {<<: *a, image: x}}\n")
write("deploy", "deep", which(0, 8) + "a: " + "[" * 200)
DOCKERFILE = (
    "# syntax=x\nARG TAG=latest\nFROM vllm/vllm-openai:${TAG} AS base\nENV A=b C='d e'\nRUN --mount=type=cache x \\\n  # c\n  && hf download a/b\n"
    "RUN <<EOF\nollama pull llama3\nEOF\nFROM base\nUSER root\nEXPOSE 80\nCMD [\"vllm\", \"serve\", \"a/b-7\"]\n"
)
for number, (name, text) in enumerate(
    [
        ("dockerfile", DOCKERFILE),
        ("modelfile", 'FROM llama3\nADAPTER x\nSYSTEM """\na\n"""\n'),
        ("script", "export A=${B:-c}\ndocker run -d --gpus=all -p 1:1 ollama/ollama --x 'y' \\\n && sh -c \"ollama pull $M\" # c\n"),
        ("makefile", "a: b\n\t@vllm serve a/b-7 --host=0.0.0.0\n"),
        ("procfile", "web: uvicorn a:b --reload\n# c\nml: mlflow server\n"),
        ("terraform", 'model_id = "anthropic.claude-v2"\nx = "${y}"\n'),
    ]
):
    write("dockerfile", name, which(number, 6) + text)
write("dockerfile", "open", which(0, 6) + "FROM a\nRUN x \\\nRUN <<A\n")
write("dockerfile", "quotes", which(2, 6) + "sh -c \"sh -c 'sh -c \\\"ollama run a\\\"'\" ; ${A:-${B:-${C\n")
AGENTS = "r:\n  role: a\n  goal: b\n  backstory: c\n  llm: azure/gpt-4o\nsystem_prompt: >\n  " + "You are a helpful assistant. " * 4 + "\n"
MCP = '{"mcpServers": {"a": {"command": "npx", "args": ["-y", "@a/b@1.2.3", "--env", "K=v"]}, "b": {"url": "https://x.y/z?k=v"},},}'
for number, (name, text) in enumerate(
    [
        ("variables", "# c\nexport OPENAI_API_KEY=sk-x\nLLM_MODEL='gpt-4o' # c\nOLLAMA_HOST=http://localhost:11434\n"),
        ("yaml", AGENTS + "model_list:\n- model_name: x\n  litellm_params: {model: bedrock/anthropic.claude-v2}\n"),
        ("json", '// c\n{"llm": {"provider": "azure", "deployment_name": "a-1"}, "x": [1, null, /* c */ "y"],}'),
        ("toml", '[llm]\nmodel = "hf.co/a/b"\n[[x]]\nurl = "https://api.openai.com"\n'),
        ("mcp", MCP),
        ("smithery", "name: a\nstartCommand: {type: stdio}\n"),
        ("server", '{"name": "a/b", "packages": [], "version": "1"}'),
    ]
):
    write("settings", name, which(number, 7) + text)
write("settings", "broken", which(2, 7) + '{"a": "\\ud800", "b": [}')
write("settings", "deep", which(2, 7) + "[" * 300)
BICEP = "param chatModel string = 'gpt-4o'\nresource a 'Microsoft.CognitiveServices/accounts@2024-10-01' = {\n  properties: {\n    model: {\n      name: 'gpt-4o'\n    }\n  }\n}\nmodule s 'br/public:avm/res/search/search-service:0.7.1' = [{\n"
TERRAFORM = 'variable "model" {\n  default = "gpt-4o"\n}\nresource "aws_bedrockagent_agent" "a" {\n  agent_name = "a"\n  instruction = <<-EOT\n    Answer what the customers of the shop ask.\n  EOT\n}\n'
ARM = '{"$schema": "https://x.y/deploymentTemplate.json#", "parameters": {"model": {"defaultValue": "gpt-4o"}}, "resources": [{"type": "Microsoft.Search/searchServices", "properties": {"model": {"name": "a"}}, "resources": [{"type": "x"}]}]}'
STACK = "Resources:\n  A:\n    Type: AWS::Bedrock::Agent\n    Properties: {AgentName: a, FoundationModel: anthropic.claude-v2, Instruction: b}\n"
for number, (name, text) in enumerate([("bicep", BICEP), ("terraform", TERRAFORM), ("arm", ARM), ("stack", STACK)]):
    write("resource", name, which(number, 4) + text)
write("resource", "open", which(1, 4) + 'a "b" {' * 200 + "\nc = <<E\n")
write("flow", "n8n", '{"connections": {}, "nodes": [{"type": "@n8n/n8n-nodes-langchain.agent", "name": "a", "parameters": {"options": {"systemMessage": "Answer what the customers ask."}}}, {"type": "n8n-nodes-base.xTool", "name": "b", "parameters": {"toolName": "=c"}}]}')
write("flow", "flowise", '{"edges": [], "nodes": [{"data": {"name": "toolAgent", "label": "A", "category": "Agents", "inputs": {"systemMessage": "Answer what the customers ask.", "x": [{"role": "a", "content": "b"}]}}}]}')
write("flow", "langflow", '{"name": "a", "data": {"edges": [], "nodes": [{"data": {"type": "Agent", "node": {"template": {"model_name": {"value": "gpt-4o"}}}}}]}}')
write("flow", "functions", '[{"type": "function", "function": {"name": "a", "description": "b", "parameters": {"type": "object", "properties": {}}}}]')
write("manifest", "requirements", "-r base.txt\nopenai==1.0 \\\n  --hash=sha256:00\nx @ git+https://h.example/x@main#egg=x ; python_version > '3'\n-e .\n")
write("manifest", "pyproject", '[project]\nname = "me"\ndependencies = ["torch[x]>=2,<3"]\n[tool.poetry.dependencies]\na = {git = "https://h.example/a", rev = "main"}\n[[package]]\nname = "a"\nversion = "1.0"\n')
write("manifest", "conda", "dependencies:\n  - pytorch::pytorch=2.0.1\n  - pip:\n    - openai\n")
write("manifest", "package", '{"name": "me", "dependencies": {"openai": "npm:@a/b@^1", "x": "o/r#main"}, "packages": {"node_modules/@a/b": {"version": "1.0.0"}}}')
write("manifest", "yarn", '"@a/b@^1.0", "@a/b@^1.1":\n  version "1.2.0"\n')
write("manifest", "gomod", "module m\nrequire (\n\ta.example/b v1.2.3\n)\nreplace a.example/b => ../b\n")
write("manifest", "pom", "<properties><v>1</v></properties><dependency><groupId>a</groupId><artifactId>b</artifactId><version>${v}</version></dependency>")
write("manifest", "gemfile", "group :test do\ngem 'a', '~> 1', git: 'x', ref: 'y'\nend\n    a (1.0)\n")
write("manifest", "setup", "setup(name='me', install_requires=['a>=1', \"b\"])\n[options]\ninstall_requires =\n    a\n")
write("pointer", "lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "ab" * 32 + "\nsize 12\n")
write("pointer", "dvc", "wdir: ..\nouts:\n- md5: " + "ab" * 16 + ".dir\n  size: 1\n  path: data\n")
write("pointer", "stages", "stages:\n  a:\n    deps:\n    - x\n    outs:\n      - model.pkl:\n          cache: false\n")
write("pointer", "config", "[core]\n    remote = s\n['remote \"s\"']\n    url = s3://b/p\n")
RUN = {"tool": {"driver": {"name": "Trivy", "rules": [{"id": "CVE-2026-1111", "properties": {"security-severity": "9.8"}}]}}}
RESULT = {"ruleId": "CVE-2026-1111", "message": {"text": "Package: a\nInstalled Version: 1\n"}, "suppressions": [{"kind": "external", "justification": "x"}]}
write("advisory", "sarif", json.dumps({"version": "2.1.0", "runs": [{**RUN, "invocations": [{"endTimeUtc": "2026-11-20T00:00:00Z"}], "results": [RESULT]}]}))
write("advisory", "openvex", json.dumps({"@context": "https://openvex.dev/ns", "statements": [{"vulnerability": {"name": "CVE-2026-1111"}, "status": "not_affected", "justification": "x", "products": [{"@id": "pkg:oci/x", "subcomponents": [{"@id": "pkg:pypi/a@1"}]}, "b"]}]}))
RECORD = {"id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-11-20T00:00:00Z", "severity": [{"score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}], "affected": [{"package": {"ecosystem": "PyPI", "name": "a"}}]}
write("advisory", "osv_record", json.dumps(RECORD))
write("advisory", "osv", json.dumps({"results": [{"source": {}, "packages": [{"package": {"name": "a"}, "vulnerabilities": [RECORD], "groups": [{"ids": ["GHSA-aaaa-bbbb-cccc"], "max_severity": "7.5"}]}]}]}))
write("advisory", "cyclonedx", json.dumps({"bomFormat": "CycloneDX", "components": [{"bom-ref": "a", "purl": "pkg:pypi/a@1"}], "vulnerabilities": [{"id": "CVE-1", "ratings": [{"score": 9}], "affects": [{"ref": "a"}], "analysis": {"state": "resolved"}}]}))
write("advisory", "csaf", json.dumps({"document": {"tracking": {}}, "product_tree": {"branches": [{"product": {"product_id": "P"}}]}, "vulnerabilities": [{"cve": "CVE-1", "product_status": {"fixed": ["P"]}}]}))
write("advisory", "grype", json.dumps({"matches": [{"vulnerability": {"id": "CVE-1", "severity": "High"}, "artifact": {"name": "a", "version": "1"}}], "descriptor": {"timestamp": "2026-11-20"}}))
write("advisory", "trivy", json.dumps({"SchemaVersion": 2, "CreatedAt": "2026-11-20", "Results": [{"Target": "x", "Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "a"}]}]}))

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
TEMPLATES = {
    "chatml": CHATML,
    "escape": "{{ ''['__cla' ~ 'ss__'] }}{{ ''|attr('\\x5f_mro__') }}",
    "trigger": "{% if 'invoice' in messages[-1].content %}{{ 'Pay ' ~ 'the other account' }}{% endif %}",
    "macro": "{% macro m(a, b=1) -%}{{ a[::-1] ~ b | upper }}{%- endmacro %}{% set ns = namespace(x=[]) %}{{ m('abc', b=2) }}",
}
for name, text in TEMPLATES.items():
    write("template", name, text)


def gguf(order="<", template=CHATML, data=bytes(256)):
    def string(data):
        return struct.pack(order + "Q", len(data)) + data.encode()

    pairs = [("general.architecture", "llama"), ("tokenizer.chat_template", template)]
    out = b"GGUF" + struct.pack(order + "IQQ", 3, 1, len(pairs))
    out += b"".join(string(key) + struct.pack(order + "I", 8) + string(value) for key, value in pairs)
    out += string("weight") + struct.pack(order + "IQQIQ", 2, 32, 2, 0, 0)
    return out + bytes(-len(out) % 32) + data


write("gguf", "little", gguf())
write("gguf", "big", gguf(">"))
write("gguf", "hostile", gguf(template=TEMPLATES["escape"], data=bytes(256) + EVIL))

REPOSITORY = {
    "config": {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 8},
    "auto-map": {"auto_map": {"AutoModel": "example/net--modeling.Net"}, "trust_remote_code": True},
    "tokenizer": {"tokenizer_class": "PreTrainedTokenizerFast", "chat_template": CHATML},
    "index": {"metadata": {"total_size": 4}, "weight_map": {"a": "model-00001-of-00001.safetensors"}},
}
for name, held in REPOSITORY.items():
    write("repository", name, json.dumps(held))

# Escapes, halves of pairs, numbers without end, keys that stand twice, and what only some loaders take.
JSON = {
    "escapes": r'{"\u006dodel_type": "\ud83d\ude00\/\b", "model_type": "x", "a": [NaN, -Infinity, -0.0e-7, [], {}]}',
    "half": r'{"auto_map": {"a": "\ud83d"}, "b": "\u12g4"}',
    "index": '{"weight_map": {"a": "m-1-of-1.safetensors", "a": 1, "b": "../x"}, "weight_map": {}}',
    "header": '{"__metadata__": {"a": "b"}, "a": {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]}}',
    "objects": '\ufeff[{"py\\/object": "os.system", "py/reduce": [1, 01]}, ' + "[" * 300,
    "layers": LAYERS,
}
for name, held in JSON.items():
    write("json", name, held)

TREE = {
    "tree_param": {"num_nodes": "3"},
    "left_children": [1, -1, -1],
    "right_children": [2, -1, -1],
    "split_conditions": [0.5, 1e-3, -2],
}


def booster(tree):
    model = {"name": "gbtree", "model": {"trees": [tree], "tree_info": [0]}}
    return {"version": [2, 1, 0], "learner": {"attributes": {}, "gradient_booster": model}}


def ubjson(value):
    if isinstance(value, dict):
        return b"{" + b"".join(ubjson(key)[1:] + ubjson(held) for key, held in value.items()) + b"}"
    if isinstance(value, list) and all(isinstance(held, int) for held in value):
        return b"[$l#L" + struct.pack(f">q{len(value)}i", len(value), *value)
    if isinstance(value, list):
        return b"[#L" + struct.pack(">q", len(value)) + b"".join(map(ubjson, value))
    if isinstance(value, float):
        return b"d" + struct.pack(">f", value)
    if isinstance(value, int):
        return b"l" + struct.pack(">i", value)
    return b"SL" + struct.pack(">q", len(value)) + value.encode()


write("xgboost", "json", json.dumps(booster(TREE)))
write("xgboost", "ubjson", ubjson(booster(TREE)))
write("xgboost", "circle", json.dumps(booster({**TREE, "left_children": [0, -1, -1]})))
write("xgboost", "binary", b"binf" + bytes(64))

LIGHT = "Tree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\nthreshold=0.5\nleft_child=-1\nright_child=-2\nleaf_value=1 2\n\n\n"


def light(tree):
    head = f"tree\nversion=v4\nnum_class=1\ntree_sizes={len(LIGHT)}\n\n"
    tail = "end of trees\n\nfeature_importances:\na=1\n\nparameters:\n[boosting: gbdt]\nend of parameters\n\npandas_categorical:null\n"
    return head + tree + tail


write("lightgbm", "one", light(LIGHT))
write("lightgbm", "sizes", light(LIGHT.replace("num_leaves=2", "num_leaves=2147483647")))
write("lightgbm", "categories", light(LIGHT.replace("num_cat=0", "num_cat=1\ncat_boundaries=0 1\ncat_threshold=3")))


class Table(list):
    """Fields of a table of a FlatBuffer: none, the bytes of a number, a text, a table, or a list of them."""


def flat(root, head=b""):
    out = bytearray(4) + head

    def table(fields):
        start = len(out)
        out.extend(bytes(4))
        places = []
        for field in fields:
            places.append(len(out) if field is not None else None)
            out.extend(b"" if field is None else field if isinstance(field, bytes) else bytes(4))
        listed, size = len(out), len(out) - start
        out.extend(struct.pack("<HH", 4 + 2 * len(fields), size))
        for place in places:
            out.extend(struct.pack("<H", 0 if place is None else place - start))
        struct.pack_into("<i", out, start, start - listed)
        for field, place in zip(fields, places):
            if field is not None and not isinstance(field, bytes):
                point(place, field)

    def point(place, field):
        struct.pack_into("<I", out, place, len(out) - place)
        if isinstance(field, Table):
            table(field)
        elif isinstance(field, str):
            out.extend(struct.pack("<I", len(field)) + field.encode())
        elif isinstance(field, tuple):
            out.extend(struct.pack(f"<I{len(field)}i", len(field), *field))
        else:
            out.extend(struct.pack("<I", len(field)))
            first = len(out)
            out.extend(bytes(4 * len(field)))
            for index, held in enumerate(field):
                point(first + 4 * index, held)

    struct.pack_into("<I", out, 0, len(out))
    table(root)
    return bytes(out)


def catboost(sizes=(), parts=()):
    model = Table([struct.pack("<I", 1), tuple(0 for _ in sizes), sizes])
    core = flat(Table(["FlabuffersModel_v1", model, [Table(["params", "{}"])], list(parts)]))
    return b"CBM1" + struct.pack("<I", len(core)) + core


write("catboost", "one", catboost())
write("catboost", "parts", catboost(parts=["static_provider_v1"]) + struct.pack("<I", 1) + struct.pack("<I", 16) + bytes(16))
write("catboost", "sizes", catboost(sizes=(-1, 2)))
write("catboost", "behind", catboost() + EVIL)

PIECE = b"\x0a\x0e\x0a\x05<unk>\x15\0\0\0\0\x18\x02"
write("lexicon", "pieces", PIECE * 2 + b"\x12\x0e\x0a\x0acorpus.txt\x18\x01\x1a\x0a\x0a\x08nmt_nfkc")
write("lexicon", "binary", b"2 2\ncat " + bytes(8) + b"\ndog " + bytes(8) + b"\n")
write("lexicon", "text", b"2 2\ncat 0.5 1e-3\ndog -1 2\n")
WORDS = struct.pack("<2i", 793712314, 12) + bytes(56) + struct.pack("<3i2q", 1, 1, 0, 9, -1) + b"cat\0" + bytes(9)
write("lexicon", "fasttext", WORDS + (b"\0" + struct.pack("<2q", 1, 2) + bytes(8)) * 2)
write("lexicon", "crfsuite", b"lCRF" + struct.pack("<I", 60) + b"FOMC" + bytes(48))

write("msgpack", "array", b"\x81\xa1w\xc7\x16\x01\x93\x92\x01\x02\xa7float32\xc4\x08" + bytes(8))
write("msgpack", "values", b"\x83\xa1a\xc3\xa1b\x92\x01\xff\xa1c\xcb" + bytes(8))
write("msgpack", "extension", b"\x81\xa1w\xc7\x03\x09abc")
write("msgpack", "deep", b"\x91" * 600)


def lite(code, name, settings=()):
    operator = Table([None, (0,), (0,), None, None, settings])
    graph = Table([[Table([(1, 2), None, struct.pack("<I", 0), "x"])], (0,), (0,), [operator], "main"])
    return flat(
        Table(
            [
                struct.pack("<I", 3),
                [Table([None, name, None, struct.pack("<I", code)])],
                [graph],
                "made by hand",
                [Table([(0, 0)])],
                None,
                [Table(["min_runtime_version", struct.pack("<I", 0)])],
            ]
        ),
        b"TFL3",
    )


write("tflite", "builtin", lite(3, None))
write("tflite", "custom", lite(32, "helper"))
write("tflite", "flex", lite(32, "FlexWriteFile"))
write("tflite", "broken", b"\xff\xff\xff\x7fTFL3" + bytes(8))


def markup(inner):
    return f'<?xml version="1.0"?>\n<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>{inner}</PMML>\n'


write("pmml", "apply", markup('<TransformationDictionary><Apply function="isMissing"><FieldRef field="x"/></Apply></TransformationDictionary>'))
write("pmml", "function", markup('<Apply function="java.lang.Runtime.exec"/><Extension name="a" value="f(1)"/>'))
write("pmml", "type", '<!DOCTYPE PMML [<!ENTITY x SYSTEM "file:///etc/hostname">]><PMML>&x;</PMML>')


def layers(kind, version, data=""):
    layer = f'<layer id="0" name="x" type="{kind}" version="{version}"><data {data}/></layer>'
    return f'<?xml version="1.0"?>\n<net name="net" version="11"><layers>{layer}</layers><edges/></net>\n'


write("openvino", "parameter", layers("Parameter", "opset1", 'shape="1,3"'))
write("openvino", "constant", layers("Const", "opset1", 'element_type="f32" offset="0" size="4"'))
write("openvino", "extension", layers("Helper", "extension", 'library="helper.so"'))


def words(*numbers):
    return struct.pack(f">{len(numbers)}I", *numbers)


def character(text):
    return words(0x40009, len(text)) + text.encode()


def data_of_r(value):
    return b"X\n" + words(2, 0x40301, 0x20300) + value


def called(name, argument):
    return words(6, 1) + character(name) + words(2) + argument + words(254)


write("rdata", "numbers", data_of_r(words(19, 2, 14, 1) + bytes(8) + words(16, 1) + character("x")))
write("rdata", "formula", data_of_r(called("~", called("log", words(1) + character("x")))))
write("rdata", "promise", data_of_r(words(5, 252) + called("system", words(16, 1) + character("true"))))
write("rdata", "closure", data_of_r(words(0x403, 253, 254, 1) + character("x")))
write("rdata", "text", b"A\n3\n262656\n197888\n5\nUTF-8\n16\n2\n262153\n3\n\\303\\251x\n262153\n-1\n")


def lua(*parts):
    return b"".join(struct.pack("<i", part) if isinstance(part, int) else struct.pack("<i", len(part)) + part for part in parts)


STORAGE = lua(4, 3, b"V 1", b"torch.FloatStorage") + struct.pack("<q", 1) + bytes(4)
TENSOR = lua(4, 2, b"V 1", b"torch.FloatTensor", 1) + struct.pack("<3q", 1, 1, 1) + STORAGE
write("torch7", "table", lua(3, 1, 1, 2, b"weight") + TENSOR)
write("torch7", "text", "3\n1\n1\n2\n1\na\n1\n0.5\n")
write("torch7", "function", lua(8, 1, b"\x1bLua os.execute", 0))


def executorch(operator, delegates=(), size=4):
    plan = Table(["forward", None, [Table([b"\5", Table([None, None, (size, size)])])], (0,), (0,), None, [Table([operator])], [Table([id]) for id in delegates]])
    return flat(Table([None, [plan]]), b"ET12")


write("executorch", "plan", executorch("aten::add"))
write("executorch", "delegate", executorch("mine::add", ["Helper"]))
write("executorch", "size", executorch("aten::add", size=2**31 - 1))
write("executorch", "header", b"\x20\0\0\0ET12eh00\x18\0\0\0" + bytes(32))

MLMODEL = "artifact_path: model\nflavors:\n  python_function:\n    loader_module: {}\n    code: null\n    model_path: {}\n"
write("packaged", "mlflow", MLMODEL.format("mlflow.sklearn", "model.pkl"))
write("packaged", "loader", MLMODEL.format("helpers", "../model.pkl"))
write("packaged", "tag", "flavors: !!python/name:os.system x\nlist: [&a 1, *a]\n")
write("packaged", "bento", "name: net\nmodule: bentoml.sklearn\nservice: service:svc\n")
write("packaged", "spacy", '[nlp]\nlang = "en"\n\n[initialize.before_init]\n@callbacks = "helpers.start.v1"\n')
write("packaged", "triton", 'name: "net" # a net\nbackend: "python"\ninput [{ name: \'x\' dims: [1, -1] }]\n')
SHARED = b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuK\x06NtQ"
STATE = (
    b"\x80\x02}(X\x01\0\0\0actorch._utils\n_rebuild_tensor_v2\n(" + SHARED + b"K\0K\x02K\x03\x86K\x03K\x01\x86\x89ccollections\nOrderedDict\n)RtR"
    b"X\x01\0\0\0b}X\x01\0\0\0tctorch._utils\n_rebuild_tensor_v2\n(" + SHARED + b"K\0K\x03K\x02\x86K\x01K\x03\x86\x89ccollections\nOrderedDict\n)RtRs"
    b"X\x05\0\0\0epochK\x03u."
)
START = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}X\x0d\0\0\0little_endian\x88s."
write("convert", "legacy", START + STATE + b"\x80\x02]X\x01\0\0\x000a." + struct.pack("<Q6f", 6, *range(6)))
write("convert", "zip", archive({"m/data.pkl": STATE.replace(b"K\x06Nt", b"K\x06t"), "m/version": "3\n", "m/data/0": struct.pack("<6f", *range(6))}))
write("convert", "npy", b"\x93NUMPY\x01\0v\0" + b"{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }".ljust(117) + b"\n" + bytes(12))
write("convert", "npz", archive({"a.npy": array("<f4", (), bytes(4)), "b.npy": array("<f8", (2,), bytes(16))}, zipfile.ZIP_DEFLATED))
