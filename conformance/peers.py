#!/usr/bin/env python3
"""Other scanners on the files that `conformance/scan.py` measures coseal with, in one table.

    conformance/peers.py FOLDER --answers FILE [--manifest FILE] [--coseal COSEAL] [--peers FOLDER] [--only NAME,…] [--jobs N]

Installs what is missing of picklescan, modelscan, fickling and modelaudit, each into an environment of its own under --peers, pinned as below. Each file is given
to a process of its own (forked by `peers_worker.py` from an interpreter that has imported the scanner), with the command line that the scanner's documentation names and a limit of two minutes. What each answered is added to --answers, so that a run
that is broken off goes on where it stopped.

`caught`: the exit code that means "found something". `error`: neither that nor the one for "nothing found" (a scanner that can't read a file has not cleared it, and has not
caught it either; it is shown apart). `passed`: the exit code for "nothing found".
"""

import argparse
import collections
import concurrent.futures
import csv
import os
import pathlib
import queue
import subprocess
import sys
import venv

from scan import HERE, exact, read

LIMIT = 120
PACKAGES = {
    "picklescan": ["picklescan==1.0.5"],
    "modelscan": ["modelscan==0.8.8", "h5py"],
    "fickling": ["fickling==0.1.12", "typing_extensions"],
    "modelaudit": ["modelaudit==0.2.54", "h5py", "onnx", "safetensors", "py7zr", "joblib", "dill", "msgpack"],
}
#: What is run, and what its exit codes mean: nothing found, something found.
SCANNERS = {
    "coseal": ("", ["scan", "--quiet", "{}"], {0}, {1, 6}),
    "picklescan": ("picklescan", ["-p", "{}"], {0}, {1}),
    "picklescan --strict": ("picklescan", ["--strict", "-p", "{}"], {0}, {1}),
    "modelscan": ("modelscan", ["scan", "-p", "{}"], {0}, {1}),
    "fickling": ("fickling", ["--check-safety", "{}"], {0}, {1}),
    "modelaudit": ("modelaudit", ["scan", "--no-cache", "{}"], {0}, {1}),
}


def main():
    options = arguments()
    rows = [row for row in read(options.manifest) if (pathlib.Path(options.folder) / row["name"]).exists()]
    scanners = {name: SCANNERS[name] for name in options.only.split(",")} if options.only else SCANNERS
    known = answered(options.answers)
    with open(options.answers, "a", newline="") as file:
        for name, scanner in scanners.items():
            command = program(options, name, scanner)
            missing = [row for row in rows if (name, row["name"]) not in known]
            if not command or not missing:
                continue
            workers = queue.SimpleQueue()
            for _ in range(options.jobs):
                workers.put(worker(command, scanner))
            with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
                for row, answer in zip(missing, pool.map(lambda row: ask(workers, scanner, pathlib.Path(options.folder) / row["name"]), missing)):
                    known[(name, row["name"])] = answer
                    file.write(f"{name}\t{row['name']}\t{answer}\n")
                    file.flush()
    for label in ("malicious", "malformed", "benign"):
        table(label, [row for row in rows if row["label"] == label], scanners, known)
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--answers", required=True)
    parser.add_argument("--manifest", default=HERE / "corpus" / "manifest.tsv")
    parser.add_argument("--coseal")
    parser.add_argument("--peers", default="peers")
    parser.add_argument("--only")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def answered(path):
    if not os.path.exists(path):
        return {}
    with open(path, newline="") as file:
        return {(scanner, name): answer for scanner, name, answer in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def program(options, name, scanner):
    package = scanner[0]
    if not package:
        return options.coseal
    home = pathlib.Path(options.peers) / package
    if not (home / "bin" / package).exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "pip", "install", "--quiet", *PACKAGES[package]], check=True)
    return home / "bin" / package


def worker(command, scanner):
    """What answers lines of paths with lines of exit codes; for coseal its program, which is started anew for each file."""
    package, words, _, _ = scanner
    if not package:
        return command
    environment = {**os.environ, "PROMPTFOO_DISABLE_TELEMETRY": "1", "NO_ANALYTICS": "1", "DO_NOT_TRACK": "1", "CI": "1"}
    line = [command.parent / "python", "-W", "ignore", HERE / "peers_worker.py", package, str(LIMIT), *words]
    return subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)


def ask(workers, scanner, path):
    package, words, clean, found = scanner
    one = workers.get()
    try:
        if not package:
            line = [one, *(str(path) if word == "{}" else word for word in words)]
            answer = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, check=False).returncode
        else:
            one.stdin.write(f"{path}\n")
            one.stdin.flush()
            answer = one.stdout.readline().strip()
    except subprocess.TimeoutExpired:
        return "slow"
    finally:
        workers.put(one)
    if answer == "slow":
        return "slow"
    return "passed" if int(answer) in clean else "caught" if int(answer) in found else "error"


def table(label, rows, scanners, known):
    families = collections.defaultdict(list)
    for row in rows:
        families[row["family"]].append(row)
    print(f"\n{label}: {'caught' if label != 'benign' else 'alarms'} (errors) of n")
    print(f"  {'family':20}" + "".join(f"{name:>22}" for name in scanners))
    for family, members in [*sorted(families.items()), ("all", rows)]:
        cells = ""
        for name in scanners:
            answers = collections.Counter(known.get((name, row["name"]), "-") for row in members)
            errors = answers["error"] + answers["slow"]
            cells += f"{answers['caught']}{f' ({errors})' if errors else ''}/{len(members) - answers['-']}".rjust(22)
        print(f"  {family:20}{cells}")
    ends = ""
    for name in scanners:
        answers = [known[(name, row["name"])] for row in rows if (name, row["name"]) in known]
        low, high = exact(sum(answer == "caught" for answer in answers), len(answers)) if answers else (0, 1)
        ends += f"{low:.1%}–{high:.1%}".rjust(22)
    print(f"  {'95 %':20}{ends}")


if __name__ == "__main__":
    sys.exit(main())
