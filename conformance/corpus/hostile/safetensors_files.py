"""safetensors: headers that lie about their tensors, and pickles in gaps."""

import json
import struct

from ..assemble.pickles import EVIL_STREAM
from ..assemble.torch_files import torch_zip
from ..case import Row, benign_table, malformed_table, malicious_table
from .zips import HOSTILE

GAP = EVIL_STREAM + bytes(-len(EVIL_STREAM) % 4)


def tensors(header, data=b"", size=None):
    text = header if isinstance(header, bytes) else json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text) if size is None else size) + text + data


def entry(start, end, kind="F32", shape=None):
    return {"dtype": kind, "shape": [(end - start) // 4] if shape is None else shape, "data_offsets": [start, end]}


HONEST = {"__metadata__": {"format": "pt"}, "weight": entry(0, 16)}


@malicious_table(".safetensors")
def polyglots():
    size = len(GAP)
    yield Row("pickle-behind", "a pickle behind the tensors", "own", tensors(HONEST, bytes(16) + EVIL_STREAM))
    yield Row("pickle-in-hole", "a pickle in a hole between two tensors", "own", tensors({"a": entry(0, 16), "b": entry(16 + size, 32 + size)}, bytes(16) + GAP + bytes(16)))
    yield Row("zip-behind", "a hostile PyTorch file behind the tensors", "own", tensors(HONEST, bytes(16) + torch_zip(HOSTILE)))
    yield Row("pickle-first", "a pickle in the place of the header", "own", EVIL_STREAM + tensors(HONEST, bytes(16)))
    yield Row("pickle-behind-header", "a pickle behind the header's JSON", "own", tensors(json.dumps(HONEST).encode() + b"\0" + EVIL_STREAM, bytes(16)))


@malformed_table(".safetensors")
def broken():
    rows = {
        "header-beyond": tensors(HONEST, bytes(16), 5000),
        "header-above-limit": tensors(HONEST, bytes(16), 100_000_001),
        "header-2-to-the-63": tensors(HONEST, bytes(16), 1 << 63),
        "header-overflows": tensors(HONEST, bytes(16), (1 << 64) - 1),
        "header-empty": struct.pack("<Q", 0) + bytes(16),
        "header-no-json": tensors(b"{oops", bytes(16)),
        "header-list": tensors([HONEST], bytes(16)),
        "header-deep": tensors(b'{"a":' * 20_000, bytes(16)),
        "key-twice": tensors(b'{"weight":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"weight":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}', bytes(16)),
        "field-twice": tensors(b'{"weight":{"dtype":"F32","dtype":"I8","shape":[4],"data_offsets":[0,16]}}', bytes(16)),
        "overlap": tensors({"a": entry(0, 16), "b": entry(8, 24)}, bytes(24)),
        "same-bytes": tensors({"a": entry(0, 16), "b": entry(0, 16)}, bytes(16)),
        "hole": tensors({"a": entry(0, 16), "b": entry(32, 48)}, bytes(48)),
        "trailing": tensors(HONEST, bytes(20)),
        "data-short": tensors(HONEST, bytes(12)),
        "offsets-reversed": tensors({"a": entry(16, 0, shape=[4])}, bytes(16)),
        "offsets-negative": tensors({"a": entry(-16, 0, shape=[4])}, bytes(16)),
        "offsets-huge": tensors({"a": entry(0, 1 << 63, shape=[1 << 61])}, bytes(16)),
        "shape-differs": tensors({"a": entry(0, 16, shape=[5])}, bytes(16)),
        "shape-overflows": tensors({"a": entry(0, 16, shape=[1 << 63, 1 << 63, 4])}, bytes(16)),
        "shape-negative": tensors({"a": entry(0, 16, shape=[-4])}, bytes(16)),
        "type-unknown": tensors({"a": entry(0, 16, "F33")}, bytes(16)),
        "metadata-no-text": tensors({"__metadata__": {"n": 1}, "a": entry(0, 16)}, bytes(16)),
        "begins-with-space": struct.pack("<Q", 72) + b" " + json.dumps(HONEST).encode().ljust(71)[:71] + bytes(16),
        "starts-late": tensors({"a": entry(8, 24)}, bytes(24)),
        "cut": tensors(HONEST, bytes(16))[:20],
        "empty": b"",
    }
    for name, content in rows.items():
        yield Row(name, name.replace("-", " "), "safetensors audit (2023)", content)


@benign_table(".safetensors")
def honest():
    yield Row("honest", "one tensor", "own", tensors(HONEST, bytes(16)))
    yield Row("honest-no-metadata", "two tensors without metadata", "own", tensors({"a": entry(0, 16), "b": entry(16, 20)}, bytes(20)))
