"""Reads payments as rows of numbers; train.py and score.py agree on it here."""

import csv
from pathlib import Path

import numpy as np

FEATURES = ["amount", "hour", "distance_km", "minutes_since_last", "new_device", "foreign", "gift_cards"]


def read(path: Path) -> tuple[list[str], np.ndarray, np.ndarray | None]:
    """Ids, features (float64, one row a payment), and labels if the file has them."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = np.array([[float(row[name]) for name in FEATURES] for row in rows])
    # Amounts, distances and pauses are spread over orders of magnitude.
    for name in ("amount", "distance_km", "minutes_since_last"):
        column = FEATURES.index(name)
        values[:, column] = np.log1p(values[:, column])
    labels = np.array([int(row["fraud"]) for row in rows]) if rows and "fraud" in rows[0] else None
    return [row["id"] for row in rows], values, labels
