"""Makes transactions.csv: 400 invented card payments, about one in eight of them fraud.

    python data/make_data.py

Deterministic: the same seed gives the same bytes. Nobody's payments are in it.
"""

import csv
import random
from pathlib import Path

ROWS = 400
SEED = 20260114
COLUMNS = [
    "id", "amount", "hour", "distance_km", "minutes_since_last", "new_device", "foreign", "gift_cards", "fraud",
]  # fmt: skip


def row(random: random.Random, number: int) -> dict:
    """One payment. Fraud is dearer, further away, sooner after the last and more often on a new device; not always."""
    fraud = random.random() < 0.13
    hard = random.random() < 0.06  # as unlike its kind as possible
    looks = fraud != hard
    return {
        "id": f"P{number:05}",
        "amount": f"{random.lognormvariate(4.6 if looks else 3.2, 0.9):.2f}",
        "hour": int(random.triangular(0, 24, 3 if looks else 15)) % 24,
        "distance_km": f"{random.expovariate(1 / (240 if looks else 12)):.1f}",
        "minutes_since_last": int(random.expovariate(1 / (45 if looks else 900))) + 1,
        "new_device": int(random.random() < (0.55 if looks else 0.06)),
        "foreign": int(random.random() < (0.40 if looks else 0.05)),
        "gift_cards": int(random.random() < (0.35 if looks else 0.03)),
        "fraud": int(fraud),
    }


def main() -> None:
    generator = random.Random(SEED)
    with open(Path(__file__).with_name("transactions.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(row(generator, number) for number in range(1, ROWS + 1))


if __name__ == "__main__":
    main()
