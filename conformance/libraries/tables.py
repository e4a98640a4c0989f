"""Learners and transformers of tables."""

from __future__ import annotations

import importlib
import inspect

from .common import classes_of, data, fitted, found


def feature_engine():
    import numpy as np
    x, y, frame, rng = data()
    binary = (y > 0).astype(int)
    numbers = frame[list("abcd")]
    for name in ("creation", "datetime", "discretisation", "encoding", "imputation", "outliers", "preprocessing", "scaling", "selection", "transformation", "wrappers", "variable_handling", "timeseries.forecasting", "pipeline"):
        try:
            module = importlib.import_module(f"feature_engine.{name}")
        except ImportError:
            continue
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import StandardScaler
        for kind_name, kind in classes_of(module):
            yield f"fe-{kind_name}", lambda kind=kind: fitted(kind, [(numbers, binary), (frame.drop(columns="day"), binary), (frame, binary), (numbers.abs() + 0.1, binary), (frame[["e"]], binary), (frame[["day"]], binary)],
                {"estimator": LogisticRegression()}, {"transformer": StandardScaler()}, {"variables": ["a", "b"], "func": "mean"}, {"variables": ["a", "b"], "reference": ["c"], "func": ["sub"]}, {"periods": 2}, {"window": 2}, {"binning_dict": {"a": [0, 5, 9]}}, {"features_to_drop": ["a"]}, {"imputer_dict": {"a": 1}})


def sklego():
    x, y, frame, rng = data()
    import sklego
    import pkgutil
    from sklearn.linear_model import LinearRegression, LogisticRegression
    binary = (y > 0).astype(int)
    for info in pkgutil.walk_packages(sklego.__path__, "sklego."):
        try:
            module = importlib.import_module(info.name)
        except Exception:
            continue
        for name, kind in list(vars(module).items()):
            if inspect.isclass(kind) and kind.__module__ == module.__name__ and hasattr(kind, "fit"):
                yield f"sklego-{name}", lambda kind=kind: fitted(kind, [(x, binary), (x, y * 1.0), (frame, y), (x,)], {"estimator": LogisticRegression()}, {"estimator": LinearRegression(), "groups": "e"}, {"model": LogisticRegression(), "threshold": 0.4}, {"classifier": LogisticRegression(), "regressor": LinearRegression()}, {"columns": ["a"]}, {"base": LinearRegression()})


def mlxtend():
    x, y, frame, rng = data()
    import numpy as np
    from mlxtend import classifier, cluster, evaluate, feature_extraction, feature_selection, frequent_patterns, preprocessing, regressor
    from sklearn.linear_model import LogisticRegression, Ridge
    binary = (y > 0).astype(int)
    meta = LogisticRegression()
    for module in (classifier, cluster, feature_extraction, feature_selection, preprocessing, regressor):
        for name, kind in classes_of(module):
            yield f"mlxtend-{name}", lambda kind=kind: fitted(kind, [(x, binary), (x, y), (x[:, :1], y * 1.0), ([["a", "b"], ["b"]],), (x,)], {}, {"clfs": [meta, LogisticRegression(C=2)]}, {"classifiers": [meta], "meta_classifier": LogisticRegression()}, {"regressors": [Ridge()], "meta_regressor": Ridge()}, {"estimator": meta}, {"estimator": meta, "k_features": 2}, {"k": 2})
    yield "mlxtend-sfs", lambda: feature_selection.SequentialFeatureSelector(meta, k_features=2, cv=2).fit(x, y)
    yield "mlxtend-apriori", lambda: frequent_patterns.apriori(__import__("pandas").DataFrame({"a": [True, False, True], "b": [True, True, True]}), use_colnames=True)


