"""skops: scikit-learn models without a pickle."""

import skops
import skops.io
from sklearn import ensemble, linear_model, pipeline, preprocessing, svm
from sklearn.feature_extraction import text

from .data import sentences, table
from .writer import named


def files(writer):
    library = named(skops)
    numbers, classes, target = table(50, 5, seed=11)
    lines = sentences(40, seed=11)
    values = {
        "line": linear_model.LogisticRegression().fit(numbers, classes),
        "pipeline": pipeline.make_pipeline(preprocessing.StandardScaler(), svm.SVC()).fit(numbers, classes),
        "forest": ensemble.RandomForestRegressor(4, max_depth=3, random_state=0).fit(numbers, target),
        "text": pipeline.make_pipeline(text.TfidfVectorizer(), linear_model.RidgeClassifier()).fit(lines, [number % 2 for number in range(40)]),
        "boosting": ensemble.GradientBoostingClassifier(n_estimators=3).fit(numbers, classes),
        "values": {"numbers": numbers, "names": ["cat", "dog"], "threshold": 0.5},
    }
    for name, value in values.items():
        writer.write(name + ".skops", lambda path: skops.io.dump(value, path), library, "skops " + name)
