"""GGUF: counts, sizes and offsets that do not fit."""

import struct

from ..assemble.gguf import ARRAY, STRING, gguf, string, tensor
from ..assemble.pickles import EVIL_STREAM
from ..case import Row, benign_table, malformed_table, malicious_table

HUGE = (1 << 64) - 1


@malicious_table(".gguf")
def polyglots():
    yield Row("pickle-behind", "a pickle behind the tensors", "own", gguf(data=bytes(256) + EVIL_STREAM))
    yield Row("pickle-in-value", "a pickle as a value that a converter unpickles", "own", gguf(more={"converter.state": struct.pack("<IIQ", ARRAY, 0, len(EVIL_STREAM)) + EVIL_STREAM}))
    yield Row("pickle-in-padding", "a pickle between the description and the tensors", "own", gguf(data=EVIL_STREAM.ljust(256, b"\0"), tensors=[tensor(offset=256)]) + bytes(256))


@malformed_table(".gguf")
def broken():
    honest = gguf()
    rows = {
        "pair-count": ("CVE-2024-25664", gguf(pair_count=HUGE)),
        "tensor-count": ("CVE-2024-25665", gguf(tensor_count=HUGE)),
        "tensor-count-wraps": ("CVE-2024-25665", gguf(tensor_count=1 << 58)),
        "rank": ("CVE-2024-25666", gguf(tensors=[tensor(rank=9)])),
        "rank-huge": ("CVE-2024-25666", gguf(tensors=[tensor(rank=0xFFFFFFFF)])),
        "string-length": ("CVE-2024-23496", gguf(more={"general.note": struct.pack("<I", STRING) + string("x", HUGE)})),
        "key-length": ("CVE-2024-23496", gguf({string("general.architecture", 1 << 62): "llama"})),
        "array-length": ("CVE-2024-21836", gguf(more={"numbers": struct.pack("<IIQ", ARRAY, 4, 1 << 62)})),
        "array-wraps": ("CVE-2024-21825", gguf(more={"numbers": struct.pack("<IIQ", ARRAY, 8, (1 << 61) + 1)})),
        "array-of-arrays": ("CVE-2024-21825", gguf(more={"numbers": struct.pack("<IIQ", ARRAY, ARRAY, 1) * 3000 + struct.pack("<IQ", 4, 0)})),
        "array-kind": ("CVE-2024-21802", gguf(more={"numbers": struct.pack("<IIQ", ARRAY, 77, 2) + bytes(16)})),
        "value-kind": ("CVE-2024-21802", gguf(more={"number": struct.pack("<I", 99) + bytes(8)})),
        "tensor-kind": ("CVE-2024-23605", gguf(tensors=[tensor(kind=250)])),
        "tensor-offset": ("CVE-2024-23605", gguf(tensors=[tensor(offset=1 << 62)])),
        "tensor-size-overflows": ("CVE-2025-53630", gguf(tensors=[tensor(shape=(1 << 40, 1 << 40))])),
        "tensor-sum-overflows": ("CVE-2026-27940", gguf(tensors=[tensor("a", (1 << 61,)), tensor("b", (1 << 61,), offset=1 << 63)])),
        "product-overflows": ("CVE-2026-33298", gguf(tensors=[tensor(shape=(1 << 32, 1 << 32, 2, 1))])),
        "product-negative": ("CVE-2026-33298", gguf(tensors=[tensor(shape=(HUGE, 1))])),
        "shape-zero": ("own", gguf(tensors=[tensor(shape=(0, 4))])),
        "offset-unaligned": ("own", gguf(tensors=[tensor(offset=7)])),
        "tensors-overlap": ("own", gguf(tensors=[tensor("a"), tensor("b", offset=32)], data=bytes(512))),
        "tensor-twice": ("own", gguf(tensors=[tensor(), tensor(offset=256)], data=bytes(512))),
        "key-twice": ("own", gguf(pairs={"general.architecture": "llama", string("general.architecture"): "gpt2"})),
        "alignment-zero": ("own", gguf(more={"general.alignment": 0})),
        "alignment-odd": ("own", gguf(more={"general.alignment": 33})),
        "alignment-huge": ("own", gguf(more={"general.alignment": 1 << 31})),
        "alignment-text": ("own", gguf(more={"general.alignment": "32"})),
        "no-architecture": ("own", gguf(pairs={"general.name": "small"})),
        "name-too-long": ("own", gguf(tensors=[tensor("a" * 80)])),
        "data-short": ("own", gguf(data=bytes(16))),
        "row-not-whole-blocks": ("own", gguf(tensors=[tensor(shape=(30, 2), kind=8)])),
        "version-zero": ("own", gguf(version=0)),
        "version-9": ("own", gguf(version=9)),
        "big-endian-version": ("own", gguf(version=0x03000000)),
        "magic-lower-case": ("own", gguf(magic=b"gguf")),
        "cut": ("own", honest[: len(honest) // 3]),
        "string-past-end": ("Ollama string", honest[:24] + struct.pack("<Q", len(honest) * 2) + honest[32:]),
    }
    for name, (source, content) in rows.items():
        yield Row(name, name.replace("-", " "), source, content)


@benign_table(".gguf")
def honest():
    yield Row("honest", "one tensor", "own", gguf())
    yield Row("honest-version-2", "the same in version 2", "own", gguf(version=2))
    yield Row("honest-no-tensors", "a vocabulary without tensors", "own", gguf(tensor_count=0, tensors=[b""], data=b""))
