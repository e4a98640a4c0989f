"""Trains the model and says how good it is.

    python train.py            writes model/fraud.pkl

Deterministic with the versions in requirements.txt.
"""

import hashlib
import pickle
from pathlib import Path

from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from features import read

HERE = Path(__file__).resolve().parent
THRESHOLD = 0.7


def estimator() -> Pipeline:
    return Pipeline(
        [("scale", StandardScaler()), ("fraud", LogisticRegression(class_weight="balanced", max_iter=500))]
    )


def main() -> None:
    _, values, labels = read(HERE / "data" / "transactions.csv")
    folds = StratifiedKFold(5, shuffle=True, random_state=11)
    chances = cross_val_predict(estimator(), values, labels, cv=folds, method="predict_proba")[:, 1]
    flagged = chances >= THRESHOLD
    print(f"payments {len(labels)}, fraud {labels.sum()}, 5 folds, threshold {THRESHOLD}")
    print(f"area under ROC {roc_auc_score(labels, chances):.2f}")
    print(f"average precision {average_precision_score(labels, chances):.2f}")
    print(f"precision {precision_score(labels, flagged):.2f}, recall {recall_score(labels, flagged):.2f}")
    out = HERE / "model" / "fraud.pkl"
    out.write_bytes(pickle.dumps(estimator().fit(values, labels), protocol=5))
    print(f"{out.name} sha256:{hashlib.sha256(out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
