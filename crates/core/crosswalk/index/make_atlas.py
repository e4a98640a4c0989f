#!/usr/bin/env python3
"""Writes atlas.toml: the ids of MITRE ATLAS, from its data file (Apache-2.0, copyright MITRE). Ids only, no text.

Usage: make_atlas.py ATLAS.yaml > atlas.toml     (needs PyYAML)
"""

import re
import sys

import yaml

ID = re.compile(r"AML\.(TA|T|M|CS)\d{4}(\.\d{3})?")
KINDS = {"TA": "tactics", "T": "techniques", "M": "mitigations", "CS": "case-studies"}


def objects(node):
    """Every mapping with an id, wherever it stands."""
    if isinstance(node, dict):
        if "id" in node:
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        data = yaml.safe_load(file)
    named = [node for node in objects(data) if ID.fullmatch(str(node["id"]))]
    # What is defined says what kind of object it is; a link does not. ATLAS 5.6.0 has links to techniques among the
    # stages of the life cycle of M0018 and M0034: where a link stands must not matter.
    defined = {node["id"] for node in named if "object-type" in node}
    linked = {node["id"] for node in named if "object-type" not in node}
    if linked - defined:
        sys.exit(f"linked and not defined: {sorted(linked - defined)}")
    print("# Ids of MITRE ATLAS, written by make_atlas.py. The ATLAS data is Apache-2.0, copyright MITRE.")
    print(f'version = "{data["version"]}"')
    for prefix, kind in KINDS.items():
        ids = sorted(name for name in defined if ID.fullmatch(name)[1] == prefix)
        print(f"{kind} = [")
        for start in range(0, len(ids), 6):
            print("    " + " ".join(f'"{name}",' for name in ids[start : start + 6]))
        print("]")


main()
