"""`python3 -m policy wheels|make|verify`: see the README."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import sources, table


def main() -> int:
    parser = argparse.ArgumentParser(prog="policy")
    parser.add_argument("task", choices=["wheels", "make", "verify"])
    parser.add_argument("--wheels", type=Path, required=True, help="folder of the wheels")
    parser.add_argument("--refused", type=Path, help="where to write what was left out, and why")
    arguments = parser.parse_args()
    arguments.wheels.mkdir(parents=True, exist_ok=True)
    if arguments.task == "wheels":
        sources.fetch(arguments.wheels)
        return 0
    report = arguments.refused.open("w") if arguments.refused else None
    text = "".join(f"{line}\n" for line in table.lines(arguments.wheels, report))
    if arguments.task == "make":
        table.TABLE.write_text(text)
        return 0
    if text != table.TABLE.read_text():
        print("the committed table is not what these sources give", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
