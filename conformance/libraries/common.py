"""What all parts need: which libraries there are, data, and how something is fitted."""

from __future__ import annotations

import importlib.util
import inspect


def found(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def data():
    import numpy as np
    import pandas as pd
    from sklearn.datasets import load_iris

    x, y = load_iris(return_X_y=True)
    frame = pd.DataFrame(x, columns=list("abcd"))
    frame["e"] = np.where(frame.a > 5.5, "u", "v")
    frame["day"] = pd.date_range("2024-01-01", periods=len(frame), freq="D")
    return x, y, frame, np.random.default_rng(0)


def classes_of(module, base=None):
    """The public classes that a package exports."""
    for name in getattr(module, "__all__", dir(module)):
        kind = getattr(module, name, None)
        if inspect.isclass(kind) and kind.__module__.split(".")[0] == module.__name__.split(".")[0] and (base is None or issubclass(kind, base)):
            yield name, kind


def fitted(kind, tries, *arguments):
    """An object of a class fitted to the first data that it takes; unfitted if it takes none."""
    made = None
    for given in (*arguments, {}):
        try:
            made = kind(**given)
            break
        except Exception:
            continue
    if made is None:
        raise TypeError(f"not made: {kind}")
    for given in tries:
        try:
            fresh = kind(**made.get_params()) if hasattr(made, "get_params") else made
            fresh.fit(*given)
            return fresh
        except Exception:
            continue
    return made


TEXTS = [["human", "interface", "computer"], ["survey", "user", "computer", "system", "response", "time"], ["eps", "user", "interface", "system"], ["system", "human", "system", "eps"], ["user", "response", "time"], ["trees"], ["graph", "trees"], ["graph", "minors", "trees"], ["graph", "minors", "survey"]] * 3
