#!/usr/bin/env python3
"""Writes the seed corpora: small files, benign and hostile, the same bytes at every run.

Nothing is unpickled. Hostile streams are assembled by hand and name only harmless commands.
"""

import base64
import collections
import io
import json
import math
import pathlib
import pickle
import struct
import zipfile

HERE = pathlib.Path(__file__).parent / "seeds"


def write(target, name, data):
    folder = HERE / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def call(module, name, argument=b"X\x04\0\0\0true\x85R"):
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n" + argument


def archive(members, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, data in members.items():
            zipped.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


def tensors(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


VALUES = [None, True, 1, -(2**70), 1.5, "text", b"bytes", (1, 2), [1], {"a": {1, 2}}]
STORAGE = (
    b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n"
    b"X\x01\0\0\x000X\x03\0\0\0cpuK\x04tQK\0K\x02K\x02\x86K\x02K\x01\x86\x89"
    b"ccollections\nOrderedDict\n)RtR."
)
EVIL = b"\x80\x02" + call("posix", "system") + b"."

for protocol in range(6):
    write("pickle", f"values-{protocol}", pickle.dumps(VALUES, protocol))
    write("pickle", f"ordered-{protocol}", pickle.dumps(collections.OrderedDict(a=1), protocol))
HOSTILE = {
    "call": EVIL,
    "stack-global": b"\x80\x04\x8c\x06random\x8c\x0a_os.system\x93\x8c\x04true\x85R.",
    "inst": b"(S'true'\niposix\nsystem\n.",
    "obj": b"(cposix\nsystem\nS'true'\no.",
    "build": b"\x80\x02" + call("types", "SimpleNamespace", b")R}X\x06\0\0\0appendcposix\nsystem\nsb") + b"K\1a.",
    "two": pickle.dumps([1]) + EVIL,
    "apart": pickle.dumps([1]) + bytes(64) + EVIL,
    "extension": b"\x80\x02\x82\x01)R.",
    "laughs": b"\x80\x02]" + b"2\x86" * 70 + b".",
    "memo": b"\x80\x02Nr\xff\xff\xff\x7f0h\x01.",
    "wrapper": b"\x80\x02cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(X\x05\0\0\0shapeK\x02\x85X\x05\0\0\0dtype"
    b"cnumpy\ndtype\nX\x02\0\0\0f8\x89\x88\x87Rub" + bytes(16) + b".",
    "legacy": b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}.\x80\x02].\x80\x02].",
    "nested": b"\x80\x03ctorch.storage\n_load_from_bytes\nC" + bytes([len(EVIL)]) + EVIL + b"\x85R.",
    "persistent": STORAGE,
}
for name, data in HOSTILE.items():
    write("pickle", name, data)

