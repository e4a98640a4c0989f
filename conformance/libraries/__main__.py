"""`python3 -m libraries OUT [PART...]`."""

from __future__ import annotations

import pickle
import signal
import sys
import warnings
from pathlib import Path

from . import groups, series, tables, words
from .common import found

warnings.simplefilter("ignore")

#: Those that are named as the library is.
NEEDS = {"feature_engine", "sklego", "mlxtend", "lifelines", "hmmlearn", "gensim"}
PARTS = (
    tables.feature_engine, tables.sklego, tables.mlxtend, series.lifelines, series.hmmlearn, words.gensim, groups.clusters, groups.explained,
    tables.models, groups.search, groups.recommenders, words.words, series.forecasts,
)


def write(out: Path, name: str, value) -> None:
    import joblib

    for protocol in (2, 4 + len(name) % 2):
        try:
            text = pickle.dumps(value, protocol)
        except Exception as error:
            print("not written", name, protocol, repr(error)[:120], file=sys.stderr)
            break
        (out / f"{name}.p{protocol}.pkl").write_bytes(text)
    try:
        joblib.dump(value, out / f"{name}.joblib", compress=len(name) % 2 * 3)
    except Exception as error:
        (out / f"{name}.joblib").unlink(missing_ok=True)
        print("not dumped", name, repr(error)[:120], file=sys.stderr)
    if found("cloudpickle"):
        import cloudpickle

        try:
            (out / f"{name}.cloud.pkl").write_bytes(cloudpickle.dumps(value))
        except Exception as error:
            print("not written", name, "cloud", repr(error)[:120], file=sys.stderr)


def late(_number, _frame):
    raise TimeoutError("takes too long")


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGALRM, late)
    for part in PARTS:
        if part.__name__ in NEEDS and not found(part.__name__) or sys.argv[2:] and part.__name__ not in sys.argv[2:]:
            continue
        rows = part()
        while True:
            try:
                name, make = next(rows)
            except StopIteration:
                break
            except Exception as error:
                print("part ends", part.__name__, repr(error)[:200], file=sys.stderr)
                break
            signal.alarm(60)
            try:
                value = make()
            except Exception as error:
                print("not made", name, repr(error)[:160], file=sys.stderr)
                continue
            finally:
                signal.alarm(0)
            write(out, name, value)


if __name__ == "__main__":
    main()
