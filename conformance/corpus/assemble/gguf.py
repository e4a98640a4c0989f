"""GGUF of versions 1 to 3."""

import struct

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY, UINT64 = 4, 5, 6, 7, 8, 9, 10


def string(text, size=None):
    data = text if isinstance(text, bytes) else text.encode()
    return struct.pack("<Q", len(data) if size is None else size) + data


def value(data):
    if isinstance(data, bytes):
        return data
    if isinstance(data, bool):
        return struct.pack("<IB", BOOL, data)
    if isinstance(data, int):
        return struct.pack("<II", UINT32, data)
    if isinstance(data, float):
        return struct.pack("<If", FLOAT32, data)
    if isinstance(data, list):
        return struct.pack("<IIQ", ARRAY, STRING, len(data)) + b"".join(map(string, data))
    return struct.pack("<I", STRING) + string(data)


def pair(key, data):
    return string(key) + value(data)


def tensor(name="blk.0.attn_q.weight", shape=(32, 2), kind=0, offset=0, rank=None):
    return string(name) + struct.pack("<I", len(shape) if rank is None else rank) + struct.pack(f"<{len(shape)}Q", *shape) + struct.pack("<IQ", kind, offset)


HONEST = {"general.architecture": "llama", "general.name": "small", "llama.context_length": 2048, "llama.block_count": 1, "llama.rope.freq_base": 10000.0, "tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": ["<unk>", "<s>", "</s>", "cat", "dog"]}


def gguf(pairs=None, tensors=(), template=None, more=None, version=3, pair_count=None, tensor_count=None, data=bytes(256), alignment=32, magic=b"GGUF"):
    held = dict(HONEST if pairs is None else pairs) | (more or {})
    if template is not None:
        held["tokenizer.chat_template"] = template
    body = b"".join(key + value(data) if isinstance(key, bytes) else pair(key, data) for key, data in held.items())
    listed = list(tensors) or [tensor()]
    head = magic + struct.pack("<IQQ", version, len(listed) if tensor_count is None else tensor_count, len(held) if pair_count is None else pair_count)
    out = head + body + b"".join(listed)
    return out + bytes(-len(out) % alignment) + data
