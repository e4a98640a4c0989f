"""`manifest.tsv`: one line for each file or folder of the corpus."""

import csv
import pathlib

PATH = pathlib.Path(__file__).parent / "manifest.tsv"
COLUMNS = ["name", "label", "family", "mechanism", "source", "sha256", "size", "made_by", "verified"]
BY_HAND = "assembled"


def read():
    if not PATH.exists():
        return []
    with PATH.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(rows):
    with PATH.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writeheader()
        writer.writerows(rows)


def row_of(case):
    return {
        "name": case.name,
        "label": case.label,
        "family": case.family,
        "mechanism": plain(case.mechanism),
        "source": plain(case.source),
        "sha256": case.digest(),
        "size": str(case.size()),
        "made_by": BY_HAND,
        "verified": "",
    }


def plain(text):
    return " ".join(text.split())


def update(cases, only):
    """Writes what is assembled anew; what libraries wrote stays, and what was verified if its bytes are the same."""
    old = {row["name"]: row for row in read()}
    new = [row_of(case) for case in cases]
    for row in new:
        if old.get(row["name"], {}).get("sha256") == row["sha256"]:
            row["verified"] = old[row["name"]]["verified"]
    others = [row for row in old.values() if row["made_by"] != BY_HAND or (only and row["family"] != only)]
    names = [row["name"] for row in new + others]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SystemExit(f"more than once: {sorted(twice)}")
    write(new + others)


def compare(cases, only):
    """Says which files are not those of the manifest; 0 when there are none."""
    expected = {row["name"]: row["sha256"] for row in read() if row["made_by"] == BY_HAND and only in (None, row["family"])}
    made = {case.name: case.digest() for case in cases}
    differing = sorted(name for name in expected.keys() | made.keys() if expected.get(name) != made.get(name))
    for name in differing:
        print(f"differs from the manifest: {name}")
    print(f"{len(made)} made, {len(differing)} differ")
    return 1 if differing else 0


def replace(environment, rows):
    """Puts the files of an environment in the place of those that it had."""
    source = f"environments/{environment}.txt"
    old = {row["name"]: row for row in read()}
    for row in rows:
        if old.get(row["name"], {}).get("sha256") == row["sha256"]:
            row["verified"] = old[row["name"]]["verified"]
    write([row for row in old.values() if row["source"] != source] + rows)
