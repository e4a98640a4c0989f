"""Sorts a question before anything is sent to a hosted model."""

import pickle
from functools import cache

from .settings import ROOT

# Below this the question is treated as one about anything.
SURE = 0.45


@cache
def _pipeline():
    # Loading a pickle runs whatever its author put in. See "model-files-scanned" in the README.
    with open(ROOT / "models" / "intent.pkl", "rb") as file:
        return pickle.load(file)


def intent_of(question: str) -> str:
    """One of the labels of data/tickets.jsonl, or "other"."""
    pipeline = _pipeline()
    chances = pipeline.predict_proba([question])[0]
    best = chances.argmax()
    return str(pipeline.classes_[best]) if chances[best] >= SURE else "other"
