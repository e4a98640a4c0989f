"""Scores the payments of a day and lists those that an analyst should look at.

    python score.py PAYMENTS.csv > flagged.csv

Loads the model only if its digest is the one that coseal.toml names.
"""

import csv
import hashlib
import pickle
import sys
import tomllib
from pathlib import Path

from features import read

HERE = Path(__file__).resolve().parent
THRESHOLD = 0.7


def model():
    """The model of coseal.toml. A file that was changed is refused before anything of it is interpreted."""
    declared = tomllib.loads((HERE / "coseal.toml").read_text(encoding="utf-8"))["model"]["fraud"]
    data = (HERE / declared["location"].removeprefix("path:")).read_bytes()
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != declared["digest"]:
        sys.exit("model/fraud.pkl is not the file that coseal.toml names")
    return pickle.loads(data)


def main() -> None:
    ids, values, _ = read(Path(sys.argv[1]))
    chances = model().predict_proba(values)[:, 1]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "score"])
    for id, chance in sorted(zip(ids, chances), key=lambda pair: -pair[1]):
        if chance >= THRESHOLD:
            out.writerow([id, f"{chance:.3f}"])


if __name__ == "__main__":
    main()
