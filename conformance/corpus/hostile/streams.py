"""Streams that break, go on, hide a second one, or take more than they give."""

import struct

from ..assemble.payload import COMMAND
from ..assemble.pickles import EVIL, EVIL_STREAM, HONEST, HONEST_STREAM, Code, call, dropped, found, framed, stacked, stream, unicode, value
from ..case import Row, malformed_table, malicious, malicious_table

BROKEN = "nullifAI (2025)"
NOISE = bytes((number * 37 + 11) % 256 | 0x80 for number in range(4096))


@malicious_table(".pkl")
def broken_after_the_call():
    ends = {
        "bad-opcode": ("an opcode that does not exist", b"\xff\xff"),
        "cut-string": ("a string that is cut short", b"X\xff\xff\0\0ab"),
        "underflow": ("more values dropped than there are", b"000000."),
        "no-stop": ("no STOP", b""),
        "bad-utf-8": ("text that is not UTF-8", b"X\2\0\0\0\xff\xfe."),
        "bad-integer": ("an integer as text that is none", b"Itwelve\n."),
        "bad-memo": ("a memo entry that is missing", b"h\xc8."),
        "bad-protocol": ("a protocol that does not exist", b"\x80\xc8."),
        "bad-persistent": ("a persistent id that nobody resolves", b"X\1\0\0\0xQ."),
        "bad-extension": ("an extension that is not registered", b"\x82\xc8."),
        "bad-import": ("a module that does not exist", bytes(found("no_such_module", "x")) + b"."),
        "bad-frame": ("a frame longer than the file", b"\x95\xff\xff\xff\0\0\0\0\0N."),
        "bad-build": ("BUILD on a number", b"0K\x01}b."),
        "huge-bytes": ("bytes whose length is 2^60", b"\x8e" + struct.pack("<Q", 1 << 60)),
    }
    for name, (mechanism, end) in ends.items():
        yield Row(f"then-{name}", f"the call, then {mechanism}", BROKEN, b"\x80\x04" + EVIL + end)
    yield Row("then-honest-dictionary-cut", "the call, then an honest dictionary that is cut", BROKEN, b"\x80\x02" + dropped(EVIL) + bytes(HONEST)[:-9])


@malicious_table(".pkl")
def more_than_one_stream():
    rows = {
        "second": ("a second stream behind STOP", HONEST_STREAM + EVIL_STREAM),
        "third": ("a third stream", HONEST_STREAM * 2 + EVIL_STREAM),
        "hundredth": ("a hundredth stream", HONEST_STREAM * 99 + EVIL_STREAM),
        "first": ("the call in the first stream, an honest one behind it", EVIL_STREAM + HONEST_STREAM),
        "behind-zeros": ("4 KiB of zeros between the streams", HONEST_STREAM + bytes(4096) + EVIL_STREAM),
        "behind-noise": ("4 KiB of noise between the streams", HONEST_STREAM + NOISE + EVIL_STREAM),
        "behind-newline": ("a line end between the streams", HONEST_STREAM + b"\n" + EVIL_STREAM),
        "no-protocol": ("a second stream without PROTO", HONEST_STREAM + bytes(EVIL) + b"."),
        "text": ("a second stream of protocol 0", HONEST_STREAM + f"cposix\nsystem\n(S'{COMMAND}'\ntR.".encode()),
        "framed": ("a second stream in a frame", framed(HONEST) + framed(EVIL)),
    }
    for name, (mechanism, content) in rows.items():
        yield Row(f"streams-{name}", mechanism, "own" if name != "second" else "CVE-2025-1889", content)


@malicious_table(".pkl")
def padded():
    yield Row("padded-nothing", "4 KiB of NONE and POP before the call", "own", stream(b"N0" * 2048 + EVIL))
    yield Row("padded-megabyte", "1 MiB of NONE and POP before the call", "own", stream(b"N0" * (1 << 19) + EVIL))
    yield Row("padded-string", "a string of 300,000 letters before the call", "own", stream(dropped(unicode("a" * 300_000)) + EVIL))
    yield Row("padded-numbers", "40,000 integers before the call", "own", stream(b"(" + b"M\x39\x30" * 40_000 + b"l0" + EVIL))
    yield Row("padded-memo", "20,000 memo entries before the call", "own", stream(b"".join(b"K\x01r" + struct.pack("<I", number) + b"0" for number in range(20_000)) + EVIL))
    words = b"".join(value(f"word{number}") + value(number) for number in range(60_000))
    yield Row("end-of-vocabulary", "a vocabulary of 60,000 words, with one call before STOP", "own", stream(b"}(" + words + b"u" + dropped(EVIL)))
    yield Row("middle-of-vocabulary", "the call among the words of a vocabulary", "own", stream(b"}(" + value("first") + EVIL + words + b"u"))


