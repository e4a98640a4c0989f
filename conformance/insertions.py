"""Puts calls into real pickles, at opcode boundaries drawn at random, and holds `coseal scan` against Python: what a loader
runs, whether or not it fails after, must never be clean.

    python3 insertions.py COSEAL FOLDER [--each 20] [--seed 5]

Run it where the libraries of the pickles are, on pickles that are harmless: it loads them. All that it adds is a function of this script that notes that it was called.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import mmap
import os
import pickle
import pickletools
import random
import signal
import struct
import subprocess
import sys
import tempfile
import types
import warnings
from pathlib import Path

#: A load that takes longer is ended.
SECONDS = 10
#: Shared with the children that load: not 0 once the payload was called.
CALLED = mmap.mmap(-1, 1)


def mark(*_arguments, **_named):
    """The harmless payload."""
    CALLED[0] = 1
    return Marked()


class Marked:
    """What it gives; as a class it is a payload as well."""

    def __new__(cls, *_arguments, **_named):
        CALLED[0] = 1
        return object.__new__(cls)

    def __setstate__(self, _state):
        CALLED[0] = 1


def register() -> None:
    probe = types.ModuleType("coseal_probe")
    probe.mark, probe.Marked = mark, Marked
    sys.modules["coseal_probe"] = probe
    import copyreg

    copyreg.add_extension("coseal_probe", "mark", 0x70)


LINES = b"ccoseal_probe\nmark\n"
CLASS = b"ccoseal_probe\nMarked\n"
STACK = b"\x8c\x0ccoseal_probe\x8c\x04mark\x93"
#: Calls that leave the stack as it was.
PAYLOADS = {
    "reduce": LINES + b")R0",
    "reduce-arguments": LINES + b"K\x01\x85R0",
    "stack-global": STACK + b")R0",
    "stack-global-lines": b"Vcoseal_probe\nVmark\n\x93(tR0",
    "inst": b"(icoseal_probe\nmark\n0",
    "obj": b"(" + LINES + b"o0",
    "newobj": CLASS + b")\x810",
    "newobj-ex": CLASS + b")}\x920",
    "build": CLASS + b")\x81}b0",
    "ext1": b"\x82\x70)R0",
    "ext2": b"\x83\x70\x00)R0",
    "ext4": b"\x84\x70\x00\x00\x00)R0",
    "memo": LINES + b"r\xf0\xf0\x00\x000j\xf0\xf0\x00\x00)R0",
    "memo-lines": LINES + b"p61680\n0g61680\n)R0",
    "pop-mark": b"(" + LINES + b")R1",
    "twice": LINES + b"2)R00",
    "in-a-list": b"]" + LINES + b")Ra0",
    "in-a-dict": b"}K\x01" + LINES + b")Rs0",
    "framed": b"\x95" + struct.pack("<Q", len(STACK) + 3) + STACK + b")R0",
    "getattr": b"cbuiltins\ngetattr\nccoseal_probe\nMarked\n\x8c\x07__new__\x86R" + CLASS + b"\x85R0",
    "dotted": b"\x8c\x0ccoseal_probe\x8c\x0eMarked.__new__\x93" + CLASS + b"\x85R0",
}


def insert(data: bytes, at: int, payload: bytes) -> bytes:
    """The frame around the place made longer, if there is one."""
    out = bytearray(data)
    for opcode, length, position in pickletools.genops(data):
        if opcode.name == "FRAME" and position + 9 <= at < position + 9 + length:
            out[position + 1 : position + 9] = struct.pack("<Q", length + len(payload))
    return bytes(out[:at] + payload + out[at:])


def mutants(data: bytes, choose: random.Random, each: int):
    try:
        places = [position for _, _, position in pickletools.genops(data)]
    except ValueError:
        return
    for _ in range(each):
        name = choose.choice(sorted(PAYLOADS))
        at = choose.choice(places[1:] or places)
        yield f"{name}.{at}", insert(data, at, PAYLOADS[name])
    name = choose.choice(sorted(PAYLOADS))
    yield f"{name}.behind", data + PAYLOADS[name] + b"N."
    yield f"{name}.in-front", PAYLOADS[name] + data
    yield f"{name}.pickle-behind", data + b"\x80\x02" + PAYLOADS[name] + b"N."


def ran(data: bytes) -> bool:
    """Whether loaders call the payload: one load, then on until nothing more comes, as joblib and PyTorch do. In a child, which a broken array may end."""
    CALLED[0] = 0
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        stream = io.BytesIO(data)
        try:
            for _ in range(3):
                pickle.load(stream)
        except BaseException:
            pass
        os._exit(0)
    os.waitpid(child, 0)
    return CALLED[0] != 0


def prepare(files: list[Path]) -> None:
    """Imports what the pickles name, once, so that children needn't."""
    for path in files:
        try:
            names = {argument.split(" ")[0] for opcode, argument, _ in pickletools.genops(path.read_bytes()) if opcode.name == "GLOBAL"}
        except ValueError:
            continue
        for name in names - set(sys.modules):
            try:
                importlib.import_module(name)
            except Exception:
                continue


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("coseal")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--largest", type=int, default=1 << 16)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    register()
    choose = random.Random(arguments.seed)
    files = [path for path in sorted(arguments.folder.rglob("*.pkl")) if path.stat().st_size <= arguments.largest]
    prepare(files)
    effects, all_of_them = {}, 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for index, path in enumerate(files):
            for label, mutant in mutants(path.read_bytes(), choose, arguments.each):
                all_of_them += 1
                name = f"{index:05}.{label}.pkl"
                (folder / name).write_bytes(mutant)
                effects[name] = (ran(mutant), path)
        scan = subprocess.run([arguments.coseal, "scan", "--format", "json", "."], cwd=folder, capture_output=True, check=False)
    verdicts = {artefact["path"]: artefact["verdict"] for artefact in json.loads(scan.stdout)["artefacts"]}
    effective = [name for name, (effect, _) in effects.items() if effect]
    wrong = [name for name in effective if verdicts.get(name, "none") in ("clean", "none")]
    quiet = [name for name, (effect, _) in effects.items() if not effect and verdicts.get(name) == "clean"]
    print(f"{len(files)} pickles, {all_of_them} mutants, {len(effective)} of which call the payload when loaded")
    print(f"clean though a loader runs the call: {len(wrong)}", *(f"{name} of {effects[name][1]}" for name in wrong), sep="\n  ")
    print(f"clean, and no loader of this machine runs the call: {len(quiet)}", *quiet[:20], sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
