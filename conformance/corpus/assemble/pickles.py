"""Pickle opcodes. `Code` is a piece of a stream; anything else given to `value` is data."""

import struct

from .payload import COMMAND


class Code(bytes):
    """Opcodes, as they stand in the stream."""

    def __add__(self, other):
        return Code(bytes(self) + bytes(other))

    def __radd__(self, other):
        return Code(bytes(other) + bytes(self))


def encoded(text):
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def unicode(text):
    """BINUNICODE"""
    return Code(b"X" + struct.pack("<I", len(encoded(text))) + encoded(text))


def short(text):
    """SHORT_BINUNICODE"""
    return Code(b"\x8c" + bytes([len(encoded(text))]) + encoded(text))


def blob(data):
    """SHORT_BINBYTES or BINBYTES"""
    return Code(b"C" + bytes([len(data)]) + data if len(data) < 256 else b"B" + struct.pack("<I", len(data)) + data)


def integer(number):
    if 0 <= number < 256:
        return Code(b"K" + bytes([number]))
    if -(2**31) <= number < 2**31:
        return Code(b"J" + struct.pack("<i", number))
    size = number.bit_length() // 8 + 1
    return Code(b"\x8a" + bytes([size]) + number.to_bytes(size, "little", signed=True))


def found(module, name):
    """GLOBAL"""
    return Code(b"c" + encoded(module) + b"\n" + encoded(name) + b"\n")


def stacked(module, name):
    """STACK_GLOBAL"""
    return short(module) + short(name) + b"\x93"


def arguments(*values):
    parts = b"".join(value(part) for part in values)
    if len(values) < 4:
        return Code(parts + [b")", b"\x85", b"\x86", b"\x87"][len(values)])
    return Code(b"(" + parts + b"t")


def value(data):
    if isinstance(data, Code):
        return data
    if data is None:
        return Code(b"N")
    if isinstance(data, bool):
        return Code(b"\x88" if data else b"\x89")
    if isinstance(data, int):
        return integer(data)
    if isinstance(data, float):
        return Code(b"G" + struct.pack(">d", data))
    if isinstance(data, str):
        return unicode(data)
    if isinstance(data, (bytes, bytearray)):
        return blob(bytes(data))
    if isinstance(data, tuple):
        return arguments(*data)
    if isinstance(data, list):
        return Code(b"](" + b"".join(value(part) for part in data) + b"e")
    if isinstance(data, dict):
        return Code(b"}(" + b"".join(value(key) + value(part) for key, part in data.items()) + b"u")
    raise TypeError(data)


def call(function, *values):
    """REDUCE"""
    return Code(bytes(function) + arguments(*values) + b"R")


def new(kind, *values):
    """NEWOBJ"""
    return Code(bytes(kind) + arguments(*values) + b"\x81")


def built(made, state):
    """BUILD"""
    return Code(bytes(made) + value(state) + b"b")


def persistent(identity):
    """BINPERSID"""
    return Code(value(identity) + b"Q")


def stream(body, protocol=2):
    return bytes([0x80, protocol]) + bytes(body) + b"."


def framed(body):
    """A pickle of protocol 4 in one frame, as Python writes it."""
    body = bytes(body) + b"."
    return b"\x80\x04\x95" + struct.pack("<Q", len(body)) + body


SYSTEM = found("posix", "system")
#: A call that leaves the canary, and a whole pickle that makes it.
EVIL = call(SYSTEM, COMMAND)
EVIL_STREAM = stream(EVIL)
ORDERED = call(found("collections", "OrderedDict"))
#: What a small honest file says.
HONEST = value({"weights": [0.5, -0.25, 1.5], "bias": 0.125, "classes": ["cat", "dog"]})
HONEST_STREAM = stream(HONEST)


def dropped(code):
    """Run, and its result thrown away."""
    return Code(bytes(code) + b"0")