@malicious_table(".pkl")
def frames():
    body = bytes(EVIL) + b"."
    size = struct.pack("<Q", len(body))
    rows = {
        "zero": b"\x80\x04\x95" + bytes(8) + body,
        "nested": b"\x80\x04\x95" + struct.pack("<Q", len(body) + 9) + b"\x95" + size + body,
        "short": b"\x80\x04\x95" + struct.pack("<Q", 2) + b"N0" + body,
        "beyond-the-frame": framed(HONEST)[:-1] + b"0" + body,
        "straddled": b"\x80\x04\x95" + struct.pack("<Q", 5) + body,
        "longer-than-file": b"\x80\x04\x95" + struct.pack("<Q", 10**6) + body,
        "two-to-the-63": b"\x80\x04\x95" + struct.pack("<Q", 1 << 63) + body,
        "at-the-end": b"\x80\x04" + body + b"\x95" + bytes(8),
    }
    for name, content in rows.items():
        yield Row(f"frame-{name}", f"FRAME: {name.replace('-', ' ')}", "own", content)
    for protocol in (0, 1, 3, 6, 255):
        yield Row(f"protocol-number-{protocol}", f"PROTO {protocol}", "own", stream(EVIL, protocol))


@malicious(".pkl")
def leading_noise():
    """4 KiB of noise, then the stream, for a loader that seeks. [own]"""
    return NOISE + EVIL_STREAM


@malicious(".pkl")
def begins_as_zip():
    """A text stream that begins with the letters of a zip. [own]"""
    return f"PK\x03\x04\n0cposix\nsystem\n(S'{COMMAND}'\ntR.".encode()


@malicious(".bin")
def pickle_named_bin():
    """A plain pickle named .bin, which a scanner takes for PyTorch only. [CVE-2025-10155]"""
    return EVIL_STREAM


@malicious(".pt")
def pickle_named_pt():
    """A plain pickle named .pt. [CVE-2025-10155]"""
    return EVIL_STREAM


@malicious_table()
def other_names():
    for ending in (".safetensors", ".json", ".txt", ".npz", ".h5", ".onnx", ".gguf", ".ckpt", ".dat", ".model", ".weights", ".data", ".tflite", ".pdparams", ".jpg", ""):
        yield Row(f"pickle-named{ending or '-nothing'}", f"a plain pickle named {ending or 'without a suffix'}", "civitai/model-scanner #6", EVIL_STREAM)


@malicious(".pkl")
def dictionary_of_commands():
    """An honest dictionary whose last value is the call's result, in a frame. [own]"""
    return framed(Code(b"}(" + value("weights") + value([0.5]) + value("notes") + call(stacked("posix", "system"), COMMAND) + b"u"))


@malformed_table(".pkl")
def bombs_and_cuts():
    rows = {
        "bytes-of-2-to-the-60": ("BINBYTES8 of 2^60 bytes", b"\x80\x04\x8e" + struct.pack("<Q", 1 << 60) + b"ab."),
        "bytearray-of-2-to-the-40": ("BYTEARRAY8 of 2^40 bytes, which Python allocates first", b"\x80\x05\x96" + struct.pack("<Q", 1 << 40) + b"ab."),
        "binstring-negative": ("BINSTRING of negative length", b"\x80\x02T\xff\xff\xff\xffab."),
        "long-negative": ("LONG4 of negative length", b"\x80\x02\x8b\xff\xff\xff\xff."),
        "tuples-doubled": ("64 levels of a pair of the same pair", b"\x80\x02)" + b"2\x86" * 64 + b"."),
        "key-doubled": ("34 levels of a pair of the same pair as a key", b"\x80\x02})" + b"2\x86" * 34 + b"Ns."),
        "member-trebled": ("21 levels of a tuple of three as a member", b"\x80\x04\x8f()" + b"22\x87" * 21 + b"\x90."),
        "only-protocol": ("PROTO and nothing else", b"\x80\x02"),
        "only-stop": ("STOP on an empty stack", b"."),
        "mark-at-stop": ("STOP on a mark", b"\x80\x02(."),
        "honest-cut": ("an honest stream, cut in half", HONEST_STREAM[: len(HONEST_STREAM) // 2]),
        "honest-flipped": ("an honest stream with an opcode that does not exist", HONEST_STREAM.replace(b"eX", b"\xfeX")),
        "honest-then-noise": ("an honest stream with noise behind it", HONEST_STREAM + NOISE),
        "lists-100000-deep": ("100,000 lists in each other", b"\x80\x02" + b"]" * 100_000 + b"a" * 99_999 + b"."),
        "random": ("no pickle at all", NOISE),
    }
    for name, (mechanism, content) in rows.items():
        yield Row(name, mechanism, "own", content)
