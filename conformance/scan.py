#!/usr/bin/env python3
"""What `coseal scan` says of a corpus whose labels are known: rates by family, with exact 95 % intervals.

    conformance/scan.py COSEAL FOLDER [--manifest FILE] [--family NAME] [--missed] [--jobs N]

FOLDER holds what the manifest (`conformance/corpus/manifest.tsv` unless it is named) lists, one file or folder a line; its columns `name` (or `path`), `label` and
`family` are used. Each is scanned by a process of its own, which is the case of somebody who asks about one download.

- `malicious`: refused is everything but exit code 0. Of the refused, `unknown` were seen to run something and not known to be bad, and `incomplete` are those
  whose code was not seen: a gate stops them, but nobody is told what they do.
- `malformed`: refused likewise.
- `benign`: whatever is not clean is a false alarm.

A crash (exit code 70 or a signal) or more than five seconds is an error of its own. Intervals are those of Clopper and Pearson (1934). Exit code 0 if nothing
crashed or was slow, at least 99 % of the malicious were refused, and at most 1 % of the benign.
"""

import argparse
import collections
import concurrent.futures
import csv
import json
import math
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SLOW = 5.0
WORST_FIRST = ("malicious", "unknown", "malformed", "undecided", "clean")


def main():
    options = arguments()
    rows = read(options.manifest)
    rows = [row for row in rows if options.family in (None, row["family"])]
    absent = [row["name"] for row in rows if not (pathlib.Path(options.folder) / row["name"]).exists()]
    rows = [row for row in rows if row["name"] not in set(absent)]
    if absent:
        print(f"{len(absent)} of {len(rows) + len(absent)} are not here, and not counted: {' '.join(absent[:5])} …")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        answers = list(pool.map(lambda row: ask(options.coseal, pathlib.Path(options.folder) / row["name"]), rows))
    ok = True
    for label in ("malicious", "malformed", "benign"):
        chosen = [(row, answer) for row, answer in zip(rows, answers) if row["label"] == label]
        if chosen:
            ok &= table(label, chosen, options.missed)
    broken = [(row["name"], answer) for row, answer in zip(rows, answers) if answer["crash"] or answer["seconds"] > SLOW]
    for name, answer in broken:
        print(f"broken: {name}: {answer['crash'] or 'slow'}, {answer['seconds']:.1f} s")
    return 0 if ok and not broken else 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("coseal")
    parser.add_argument("folder")
    parser.add_argument("--manifest", default=HERE / "corpus" / "manifest.tsv")
    parser.add_argument("--family")
    parser.add_argument("--missed", action="store_true", help="name each file that is answered otherwise than its label asks")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def read(manifest):
    with open(manifest, newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        row.setdefault("name", row.get("path"))
    return rows


def ask(coseal, path):
    """The worst verdict of a file or folder, the exit code's meaning, and the time it took."""
    start = time.monotonic()
    run = subprocess.run([coseal, "scan", "--quiet", "--format", "json", path], capture_output=True, check=False)
    seconds = time.monotonic() - start
    crash = f"exit code {run.returncode}" if run.returncode not in (0, 1, 6) else ""
    verdicts, rules = [], []
    if not crash:
        for artefact in json.loads(run.stdout)["artefacts"]:
            verdicts.append(artefact["verdict"])
            rules += [finding["rule"] for finding in artefact.get("findings", [])]
    verdict = min(verdicts, key=WORST_FIRST.index, default="undecided" if run.returncode else "clean")
    if run.returncode == 6 and verdict == "clean":
        verdict = "undecided"
    return {"verdict": verdict, "code": run.returncode, "rules": sorted(set(rules)), "seconds": seconds, "crash": crash}


def table(label, chosen, missed):
    families = collections.defaultdict(list)
    for row, answer in chosen:
        families[row["family"]].append((row, answer))
    print(f"\n{label}: {'refused' if label != 'benign' else 'not clean'}")
    print(f"  {'family':22} {'k/n':>10} {'95 %':>15}   malicious unknown malformed incomplete clean")
    for family in sorted(families):
        line(family, [answer for _, answer in families[family]])
    line("all", [answer for _, answer in chosen])
    wrong = [(row, answer) for row, answer in chosen if (answer["code"] == 0) != (label == "benign")]
    for row, answer in wrong if missed else ():
        print(f"  {row['name']}: {answer['verdict']} {' '.join(answer['rules'])}")
    rate = len(wrong) / len(chosen)
    return rate <= 0.01 or label == "malformed"


def line(name, answers):
    refused, count = sum(answer["code"] != 0 for answer in answers), len(answers)
    low, high = exact(refused, count)
    verdicts = collections.Counter(answer["verdict"] for answer in answers)
    shares = "".join(f"{verdicts[verdict] or '-':>{width}}" for verdict, width in zip(WORST_FIRST, (9, 8, 10, 11, 6)))
    print(f"  {name:22} {f'{refused}/{count}':>10} {f'{low:.1%}–{high:.1%}':>15}   {shares}")


def exact(k, n, level=0.95):
    """The interval of Clopper and Pearson for k of n."""
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else solve(lambda p: at_least(k, n, p) - tail)
    high = 1.0 if k == n else solve(lambda p: tail - at_least(n - k, n, 1 - p))
    return low, high


def at_least(k, n, p):
    """The probability of k or more of n, each with probability p."""
    if p <= 0 or p >= 1:
        return float(p >= 1 or k == 0)
    terms = (math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p) for i in range(k, n + 1))
    return math.fsum(math.exp(term) for term in terms)


def solve(rising):
    """Where a rising function of a probability is zero."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


if __name__ == "__main__":
    sys.exit(main())
