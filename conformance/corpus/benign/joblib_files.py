"""joblib: models and arrays in each of its compressors, as scikit-learn's documentation tells people to save them."""

import joblib
import numpy
import sklearn
from sklearn import ensemble, linear_model, pipeline, preprocessing
from sklearn.feature_extraction import text

from .data import sentences, table
from .writer import named


def files(writer):
    library = named(joblib)
    numbers, classes, target = table(80, 6, seed=2)
    lines = sentences(60, seed=2)
    values = {
        "arrays": {"weights": numbers, "classes": classes, "names": numpy.array(["cat", "dog"], dtype=object)},
        "forest": ensemble.RandomForestClassifier(5, max_depth=4, random_state=0).fit(numbers, classes),
        "pipeline": pipeline.make_pipeline(preprocessing.StandardScaler(), linear_model.LogisticRegression()).fit(numbers, classes),
        "text": pipeline.make_pipeline(text.TfidfVectorizer(max_features=200), linear_model.SGDClassifier(max_iter=20, random_state=0)).fit(lines, [number % 2 for number in range(60)]),
        "boosting": ensemble.GradientBoostingRegressor(n_estimators=5, random_state=0).fit(numbers, target),
        "fortran": numpy.asfortranarray(numbers),
        "records": numpy.array([(1, 2.5)], dtype=[("id", "i8"), ("score", "f4")]),
        "empty": {"nothing": numpy.zeros((0, 3)), "scalar": numpy.float64(1.5)},
    }
    for name, value in values.items():
        writer.write(name + ".joblib", lambda path: joblib.dump(value, path), library, "joblib of %s (%s)" % (name, named(sklearn)))
    for compressor in ("zlib", "gzip", "bz2", "xz", "lzma", "lz4"):
        for name in ("arrays", "pipeline"):
            what = "joblib of %s in %s" % (name, compressor)
            writer.write("%s-%s.joblib" % (name, compressor), lambda path: joblib.dump(values[name], path, compress=(compressor, 3)), library, what)
    for protocol in (2, 5):
        writer.write("forest-%d.joblib" % protocol, lambda path: joblib.dump(values["forest"], path, protocol=protocol), library, "joblib of a forest, protocol %d" % protocol)
