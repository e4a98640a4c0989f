"""What programs pickle without a library: settings, vocabularies, results of a search."""

import argparse
import collections
import datetime
import decimal
import fractions
import math
import operator
import pathlib
import platform
import random
import re
import types
import uuid

from .data import WORDS, sentences


def files(writer):
    library = "python " + platform.python_version()
    words = {word + str(number): number for number, word in enumerate(WORDS * 20)}
    values = {
        "settings": {"learning_rate": 1e-3, "layers": [64, 32, 1], "dropout": None, "amp": True, "schedule": ("cosine", 10_000)},
        "vocabulary": words,
        "merges": [(word[:2], word[2:]) for word in WORDS * 10 if len(word) > 3],
        "command-named-in-text": {"notes": sentences(50), "keywords": ["os.system", "subprocess", "eval", "__import__", "cposix\nsystem"]},
        "history": collections.defaultdict(list, {"loss": [1 / (step + 1) for step in range(200)], "accuracy": [0.5] * 200}),
        "counts": collections.Counter(" ".join(sentences(200)).split()),
        "window": collections.deque(range(50), maxlen=50),
        "ordered": collections.OrderedDict((word, len(word)) for word in WORDS[:40]),
        "times": [datetime.datetime(2024, 2, 29, 12, 30), datetime.date(2024, 1, 1), datetime.timedelta(days=2), datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)],
        "numbers": [decimal.Decimal("12.50"), fractions.Fraction(1, 3), 2**200, -(2**63), 1.5e300, complex(1, 2)],
        "arguments": argparse.Namespace(epochs=10, data=pathlib.PurePosixPath("data/train.csv"), seed=7),
        "namespace": types.SimpleNamespace(name="run-7", score=0.93),
        "identifiers": [uuid.UUID(int=7), uuid.NAMESPACE_URL],
        "expressions": [re.compile(r"\b\w\w+\b"), re.compile(rb"[a-z]+", re.IGNORECASE)],
        "sets": [set(WORDS[:9]), frozenset(range(9)), bytearray(b"abc"), bytes(range(256))],
        "random": random.Random(7),
        "getters": {"one": operator.attrgetter("loss.mean"), "some": operator.itemgetter("score", 2), "joined": "-".join, "lower": str.lower, "root": math.sqrt},
    }
    for number, (name, value) in enumerate(values.items()):
        for protocol in ((0, 4), (1, 5), (2, 4), (3, 5))[number % 4]:
            writer.pickle("%s-%d" % (name, protocol), value, protocol, library, name.replace("-", " "))
