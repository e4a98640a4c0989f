"""HDF5 with a superblock of version 0 and object headers of version 1: groups, small datasets, attributes, every kind of link."""

import struct

UNDEFINED = 0xFFFFFFFFFFFFFFFF
FLOAT = b"\x11\x20\x1f\0" + struct.pack("<IHHBBBBI", 4, 0, 32, 23, 8, 0, 23, 127)


def padded(data):
    return data + bytes(-len(data) % 8)


def message(kind, data, flags=0):
    data = padded(data)
    return struct.pack("<HHB3x", kind, len(data), flags) + data


def space(shape):
    return struct.pack("<BBBBI", 1, len(shape), 0, 0, 0) + struct.pack(f"<{len(shape)}Q", *shape)


def text_type(size):
    return b"\x13\x10\0\0" + struct.pack("<I", size)


def attribute(name, text):
    data = text if isinstance(text, bytes) else text.encode()
    name = name.encode() + b"\0"
    return message(12, struct.pack("<BBHHHB", 3, 0, len(name), 8, 8, 0) + name + text_type(max(len(data), 1)) + space(()) + (data or b"\0"))


def link(name, kind, information):
    name = name.encode()
    return message(6, bytes([1, 8, kind, len(name)]) + name + information)


def hard(name, address):
    return link(name, 0, struct.pack("<Q", address))


def soft(name, path):
    return link(name, 1, struct.pack("<H", len(path)) + path.encode())


def external(name, file, path):
    value = b"\0" + file.encode() + b"\0" + path.encode() + b"\0"
    return link(name, 64, struct.pack("<H", len(value)) + value)


def user_defined(name, kind, value):
    return link(name, kind, struct.pack("<H", len(value)) + value)


class File:
    """Objects are added from the leaves to the root; `bytes` closes the file with the root group."""

    def __init__(self, user_block=b""):
        self.user_block, self.data = user_block, bytearray(96)

    def put(self, data):
        address = len(self.data)
        self.data += padded(data)
        return address

    def header(self, messages):
        body = b"".join(messages)
        return self.put(struct.pack("<BBHII4x", 1, 0, len(messages), 1, len(body)) + body)

    def group(self, *messages):
        information = message(2, struct.pack("<BBQQ", 0, 0, UNDEFINED, UNDEFINED)) + message(10, b"\0\0")
        parts = [information[:32], information[32:], *messages]
        return self.header(parts)

    def dataset(self, shape, data=b"", kind=FLOAT, layout=None, more=()):
        address = self.put(data) if data else UNDEFINED
        held = message(8, layout or struct.pack("<BBQQ", 3, 1, address, len(data)))
        return self.header([message(1, space(shape)), message(3, kind), message(5, b"\2\2\2\0"), held, *more])

    def stored_elsewhere(self, shape, files):
        """A dataset whose bytes are in other files: (name, offset, size) each."""
        names, offsets = b"\0" * 8, []
        for name, _, _ in files:
            offsets.append(len(names))
            names += padded(name.encode() + b"\0")
        heap = self.put(b"HEAP\0\0\0\0" + struct.pack("<QQQ", len(names), 1, len(self.data) + 32) + names)
        slots = b"".join(struct.pack("<QQQ", at, start, size) for at, (_, start, size) in zip(offsets, files))
        list_of_files = message(7, struct.pack("<B3xHHQ", 1, len(files), len(files), heap) + slots)
        return self.dataset(shape, layout=struct.pack("<BBQQ", 3, 1, UNDEFINED, sum(size for _, _, size in files)), more=[list_of_files])

    def bytes(self, *messages, root=None):
        root = self.group(*messages) if root is None else root
        base = len(self.user_block)
        head = b"\x89HDF\r\n\x1a\n" + bytes([0, 0, 0, 0, 0, 8, 8, 0]) + struct.pack("<HHI", 4, 16, 0)
        head += struct.pack("<QQQQ", base, UNDEFINED, base + len(self.data), UNDEFINED) + struct.pack("<QQII16x", 0, root, 0, 0)
        return self.user_block + head + bytes(self.data[96:])


def global_heap(data):
    """A collection of 4 KiB with one object."""
    held = struct.pack("<HH4xQ", 1, 0, len(data)) + padded(data)
    free = 4096 - 16 - len(held)
    return b"GCOL\1\0\0\0" + struct.pack("<Q", 4096) + held + struct.pack("<HH4xQ", 0, 0, free) + bytes(free - 16)


def lookup3(data):
    """Bob Jenkins's hash, which newer structures of HDF5 end with."""

    def rotated(value, by):
        return (value << by | value >> 32 - by) & mask

    mask = 0xFFFFFFFF
    words = [0xDEADBEEF + len(data) & mask] * 3
    while len(data) > 12:
        words = [word + more & mask for word, more in zip(words, struct.unpack_from("<III", data))]
        data = data[12:]
        for turn, by in enumerate((4, 6, 8, 16, 19, 4)):
            first, second, last = turn % 3, (turn + 1) % 3, (turn + 2) % 3
            words[first] = (words[first] - words[last] & mask) ^ rotated(words[last], by)
            words[last] = words[last] + words[second] & mask
    if data:
        words = [word + more & mask for word, more in zip(words, struct.unpack("<III", data.ljust(12, b"\0")))]
        for turn, by in enumerate((14, 11, 25, 16, 4, 14, 24)):
            changed, by_word = (turn + 2) % 3, (turn + 1) % 3
            words[changed] = (words[changed] ^ words[by_word]) - rotated(words[by_word], by) & mask
    return words[2]
