"""Every function and class that the installed packages define may stand in a pickle: a sample of them is wrapped in calls, and
`coseal scan` must call none of the files clean.

    python3 callables.py COSEAL [--count 2000] [--seed 5] [--keep FOLDER]

Names are read from sources, and from what compiled modules of the standard library hold; a child process then tries which of
the sample can really be imported. What the allow-list has is wrapped with an argument that none of its shapes takes.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import random
import struct
import subprocess
import sys
import sysconfig
import tempfile
import warnings
from pathlib import Path

#: Importing these has effects of its own, or ends the process.
NEVER = {"antigravity", "this", "idlelib", "turtledemo", "test", "tests", "__main__", "conftest", "setup", "lib2to3", "_testing", "f2py"}


def names_of_sources(root: Path):
    for path in sorted(root.rglob("*.py")):
        parts = list(path.relative_to(root).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        if not parts or NEVER & set(parts) or not all(part.isidentifier() for part in parts) or parts[0] == "site-packages":
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(path.read_text(errors="replace"))
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield ".".join(parts), node.name


def names_of_compiled():
    for name in sorted(sys.builtin_module_names):
        module = importlib.import_module(name)
        for of, value in sorted(vars(module).items()):
            if callable(value):
                yield name, of


TRY = """
import importlib, io, json, os, sys, warnings
warnings.simplefilter("ignore")
names = json.load(sys.stdin)
told = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
for module, name in names:
    try:
        good = callable(getattr(importlib.import_module(module), name))
    except BaseException:
        good = False
    os.write(told, (json.dumps([module, name, good]) + "\\n").encode())
"""


def importable(names: list[tuple[str, str]], enough: int) -> list[tuple[str, str]]:
    """Those that a child process could import, in some seconds each hundred."""
    good = []
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(names), 100):
            if len(good) >= enough:
                break
            batch = json.dumps(names[start : start + 100])
            try:
                child = subprocess.run([sys.executable, "-c", TRY], input=batch.encode(), capture_output=True, timeout=300, cwd=folder)
                lines = child.stdout.decode().splitlines()
            except subprocess.TimeoutExpired as late:
                lines = (late.stdout or b"").decode().splitlines()
            good += [(module, name) for module, name, can in map(json.loads, lines) if can]
    return good


# An argument that no function takes to work on: a function, held.
ARGUMENT = b"cbuiltins\nlen\n"


def text(value: str) -> bytes:
    data = value.encode()
    return b"\x8c" + bytes([len(data)]) + data if len(data) < 256 else b"X" + struct.pack("<I", len(data)) + data


def variants(module: str, name: str) -> dict[str, bytes]:
    """Each way to have it called."""
    by_lines = f"c{module}\n{name}\n".encode()
    by_stack = text(module) + text(name) + b"\x93"
    framed = by_stack + ARGUMENT + b"\x85R."
    return {
        "import": b"\x80\x02" + by_lines + b".",
        "reduce": b"\x80\x02" + by_lines + ARGUMENT + b"\x85R.",
        "stack-reduce": b"\x80\x04\x95" + struct.pack("<Q", len(framed)) + framed,
        "newobj": b"\x80\x02" + by_lines + ARGUMENT + b"\x85\x81.",
        "newobj-ex": b"\x80\x04" + by_stack + ARGUMENT + b"\x85}\x92.",
        "obj": b"\x80\x01(" + by_lines + ARGUMENT + b"o.",
        "inst": b"(" + ARGUMENT + f"i{module}\n{name}\n.".encode(),
        "no-arguments": by_lines + b")R0N.",
        "partial": b"\x80\x02cfunctools\npartial\n" + by_lines + b"\x85R)R.",
        "state": b"\x80\x02" + by_lines + b")\x81}" + text("a") + ARGUMENT + b"sb.",
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("coseal")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--unchecked", action="store_true", help="don't try whether they can be imported")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    roots = {Path(sysconfig.get_path(part)) for part in ("stdlib", "purelib", "platlib")}
    every = sorted({name for root in sorted(roots) for name in names_of_sources(root)} | set(names_of_compiled()))
    chosen = random.Random(arguments.seed).sample(every, min(len(every), arguments.count * (1 if arguments.unchecked else 2)))
    chosen = sorted((chosen if arguments.unchecked else importable(chosen, arguments.count))[: arguments.count])
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for index, (module, name) in enumerate(chosen):
            for variant, data in variants(module, name).items():
                (folder / f"{index:05}.{variant}.pkl").write_bytes(data)
        scan = subprocess.run([arguments.coseal, "scan", "--format", "json", "."], cwd=folder, capture_output=True, check=False)
    verdicts = {artefact["path"]: artefact["verdict"] for artefact in json.loads(scan.stdout)["artefacts"]}
    return report(every, chosen, verdicts)


def report(every, chosen, verdicts) -> int:
    print(f"{len(every)} callables, {len(chosen)} of them wrapped")
    wrong, known, missing = [], [], 0
    tally: dict[tuple[str, str], int] = {}
    for index, (module, name) in enumerate(chosen):
        got = {variant: verdicts.get(f"{index:05}.{variant}.pkl") for variant in variants(module, name)}
        missing += sum(verdict is None for verdict in got.values())
        for variant, verdict in got.items():
            tally[variant, str(verdict)] = tally.get((variant, str(verdict)), 0) + 1
        clean = sorted(variant for variant, verdict in got.items() if verdict == "clean")
        if got["import"] == "clean":
            known.append(f"{module}.{name}: {', '.join(clean)}")
            # A class that is made without running its own code may be made of anything; a function never.
            wrong += [f"{module}.{name}: {variant}" for variant in clean if variant in ("reduce", "stack-reduce", "partial")]
        else:
            wrong += [f"{module}.{name}: {variant}" for variant in clean]
    for (variant, verdict), count in sorted(tally.items()):
        print(f"{variant}\t{verdict}\t{count}")
    print(f"in the allow-list: {len(known)}", *known, sep="\n  ")
    print(f"files without a verdict: {missing}\nclean and not allowed: {len(wrong)}", *wrong, sep="\n  ")
    return 1 if wrong or missing else 0


if __name__ == "__main__":
    sys.exit(main())
