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
    verify = commands.add_parser("verify", help="load what this environment can load, each file in a process of its own, and note what happened")
    verify.add_argument("--files", required=True, metavar="DIR")
    verify.add_argument("--names", metavar="PREFIX", default="", help="only names that begin so")
    verify.set_defaults(run=run_verify)
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


def run_verify(options):
    from . import manifest
    from .verify import verify

    rows = manifest.read()
    wanted = [row for row in rows if row["name"].startswith(options.names) and not row["verified"] and os.path.exists(os.path.join(options.files, row["name"]))]
    labels = {row["name"]: row["label"] for row in wanted}
    noted = {}
    for name, result in verify(list(labels), options.files):
        if labels[name] == "malicious" and result.startswith("effect") or labels[name] == "benign" and result.startswith("loads"):
            noted[name] = result
        elif labels[name] == "benign" and result.startswith("effect: canary"):
            print("benign, and leaves the canary: %s" % name)
    for row in rows:
        row["verified"] = noted.get(row["name"], row["verified"])
    manifest.write(rows)
    print("%d of %d verified" % (len(noted), len(wanted)))


if __name__ == "__main__":
    raise SystemExit(main())