BODY = {"m/data.pkl": STORAGE, "m/byteorder": "little", "m/data/0": bytes(16), "m/version": "3\n"}
GOOD = archive(BODY)
write("torch_zip", "good", GOOD)
write("torch_zip", "deflated", archive(BODY, zipfile.ZIP_DEFLATED))
write("torch_zip", "evil", archive({**BODY, "m/data.pkl": EVIL}))
write("torch_zip", "extra", archive({**BODY, "m/x.txt": EVIL}))
write("torch_zip", "script", archive({**BODY, "m/code/__torch__.py": "class M(Module): pass\n"}))
write("torch_zip", "prefix", EVIL + GOOD)
write("torch_zip", "suffix", GOOD + EVIL)
write("torch_zip", "cut", GOOD[:-30])
write("torch_zip", "no-end", GOOD[: GOOD.index(b"PK\x05\x06")])
write("torch_zip", "encrypted", GOOD.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"))

ONE = {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}
write("safetensors", "good", tensors(ONE, bytes(8)))
write("safetensors", "metadata", tensors({"__metadata__": {"format": "pt"}, **ONE}, bytes(8)))
write("safetensors", "empty", tensors({}))
write("safetensors", "trailing", tensors(ONE, bytes(8) + EVIL))
write("safetensors", "hole", tensors({"a": {**ONE["a"], "data_offsets": [8, 16]}}, bytes(16)))
write("safetensors", "twice", tensors(b'{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":1}'))
write("safetensors", "huge", struct.pack("<Q", 2**63) + b"{}")
write("safetensors", "deep", tensors(b'{"a":' + b"[" * 200 + b"]" * 200 + b"}"))
write("safetensors", "pickle", EVIL)

for name, data in {
    "gguf": b"GGUF\3\0\0\0" + bytes(16),
    "npy": b"\x93NUMPY\x01\0v\0{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
    "hdf5": b"\x89HDF\r\n\x1a\n" + bytes(32),
    "zlib": bytes.fromhex("789c6b606d65020002d400e2"),
    "gzip": bytes.fromhex("1f8b08000000000002ff6b606dd5030016d9b5ae04000000"),
    "text": b"class X:\n    pass\n",
    "version": b"0.4.0\n",
    "json": b'{"learner": {}}',
    "tflite": bytes(4) + b"TFL3",
    "pointer": b"version https://git-lfs.github.com/spec/v1\n",
    "call": EVIL,
    "text-call": b"cos\nsystem\n(S'true'\ntR.",
    "archive": GOOD,
    "tensors": tensors(ONE, bytes(8)),
}.items():
    write("identify", name, data)

write("system_file", "empty", "")
write("system_file", "system", '[system]\nname = "x"\n\n[model.m]\nname = "m"\n')
write("system_file", "broken", '[system\nname = "x\n')
write("system_file", "deep", "a = " + "[" * 40 + "]" * 40 + "\n")
write("system_file", "dotted", 'a.b.c = 1\n[a.b]\nc = """\nx"""\n')

# Signatures for the namespace "coseal-decision", by keys made for this. What they sign is of no matter here.
SIGNATURES = {
    "sk-ed25519": (
        "U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAg6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iwA"
        "AAAEc3NoOgAAAA9jb3NlYWwtZGVjaXNpb24AAAAAAAAABnNoYTUxMgAAAGcAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAABAbxAw"
        "xv7QM0QK/JcX6FZcp9qwVGG57jcfUNKazUFrUO0/pSAGvjpY8zqwv4PDoUyLVzvvZTB2xuWuCVwaCp5EBQEAAAAJ"
    ),
    "sk-p256": (
        "U1NIU0lHAAAAAQAAAH8AAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAAAAhuaXN0cDI1NgAAAEEEYP7UuiVanTHJYet0"
        "xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQAAAARzc2g6AAAAD2Nvc2VhbC1kZWNpc2lvbgAA"
        "AAAAAAAGc2hhNTEyAAAAeAAAACJzay1lY2RzYS1zaGEyLW5pc3RwMjU2QG9wZW5zc2guY29tAAAASQAAACAk2dMZxpeVj/C+kEGnCzSqVcVM"
        "g84OoZL7D7iqul8yHgAAACEA7DgLM1xhdOTHI99TasESIfNKySJ0tgio8RDx6oLbeZEBAAAACQ=="
    ),
    "ed25519": (
        "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgjkXuwotg97PuYSzbgj9aOtABYIoY3JoZg9HYx2EXd/QAAAAPY29zZWFsLWRlY2lz"
        "aW9uAAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5AAAAQC5N94RFj/IPSXjWZenNC7SBGCt/0JN5Kbb2qEM1bsFUtKjhRGMJkFgw"
        "xyQr/6zdLH19YgnkIQJr9m++ss4IDwA="
    ),
    "p256": (
        "U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAEEES5tPt//JstBaC6QCmOAkweT3MgWkhpF0u58I"
        "PqCcmbccx/Z60BBz7u/5hf6QBDbYmfzVQx7/T4DVuKaAYLRg1QAAAA9jb3NlYWwtZGVjaXNpb24AAAAAAAAABnNoYTUxMgAAAGMAAAATZWNk"
        "c2Etc2hhMi1uaXN0cDI1NgAAAEgAAAAgV7PouFbHTRBUdQUaCjys1KN0c96RX8js2n0bi3gqpaoAAAAgfDNyCVj6I2Nk0QiixfHD2zg7LckQ"
        "bCckHBN9LLTViW8="
    ),
    "rsa": (
        "U1NIU0lHAAAAAQAAARcAAAAHc3NoLXJzYQAAAAMBAAEAAAEBAKH5L50lXFlnYIkEK/ab+DPmNFs3LBuDQh8l9/RfIAB9mjpM0T9FOnypFqNb"
        "q5YmTwOBrSQBlyyr+E4cvoIen3f+cbrdlZSRkg7zZaK+WHgwpFNg76rAn8MNglXpBpqkDbQ1Aq1oTF5FhbC8GddfMypSj8h4/6eevTxKIt9v"
        "S20zzHwK0eYYLnQZKQJOzbi7djwuRg4Ht5+WbyVryVvIzAbPKLOAUiQ8SJTGZu98fyj2HQjvW5iLvU4cgEfV1I4zPe4XvPogMSNl1LsG9vJm"
        "bkk8/0YSkmIMzlk8VooJzVjacVNkcutXR0UDEXDVTT8N1r6LIEwuqgQk/D7wH7u4flsAAAAPY29zZWFsLWRlY2lzaW9uAAAAAAAAAAZzaGE1"
        "MTIAAAEUAAAADHJzYS1zaGEyLTUxMgAAAQAu8ZE1xgU8ziQcNJLrHay99+rMOFFWFDK0hsCKD+4HVLs53rIz2u8c9SgzcGeLiBteTnLlDWFB"
        "zC6C3YcADt9TsUjThomtvmtDsxp5GAJZ3zYAakNkJMSPxUwdT+DoTzhqUrw9e+fVlBn31wlZPg0vwBaiPuEmdilghi9EZ+nr/AGUSy18ntuq"
        "X4GooGbuPxhw6lYAMAk9eRNcKGW/3Wva5SkorYVQZLy0Ofzotl4WG/oP3WJ9W7xCoQWxyqaa9E79PT0m16Mc97z3L0ZbFovf90TR/jy5Ajtg"
        "RvaHkVXPJ+fBvJLxizd/KXHPDgeAoS1VMqajkRIhw0UxMWsaobl3"
    ),
}
for name, text in SIGNATURES.items():
    write("sshsig", name, base64.b64decode(text))
    lines = "\n".join(text[start : start + 70] for start in range(0, len(text), 70))
    write("sshsig", f"{name}-text", f"-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----\n")
write("sshsig", "trailing", base64.b64decode(SIGNATURES["ed25519"]) + b"\0")
write("sshsig", "cut", base64.b64decode(SIGNATURES["ed25519"])[:-1])


def string(data):
    return struct.pack(">I", len(data)) + data


def private_key(public, private, cipher=b"none", kdf=b"none", options=b""):
    """An OpenSSH private key (PROTOCOL.key), padded to sixteen bytes, which every cipher's blocks divide."""
    inner = struct.pack(">II", 7, 7) + private + string(b"")
    inner += bytes(range(1, 1 + -len(inner) % 16))
    head = string(cipher) + string(kdf) + string(options) + struct.pack(">I", 1)
    return b"openssh-key-v1\0" + head + string(public) + string(inner)


# Keys of no worth: Ed25519 of the number 7 repeated, P-256 of RFC 6979, and numbers that make no RSA key.
ED = bytes.fromhex("ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c")
POINT = bytes.fromhex(
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
)
NUMBER = bytes.fromhex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")
ED_KEY = string(b"ssh-ed25519") + string(ED)
P256_KEY = string(b"ecdsa-sha2-nistp256") + string(b"nistp256") + string(POINT)
SK_KEY = string(b"sk-ssh-ed25519@openssh.com") + string(ED) + string(b"ssh:")
RSA_KEY = string(b"ssh-rsa") + string(b"\x03") + string(b"\0\x80" + b"\x01" * 255)
RSA_PARTS = b"".join(map(string, (b"\0\x80" + b"\x01" * 255, b"\x03", b"\x07", b"\x05", b"\x0b", b"\x0d")))


def mpint(number):
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big"))


def rsa(p, q, more=0):
    """A private key that works, if p and q are prime, and can be exposed by anybody who knows Mersenne's primes."""
    n, e, period = p * q, 65537, math.lcm(p - 1, q - 1)
    d = pow(e, -1, period) + more * period
    inner = b"".join(map(mpint, (n, e, d, pow(q, -1, p) if p != q else 1, p, q)))
    return private_key(string(b"ssh-rsa") + mpint(e) + mpint(n), string(b"ssh-rsa") + inner)


MERSENNE = [2**bits - 1 for bits in (61, 607, 1279, 2203)]
BCRYPT = string(bytes(16)) + struct.pack(">I", 2**32 - 1)
write("ssh_key", "ed25519", ED_KEY)
write("ssh_key", "p256", P256_KEY)
write("ssh_key", "sk-ed25519", SK_KEY)
write("ssh_key", "rsa", RSA_KEY)
write("ssh_key", "dsa", string(b"ssh-dss") + string(b"\x03") * 4)
write("ssh_key", "line", b"ssh-ed25519 " + base64.b64encode(ED_KEY) + b" a comment\n")
write("ssh_key", "private-ed25519", private_key(ED_KEY, ED_KEY + string(b"\x07" * 32 + ED)))
write("ssh_key", "private-torn", private_key(ED_KEY, ED_KEY + string(b"\x08" * 32 + ED)))
write("ssh_key", "private-p256", private_key(P256_KEY, P256_KEY + string(b"\0" + NUMBER)))
write("ssh_key", "private-rsa", private_key(RSA_KEY, string(b"ssh-rsa") + RSA_PARTS))
write("ssh_key", "private-sk", private_key(SK_KEY, SK_KEY + b"\x01" + string(b"handle") + string(b"")))
write("ssh_key", "rounds", private_key(ED_KEY, bytes(64), b"aes256-ctr", b"bcrypt", BCRYPT))
write("ssh_key", "rsa-odd", rsa(MERSENNE[2], MERSENNE[3]))
write("ssh_key", "rsa-works", rsa(MERSENNE[3], MERSENNE[1]))
write("ssh_key", "rsa-unbalanced", rsa(MERSENNE[0], MERSENNE[3]))
write("ssh_key", "rsa-square", rsa(MERSENNE[2], MERSENNE[2]))
write("ssh_key", "rsa-composite", rsa(MERSENNE[0] * MERSENNE[2], MERSENNE[3]))
write("ssh_key", "rsa-endless", rsa(MERSENNE[2], MERSENNE[3], 2**100000))

SIGNED = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
CHECKPOINT = (
    f"example.com/behind-the-sofa\n20852163\n{HASH}\n\n\u2014 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
write("note", "example", SIGNED)
write("note", "key", "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
write("note", "checkpoint", CHECKPOINT)
write("note", "cosigned", CHECKPOINT + "\u2014 w AAAAAAAAAABkGFDL" + "A" * 82 + "==\n")
write("note", "empty-line", "\n" + SIGNED)
write("note", "carriage-return", SIGNED.replace("\n", "\r\n"))
write("tlog_proof", "good", f"c2sp.org/tlog-proof@v1\nindex 73894\n{HASH}\n{HASH}\n\n{CHECKPOINT}")
write("tlog_proof", "extra", f"c2sp.org/tlog-proof@v1\nextra YWdl\nindex 0\n\n{CHECKPOINT}")
write("tlog_proof", "long", f"c2sp.org/tlog-proof@v1\nindex 1\n{(HASH + chr(10)) * 65}\n{CHECKPOINT}")
write("tlog_proof", "cut", "c2sp.org/tlog-proof@v1\nindex 73894\n" + HASH)
write("bundle", "two", b"\x01\0\x02ab\0\0")
write("bundle", "cut", b"\0\0\x05ab")
write("bundle", "hash", b"\0" + bytes(32))
write("bundle", "path", "tile/0/x001/x234/067.p/5")
write("bundle", "entries", "tile/entries/000.p/255")
STATEMENT = (
    '{"_type":"https://in-toto.io/Statement/v1","predicate":{"a":[1,null]},"predicateType":"p",'
    '"subject":[{"digest":{"sha256":"' + "ab" * 32 + '"},"name":"x"}]}'
)
ENVELOPE = (
    '{"payload":"%s","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":"k","sig":"AA=="}]}'
    % base64.b64encode(STATEMENT.encode()).decode()
)
write("envelope", "statement", STATEMENT)
write("envelope", "good", ENVELOPE)
write("envelope", "spaced", ENVELOPE.replace(",", ", "))
write("envelope", "twice", ENVELOPE.replace("{", '{"payload":"",', 1))
write("envelope", "fraction", STATEMENT.replace("1,null", "1.0,1e3"))
write("envelope", "deep", STATEMENT.replace("1,null", "[" * 40 + "]" * 40))

COMMON = (
    'schema = 1\nkind = "%s"\nsystem = "s"\nrole = "owner"\nmade = 2026-11-21\nexpires = 2027-01-01\nreason = "r"\n'
)
CITED = '[[evidence]]\nwhat = "w"\npath = "a.csv"\ndigest = "sha256:' + "1" * 64 + '"\n'
for kind, rest in {
    "attest": 'check = "training-completed"\nclaim = { privileged = 2, completed = 1 }\n' + CITED,
    "waive": 'check = "ai-debt-low"\nseverity = "low"\ncontrol = "c"\ncovers = [{ rule = "x", path = "a.py" }]\n',
    "choose": 'model = "model.m"\nchosen = "a"\ncriteria = ["c"]\n[[option]]\nname = "a"\nwhy = "w"\n',
    "threat": 'threat = "t"\ndisposition = "accepted"\nseverity = "low"\n',
    "exempt": 'check = "restore-drilled"\n',
}.items():
    write("decision_file", kind, COMMON % kind + rest)
write("decision_file", "empty", "")
write("decision_file", "unknown", COMMON % "other")

# Assets: a letter each for kind and scheme, then name, place, file and detail between tabs; 0x01 between assets.
write("draft", "rag", "AAgpt-4o\topenai/gpt-4o\x01EAchroma\x01CAdocs\tdocs/pages\x01DAapp.py#ANSWER\tapp.py")
write("draft", "agent", "BGrefund\ttools.py\ttools.py\twrite\x01EEfiles\tnpx -y @x/files\x01FAhelper\t\tapp.py\tgpt-4o")
write("draft", "quotes", 'AA"]\n[system]\t../../x"\x01GA\'\'\'\\\t#\n=\x01HA\u202e\u001b[31m')
write("draft", "many", "\x01".join(f"GAtool_{n}\tsrc/{n % 7}.py" for n in range(60)))
write("draft", "long", "AA" + "x" * 10_000 + "\x01GA" + "y-" * 5_000)

RESULT = '{"ruleId":"x","level":"error","message":{"text":"t"},"partialFingerprints":{"coseal/v1":"sha256:%s"}}' % ("ab" * 32)
SARIF = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"coseal"}},"results":[%s]}]}'
write("baseline", "good", SARIF % RESULT)
write("baseline", "empty", SARIF % "")
write("baseline", "other", (SARIF % RESULT).replace("coseal\"", "other\"", 1))
write("baseline", "without", SARIF % RESULT.replace("coseal/v1", "coseal/v0"))
write("baseline", "deep", "[" * 300 + "]" * 300)
