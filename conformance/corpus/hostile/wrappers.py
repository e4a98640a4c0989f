"""A hostile pickle inside compression and archives other than zip."""

import bz2
import lzma
import struct

from ..assemble.archives import seven_zip, tarred
from ..assemble.compress import deflate_repeated, gzip_stream, joblib_zf, lz4_frame, zlib_stream, zstd_frame
from ..assemble.pickles import EVIL_STREAM, HONEST_STREAM
from ..assemble.torch_files import torch_zip
from ..case import Row, benign_table, malformed_table, malicious_table
from .zips import HOSTILE

UNKNOWN = "model-files note, section 4"
LZMA2 = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]


def xz(data):
    return lzma.compress(data, format=lzma.FORMAT_XZ, preset=6)


def lzma_alone(data):
    return lzma.compress(data, format=lzma.FORMAT_ALONE, preset=6)


@malicious_table()
def compressed():
    rows = {
        "gzip.pkl.gz": ("gzip", "own", gzip_stream(EVIL_STREAM)),
        "gzip-named.pkl.gz": ("gzip with a name in its header", "own", gzip_stream(EVIL_STREAM, name=b"weights.txt")),
        "gzip-second-member.pkl.gz": ("an honest gzip member, then a hostile one", "own", gzip_stream(HONEST_STREAM) + gzip_stream(EVIL_STREAM)),
        "gzip-twice.pkl.gz": ("gzip in gzip", "own", gzip_stream(gzip_stream(EVIL_STREAM))),
        "gzip-crc-wrong.pkl.gz": ("gzip with a wrong check sum", "own", gzip_stream(EVIL_STREAM, check=1)),
        "gzip-cut.pkl.gz": ("gzip that ends behind the call", "own", gzip_stream(EVIL_STREAM + bytes(2000))[:-900]),
        "gzip-trailing.pkl.gz": ("an honest gzip with a raw hostile pickle behind it", "own", gzip_stream(HONEST_STREAM) + EVIL_STREAM),
        "gzip-unnamed.pkl": ("gzip without its suffix", "own", gzip_stream(EVIL_STREAM)),
        "bzip2.pkl.bz2": ("bzip2", "own", bz2.compress(EVIL_STREAM)),
        "bzip2-second.pkl.bz2": ("an honest bzip2 stream, then a hostile one", "own", bz2.compress(HONEST_STREAM) + bz2.compress(EVIL_STREAM)),
        "xz.pkl.xz": ("xz", "own", xz(EVIL_STREAM)),
        "xz-second.pkl.xz": ("an honest xz stream, then a hostile one", "own", xz(HONEST_STREAM) + xz(EVIL_STREAM)),
        "lzma-alone.pkl.lzma": ("LZMA without a container", UNKNOWN, lzma_alone(EVIL_STREAM)),
        "lzma-alone.joblib": ("LZMA without a container, as joblib reads it", UNKNOWN, lzma_alone(EVIL_STREAM)),
        "zlib.joblib": ("zlib, as joblib writes it", "own", zlib_stream(EVIL_STREAM)),
        "gzip.joblib": ("gzip, as joblib writes it", "own", gzip_stream(EVIL_STREAM)),
        "bzip2.joblib": ("bzip2, as joblib writes it", "own", bz2.compress(EVIL_STREAM)),
        "xz.joblib": ("xz, as joblib writes it", "own", xz(EVIL_STREAM)),
        "lz4.joblib": ("lz4, as joblib writes it", "own", lz4_frame(EVIL_STREAM)),
        "zlib-check-wrong.joblib": ("zlib with a wrong check sum", "own", zlib_stream(EVIL_STREAM, check=1)),
        "old-header.joblib": ("joblib's container before 0.10", UNKNOWN, joblib_zf(EVIL_STREAM)),
        "old-header-long.joblib": ("joblib's old container with a wrong length", UNKNOWN, joblib_zf(EVIL_STREAM, size=1 << 40)),
        "zstd.pkl.zst": ("zstd", UNKNOWN, zstd_frame(EVIL_STREAM)),
        "zstd-skippable.pkl.zst": ("zstd behind a skippable frame", UNKNOWN, zstd_frame(EVIL_STREAM, skippable=b"notes")),
        "zstd-second.pkl.zst": ("an honest zstd frame, then a hostile one", UNKNOWN, zstd_frame(HONEST_STREAM) + zstd_frame(EVIL_STREAM)),
        "lz4.pkl.lz4": ("lz4", "own", lz4_frame(EVIL_STREAM)),
        "gzip-of-torch.pt.gz": ("gzip around a hostile PyTorch file", "own", gzip_stream(torch_zip(HOSTILE))),
        "zstd-of-torch.pt.zst": ("zstd around a hostile PyTorch file", UNKNOWN, zstd_frame(torch_zip(HOSTILE))),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@malicious_table()
def archived():
    evil = [("model/weights.pkl", EVIL_STREAM)]
    honest = [("model/weights.pkl", HONEST_STREAM)]
    rows = {
        "tar.tar": ("tar", "own", tarred(evil)),
        "tar-second.tar": ("an honest tar, then a hostile one behind its end", "own", tarred(honest) + tarred(evil)),
        "tar-duplicate.tar": ("a tar with the same name twice", "own", tarred(honest + evil)),
        "tar-no-end.tar": ("a tar without its end", "own", tarred(evil, end=False)),
        "tar-traversal.tar": ("a tar whose member climbs out of its folder", "CVE-2024-5187", tarred([("../../weights.pkl", EVIL_STREAM)])),
        "tar-traversal-text.tar": ("a tar that would write a start-up file", "CVE-2025-12060", tarred([("../../.config/notes.pth", b"import this\n")])),
        "tar-absolute.tar": ("a tar with an absolute name", "CVE-2024-5187", tarred([("/tmp/no-such-folder/notes.txt", b"x")])),
        "tar-symbolic-link.tar": ("a tar with a link that leads out", "CVE-2025-12638", tarred([("model", b"", b"2", "/etc"), ("model/notes", b"x")])),
        "tar-hard-link.tar": ("a tar with a hard link that leads out", "CVE-2025-12638", tarred([("model.bin", b"", b"1", "/etc/hostname")])),
        "tar-device.tar": ("a tar with a device", "own", tarred([("model.bin", b"", b"3", "")])),
        "tar-long-name.tar": ("a hostile member behind a long GNU name", "own", tarred([("././@LongLink", b"weights/" + b"a" * 200 + b".pkl\0", b"L", ""), ("weights", EVIL_STREAM)])),
        "tar-pax-name.tar": ("a hostile member renamed by a pax header", "own", tarred([("PaxHeader", b"20 path=weights.pkl\n", b"x", ""), ("notes.txt", EVIL_STREAM)])),
        "tar.tar.gz": ("tar in gzip", "own", gzip_stream(tarred(evil))),
        "tar.tar.bz2": ("tar in bzip2", "own", bz2.compress(tarred(evil))),
        "tar.tar.xz": ("tar in xz", "own", xz(tarred(evil))),
        "tar.tar.zst": ("tar in zstd", UNKNOWN, zstd_frame(tarred(evil))),
        "tar.tar.lz4": ("tar in lz4", "own", lz4_frame(tarred(evil))),
        "tar.tar.lzma": ("tar in LZMA without a container", UNKNOWN, lzma_alone(tarred(evil))),
        "seven-zip.7z": ("7z, stored", "nullifAI (2025)", seven_zip({"model/data.pkl": EVIL_STREAM})),
        "seven-zip-lzma.7z": ("7z, packed by LZMA2", "nullifAI (2025)", seven_zip({"model/data.pkl": EVIL_STREAM}, packed=lzma.compress(EVIL_STREAM, format=lzma.FORMAT_RAW, filters=LZMA2), coder=b"\x21\x21\x01\x0c")),
        "seven-zip-broken.7z": ("7z with a stream that breaks behind the call", "nullifAI (2025)", seven_zip({"model/data.pkl": EVIL_STREAM[:-1] + b"\xff"})),
        "seven-zip-other-name.7z": ("7z whose pickle is named notes.txt", "nullifAI (2025)", seven_zip({"notes.txt": EVIL_STREAM})),
        "seven-zip-named-pt.pt": ("7z named .pt", "nullifAI (2025)", seven_zip({"archive/data.pkl": EVIL_STREAM, "archive/version": b"3\n"})),
        "oci-layer.tar": ("an image layer with a hostile pickle", "own", tarred([("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'), ("blobs/sha256/layer", gzip_stream(tarred(evil)))])),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@malformed_table()
def bombs():
    zeros = 258 * 780_000 + 1
    rows = {
        "gzip-bomb.pkl.gz": ("200 MB of zeros in gzip", gzip_stream(b"", packed=deflate_repeated(0, 780_000), size=zeros)),
        "zstd-bomb.pkl.zst": ("1 GB of zeros in zstd", zstd_frame(b"\0", size=1 << 30)),
        "bzip2-bomb.pkl.bz2": ("50 MB of zeros in bzip2", bz2.compress(bytes(50_000_000))),
        "xz-bomb.pkl.xz": ("50 MB of zeros in xz", lzma.compress(bytes(50_000_000), preset=1)),
        "gzip-honest-cut.pkl.gz": ("an honest gzip, cut", gzip_stream(HONEST_STREAM)[:20]),
        "seven-zip-header-beyond.7z": ("7z whose header lies beyond the file", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(4) + struct.pack("<QQI", 1 << 40, 100, 0)),
        "tar-size-huge.tar": ("a tar whose member is longer than the file", tarred([("weights.bin", b"x")]).replace(b"00000000001\0", b"77777777777\0")),
        "tar-check-sum.tar": ("a tar with a wrong check sum", tarred([("weights.bin", b"x")]).replace(b"0000644", b"0000755")),
        "gzip-header-only.pkl.gz": ("gzip that ends behind its header", gzip_stream(b"")[:10]),
        "old-joblib-header.joblib": ("joblib's old container without a number", b"ZF" + b"x" * 19 + zlib_stream(HONEST_STREAM)),
    }
    for name, (mechanism, content) in rows.items():
        yield Row(name, mechanism, "own", content)


@benign_table()
def honest():
    rows = {
        "honest.pkl.gz": gzip_stream(HONEST_STREAM),
        "honest.pkl.bz2": bz2.compress(HONEST_STREAM),
        "honest.pkl.xz": xz(HONEST_STREAM),
        "honest.pkl.lzma": lzma_alone(HONEST_STREAM),
        "honest.pkl.zst": zstd_frame(HONEST_STREAM),
        "honest.pkl.lz4": lz4_frame(HONEST_STREAM),
        "honest.joblib": zlib_stream(HONEST_STREAM),
        "honest-old.joblib": joblib_zf(HONEST_STREAM),
        "honest.tar": tarred([("model/weights.pkl", HONEST_STREAM), ("model/README.txt", b"Weights of a small model.\n")]),
        "honest.tar.gz": gzip_stream(tarred([("model/weights.pkl", HONEST_STREAM)])),
        "honest.7z": seven_zip({"model/weights.pkl": HONEST_STREAM, "model/README.txt": b"Weights of a small model.\n"}),
    }
    for name, content in rows.items():
        yield Row(name, f"honest numbers in {name.partition('.')[2]}", "own", content)
