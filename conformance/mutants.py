#!/usr/bin/env python3
"""Damages the files of a corpus at random, and sees that `coseal scan` neither breaks nor takes long.

    conformance/mutants.py COSEAL FOLDER [--count 20000] [--seed 0] [--keep FOLDER] [--jobs N]

Each mutant is one file of FOLDER (at most 1 MB of it) with bytes overwritten, cut out, put in, doubled, taken from another file of the corpus, or with a number made huge, and is given
to a process of its own. Only exit codes 0, 1 and 6 are answers; five seconds, and 64 MiB resident, are the limits. What breaks one is kept in --keep. A mutant of a file that was
hostile may be clean, when what was hostile is gone; so verdicts are counted, and not judged.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

SECONDS, RESIDENT = 5.0, 64 << 10
LARGEST = 1 << 20
NUMBERS = [b"\xff" * 8, b"\xff\xff\xff\x7f", b"\x00" * 8, b"\x80" + b"\x00" * 7, b"\xff\xff", (1 << 40).to_bytes(8, "little"), (1 << 31).to_bytes(4, "big")]


def main():
    options = arguments()
    names = sorted(path for path in pathlib.Path(options.folder).rglob("*") if path.is_file() and path.stat().st_size)
    keep = pathlib.Path(options.keep)
    codes, slowest, largest, broken = collections.Counter(), 0.0, 0, 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        work = lambda number: try_one(options.coseal, names, options.seed, number, pathlib.Path(folder))
        for path, mutant, code, seconds, resident in pool.map(work, range(options.count)):
            codes[code] += 1
            slowest, largest = max(slowest, seconds), max(largest, resident)
            if code not in (0, 1, 6) or seconds > SECONDS or resident > RESIDENT:
                broken += 1
                keep.mkdir(parents=True, exist_ok=True)
                (keep / mutant.name).write_bytes(mutant.read_bytes())
                print(f"{mutant.name} of {path}: exit code {code}, {seconds:.1f} s, {resident / 1024:.0f} MiB")
            mutant.unlink()
    print(f"{options.count} mutants of {len(names)} files: exit codes {dict(sorted(codes.items()))}, at most {slowest:.2f} s and {largest / 1024:.0f} MiB, {broken} over a limit")
    return 1 if broken else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("coseal")
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", default="mutants")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def try_one(coseal, names, seed, number, folder):
    """(source, mutant, exit code, seconds, KiB resident)"""
    chance = random.Random(f"{seed} {number}")
    path = chance.choice(names)
    with path.open("rb") as file:
        content = bytearray(file.read(LARGEST))
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        mutate(content, chance, names)
    mutant = folder / f"{number}-{path.name}"
    mutant.write_bytes(content)
    start = time.monotonic()
    process = subprocess.Popen([coseal, "scan", "--quiet", mutant], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return path, mutant, process.returncode, time.monotonic() - start, usage.ru_maxrss


def mutate(content, chance, names):
    size = len(content)
    at = chance.randrange(size + 1)
    span = min(chance.choice((1, 2, 4, 8, 64, 1024)), size)
    kind = chance.randrange(8)
    if kind == 0 and size:
        content[at % size] ^= 1 << chance.randrange(8)
    elif kind == 1:
        content[at : at + span] = chance.randbytes(span)
    elif kind == 2:
        del content[at : at + span]
    elif kind == 3:
        content[at:at] = chance.randbytes(span)
    elif kind == 4:
        content[at:at] = content[at : at + span] * chance.choice((1, 2, 100))
    elif kind == 5:
        number = chance.choice(NUMBERS)
        content[at : at + len(number)] = number
    elif kind == 6:
        del content[at:]
    else:
        with chance.choice(names).open("rb") as file:
            other = file.read(LARGEST)
        start = chance.randrange(len(other))
        content[at : at + span] = other[start : start + span]


if __name__ == "__main__":
    sys.exit(main())
