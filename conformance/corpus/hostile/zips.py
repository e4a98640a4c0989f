"""Zip archives on which readers disagree, around a PyTorch state dict."""

import struct
import zlib

from ..assemble.archives import Member, folder, zipped
from ..assemble.compress import deflate, deflate_repeated
from ..assemble.pickles import EVIL, EVIL_STREAM, call, dropped, found, stream
from ..assemble.torch_files import HONEST, rest, torch_zip
from ..case import Row, benign_table, malformed_table, malicious_table

HOSTILE = HONEST[:-1] + bytes(dropped(EVIL)) + b"."
PICKLE, NOTES = "archive/data.pkl", "archive/notes.txt"


def hostile(**fields):
    return torch_zip([Member(fields.pop("name", PICKLE), HOSTILE, **fields)])


def with_member(name, content=EVIL_STREAM, **fields):
    return torch_zip(members=[Member(name, content, **fields)])


def two(first, second):
    return torch_zip([first, second])


def unicode_name(name, real):
    return b"up" + struct.pack("<HBI", 5 + len(real), 1, zlib.crc32(name.encode())) + real.encode()


def zip64(*numbers):
    return struct.pack("<HH", 1, 8 * len(numbers)) + struct.pack(f"<{len(numbers)}Q", *numbers)


