"""Zip, tar and 7z, with every field open to be wrong."""

import struct
import zlib
from dataclasses import dataclass

from .compress import deflate


def encoded(name):
    return name if isinstance(name, bytes) else name.encode()


@dataclass
class Member:
    """A member of a zip. A field that begins with `local_` is that of the local header, where it differs."""

    name: object
    data: bytes = b""
    method: int = 0
    flags: int = 0
    crc: int = None
    packed: bytes = None
    packed_size: int = None
    size: int = None
    extra: bytes = b""
    offset: int = None
    local_name: object = None
    local_method: int = None
    local_flags: int = None
    local_crc: int = None
    local_packed_size: int = None
    local_size: int = None
    local_extra: bytes = None
    in_directory: bool = True
    descriptor: bool = False
    attributes: int = 0


def either(first, second):
    return second if first is None else first


def zipped(members, prefix=b"", shift=0, comment=b"", tail=b"", count=None, directory_offset=None, directory_size=None, end=True, zip64=None, between=b""):
    """`shift` is taken from every offset; `zip64` is a dictionary of fields of the zip64 end record."""
    out, directory, entries = bytearray(prefix), bytearray(), 0
    for member in members:
        name, local = encoded(member.name), encoded(either(member.local_name, member.name))
        packed = either(member.packed, deflate(member.data) if member.method == 8 else member.data)
        crc = either(member.crc, zlib.crc32(member.data))
        packed_size, size = either(member.packed_size, len(packed)), either(member.size, len(member.data))
        flags = member.flags | (8 if member.descriptor else 0)
        at = either(member.offset, len(out) - shift)
        sizes = (either(member.local_crc, crc), either(member.local_packed_size, packed_size), either(member.local_size, size))
        extra = either(member.local_extra, b"")
        out += b"PK\3\4" + struct.pack(
            "<HHHHHIIIHH", 20, either(member.local_flags, flags), either(member.local_method, member.method), 0, 33, *((0, 0, 0) if member.descriptor else sizes), len(local), len(extra)
        )
        out += local + extra + packed
        if member.descriptor:
            out += b"PK\7\x08" + struct.pack("<III", *sizes)
        out += between
        if member.in_directory:
            entries += 1
            directory += b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, flags, member.method, 0, 33, crc, packed_size, size, len(name), len(member.extra), 0, 0, 0, member.attributes, at)
            directory += name + member.extra
    start = len(out) - shift
    out += directory
    fields = [either(count, entries), either(directory_size, len(directory)), either(directory_offset, start)]
    if zip64 is not None:
        record = len(out) - shift
        out += b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, zip64.get("size", len(directory)), zip64.get("offset", start))
        out += b"PK\6\7" + struct.pack("<IQI", 0, zip64.get("record", record), 1)
        fields = zip64.get("end", [0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF])
    if end:
        out += b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, fields[0], fields[0], fields[1], fields[2], len(comment)) + comment
    return bytes(out) + tail


def folder(contents, method=0, **fields):
    """A zip of names and their contents, nothing wrong with it."""
    return zipped([Member(name, content, method=method) for name, content in contents.items()], **fields)


def tarred(entries, end=True):
    """`entries` are (name, data) or (name, data, type, link); types as in USTAR."""
    out = b""
    for name, data, *rest in entries:
        kind, link = (rest + [b"0", ""])[:2] if rest else (b"0", "")
        header = bytearray(512)
        for at, field in ((0, encoded(name)), (100, b"0000644\0"), (108, b"0000000\0"), (116, b"0000000\0"), (124, b"%011o\0" % len(data)), (136, b"00000000000\0"), (148, b" " * 8), (156, kind), (157, encoded(link)), (257, b"ustar\x0000")):
            header[at : at + len(field)] = field
        header[148:156] = b"%06o\0 " % sum(header)
        out += bytes(header) + data + bytes(-len(data) % 512)
    return out + (bytes(1024) if end else b"")


def seven_zip(contents, packed=None, coder=b"\x01\0"):
    """A 7z with one folder. `coder` is the coder's record: stored by default."""
    data = b"".join(contents.values())
    stream = either(packed, data)
    names = b"\0" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in contents)
    header = b"\x01"
    header += b"\x04\x06" + seven_number(0) + seven_number(1) + b"\x09" + seven_number(len(stream)) + b"\0"
    header += b"\x07\x0b" + seven_number(1) + b"\0" + b"\x01" + coder + b"\x0c" + seven_number(len(data)) + b"\0"
    header += b"\x08\x0d" + seven_number(len(contents))
    sizes = [len(content) for content in contents.values()]
    header += (b"\x09" + b"".join(map(seven_number, sizes[:-1])) if len(sizes) > 1 else b"")
    header += b"\x0a\x01" + b"".join(struct.pack("<I", zlib.crc32(content)) for content in contents.values()) + b"\0\0"
    header += b"\x05" + seven_number(len(contents)) + b"\x11" + seven_number(len(names)) + names + b"\0\0"
    start = struct.pack("<QQI", len(stream), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + stream + header


def seven_number(number):
    if number < 0x80:
        return bytes([number])
    if number < 0x4000:
        return bytes([0x80 | number >> 8, number & 255])
    return b"\xe0" + struct.pack("<I", number)[:3] if number < 1 << 21 else b"\xff" + struct.pack("<Q", number)
