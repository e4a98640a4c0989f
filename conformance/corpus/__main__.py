"""`python -m corpus`: makes the corpus, its benign part and its manifest. Run it in the folder `conformance`."""

import argparse
import pathlib

from . import manifest
from .case import cases_of
from .families import FAMILIES


def main():
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="write the files that are assembled by hand, and unpack those that libraries wrote")
    make.add_argument("--out", required=True, type=pathlib.Path)
    make.add_argument("--only", metavar="FAMILY")
    make.add_argument("--update", action="store_true", help="write the manifest anew instead of comparing with it")
    options = parser.parse_args()
    return {"make": run_make}[options.command](options)


def run_make(options):
    cases = [case for family in FAMILIES for case in cases_of(family) if options.only in (None, case.family)]
    for case in cases:
        case.write(options.out)
    if options.update:
        manifest.update(cases, options.only)
        return 0
    return manifest.compare(cases, options.only)


raise SystemExit(main())
