"""A small PyTorch state dict, in the containers that PyTorch has used."""

import struct

from .archives import Member, tarred, zipped
from .pickles import ORDERED, Code, call, found, persistent, stream, value

FLOATS = struct.pack("<12f", *(number / 8 for number in range(12)))


def storage(key="0", count=12, kind=None, view=False):
    identity = ("storage", kind or found("torch", "FloatStorage"), key, "cpu", count)
    return persistent(identity + ((None,) if view else ()))


def tensor(held=None, offset=0, size=(3, 4), stride=(4, 1), hooks=ORDERED):
    return call(found("torch._utils", "_rebuild_tensor_v2"), held or storage(), offset, size, stride, False, hooks)


def state_dict(**tensors):
    items = b"".join(value(name.replace("__", ".")) + bytes(code) for name, code in (tensors or {"fc__weight": tensor()}).items())
    return Code(ORDERED + b"(" + items + b"u")


HONEST = stream(state_dict())


def torch_zip(pickle=HONEST, members=(), root="archive", **fields):
    """`pickle` is the content of data.pkl, or the members in its place."""
    first = [Member(f"{root}/data.pkl", pickle)] if isinstance(pickle, bytes) else list(pickle)
    return zipped(first + rest(root) + list(members), **fields)


def rest(root="archive"):
    return [Member(f"{root}/byteorder", b"little"), Member(f"{root}/data/0", FLOATS), Member(f"{root}/version", b"3\n")]


MAGIC = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."
PROTOCOL = stream(b"M\xe9\x03")
SYSTEM_INFORMATION = stream(value({"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}))
LEGACY_STATE = stream(state_dict(fc__weight=tensor(storage(view=True))))
KEYS = stream(value(["0"]))
STORAGES = struct.pack("<Q", 12) + FLOATS


def legacy(magic=MAGIC, protocol=PROTOCOL, information=SYSTEM_INFORMATION, state=LEGACY_STATE, keys=KEYS, storages=STORAGES):
    return magic + protocol + information + state + keys + storages


def torch_tar(information=SYSTEM_INFORMATION, pickle=None, storages=None, tensors=None):
    """The format of PyTorch 0.1."""
    one_storage = stream(value(1)) + stream(value((0, "cpu", found("torch", "FloatStorage")))) + STORAGES + stream(value([]))
    one_tensor = stream(value(1)) + stream(value((0, 0, found("torch", "FloatTensor")))) + struct.pack("<i4x5Q", 2, 3, 4, 4, 1, 0)
    honest = stream(value({"weight": persistent("0")}))
    return tarred([("sys_info", information), ("pickle", pickle or honest), ("storages", storages or one_storage), ("tensors", tensors or one_tensor)])
