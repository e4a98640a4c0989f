"""Fits and pickles what the installed libraries have: every estimator of scikit-learn and its relatives, frames of pandas,
arrays, distributions, splines, and writes them as files that `coseal scan` must call clean.

    python3 estimators.py OUT

A third of the files, by the digest of their names, goes to OUT/aside: look at them last.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib
import importlib.util
import pickle
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
OUT = Path(sys.argv[1])
WRITTEN = 0


def folder(name: str) -> Path:
    aside = hashlib.sha256(name.encode()).digest()[0] % 3 == 0
    path = OUT / ("aside" if aside else "seen")
    path.mkdir(parents=True, exist_ok=True)
    return path


def write(name: str, value, protocol: int | None = None) -> None:
    """A file by pickle, its protocol chosen by its name."""
    global WRITTEN
    protocol = sum(name.encode()) % 6 if protocol is None else protocol
    try:
        data = pickle.dumps(value, protocol)
        pickle.loads(data)
    except Exception as error:
        print("skipped", name, protocol, repr(error)[:100], file=sys.stderr)
        return
    (folder(name) / f"{name}.p{protocol}.pkl").write_bytes(data)
    WRITTEN += 1


def joblibs(name: str, value) -> None:
    import joblib

    for compress in (0, 3, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("xz", 3), ("lzma", 3), ("lz4", 3)):
        label = compress if isinstance(compress, int) else compress[0]
        file = f"{name}.{label}"
        try:
            joblib.dump(value, folder(file) / f"{file}.joblib", compress=compress)
        except Exception as error:
            print("skipped", file, repr(error)[:100], file=sys.stderr)


def estimators():
    """Fitted estimators of scikit-learn, with default and other parameters."""
    import numpy as np
    from sklearn.datasets import load_iris, make_regression
    from sklearn.utils import all_estimators
    from sklearn.linear_model import LogisticRegression, Ridge

    x, y = load_iris(return_X_y=True)
    positive = np.abs(x) + 0.1
    xr, yr = make_regression(80, 4, random_state=0)
    for name, kind in all_estimators():
        for style in ("plain", "other"):
            try:
                made = construct(kind, LogisticRegression(), Ridge())
                if style == "other":
                    vary(made)
            except Exception:
                continue
            fitted = fit(made, [(x, y), (xr, yr), (positive, y), (xr, np.abs(yr) + 1), (x, np.c_[y, y]), (["a b c", "b c d", "a d"], [0, 1, 1]),
                                ([{"a": 1}, {"b": 2}], [0, 1]), (x[:, 0], y), (y.reshape(-1, 1), y), (y, None)])
            if fitted is not None:
                yield f"{name}-{style}", fitted


def construct(kind, classifier, regressor):
    for arguments in ({}, {"estimator": classifier}, {"estimator": regressor}, {"estimators": [("a", classifier), ("b", classifier)]},
                      {"steps": [("a", classifier)]}, {"transformers": [("a", "passthrough", [0])]}, {"transformer_list": [("a", "passthrough")]},
                      {"estimator": classifier, "param_grid": {"C": [0.1, 1]}}, {"estimator": classifier, "param_distributions": {"C": [0.1, 1]}},
                      {"dictionary": [[1.0, 0, 0, 0]]}):
        try:
            return kind(**arguments)
        except TypeError:
            continue
    raise TypeError


OTHERS = {
    "random_state": 7, "n_jobs": 1, "warm_start": True, "loss": "huber", "criterion": "entropy", "kernel": "rbf", "metric": "manhattan",
    "solver": "lbfgs", "penalty": None, "max_iter": 30, "n_estimators": 5, "verbose": 0, "early_stopping": True, "algorithm": "ball_tree",
    "init": "random", "bootstrap": True, "oob_score": True, "whiten": True, "probability": True, "store_covariance": True, "alpha": 0.3,
}


def vary(made) -> None:
    for key, value in OTHERS.items():
        if key in made.get_params():
            made.set_params(**{key: value})


def fit(made, data):
    from sklearn.base import clone

    for x, y in data:
        try:
            fresh = clone(made)
            fresh.fit(x, y)
            return fresh
        except Exception:
            continue
    return None


def composed():
    """Pipelines, column transformers, searches, and what scorers they hold."""
    import numpy as np
    import pandas as pd
    from sklearn import compose, ensemble, feature_selection, gaussian_process, impute, linear_model, metrics, model_selection, neighbors, pipeline, preprocessing, svm
    from scipy import stats

    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"a": rng.normal(size=90), "b": rng.integers(0, 9, 90), "c": rng.choice(list("xyz"), 90)})
    y = (frame.a > 0).astype(int)
    prepare = compose.ColumnTransformer([
        ("n", pipeline.make_pipeline(impute.SimpleImputer(), preprocessing.StandardScaler()), ["a", "b"]),
        ("c", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["c"]),
    ], remainder="drop", verbose_feature_names_out=False)
    for name, model in {
        "logistic": linear_model.LogisticRegression(), "forest": ensemble.RandomForestClassifier(5), "svc": svm.SVC(probability=True),
        "boosting": ensemble.HistGradientBoostingClassifier(max_iter=5), "neighbours": neighbors.KNeighborsClassifier(),
        "tree-boost": ensemble.GradientBoostingClassifier(n_estimators=5),
    }.items():
        pipe = pipeline.Pipeline([("p", prepare), ("s", feature_selection.SelectKBest(feature_selection.f_classif, k=3)), ("m", model)]).fit(frame, y)
        yield f"pipeline-{name}", pipe
    for name, scorer in {"made": metrics.make_scorer(metrics.fbeta_score, beta=2), "f1": "f1", "auc": "roc_auc", "many": ["accuracy", "neg_log_loss"]}.items():
        search = model_selection.GridSearchCV(linear_model.LogisticRegression(), {"C": [0.1, 1.0]}, scoring=scorer, refit="accuracy" if name == "many" else True)
        yield f"grid-{name}", search.fit(frame[["a", "b"]], y)
    search = model_selection.RandomizedSearchCV(linear_model.LogisticRegression(), {"C": stats.loguniform(0.1, 10)}, n_iter=3, random_state=0)
    yield "random-search", search.fit(frame[["a", "b"]], y)
    for name, cv in {"strat": model_selection.StratifiedKFold(3), "shuffle": model_selection.ShuffleSplit(3), "time": model_selection.TimeSeriesSplit(3), "rep": model_selection.RepeatedKFold(n_splits=2, n_repeats=2)}.items():
        yield f"cv-{name}", model_selection.GridSearchCV(linear_model.Ridge(), {"alpha": [1, 2]}, cv=cv).fit(frame[["a"]], y)
    for name, function in {"log1p": np.log1p, "sqrt": np.sqrt, "none": None, "expm1": np.expm1, "abs": np.abs}.items():
        yield f"function-{name}", preprocessing.FunctionTransformer(function)
    for name in ("chi2", "f_regression", "mutual_info_classif", "r_regression", "f_oneway"):
        yield f"select-{name}", feature_selection.SelectKBest(getattr(feature_selection, name))
    kernels = gaussian_process.kernels
    yield "gp", gaussian_process.GaussianProcessRegressor(kernels.ConstantKernel() * kernels.RBF() + kernels.WhiteKernel() + kernels.Matern() ** 2).fit(frame[["a"]], y)
    for metric in ("euclidean", "haversine", "minkowski", "hamming", "seuclidean", "chebyshev"):
        try:
            arguments = {"V": np.ones(2)} if metric == "seuclidean" else {}
            yield f"tree-{metric}", neighbors.BallTree(rng.random((20, 2)), metric=metric, **arguments)
        except Exception:
            continue
    yield "kd", neighbors.KDTree(rng.random((20, 2)))
    yield "voting", ensemble.VotingClassifier([("a", linear_model.LogisticRegression()), ("b", ensemble.ExtraTreesClassifier(3))], voting="soft").fit(frame[["a", "b"]], y)
    yield "stacking", ensemble.StackingRegressor([("a", linear_model.Ridge()), ("b", ensemble.AdaBoostRegressor(n_estimators=3))]).fit(frame[["a", "b"]], y)
    yield "scorers", {name: metrics.get_scorer(name) for name in metrics.get_scorer_names()}
    from sklearn import datasets
    yield "bunch", datasets.load_wine()


def frames():
    """Frames, series, indexes and scalars of pandas."""
    import numpy as np
    import pandas as pd

    days = pd.date_range("2024-01-01", periods=6)
    columns = {
        "int": np.arange(6), "float": np.arange(6) / 3, "bool": [True, False] * 3, "text": list("abcdef"), "object": [1, "a", None, 2.0, (1,), b"x"], "day": days,
        "zoned": days.tz_localize("UTC"), "berlin": days.tz_localize("Europe/Berlin"), "delta": days - days[0], "period": days.to_period("M"), "category": pd.Categorical(list("abcabc")),
        "ordered": pd.Categorical(list("abcabc"), ordered=True), "interval": pd.cut(np.arange(6), 3), "Int64": pd.array([1, None, 3, 4, 5, 6], dtype="Int64"), "boolean": pd.array([True, None] * 3, dtype="boolean"),
        "Float32": pd.array([1.5, None] * 3, dtype="Float32"), "string": pd.array(list("abcdef"), dtype="string"), "sparse": pd.arrays.SparseArray([0, 0, 1, 0, 0, 2]), "int8": np.arange(6, dtype="i1"),
        "offset": pd.array([datetime.timezone.utc] * 6, dtype=object), "dates": [day.date() for day in days], "fixed": days.tz_localize(datetime.timezone(datetime.timedelta(hours=2))),
    }
    try:
        import pyarrow as pa
        columns["arrow-int"] = pd.array([1, 2, None, 4, 5, 6], dtype="int64[pyarrow]")
        columns["arrow-text"] = pd.array(list("abcdef"), dtype="string[pyarrow]")
        columns["arrow-day"] = pd.array(list(days), dtype=pd.ArrowDtype(pa.timestamp("us", tz="UTC")))
        columns["arrow-list"] = pd.array([[1], [2]] * 3, dtype=pd.ArrowDtype(pa.list_(pa.int64())))
        columns["arrow-decimal"] = pd.array([1, 2] * 3, dtype=pd.ArrowDtype(pa.decimal128(8, 2)))
    except ImportError:
        pass
    for name, column in columns.items():
        series = pd.Series(column, name=name)
        yield f"series-{name}", series
        yield f"frame-{name}", pd.DataFrame({name: series, "n": np.arange(6)})
        try:
            yield f"index-{name}", pd.Index(column)
        except Exception:
            continue
    every = pd.DataFrame({name: column for name, column in columns.items() if not name.startswith("arrow")})
    yield "frame-every", every
    yield "frame-multi", every[["int", "text", "float"]].set_index(["int", "text"])
    yield "frame-columns", every[["int", "float"]].T
    yield "frame-empty", pd.DataFrame()
    yield "index-range", pd.RangeIndex(3, 9, 2)
    yield "index-multi", pd.MultiIndex.from_product([[1, 2], ["a", "b"]], names=["n", "s"])
    yield "index-interval", pd.interval_range(0, 5)
    yield "index-weeks", pd.date_range("2024", periods=4, freq="W-MON", tz="Asia/Tokyo")
    yield "index-business", pd.bdate_range("2024", periods=4)
    yield "index-quarters", pd.period_range("2024", periods=4, freq="Q")
    yield "scalars", [pd.Timestamp("2024", tz="America/New_York"), pd.Timedelta(5, "h"), pd.Period("2024", "Y"), pd.Interval(0, 1), pd.NaT, pd.NA, pd.Timestamp(0)]
    yield "offsets", [pd.offsets.BDay(2), pd.offsets.MonthEnd(), pd.offsets.Week(weekday=2), pd.offsets.QuarterEnd(), pd.offsets.CustomBusinessDay(), pd.DateOffset(months=2), pd.offsets.Hour(3), pd.offsets.Easter()]
    yield "grouped", every.groupby("text", observed=True).agg({"int": "sum", "float": "mean"})
    yield "pivot", every.pivot_table(index="text", columns="category", values="float", observed=True)
    yield "describe", every[["int", "float"]].describe()
    yield "dtypes", every.dtypes
    yield "attrs", pd.DataFrame({"a": [1]}).set_flags(allows_duplicate_labels=False)


def arrays():
    """Arrays and generators of NumPy."""
    import numpy as np

    for kind in ("?", "i1", "u2", "<i4", ">i8", "f2", "f4", ">f8", "c8", "c16", "S5", "U5", "M8[D]", "M8[ns]", "m8[s]", "g"):
        yield f"array-{kind.replace('<', 'l').replace('>', 'b').replace('?', 'bool')}", np.zeros(7, dtype=kind)
    yield "array-structured", np.zeros(3, dtype=[("a", "i4"), ("b", "f8", (2,)), ("c", [("d", "U3")])])
    yield "array-aligned", np.zeros(3, dtype=np.dtype([("a", "i1"), ("b", "f8")], align=True))
    yield "array-record", np.rec.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    yield "array-object", np.array([1, "a", None, [1, 2], {"a": 1}], dtype=object)
    yield "array-masked", np.ma.masked_array([1, 2, 3], [0, 1, 0])
    yield "array-masked-record", np.ma.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    yield "array-fortran", np.asfortranarray(np.arange(12.0).reshape(3, 4))
    yield "array-empty", np.empty((0, 3))
    yield "array-scalar", [np.float32(1), np.int64(2), np.bool_(True), np.datetime64("2024"), np.str_("a"), np.complex64(1j), np.void(b"ab"), np.timedelta64(3, "s")]
    yield "array-zero", np.array(3.0)
    yield "array-matrix", np.matrix([[1, 2]])
    yield "array-chars", np.char.array(["a", "b"])
    yield "array-dtypes", [np.dtype(kind) for kind in ("f8", "M8[us]", "U7", "O", "V8")]
    yield "array-types", [np.float64, np.int32, np.ndarray, np.dtype]
    yield "array-ufuncs", [np.sin, np.add, np.mean, np.median]
    yield "array-poly", [np.poly1d([1, 2]), np.polynomial.Polynomial([1, 2]), np.polynomial.Chebyshev([1, 2]), np.polynomial.HermiteE([1])]
    if hasattr(np.dtypes, "StringDType"):
        yield "array-strings", np.array(["a", "bb"], dtype=np.dtypes.StringDType())
    for kind in ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"):
        yield f"generator-{kind}", np.random.Generator(getattr(np.random, kind)(3))
        yield f"bits-{kind}", getattr(np.random, kind)(3)
    yield "generator-state", np.random.RandomState(4)
    yield "generator-seed", np.random.SeedSequence(5)


def scipies():
    """Sparse arrays, distributions, splines, trees and results of SciPy."""
    import numpy as np
    from scipy import interpolate, ndimage, optimize, signal, sparse, spatial, stats

    matrix = sparse.random(9, 9, 0.2, random_state=1)
    for kind in ("bsr", "coo", "csc", "csr", "dia", "dok", "lil"):
        yield f"sparse-{kind}", matrix.asformat(kind)
        yield f"sparse-array-{kind}", getattr(sparse, f"{kind}_array")(matrix)
    for name in sorted(stats._continuous_distns._distn_names) + sorted(stats._discrete_distns._distn_names):
        yield f"distribution-{name}", getattr(stats, name, None)
    yield "frozen", [stats.norm(0, 1), stats.gamma(2), stats.poisson(3), stats.uniform(0, 2), stats.randint(1, 5), stats.loguniform(0.1, 1)]
    yield "frozen-many", [stats.multivariate_normal([0, 0], np.eye(2)), stats.gaussian_kde(np.arange(9.0)), stats.rv_discrete(values=([1, 2], [0.5, 0.5])), stats.rv_histogram(np.histogram([1, 2, 3]))]
    x = np.linspace(0, 4, 9)
    for name, made in {
        "cubic": lambda: interpolate.CubicSpline(x, x**2), "interp1d": lambda: interpolate.interp1d(x, x), "interp1d-cubic": lambda: interpolate.interp1d(x, x, kind="cubic"),
        "nearest": lambda: interpolate.interp1d(x, x, kind="nearest"), "pchip": lambda: interpolate.PchipInterpolator(x, x), "akima": lambda: interpolate.Akima1DInterpolator(x, x),
        "bspline": lambda: interpolate.make_interp_spline(x, x), "univariate": lambda: interpolate.UnivariateSpline(x, x), "smooth": lambda: interpolate.LSQUnivariateSpline(x, x, [2.0]),
        "rbf": lambda: interpolate.RBFInterpolator(x[:, None], x), "regular": lambda: interpolate.RegularGridInterpolator((x,), x), "rect": lambda: interpolate.RectBivariateSpline(x, x, np.outer(x, x)),
        "nd": lambda: interpolate.NearestNDInterpolator(np.c_[x, x[::-1] ** 2], x), "bary": lambda: interpolate.BarycentricInterpolator(x, x), "ppoly": lambda: interpolate.PPoly(np.ones((2, 8)), x),
        "kd": lambda: spatial.KDTree(np.c_[x, x]), "ckd": lambda: spatial.cKDTree(np.c_[x, x]), "hull": lambda: spatial.ConvexHull(np.random.default_rng(0).random((9, 2))), "rotation": lambda: spatial.transform.Rotation.from_euler("z", 1.0),
        "result": lambda: optimize.minimize(lambda v: (v**2).sum(), [1.0]), "lbfgs": lambda: optimize.minimize(lambda v: (v**2).sum(), [1.0], method="L-BFGS-B"), "root": lambda: optimize.root_scalar(lambda v: v - 1, bracket=(0, 3)), "linprog": lambda: optimize.linprog([1.0], bounds=[(0, 1)]),
        "ttest": lambda: stats.ttest_ind(x, x + 1), "linregress": lambda: stats.linregress(x, x + 1), "pearson": lambda: stats.pearsonr(x, x), "ks": lambda: stats.kstest(x, "norm"), "filter": lambda: signal.butter(3, 0.2), "system": lambda: signal.TransferFunction([1], [1, 2]),
        "describe": lambda: stats.describe(x), "bounds": lambda: optimize.Bounds(0, 1), "linear": lambda: optimize.LinearConstraint(np.eye(2), 0, 1), "halton": lambda: stats.qmc.Halton(2), "sobol": lambda: stats.qmc.Sobol(2), "anova": lambda: stats.f_oneway(x, x), "slerp": lambda: spatial.transform.Slerp([0, 1], spatial.transform.Rotation.identity(2)),
    }.items():
        try:
            yield f"scipy-{name}", made()
        except Exception as error:
            print("not made", name, repr(error)[:100], file=sys.stderr)


def relatives():
    """Models of the libraries around scikit-learn, as far as they are installed."""
    import numpy as np
    import pandas as pd
    from sklearn.datasets import load_iris

    x, y = load_iris(return_X_y=True)
    binary = (y > 0).astype(int)
    frame = pd.DataFrame(x, columns=list("abcd"))
    frame["e"] = np.where(frame.a > 5.5, "u", "v")
    made = {}
    if found("lightgbm"):
        import lightgbm
        quiet = {"n_estimators": 5, "verbose": -1}
        made |= {"lgbm-c": lambda: lightgbm.LGBMClassifier(**quiet).fit(x, y), "lgbm-r": lambda: lightgbm.LGBMRegressor(**quiet).fit(x, y), "lgbm-f": lambda: lightgbm.LGBMClassifier(**quiet, boosting_type="dart").fit(frame[list("abcd")], binary),
                 "lgbm-b": lambda: lightgbm.train({"verbose": -1}, lightgbm.Dataset(x, y), 3), "lgbm-k": lambda: lightgbm.LGBMRanker(**quiet).fit(x, y, group=[50, 100]),
                 "lgbm-e": lambda: lightgbm.LGBMClassifier(**quiet, callbacks=None).fit(x, y, eval_set=[(x, y)], callbacks=[lightgbm.early_stopping(2, verbose=False)]), "lgbm-cv": lambda: lightgbm.cv({"verbose": -1, "objective": "binary"}, lightgbm.Dataset(x, binary), 2, return_cvbooster=True)}
    if found("xgboost"):
        import xgboost
        made |= {"xgb-c": lambda: xgboost.XGBClassifier(n_estimators=3).fit(x, y), "xgb-r": lambda: xgboost.XGBRegressor(n_estimators=3, booster="dart").fit(x, y), "xgb-b": lambda: xgboost.train({}, xgboost.DMatrix(x, y), 3),
                 "xgb-k": lambda: xgboost.XGBRanker(n_estimators=3).fit(x, y, qid=np.repeat([0, 1, 2], 50)), "xgb-f": lambda: xgboost.XGBRFClassifier(n_estimators=3).fit(x, y),
                 "xgb-e": lambda: xgboost.XGBClassifier(n_estimators=3, early_stopping_rounds=2, eval_metric=["mlogloss", "merror"], callbacks=[xgboost.callback.EvaluationMonitor()]).fit(x, y, eval_set=[(x, y)], verbose=False)}
    if found("catboost"):
        import catboost
        quiet = {"iterations": 3, "verbose": False, "allow_writing_files": False}
        made |= {"cat-c": lambda: catboost.CatBoostClassifier(**quiet).fit(x, y), "cat-r": lambda: catboost.CatBoostRegressor(**quiet, loss_function="MAE").fit(x, y), "cat-f": lambda: catboost.CatBoostClassifier(**quiet, cat_features=["e"]).fit(frame, binary), "cat-b": lambda: catboost.CatBoost({**quiet}).fit(x, y)}
    if found("imblearn"):
        from imblearn import combine, ensemble, over_sampling, pipeline, under_sampling
        from sklearn.linear_model import LogisticRegression
        for module in (combine, over_sampling, under_sampling):
            for name in module.__all__:
                made[f"imb-{name}"] = lambda kind=getattr(module, name): fitted_resampler(kind(), x, binary)
        for name in ensemble.__all__:
            made[f"imb-{name}"] = lambda kind=getattr(ensemble, name): kind(n_estimators=3).fit(x, binary)
        made["imb-pipeline"] = lambda: pipeline.make_pipeline(over_sampling.SMOTE(), LogisticRegression()).fit(x, binary)
    if found("category_encoders"):
        import category_encoders
        for name in category_encoders.__all__:
            made[f"ce-{name}"] = lambda kind=getattr(category_encoders, name): kind(cols=["e"]).fit(frame, binary)
    if found("statsmodels"):
        import statsmodels.api as sm
        from statsmodels.tsa import api as tsa
        from statsmodels.formula import api as formula
        series = pd.Series(np.cumsum(np.random.default_rng(0).normal(size=80)), index=pd.date_range("2020", periods=80, freq="D"))
        frame["y"] = y
        made |= {"sm-ols": lambda: sm.OLS(y, sm.add_constant(x)).fit(), "sm-wls": lambda: sm.WLS(y, x, np.ones(150)).fit(), "sm-gls": lambda: sm.GLS(y, x).fit(), "sm-logit": lambda: sm.Logit(binary, x[:, :1]).fit(disp=0), "sm-probit": lambda: sm.Probit(binary, x[:, :1]).fit(disp=0),
                 "sm-poisson": lambda: sm.Poisson(y, x).fit(disp=0), "sm-glm": lambda: sm.GLM(binary, x, family=sm.families.Binomial()).fit(), "sm-glm-gamma": lambda: sm.GLM(y + 1, x, family=sm.families.Gamma(sm.families.links.Log())).fit(), "sm-rlm": lambda: sm.RLM(y, x).fit(), "sm-quant": lambda: sm.QuantReg(y, x).fit(),
                 "sm-mixed": lambda: sm.MixedLM(y, x, groups=np.repeat(range(10), 15)).fit(), "sm-arima": lambda: tsa.ARIMA(series, order=(1, 0, 1)).fit(), "sm-sarimax": lambda: tsa.SARIMAX(series, order=(1, 0, 0)).fit(disp=0), "sm-autoreg": lambda: tsa.AutoReg(series, 2).fit(), "sm-es": lambda: tsa.ExponentialSmoothing(series, trend="add").fit(),
                 "sm-ses": lambda: tsa.SimpleExpSmoothing(series).fit(), "sm-holt": lambda: tsa.Holt(series).fit(), "sm-var": lambda: tsa.VAR(np.c_[series, series.values[::-1]]).fit(1), "sm-formula": lambda: formula.ols("y ~ a + b", frame).fit(), "sm-kde": lambda: fit_kde(sm, x[:, 0]), "sm-seasonal": lambda: tsa.seasonal_decompose(series, period=7),
                 "sm-stl": lambda: tsa.STL(series, period=7).fit(), "sm-unobserved": lambda: tsa.UnobservedComponents(series, "local level").fit(disp=0), "sm-ecdf": lambda: sm.distributions.ECDF(x[:, 0]), "sm-gee": lambda: sm.GEE(binary, x[:, :1], groups=np.repeat(range(10), 15)).fit(), "sm-negbin": lambda: sm.NegativeBinomial(y, x).fit(disp=0), "sm-mnlogit": lambda: sm.MNLogit(y, x[:, :1]).fit(disp=0)}
    if found("nltk"):
        import nltk
        made |= {"nltk-bayes": lambda: nltk.NaiveBayesClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")] * 4), "nltk-freq": lambda: nltk.FreqDist("abca"), "nltk-cond": lambda: nltk.ConditionalFreqDist([(1, 2)]), "nltk-porter": nltk.PorterStemmer, "nltk-snow": lambda: nltk.SnowballStemmer("english"),
                 "nltk-regexp": lambda: nltk.RegexpTokenizer(r"\w+"), "nltk-tweet": nltk.TweetTokenizer, "nltk-unigram": lambda: nltk.UnigramTagger([[("a", "X")]]), "nltk-bigram": lambda: nltk.BigramTagger([[("a", "X")]], backoff=nltk.DefaultTagger("N")), "nltk-tree": lambda: nltk.Tree("S", ["a"]), "nltk-punkt": nltk.tokenize.PunktSentenceTokenizer, "nltk-lancaster": nltk.LancasterStemmer}
    for name, make in made.items():
        try:
            yield name, make()
        except Exception as error:
            print("not made", name, repr(error)[:100], file=sys.stderr)


def fit_kde(sm, values):
    kde = sm.nonparametric.KDEUnivariate(values)
    kde.fit()
    return kde


def fitted_resampler(made, x, y):
    made.fit_resample(x, y)
    return made


def found(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def plain():
    """Data of the standard library."""
    import array, collections, decimal, enum, fractions, ipaddress, pathlib, random, re, uuid, zoneinfo

    yield "std", {"od": collections.OrderedDict(a=1), "c": collections.Counter("abc"), "dq": collections.deque([1], 3), "dd": collections.defaultdict(list, a=[1]), "dec": decimal.Decimal("1.5"), "fr": fractions.Fraction(1, 3), "p": pathlib.PurePosixPath("a/b"), "u": uuid.UUID(int=4)}
    yield "times", [datetime.date(2024, 1, 1), datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc), datetime.timedelta(3), datetime.time(3), datetime.timezone(datetime.timedelta(hours=2)), zoneinfo.ZoneInfo("Europe/Berlin")]
    yield "regex", [re.compile(r"(?u)\b\w\w+\b"), re.compile("a+", re.I)]
    yield "random", random.Random(3)
    yield "array", [array.array("d", [1, 2]), bytearray(b"ab"), frozenset([1]), range(4), complex(1, 2), 1 << 80, Ellipsis, slice(1, 2)]
    yield "types", [int, str, dict, type(None), len, ValueError("x"), ipaddress.ip_address("::1")]
    yield "defaults", [collections.defaultdict(int, {1: 2}), collections.defaultdict(lambda_free, {1: [2]}) if False else collections.defaultdict(dict, {1: {}})]
    for name in ("cloudpickle", "dill"):
        if found(name):
            module = importlib.import_module(name)
            for protocol in (2, 4, 5):
                (folder(f"{name}-{protocol}") / f"{name}-{protocol}.pkl").write_bytes(module.dumps({"a": [1, 2.0, "x", (None, True)], "t": datetime.date(2024, 1, 1)}, protocol))


def lambda_free():
    return []


def main() -> None:
    for part in (plain, arrays, frames, scipies, composed, relatives, estimators):
        for name, value in part():
            write(name, value)
            # Big models in more protocols, and by joblib.
            if part in (composed, relatives):
                write(name, value, 2)
                write(name, value, 4)
            if part in (frames, composed) and (folder(name) / f"{name}.p{sum(name.encode()) % 6}.pkl").exists():
                joblibs(name, value) if part is composed else None
    print(WRITTEN, "pickles")


if __name__ == "__main__":
    main()
