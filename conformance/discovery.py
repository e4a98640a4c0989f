#!/usr/bin/env python3
"""Recall and precision of coseal's discovery against labels of real repositories.

    conformance/discovery.py COSEAL REPOSITORIES [NAME...] [--missed]

REPOSITORIES holds one folder NAME for each conformance/labels/assets/NAME.tsv, at the commit that the label's .md names.

Recall: of the rows that a careful reviewer would want in the register (`must`), how many are in what `init` works from, that is the assets that are
not optional. Precision: of those assets, how many are in the labels at all (`must` or `may`). Rows and assets are matched by name, and prompts by place too;
the rules are the functions below. Rates stand with n and the 95 % interval of Wilson.
"""

import csv
import json
import math
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
#: What is measured: the kind of the labels, and the kinds of assets that can be it.
KINDS = {
    "model": {"model", "adapter"},
    "hosted": {"model"},
    "dataset": {"dataset"},
    "prompt": {"prompt"},
    "service": {"service", "store"},
    "tool": {"tool"},
    "agent": {"agent"},
    "mcp": {"mcp"},
    "sdk": {"library"},
}
#: Lines that a place may be off, and for prompts without a name, which are labelled by the function around them.
NEAR, NEAR_UNNAMED = 3, 30


def plain(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def places(row):
    for place in row["where"].split(";"):
        match = re.match(r"\s*(.+?)(?::(\d+))?(?:-\d+)?(?:\s*\(.*)?$", place.strip())
        if match:
            yield match[1], int(match[2] or 0)


def model_names(name):
    """A model's name with and without what stands before it: openai:x, openai/x, models/x, hf:x, x:latest."""
    name = name.lower().strip()
    name = re.sub(r"^(hf|ollama|api|oci|https?)(:/{0,2})", "", name)
    name = re.sub(r"(:latest|@[0-9a-f]{40})$", "", name)
    names = {name}
    for mark in (":", "/"):
        if mark in name and not re.search(r":\d", name):
            names.add(name.split(mark, 1)[1])
            names.add(name.rsplit(mark, 1)[1])
    return names


def same_model(row, asset):
    return bool(model_names(row["name"]) & model_names(asset["name"]))


def same_data(row, asset):
    def key(text):
        return re.sub(r"^(\./|hf:datasets/|https?://)", "", text.lower()).strip("/")

    one, other = key(row["name"]), key(asset["name"])
    files = {path.lower() for path, _ in places(row)} if "." in row["name"] or "/" in row["name"] else set()
    return (
        one == other
        or one.startswith(other + "/")
        or other.startswith(one + "/")
        or one.rsplit("/", 1)[-1] == other.rsplit("/", 1)[-1]
        or other in files
    )


def same_prompt(row, asset):
    name = re.split(r"[@#(]", row["name"])[0].strip()
    unnamed = "@" in row["name"]
    near = NEAR_UNNAMED if unnamed else NEAR
    path, _, part = asset["name"].partition("#")
    for file, line in places(row):
        if asset["name"] == file or row["name"] == asset["name"]:
            return True
        if path == file and part and plain(part.rsplit(".", 1)[-1]) == plain(name):
            return True
        if any(seen["path"] == file and line and abs(seen["line"] - line) <= near for seen in asset["seen"]):
            return True
    return False


def same_name(row, asset):
    one, other = plain(row["name"] if row["kind"] == "sdk" else row["name"].split("@")[0]), plain(asset["name"].rsplit("#", 1)[-1])
    if not one or not other:
        return False
    if row["kind"] == "service":
        return one == other or (min(len(one), len(other)) >= 4 and (one in other or other in one))
    return one == other


def same(row, asset):
    if asset["kind"] not in KINDS[row["kind"]]:
        return False
    if row["kind"] in ("model", "hosted"):
        return same_model(row, asset)
    return {"dataset": same_data, "prompt": same_prompt}.get(row["kind"], same_name)(row, asset)


def kind_of(asset):
    """The kind of the labels that an asset is measured under."""
    if asset["kind"] == "model":
        where = asset.get("location") or "api:"
        return "hosted" if where.startswith("api:") else "model"
    return next(kind for kind, of in KINDS.items() if asset["kind"] in of)


def interval(hits, n, z=1.96):
    if n == 0:
        return "-"
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{p:.2f} ({hits}/{n}, {middle - half:.2f} to {middle + half:.2f})"


def measure(binary, folder, rows, missed):
    output = subprocess.run([binary, "assets", "--all", "--format", "json", str(folder)], capture_output=True, check=False)
    assets = json.loads(output.stdout)["assets"]
    ours = [asset for asset in assets if not asset["optional"] and asset["seen"]]
    counts = {}
    for kind in KINDS:
        must = [row for row in rows if row["kind"] == kind and row["need"] == "must"]
        found = [row for row in must if any(same(row, asset) for asset in ours)]
        listed = [asset for asset in ours if kind_of(asset) == kind]
        # A hosted model may be labelled as a model of a hub, and the other way round.
        pool = ("model", "hosted") if kind in ("model", "hosted") else (kind,)
        right = [asset for asset in listed if any(same(row, asset) for row in rows if row["kind"] in pool)]
        counts[kind] = (len(found), len(must), len(right), len(listed))
        if missed:
            for row in must:
                if row not in found:
                    print(f"    missed {kind}: {row['name']}  {row['where'][:80]}")
            for asset in listed:
                if asset not in right:
                    seen = asset["seen"][0]
                    print(f"    extra {kind}: {asset['name']}  {seen['path']}:{seen['line']} {seen['method']} {seen['confidence']}")
    return counts


def main():
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    missed = "--missed" in sys.argv
    if len(arguments) < 2:
        sys.exit(__doc__)
    binary, repositories, names = arguments[0], pathlib.Path(arguments[1]), arguments[2:]
    total = {kind: [0, 0, 0, 0] for kind in KINDS}
    for labels in sorted((HERE / "labels" / "assets").glob("*.tsv")):
        name = labels.stem
        if names and name not in names:
            continue
        with open(labels, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        print(name)
        counts = measure(binary, repositories / name, rows, missed)
        for kind, four in counts.items():
            if any(four):
                print(f"  {kind:8} recall {four[0]}/{four[1]}  precision {four[2]}/{four[3]}")
            total[kind] = [a + b for a, b in zip(total[kind], four)]
    print("\nall")
    for kind, (found, must, right, listed) in total.items():
        print(f"  {kind:8} recall {interval(found, must):36} precision {interval(right, listed)}")


main()
