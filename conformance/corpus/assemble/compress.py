"""Compressed streams whose bytes do not depend on the library that is installed."""

import struct
import zlib


class Bits:
    """Bits, least significant first, as deflate wants them."""

    def __init__(self):
        self.data, self.pending, self.count = bytearray(), 0, 0

    def put(self, number, width):
        self.pending |= number << self.count
        self.count += width
        while self.count >= 8:
            self.data.append(self.pending & 255)
            self.pending >>= 8
            self.count -= 8

    def put_code(self, code, width):
        self.put(int(f"{code:0{width}b}"[::-1], 2), width)

    def literal(self, byte):
        """The fixed Huffman code of a byte."""
        self.put_code(*((0x30 + byte, 8) if byte < 144 else (0x190 + byte - 144, 9)))

    def bytes(self):
        return bytes(self.data) + (bytes([self.pending & 255]) if self.count else b"")


def deflate(data):
    """One block with fixed Huffman codes and no repetitions."""
    bits = Bits()
    bits.put(0b011, 3)
    for byte in data:
        bits.literal(byte)
    bits.put_code(0, 7)
    return bits.bytes()


def deflate_repeated(byte, times):
    """`1 + 258 * times` equal bytes: a bomb, with 13 bits for 258 bytes."""
    bits = Bits()
    bits.put(0b011, 3)
    bits.literal(byte)
    for _ in range(times):
        bits.put_code(0b11000101, 8)
        bits.put(0, 5)
    bits.put_code(0, 7)
    return bits.bytes()


def zlib_stream(data, check=None):
    return b"\x78\x9c" + deflate(data) + struct.pack(">I", zlib.adler32(data) if check is None else check)


def gzip_stream(data, check=None, size=None, name=b"", packed=None):
    flags = 8 if name else 0
    header = b"\x1f\x8b\x08" + bytes([flags]) + bytes(4) + b"\0\xff" + (name + b"\0" if name else b"")
    check = zlib.crc32(data) if check is None else check
    return header + (deflate(data) if packed is None else packed) + struct.pack("<II", check, len(data) if size is None else size)


def zstd_frame(data, size=None, skippable=b""):
    """Raw blocks; with `size`, a block that repeats one byte."""
    prefix = struct.pack("<II", 0x184D2A50, len(skippable)) + skippable if skippable else b""
    if size is not None:
        blocks = b"".join(struct.pack("<I", (131072 << 3) | 2 | last)[:3] + data[:1] for last in [0] * (size // 131072 - 1) + [1])
        return prefix + b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", size) + blocks
    return prefix + b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", len(data)) + struct.pack("<I", len(data) << 3 | 1)[:3] + data


def lz4_frame(data):
    """One stored block, independent, without checksums of blocks and content."""
    descriptor = b"\x60\x70"
    check = (xxh32(descriptor) >> 8) & 255
    return b"\x04\x22\x4d\x18" + descriptor + bytes([check]) + struct.pack("<I", len(data) | 0x80000000) + data + bytes(4)


def xxh32(data):
    """xxHash of less than 16 bytes."""
    mask, value, at = 0xFFFFFFFF, 374761393 + len(data), 0
    while at + 4 <= len(data):
        value = value + struct.unpack_from("<I", data, at)[0] * 3266489917 & mask
        value = (value << 17 | value >> 15) * 668265263 & mask
        at += 4
    for byte in data[at:]:
        value = value + byte * 374761393 & mask
        value = (value << 11 | value >> 21) * 2654435761 & mask
    for shift, prime in ((15, 2246822519), (13, 3266489917), (16, 1)):
        value = (value ^ value >> shift) * prime & mask
    return value


def joblib_zf(data, size=None):
    """The container of joblib before 0.10: ZF, the length as text, a zlib stream."""
    text = hex(len(data) if size is None else size).encode()
    return b"ZF" + text.ljust(19) + zlib_stream(data)
