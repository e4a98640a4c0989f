"""Data to fit models on: the same at every run."""

import random

WORDS = (
    "the model was trained on reviews of films and books while readers wrote about plots actors scenes music light colour "
    "slow fast good bad great poor boring funny sad happy long short story city river market bank interest rate loan credit "
    "customer order price delivery returned broken refund support quick answer network server disk memory error update patch "
    "patient doctor dose trial result nurse hospital heart blood pressure weather rain storm wind sun cloud winter summer "
    "goal match team player season coach league win loss draw ticket train station flight delay hotel room breakfast view"
).split()


def sentences(count, seed=0):
    chance = random.Random(seed)
    return [" ".join(chance.choice(WORDS) for _ in range(chance.randrange(6, 18))) for _ in range(count)]


def table(rows, columns, seed=0):
    """Numbers, classes and a target, as NumPy arrays."""
    import numpy

    chance = numpy.random.RandomState(seed)
    numbers = chance.normal(size=(rows, columns)).round(3)
    target = (numbers[:, 0] * 2 - numbers[:, 1] + chance.normal(scale=0.3, size=rows)).round(3)
    return numbers, (target > 0).astype(int), target