def models():
    x, y, frame, rng = data()
    import numpy as np
    binary = (y > 0).astype(int)
    from sklearn.linear_model import LinearRegression, LogisticRegression
    if found("pygam"):
        import pygam
        for name in ("LinearGAM", "LogisticGAM", "PoissonGAM", "GammaGAM", "InvGaussGAM", "ExpectileGAM"):
            yield f"pygam-{name}", lambda name=name: getattr(pygam, name)(pygam.s(0) + pygam.f(1) + pygam.l(2) + pygam.te(0, 2), max_iter=5).fit(np.c_[x[:, 0], y, x[:, 2]], binary if "Logistic" in name else y + 1)
    if found("arch"):
        import arch
        returns = rng.normal(size=200)
        yield "arch-garch", lambda: arch.arch_model(returns).fit(disp="off")
        yield "arch-model", lambda: arch.arch_model(returns, vol="EGARCH", p=1, dist="t")
        yield "arch-har", lambda: arch.arch_model(returns, mean="AR", lags=2, vol="HARCH", dist="skewt").fit(disp="off")
    if found("linearmodels"):
        from linearmodels.iv import IV2SLS
        from linearmodels.panel import PanelOLS
        yield "linearmodels-iv", lambda: IV2SLS(frame.a, frame[["b"]], frame[["c"]], frame[["d"]]).fit()
        panel = frame.assign(i=np.repeat(range(10), 15), t=list(range(15)) * 10).set_index(["i", "t"])
        yield "linearmodels-panel", lambda: PanelOLS(panel.a, panel[["b"]], entity_effects=True).fit()
    if found("sksurv"):
        from sksurv import ensemble, linear_model, svm, tree
        from sksurv.util import Surv
        target = Surv.from_arrays(rng.random(150) > 0.3, rng.random(150) * 10 + 1)
        for module in (ensemble, linear_model, tree, svm):
            for name, kind in classes_of(module):
                yield f"sksurv-{name}", lambda kind=kind: fitted(kind, [(x, target)], {"n_estimators": 3}, {"max_iter": 5})
    if found("ngboost"):
        import ngboost
        from ngboost import distns, scores
        yield "ngboost-r", lambda: ngboost.NGBRegressor(n_estimators=3, verbose=False).fit(x, y)
        yield "ngboost-c", lambda: ngboost.NGBClassifier(n_estimators=3, verbose=False).fit(x, binary)
        yield "ngboost-c3", lambda: ngboost.NGBClassifier(Dist=distns.k_categorical(3), n_estimators=3, verbose=False).fit(x, y)
        yield "ngboost-lognormal", lambda: ngboost.NGBRegressor(Dist=distns.LogNormal, Score=scores.CRPScore, n_estimators=3, verbose=False).fit(x, y + 1)
        yield "ngboost-survival", lambda: ngboost.NGBSurvival(n_estimators=3, verbose=False).fit(x, y + 1, binary)
    if found("mapie"):
        import mapie
        try:
            from mapie.regression import CrossConformalRegressor, SplitConformalRegressor, ConformalizedQuantileRegressor
            from mapie.classification import SplitConformalClassifier
            yield "mapie-split", lambda: SplitConformalRegressor(LinearRegression().fit(x, y), confidence_level=0.9, prefit=True).conformalize(x, y)
            yield "mapie-cross", lambda: CrossConformalRegressor(LinearRegression(), confidence_level=0.9).fit_conformalize(x, y)
            yield "mapie-class", lambda: SplitConformalClassifier(LogisticRegression().fit(x, y), confidence_level=0.9, prefit=True).conformalize(x, y)
        except ImportError:
            from mapie.regression import MapieRegressor
            from mapie.classification import MapieClassifier
            yield "mapie-r", lambda: MapieRegressor(LinearRegression()).fit(x, y)
            yield "mapie-c", lambda: MapieClassifier(LogisticRegression()).fit(x, y)
    if found("boruta"):
        import boruta
        from sklearn.ensemble import RandomForestClassifier
        yield "boruta-py", lambda: boruta.BorutaPy(RandomForestClassifier(3), n_estimators=3, max_iter=3).fit(x, y)
    if found("skrub"):
        import skrub
        for name, kind in classes_of(skrub):
            if hasattr(kind, "fit"):
                yield f"skrub-{name}", lambda kind=kind: fitted(kind, [(frame[list("abcde")], y), (frame["e"],), (frame["day"],), (frame["a"],)])
        yield "skrub-pipeline", lambda: skrub.tabular_pipeline("classifier").fit(frame[list("abcde")], y)
    if found("optbinning"):
        import optbinning
        yield "optbinning-one", lambda: optbinning.OptimalBinning("a").fit(x[:, 0], binary)
        yield "optbinning-process", lambda: optbinning.BinningProcess(list("abcd")).fit(x, binary)
        yield "optbinning-score", lambda: optbinning.Scorecard(optbinning.BinningProcess(list("abcd")), LogisticRegression(), scaling_method="min_max", scaling_method_params={"min": 1, "max": 9}).fit(frame[list("abcd")], binary)
    if found("sklearn_crfsuite"):
        import sklearn_crfsuite
        yield "crfsuite-crf", lambda: sklearn_crfsuite.CRF(max_iterations=3).fit([[{"a": "1"}, {"b": "2"}]], [["x", "y"]])
    if found("sklearn_pandas"):
        from sklearn_pandas import DataFrameMapper
        from sklearn.preprocessing import LabelBinarizer, StandardScaler
        yield "sklearn_pandas-mapper", lambda: DataFrameMapper([("e", LabelBinarizer()), (["a", "b"], StandardScaler())]).fit(frame)
    if found("skorch") and found("torch"):
        import torch
        from skorch import NeuralNetClassifier, NeuralNetRegressor
        yield "skorch-linear", lambda: NeuralNetClassifier(torch.nn.Linear, module__in_features=4, module__out_features=3, max_epochs=1, verbose=0, criterion=torch.nn.CrossEntropyLoss).fit(x.astype("f4"), y.astype("i8"))
        yield "skorch-r", lambda: NeuralNetRegressor(torch.nn.Linear, module__in_features=4, module__out_features=1, max_epochs=1, verbose=0).fit(x.astype("f4"), y[:, None].astype("f4"))
    if found("pytorch_tabnet"):
        from pytorch_tabnet.tab_model import TabNetClassifier
        def tabnet():
            made = TabNetClassifier(verbose=0)
            made.fit(x, y, max_epochs=1)
            return made
        yield "tabnet-c", tabnet
    if found("river"):
        from river import compose, ensemble, forest, linear_model, naive_bayes, neighbors, preprocessing, tree, drift, anomaly, cluster
        for name, make in {"linear": lambda: compose.Pipeline(preprocessing.StandardScaler(), linear_model.LogisticRegression()), "tree": lambda: tree.HoeffdingTreeClassifier(), "forest": lambda: forest.ARFClassifier(3), "bayes": lambda: naive_bayes.GaussianNB(), "anomaly": lambda: anomaly.HalfSpaceTrees()}.items():
            def one(make=make):
                made = make()
                for row, label in zip(frame[list("abcd")].to_dict("records"), binary):
                    made.learn_one(row, bool(label)) if "HalfSpace" not in type(made).__name__ else made.learn_one(row)
                return made
            yield f"river-{name}", one
        yield "river-adwin", drift.ADWIN
