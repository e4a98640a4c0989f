"""`python -m corpus`: makes the corpus, its benign part and its manifest. Run it in the folder `conformance`."""

import argparse
import os


def main():
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.required = True
    make = commands.add_parser("make", help="write the files that are assembled by hand, and unpack those that libraries wrote")
    make.add_argument("--out", required=True)
    make.add_argument("--only", metavar="FAMILY")
    make.add_argument("--update", action="store_true", help="write the manifest anew instead of comparing with it")
    make.set_defaults(run=run_make)
    benign = commands.add_parser("benign", help="have the libraries of this environment write their files")
    benign.add_argument("--environment", required=True)
    benign.add_argument("--out", required=True)
    benign.set_defaults(run=run_benign)
    collect = commands.add_parser("collect", help="take what `benign` wrote into `files/` and the manifest")
    collect.add_argument("--environment", required=True)
    collect.add_argument("--files", required=True)
    collect.set_defaults(run=run_collect)
    options = parser.parse_args()
    return options.run(options)


def run_make(options):
    from . import collected, manifest
    from .case import cases_of
    from .families import FAMILIES

    cases = [case for family in FAMILIES for case in cases_of(family) if options.only in (None, case.family)]
    for case in cases:
        case.write(options.out)
    if options.update:
        manifest.update(cases, options.only)
    unpacked = collected.unpack(options.out, options.only)
    return manifest.compare(cases, options.only) or unpacked


def run_benign(options):
    from .benign.environments import write_all
    from .benign.writer import Writer

    os.makedirs(options.out, exist_ok=True)
    write_all(Writer(options.out, options.environment))


def run_collect(options):
    from . import collected

    collected.collect(options.environment, options.files)


if __name__ == "__main__":
    raise SystemExit(main())