@malicious_table(".pt")
def members():
    rows = {
        "data-pickle": ("a call in data.pkl", "own", torch_zip(HOSTILE)),
        "data-pickle-deflated": ("a call in a deflated data.pkl", "own", hostile(method=8)),
        "all-deflated": ("every member deflated", "own", zipped([Member(PICKLE, HOSTILE, method=8)] + [Member(member.name, member.data, method=8) for member in rest()])),
        "extra-pkl": ("a second pickle in the archive", "CVE-2025-1889", with_member("archive/extra.pkl")),
        "extra-bin": ("a second pickle named .bin", "CVE-2025-1889", with_member("archive/weights.bin")),
        "extra-txt": ("a second pickle named .txt", "CVE-2025-1889", with_member("archive/notes.txt")),
        "extra-config": ("a second pickle named config.p", "CVE-2025-1889", with_member("archive/config.p")),
        "extra-nothing": ("a second pickle without a suffix", "CVE-2025-1889", with_member("archive/blob")),
        "extra-hidden": ("a second pickle in a hidden folder", "CVE-2025-1889", with_member("archive/.data/state")),
        "extra-python": ("a Python source beside the pickle", "own", with_member("archive/setup.py", b"import os\nos.getpid()\n")),
        "extra-library": ("an ELF library beside the pickle", "own", with_member("archive/lib/libops.so", b"\x7fELF\2\1\1" + bytes(57))),
        "stub-and-payload": ("data.pkl loads the other member", "CVE-2025-1889", torch_zip(stub(), members=[Member("config.p", EVIL_STREAM)])),
        "second-root": ("a second root folder with a hostile data.pkl", "own", with_member("other/data.pkl")),
        "debug-pickle": ("a call in a debug_pkl of TorchScript", "own", with_member("archive/code/__torch__.py.debug_pkl")),
        "constants": ("a call in constants.pkl", "own", with_member("archive/constants.pkl")),
        "attributes": ("a call in attributes.pkl", "own", with_member("archive/attributes.pkl")),
        "traced-inputs": ("a call in traced_inputs.pkl", "own", with_member("archive/traced_inputs.pkl")),
        "storage-is-pickle": ("a storage that is a pickle", "own", zipped([Member(PICKLE, HONEST), Member("archive/data/0", EVIL_STREAM + bytes(48 - len(EVIL_STREAM) % 48)), Member("archive/version", b"3\n")])),
        "nested-zip": ("a zip with the hostile file in the zip", "own", with_member("archive/inner.zip", torch_zip(HOSTILE))),
        "nested-thrice": ("three zips in each other", "own", folder({"a.zip": folder({"b.zip": folder({"c.pkl": EVIL_STREAM})})})),
        "three-thousandth": ("the hostile member is the 3,000th", "own", torch_zip(members=[Member(f"archive/data/{number}", b"\0") for number in range(1, 3000)] + [Member("archive/data.pkl.bak", EVIL_STREAM)])),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


def stub():
    return stream(call(found("torch.serialization", "load"), "config.p"))


@malicious_table(".pt")
def headers():
    directory = {
        "name-local-only": ("the local header says data.pkl, the directory notes.txt", "CVE-2025-1944", two(Member(PICKLE, HONEST), Member(NOTES, HOSTILE, local_name=PICKLE))),
        "name-directory-only": ("the directory says data.pkl, the local header notes.txt", "CVE-2025-1944", hostile(local_name=NOTES)),
        "crc-wrong": ("the check sum of data.pkl is wrong", "CVE-2025-10156", hostile(crc=0xDEADBEEF)),
        "crc-wrong-locally": ("the check sum is wrong in the local header", "CVE-2025-10156", hostile(local_crc=1)),
        "encrypted-flag": ("both headers say encrypted, the data are not", "CVE-2025-1945", hostile(flags=1)),
        "encrypted-flag-directory": ("the directory says encrypted", "CVE-2025-1945", hostile(flags=1, local_flags=0)),
        "encrypted-flag-local": ("the local header says encrypted", "CVE-2025-1945", hostile(local_flags=1)),
        "strong-encryption-flag": ("the flag of strong encryption", "CVE-2025-1945", hostile(flags=0x40)),
        "patch-flag": ("the flag of patched data", "CVE-2025-1945", hostile(flags=0x20)),
        "masked-flag": ("the flag of masked headers", "CVE-2025-1945", hostile(flags=0x2000)),
        "twice-hostile-last": ("data.pkl twice, the hostile one last", "own", two(Member(PICKLE, HONEST), Member(PICKLE, HOSTILE))),
        "twice-hostile-first": ("data.pkl twice, the hostile one first", "own", two(Member(PICKLE, HOSTILE), Member(PICKLE, HONEST))),
        "twice-by-case": ("data.pkl and DATA.PKL", "own", two(Member(PICKLE, HONEST), Member("archive/DATA.PKL", HOSTILE))),
        "same-offset": ("two directory entries for one local header", "own", two(Member(PICKLE, HOSTILE), Member(NOTES, HOSTILE, offset=0))),
        "not-in-directory": ("a hostile member that the directory does not list", "own", with_member("archive/hidden.pkl", in_directory=False)),
        "between-members": ("a pickle between two members", "own", torch_zip(HONEST, between=EVIL_STREAM)),
        "before-archive": ("a pickle before the archive, offsets right", "own", torch_zip(HONEST, prefix=EVIL_STREAM)),
        "before-archive-shifted": ("a pickle before the archive, offsets not adjusted", "own", torch_zip(HONEST, prefix=EVIL_STREAM, shift=len(EVIL_STREAM))),
        "behind-archive": ("a pickle behind the archive", "own", torch_zip(HONEST, tail=EVIL_STREAM)),
        "in-comment": ("a pickle in the archive's comment", "own", torch_zip(HONEST, comment=EVIL_STREAM)),
        "in-extra-field": ("a pickle in an extra field", "own", torch_zip([Member(PICKLE, HONEST, local_extra=b"xx" + struct.pack("<H", len(EVIL_STREAM)) + EVIL_STREAM)])),
        "end-record-in-comment": ("an end record inside the comment of another", "model-files note, section 4", torch_zip(HOSTILE, comment=zipped([Member(PICKLE, HONEST)])[-22:])),
        "archive-in-comment": ("a whole honest archive in the comment of a hostile one", "model-files note, section 4", torch_zip(HOSTILE, comment=torch_zip(HONEST))),
        "two-archives": ("a hostile archive, and an honest one behind it", "own", torch_zip(HOSTILE) + torch_zip(HONEST)),
        "two-archives-honest-first": ("an honest archive, and a hostile one behind it", "own", torch_zip(HONEST) + torch_zip(HOSTILE)),
        "method-differs": ("stored in the directory, deflated in the local header", "own", hostile(local_method=8)),
        "method-unknown": ("a compression method that does not exist, data stored", "own", hostile(method=97)),
        "method-differs-unknown": ("the local header has an unknown method", "own", hostile(local_method=99)),
        "descriptor": ("sizes in a data descriptor", "own", hostile(descriptor=True)),
        "local-sizes-zero": ("the local header says no bytes", "own", hostile(local_packed_size=0, local_size=0)),
        "directory-size-short": ("the directory says two bytes, the local header all", "own", hostile(packed_size=2, size=2, local_packed_size=len(HOSTILE), local_size=len(HOSTILE))),
        "size-huge": ("the unpacked size is 3 GB", "own", hostile(size=3_000_000_000, local_size=3_000_000_000)),
        "zip64": ("honest zip64 end records around a hostile member", "own", torch_zip(HOSTILE, zip64={})),
        "zip64-two-directories": ("the zip64 record and the end record disagree", "own", torch_zip(HOSTILE, zip64={"end": [0, 0, 0]})),
        "zip64-extra": ("sizes in the zip64 extra field", "own", hostile(packed_size=0xFFFFFFFF, size=0xFFFFFFFF, local_packed_size=len(HOSTILE), local_size=len(HOSTILE), extra=zip64(len(HOSTILE), len(HOSTILE)))),
        "count-zero": ("the end record counts no entries", "own", torch_zip(HOSTILE, count=0)),
        "count-one": ("the end record counts one entry too few", "own", torch_zip(members=[Member("archive/extra.pkl", EVIL_STREAM)], count=4)),
        "bytes-behind": ("100 bytes behind the end record", "own", torch_zip(HOSTILE, tail=bytes(100))),
        "bytes-before": ("100 bytes before the archive", "own", torch_zip(HOSTILE, prefix=b"#" * 100)),
        "deflate-then-more": ("bytes behind the deflate stream of a member", "own", torch_zip([Member(PICKLE, HONEST, method=8, packed=deflate(HONEST) + EVIL_STREAM)])),
        "directory-flagged": ("data.pkl has the attributes of a folder", "own", hostile(attributes=0x10)),
        "link": ("data.pkl has the attributes of a symbolic link", "own", hostile(attributes=0xA1FF << 16)),
    }
    for name, (mechanism, source, content) in directory.items():
        yield Row(name, mechanism, source, content)


@malicious_table(".pt")
def names():
    rows = {
        "traversal": ("a member that climbs out of its folder", with_member("../../data.pkl")),
        "absolute": ("a member with an absolute name", with_member("/data.pkl")),
        "backslash": ("data.pkl behind a backslash", hostile(name="archive\\data.pkl")),
        "nul": ("a NUL in the member's name", hostile(name="archive/data.pkl\0.txt")),
        "space": ("a space behind data.pkl", hostile(name="archive/data.pkl ")),
        "slash": ("a slash behind data.pkl", hostile(name="archive/data.pkl/")),
        "unicode-extra": ("an extra field that gives another name", torch_zip([Member(NOTES, HOSTILE, extra=unicode_name(NOTES, PICKLE), local_extra=unicode_name(NOTES, PICKLE))])),
        "empty": ("a member without a name", with_member("")),
        "code-page": ("a name of bytes above 127 without the flag of UTF-8", with_member(b"archive/\x81\xff.pkl")),
        "no-root": ("data.pkl without a root folder", zipped([Member("data.pkl", HOSTILE), Member("version", b"3\n")])),
        "long": ("a name of 60,000 bytes", with_member("archive/" + "a" * 60_000 + ".pkl")),
        "drive": ("a name with a drive letter", with_member("C:\\models\\data.pkl")),
    }
    for name, (mechanism, content) in rows.items():
        yield Row(f"name-{name}", mechanism, "own", content)


@malformed_table(".pt")
def broken():
    bomb = Member(PICKLE, b"", method=8, packed=deflate_repeated(0, 780_000), size=1 + 258 * 780_000, local_size=1 + 258 * 780_000)
    rows = {
        "bomb": ("200 MB of zeros in 1.2 MB", torch_zip([bomb])),
        "bomb-by-overlap": ("600 entries that share one deflated member", overlapping()),
        "honest-crc-wrong": ("honest content, wrong check sum", torch_zip([Member(PICKLE, HONEST, crc=1)])),
        "cut": ("the archive is cut in half", torch_zip(HONEST)[: len(torch_zip(HONEST)) // 2]),
        "no-end-record": ("no end record", torch_zip(HONEST, end=False)),
        "offset-beyond": ("a member's offset beyond the file", torch_zip([Member(PICKLE, HONEST, offset=1 << 30)])),
        "directory-beyond": ("the directory's offset beyond the file", torch_zip(HONEST, directory_offset=1 << 30)),
        "zip64-beyond": ("the zip64 directory beyond the file", torch_zip(HONEST, zip64={"offset": 1 << 40})),
        "zip64-record-beyond": ("the zip64 record beyond the file", torch_zip(HONEST, zip64={"record": 1 << 50})),
        "deflate-broken": ("a deflate stream that is none", torch_zip([Member(PICKLE, HONEST, method=8, packed=b"\xff" * 64)])),
        "empty": ("an archive without members", zipped([])),
    }
    for name, (mechanism, content) in rows.items():
        yield Row(name, mechanism, "own", content)


def overlapping():
    packed = deflate_repeated(0, 7800)
    first = Member("archive/0.pkl", method=8, packed=packed, size=1 + 258 * 7800)
    others = [Member(f"archive/{number}.pkl", method=8, packed=b"", packed_size=len(packed), size=1 + 258 * 7800, offset=0) for number in range(1, 600)]
    return zipped([first, *others])


@benign_table(".pt")
def honest():
    yield Row("honest", "an honest state dict as PyTorch 2 lays it out", "own", torch_zip(HONEST))
    yield Row("honest-root", "an honest state dict with the file's name for a root", "own", torch_zip(HONEST, root="resnet18"))
