#!/usr/bin/env python3
"""Writes the seed corpora: small files, benign and hostile, the same bytes at every run.

Nothing is unpickled. Hostile streams are assembled by hand and name only harmless commands.
"""

import collections
import io
import json
import pathlib
import pickle
import struct
import zipfile

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
