"""HDF5: links and storage outside the file, native filters, and shapes that are bombs."""

import struct

from ..assemble.hdf5 import FLOAT, UNDEFINED, File, attribute, external, global_heap, hard, lookup3, message, soft, user_defined
from ..assemble.pickles import EVIL_STREAM
from ..case import benign, malformed, malformed_table, malicious, Row


def one(dataset, file=None):
    file = file or File()
    return file.bytes(hard("weights", dataset(file)))


@malicious(".h5")
def external_link():
    """A link to an object of another file. [CVE-2026-1669]"""
    return File().bytes(external("weights", "/tmp/no-such-file.h5", "/weights"))


@malicious(".h5")
def external_link_climbing():
    """A link to a file above the folder. [CVE-2026-1669]"""
    return File().bytes(external("weights", "../../secrets.h5", "/"))


@malicious(".h5")
def external_link_deep():
    """A link to another file, four groups deep. [CVE-2026-1669]"""
    file = File()
    inner = file.group(external("weights", "/tmp/no-such-file.h5", "/"))
    for name in ("c", "b", "a"):
        inner = file.group(hard(name, inner))
    return file.bytes(hard("layers", inner))


@malicious(".h5")
def external_storage():
    """A dataset whose bytes are those of a system file. [CVE-2026-1669]"""
    return one(lambda file: file.stored_elsewhere((4,), [("/etc/hostname", 0, 16)]))


@malicious(".h5")
def external_storage_relative():
    """A dataset whose bytes are in a file beside it. [CVE-2026-1669]"""
    return one(lambda file: file.stored_elsewhere((4,), [("weights.raw", 0, 16)]))


@malicious(".h5")
def external_storage_several():
    """A dataset whose bytes come from three files. [CVE-2026-1669]"""
    return one(lambda file: file.stored_elsewhere((12,), [("a.raw", 0, 16), ("/etc/hostname", 8, 16), ("/proc/self/environ", 0, 16)]))


@malicious(".h5")
def virtual_dataset():
    """A virtual dataset over another file. [model-files note, section 4]"""
    everything = struct.pack("<IIII", 3, 1, 0, 0)
    block = b"\0" + struct.pack("<Q", 1) + b"/tmp/no-such-file.h5\0/weights\0" + everything * 2
    block += struct.pack("<I", lookup3(block))

    def virtual(file):
        return file.dataset((4,), layout=struct.pack("<BBQI", 4, 3, file.put(global_heap(block)), 1))

    return one(virtual)


@malicious(".h5")
def filter_plugin():
    """A filter that HDF5 loads as a native library. [own]"""
    pipeline = message(11, struct.pack("<BB6x", 1, 1) + struct.pack("<HHHH", 40_000, 8, 0, 0) + b"helper\0\0")
    return one(lambda file: file.dataset((4,), layout=struct.pack("<BBBQIII", 3, 2, 2, UNDEFINED, 4, 4, 0)[:23], more=[pipeline]))


@malicious(".h5")
def user_defined_link():
    """A link of a kind that only a plug-in can follow. [own]"""
    return File().bytes(user_defined("weights", 100, b"helper"))


@malicious(".h5")
def pickle_in_user_block():
    """A pickle before the superblock. [own]"""
    return one(lambda file: file.dataset((4,), bytes(16)), File(EVIL_STREAM.ljust(512, b"\0")))


@malicious(".h5")
def pickle_behind():
    """A pickle behind the end of the file. [own]"""
    return one(lambda file: file.dataset((4,), bytes(16))) + EVIL_STREAM


@malicious(".h5")
def pickle_in_attribute():
    """An attribute that pandas and others unpickle. [own]"""
    file = File()
    return file.bytes(hard("weights", file.dataset((4,), bytes(16))), attribute("pandas_type", "frame"), attribute("object", EVIL_STREAM))


@malformed_table(".h5")
def broken():
    honest = one(lambda file: file.dataset((4,), bytes(16)))
    rows = {
        "shape-bomb": ("a dataset of 2^62 bytes", "CVE-2026-0897", one(lambda file: file.dataset((1 << 40, 1 << 20)))),
        "shape-overflow": ("a shape whose product overflows", "CVE-2026-0897", one(lambda file: file.dataset((1 << 63, 16)))),
        "data-beyond": ("bytes beyond the file", "own", one(lambda file: file.dataset((4,), layout=struct.pack("<BBQQ", 3, 1, 1 << 40, 16)))),
        "data-short": ("fewer bytes than the shape needs", "own", one(lambda file: file.dataset((400,), bytes(16)))),
        "link-to-itself": ("a soft link to itself", "own", File().bytes(soft("weights", "/weights"))),
        "group-in-itself": ("a group that holds itself", "own", looped()),
        "cut": ("the file is cut in half", "own", honest[: len(honest) // 2]),
        "superblock-version": ("a superblock of version 9", "own", honest[:8] + b"\x09" + honest[9:]),
        "root-beyond": ("a root group beyond the file", "own", File().bytes(root=1 << 40)),
        "type-unknown": ("a type that does not exist", "own", one(lambda file: file.dataset((4,), bytes(16), kind=b"\x1f" + FLOAT[1:]))),
        "message-beyond": ("a message longer than its header", "own", one(lambda file: file.header([message(1, bytes(8))[:2] + b"\xf8\xff" + bytes(12)]))),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


def looped():
    file = File()
    address = len(file.data)
    file.group(hard("again", address))
    return file.bytes(hard("again", address))


@malformed(".h5")
def signature_only():
    """The signature and nothing else. [own]"""
    return b"\x89HDF\r\n\x1a\n"


@benign(".h5")
def honest():
    """Four numbers, an attribute and a soft link. [own]"""
    file = File()
    return file.bytes(hard("weights", file.dataset((4,), struct.pack("<4f", 1, 2, 3, 4))), soft("alias", "/weights"), attribute("note", "four numbers"))
