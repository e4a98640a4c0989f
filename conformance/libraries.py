"""Fits and pickles what libraries beside scikit-learn save: forecasts, topics, survival, clusters, encoders, explainers, recommenders.

    python3 libraries.py OUT [PART...]

What is not installed is left out. Each is written by pickle in two protocols and by joblib, some by cloudpickle too; `coseal scan` must call
them clean, but for those that hold code of their own. Names of files begin with the library's.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pickle
import signal
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")


def found(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def data():
    import numpy as np
    import pandas as pd
    from sklearn.datasets import load_iris

    x, y = load_iris(return_X_y=True)
    frame = pd.DataFrame(x, columns=list("abcd"))
    frame["e"] = np.where(frame.a > 5.5, "u", "v")
    frame["day"] = pd.date_range("2024-01-01", periods=len(frame), freq="D")
    return x, y, frame, np.random.default_rng(0)


def classes_of(module, base=None):
    """The public classes that a package exports."""
    for name in getattr(module, "__all__", dir(module)):
        kind = getattr(module, name, None)
        if inspect.isclass(kind) and kind.__module__.split(".")[0] == module.__name__.split(".")[0] and (base is None or issubclass(kind, base)):
            yield name, kind


def fitted(kind, tries, *arguments):
    """An object of a class fitted to the first data that it takes; unfitted if it takes none."""
    made = None
    for given in (*arguments, {}):
        try:
            made = kind(**given)
            break
        except Exception:
            continue
    if made is None:
        raise TypeError(f"not made: {kind}")
    for given in tries:
        try:
            fresh = kind(**made.get_params()) if hasattr(made, "get_params") else made
            fresh.fit(*given)
            return fresh
        except Exception:
            continue
    return made


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


def lifelines():
    import lifelines
    from lifelines.datasets import load_rossi
    rossi = load_rossi()
    for name in ("KaplanMeierFitter", "NelsonAalenFitter", "WeibullFitter", "ExponentialFitter", "LogNormalFitter", "LogLogisticFitter", "BreslowFlemingHarringtonFitter", "PiecewiseExponentialFitter", "GeneralizedGammaFitter", "SplineFitter", "MixtureCureFitter"):
        def one(name=name):
            kind = getattr(lifelines, name)
            made = kind(breakpoints=[20, 40]) if "Piecewise" in name else kind([5, 20, 50]) if "Spline" in name else kind(base_fitter=lifelines.WeibullFitter()) if "Mixture" in name else kind()
            return made.fit(rossi["week"], rossi["arrest"])
        yield f"lifelines-{name}", one
    for name in ("CoxPHFitter", "WeibullAFTFitter", "LogNormalAFTFitter", "LogLogisticAFTFitter", "AalenAdditiveFitter", "GeneralizedGammaRegressionFitter"):
        yield f"lifelines-{name}", lambda name=name: getattr(lifelines, name)(**({"penalizer": 0.1} if name != "AalenAdditiveFitter" else {"coef_penalizer": 1.0})).fit(rossi, "week", "arrest")
    yield "lifelines-cox-strata", lambda: lifelines.CoxPHFitter(penalizer=0.1).fit(rossi, "week", "arrest", strata=["fin"])
    yield "lifelines-cox-formula", lambda: lifelines.CoxPHFitter(penalizer=0.1).fit(rossi, "week", "arrest", formula="fin + age * mar")
    yield "lifelines-cox-spline", lambda: lifelines.CoxPHFitter(baseline_estimation_method="spline", n_baseline_knots=3).fit(rossi, "week", "arrest")


def hmmlearn():
    from hmmlearn import hmm
    x, y, frame, rng = data()
    yield "hmm-gaussian", lambda: hmm.GaussianHMM(2, n_iter=5).fit(x)
    yield "hmm-gaussian-full", lambda: hmm.GaussianHMM(2, "full", n_iter=5).fit(x)
    yield "hmm-gmm", lambda: hmm.GMMHMM(2, 2, n_iter=3).fit(x)
    yield "hmm-poisson", lambda: hmm.PoissonHMM(2, n_iter=3).fit(rng.poisson(3, (60, 1)))
    kind = getattr(hmm, "CategoricalHMM", hmm.MultinomialHMM)
    yield "hmm-categorical", lambda: kind(2, n_iter=3).fit(rng.integers(0, 3, (60, 1)))
    yield "hmm-multinomial", lambda: hmm.MultinomialHMM(2, n_iter=3).fit(rng.multinomial(5, [0.3, 0.7], 40))
    if found("hmmlearn.vhmm"):
        from hmmlearn import vhmm
        yield "hmm-variational", lambda: vhmm.VariationalGaussianHMM(2, n_iter=3).fit(x)


TEXTS = [["human", "interface", "computer"], ["survey", "user", "computer", "system", "response", "time"], ["eps", "user", "interface", "system"], ["system", "human", "system", "eps"], ["user", "response", "time"], ["trees"], ["graph", "trees"], ["graph", "minors", "trees"], ["graph", "minors", "survey"]] * 3


def gensim():
    from gensim import corpora, models, similarities
    words = corpora.Dictionary(TEXTS)
    bags = [words.doc2bow(text) for text in TEXTS]
    size = "vector_size" if "vector_size" in inspect.signature(models.Word2Vec.__init__).parameters else "size"
    yield "gensim-dictionary", lambda: words
    yield "gensim-hash", lambda: corpora.HashDictionary(TEXTS)
    yield "gensim-corpus", lambda: bags
    yield "gensim-word2vec", lambda: models.Word2Vec(TEXTS, **{size: 8}, min_count=1, workers=1)
    yield "gensim-word2vec-hs", lambda: models.Word2Vec(TEXTS, **{size: 8}, min_count=1, workers=1, sg=1, hs=1, negative=0)
    yield "gensim-vectors", lambda: models.Word2Vec(TEXTS, **{size: 8}, min_count=1, workers=1).wv
    yield "gensim-fasttext", lambda: models.FastText(TEXTS, **{size: 8}, min_count=1, workers=1, bucket=50)
    yield "gensim-fasttext-vectors", lambda: models.FastText(TEXTS, **{size: 8}, min_count=1, workers=1, bucket=50).wv
    yield "gensim-doc2vec", lambda: models.Doc2Vec([models.doc2vec.TaggedDocument(text, [n]) for n, text in enumerate(TEXTS)], vector_size=8, min_count=1, workers=1)
    yield "gensim-lda", lambda: models.LdaModel(bags, 2, words)
    yield "gensim-lda-state", lambda: models.LdaModel(bags, 2, words).state
    yield "gensim-lda-alpha", lambda: models.LdaModel(bags, 2, words, alpha="auto", eta="auto", dtype=__import__("numpy").float64)
    yield "gensim-ldamulticore", lambda: models.LdaMulticore(bags, 2, words, workers=1)
    yield "gensim-tfidf", lambda: models.TfidfModel(bags)
    yield "gensim-tfidf-smart", lambda: models.TfidfModel(dictionary=words, smartirs="ltc")
    yield "gensim-lsi", lambda: models.LsiModel(bags, 2, words)
    yield "gensim-hdp", lambda: models.HdpModel(bags, words)
    yield "gensim-nmf", lambda: models.nmf.Nmf(bags, 2, words)
    yield "gensim-phrases", lambda: models.Phrases(TEXTS, min_count=1, threshold=1)
    yield "gensim-phraser", lambda: models.phrases.Phraser(models.Phrases(TEXTS, min_count=1, threshold=1))
    yield "gensim-rp", lambda: models.RpModel(bags, 2)
    yield "gensim-logentropy", lambda: models.LogEntropyModel(bags)
    yield "gensim-normal", lambda: models.NormModel(bags)
    yield "gensim-coherence", lambda: models.CoherenceModel(models.LdaModel(bags, 2, words), corpus=bags, coherence="u_mass")
    yield "gensim-matrix", lambda: similarities.MatrixSimilarity(bags, num_features=len(words))
    yield "gensim-sparse", lambda: similarities.SparseMatrixSimilarity(bags, num_features=len(words))
    yield "gensim-similarity", lambda: similarities.Similarity(None, bags, num_features=len(words))
    yield "gensim-ensemble", lambda: models.EnsembleLda(corpus=bags, id2word=words, num_topics=2, num_models=2)
    yield "gensim-author", lambda: models.AuthorTopicModel(bags, 2, words, author2doc={"a": [0, 1], "b": [2, 3]})
    yield "gensim-seq", lambda: models.LdaSeqModel(bags[:6], time_slice=[3, 3], id2word=words, num_topics=2, passes=1)
    if hasattr(models, "OkapiBM25Model"):
        yield "gensim-bm25", lambda: models.OkapiBM25Model(bags)


def clusters():
    x, y, frame, rng = data()
    if found("hdbscan"):
        import hdbscan
        yield "hdbscan-plain", lambda: hdbscan.HDBSCAN(min_cluster_size=5).fit(x)
        yield "hdbscan-predict", lambda: hdbscan.HDBSCAN(min_cluster_size=5, prediction_data=True, gen_min_span_tree=True).fit(x)
        yield "hdbscan-brute", lambda: hdbscan.HDBSCAN(min_cluster_size=5, metric="manhattan", algorithm="generic").fit(x)
        yield "hdbscan-robust", lambda: hdbscan.RobustSingleLinkage().fit(x)
    if found("umap"):
        import umap
        yield "umap-plain", lambda: umap.UMAP(n_neighbors=5, n_epochs=5, random_state=1).fit(x)
        yield "umap-cosine", lambda: umap.UMAP(n_neighbors=5, n_epochs=5, metric="cosine", target_metric="categorical").fit(x, y)
        yield "umap-dens", lambda: umap.UMAP(n_neighbors=5, n_epochs=5, densmap=True).fit(x)
        yield "umap-supervised", lambda: umap.UMAP(n_neighbors=5, n_epochs=5, metric="manhattan").fit(x, y)
        yield "umap-sparse", lambda: umap.UMAP(n_neighbors=5, n_epochs=5).fit(__import__("scipy.sparse").sparse.csr_matrix(x))
    if found("pynndescent"):
        import pynndescent
        yield "pynndescent-index", lambda: pynndescent.NNDescent(x)
        yield "pynndescent-transformer", lambda: pynndescent.PyNNDescentTransformer().fit(x)
    if found("kmodes"):
        from kmodes import kmodes, kprototypes
        yield "kmodes-modes", lambda: kmodes.KModes(2, n_init=1).fit(x.astype(int))
        yield "kmodes-prototypes", lambda: kprototypes.KPrototypes(2, n_init=1).fit(frame[["a", "e"]].values, categorical=[1])
    if found("minisom"):
        from minisom import MiniSom
        def som():
            made = MiniSom(3, 3, 4)
            made.train(x, 20)
            return made
        yield "minisom-som", som
    if found("tslearn"):
        from tslearn import clustering, neighbors, preprocessing, svm
        series = x[:, :, None]
        yield "tslearn-kmeans", lambda: clustering.TimeSeriesKMeans(2, metric="euclidean", max_iter=2).fit(series)
        yield "tslearn-dtw", lambda: clustering.TimeSeriesKMeans(2, metric="dtw", max_iter=1).fit(series[:20])
        yield "tslearn-shape", lambda: clustering.KShape(2, max_iter=2).fit(series)
        yield "tslearn-knn", lambda: neighbors.KNeighborsTimeSeriesClassifier(2).fit(series, y)
        yield "tslearn-scaler", lambda: preprocessing.TimeSeriesScalerMeanVariance().fit(series)
        yield "tslearn-svc", lambda: svm.TimeSeriesSVC().fit(series[:60:3], y[:60:3] if len(set(y[:60:3])) > 1 else [0, 1] * 10)
    if found("pyod"):
        for name in ("knn.KNN", "iforest.IForest", "lof.LOF", "hbos.HBOS", "pca.PCA", "ocsvm.OCSVM", "ecod.ECOD", "copod.COPOD", "abod.ABOD", "cblof.CBLOF", "mcd.MCD", "loda.LODA", "feature_bagging.FeatureBagging", "inne.INNE", "kde.KDE", "gmm.GMM", "sos.SOS", "lmdd.LMDD", "cof.COF", "sod.SOD", "lscp.LSCP", "loci.LOCI", "rod.ROD", "sampling.Sampling", "suod.SUOD"):
            def one(name=name):
                module, kind = name.split(".")
                kind = getattr(importlib.import_module(f"pyod.models.{module}"), kind)
                return fitted(kind, [(x,)])
            yield f"pyod-{name.split('.')[1]}", one


def explained():
    x, y, frame, rng = data()
    binary = (y > 0).astype(int)
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    if found("shap"):
        import shap
        forest = RandomForestClassifier(3, max_depth=3).fit(x, binary)
        linear = LogisticRegression().fit(x, binary)
        yield "shap-tree", lambda: shap.TreeExplainer(forest)
        yield "shap-tree-data", lambda: shap.TreeExplainer(forest, x[:20])
        yield "shap-values", lambda: shap.TreeExplainer(forest)(x[:5])
        yield "shap-linear", lambda: shap.LinearExplainer(linear, x)
        yield "shap-kernel", lambda: shap.KernelExplainer(linear.predict_proba, x[:5])
        yield "shap-masker", lambda: shap.maskers.Independent(x[:5])
        yield "shap-explainer", lambda: shap.Explainer(linear, x)
        yield "shap-permutation", lambda: shap.explainers.Permutation(linear.predict, x[:9])
        if found("xgboost"):
            import xgboost
            yield "shap-tree-xgb", lambda: shap.TreeExplainer(xgboost.XGBClassifier(n_estimators=2).fit(x, binary))
        if found("lightgbm"):
            import lightgbm
            yield "shap-tree-lgb", lambda: shap.TreeExplainer(lightgbm.LGBMClassifier(n_estimators=2, verbose=-1).fit(x, binary))
    if found("lime"):
        from lime.lime_tabular import LimeTabularExplainer
        yield "lime-tabular", lambda: LimeTabularExplainer(x, mode="classification")
    if found("interpret"):
        from interpret import glassbox
        yield "interpret-ebm", lambda: glassbox.ExplainableBoostingClassifier(interactions=1, max_rounds=5, outer_bags=1, n_jobs=1).fit(x, binary)
        yield "interpret-ebm-r", lambda: glassbox.ExplainableBoostingRegressor(interactions=0, max_rounds=5, outer_bags=1, n_jobs=1).fit(frame[list("abcde")], y)
        yield "interpret-linear", lambda: glassbox.LogisticRegression().fit(x, binary)


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


def search():
    x, y, frame, rng = data()
    if found("optuna"):
        import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        def study(**given):
            made = optuna.create_study(**given)
            made.optimize(lambda trial: trial.suggest_float("x", 0, 1) + trial.suggest_int("n", 1, 3) + len(trial.suggest_categorical("c", ["a", "b"])), n_trials=5)
            return made
        yield "optuna-study", study
        yield "optuna-random", lambda: study(sampler=optuna.samplers.RandomSampler(seed=1), pruner=optuna.pruners.HyperbandPruner())
        yield "optuna-cma", lambda: study(sampler=optuna.samplers.NSGAIISampler(seed=1))
        yield "optuna-sampler", lambda: optuna.samplers.TPESampler(seed=1)
        yield "optuna-trial", lambda: study().best_trial
    if found("hyperopt"):
        import hyperopt
        def trials():
            kept = hyperopt.Trials()
            hyperopt.fmin(lambda v: v**2, hyperopt.hp.uniform("x", -1, 1), algo=hyperopt.tpe.suggest, max_evals=5, trials=kept, show_progressbar=False)
            return kept
        yield "hyperopt-trials", trials
        yield "hyperopt-space", lambda: {"x": hyperopt.hp.uniform("x", 0, 1), "c": hyperopt.hp.choice("c", [1, 2])}
    if found("skopt"):
        import skopt
        from sklearn.svm import SVC
        yield "skopt-search", lambda: skopt.BayesSearchCV(SVC(), {"C": (0.1, 10.0, "log-uniform")}, n_iter=3, cv=2).fit(x, y)
        yield "skopt-space", lambda: [skopt.space.Real(0, 1), skopt.space.Integer(1, 3), skopt.space.Categorical(["a", "b"])]
        yield "skopt-optimizer", lambda: skopt.Optimizer([(0.0, 1.0)])
    if found("bayes_opt"):
        from bayes_opt import BayesianOptimization
        yield "bayesopt-space", lambda: BayesianOptimization(None, {"x": (0, 1)}, random_state=1, verbose=0)


def recommenders():
    import numpy as np
    from scipy import sparse
    ratings = sparse.random(30, 20, 0.3, "csr", random_state=1)
    if found("implicit"):
        from implicit import als, bpr, lmf, nearest_neighbours
        for name, make in {"als": lambda: als.AlternatingLeastSquares(4, iterations=2, use_gpu=False), "bpr": lambda: bpr.BayesianPersonalizedRanking(4, iterations=2, use_gpu=False), "lmf": lambda: lmf.LogisticMatrixFactorization(4, iterations=2), "cosine": lambda: nearest_neighbours.CosineRecommender(3), "bm25": lambda: nearest_neighbours.BM25Recommender(3), "tfidf": lambda: nearest_neighbours.TFIDFRecommender(3)}.items():
            def one(make=make):
                made = make()
                made.fit(ratings, show_progress=False)
                return made
            yield f"implicit-{name}", one
    if found("surprise"):
        import pandas as pd
        import surprise
        rows = pd.DataFrame({"u": [1, 1, 2, 2, 3, 3], "i": [1, 2, 1, 3, 2, 3], "r": [1, 2, 3, 4, 5, 1]})
        trained = surprise.Dataset.load_from_df(rows, surprise.Reader(rating_scale=(1, 5))).build_full_trainset()
        for name in ("SVD", "SVDpp", "NMF", "KNNBasic", "KNNWithMeans", "KNNWithZScore", "KNNBaseline", "BaselineOnly", "SlopeOne", "CoClustering", "NormalPredictor"):
            yield f"surprise-{name}", lambda name=name: getattr(surprise, name)().fit(trained)
        yield "surprise-trainset", lambda: trained
        yield "surprise-predictions", lambda: surprise.SVD().fit(trained).test(trained.build_testset())
    if found("lightfm"):
        import lightfm
        from lightfm.data import Dataset
        yield "lightfm-model", lambda: lightfm.LightFM(4).fit(ratings.tocoo(), epochs=1)
        def both():
            made = Dataset()
            made.fit([1, 2], ["a"])
            return made
        yield "lightfm-data", both
    if found("rank_bm25"):
        import rank_bm25
        for name in ("BM25Okapi", "BM25L", "BM25Plus"):
            yield f"bm25-{name}", lambda name=name: getattr(rank_bm25, name)(TEXTS)


def words():
    if found("nltk"):
        import nltk
        from nltk import lm, tokenize
        yield "nltk-treebank", tokenize.TreebankWordTokenizer
        yield "nltk-whitespace", tokenize.WhitespaceTokenizer
        yield "nltk-mwe", lambda: tokenize.MWETokenizer([("a", "b")])
        yield "nltk-toktok", tokenize.ToktokTokenizer
        yield "nltk-wordpunct", tokenize.WordPunctTokenizer
        yield "nltk-nist", lambda: importlib.import_module("nltk.tokenize.nist").NISTTokenizer()
        yield "nltk-casual", lambda: tokenize.TweetTokenizer(strip_handles=True, reduce_len=True)
        def punkt():
            trainer = nltk.tokenize.punkt.PunktTrainer()
            trainer.train("A cat sat. The dog, Mr. X, ran. It was fun e.g. that. " * 9)
            return nltk.tokenize.PunktSentenceTokenizer(trainer.get_params())
        yield "nltk-punkt-trained", punkt
        def mle():
            train, vocabulary = lm.preprocessing.padded_everygram_pipeline(2, [["a", "b"], ["b", "c"]])
            made = lm.MLE(2)
            made.fit([list(part) for part in train], vocabulary)
            return made
        yield "nltk-lm", mle
        tagged = [[("a", "X"), ("b", "Y"), ("c", "X")]] * 4
        yield "nltk-perceptron", lambda: perceptron(nltk, tagged)
        yield "nltk-crf-hmm", lambda: nltk.tag.hmm.HiddenMarkovModelTrainer().train_supervised(tagged)
        yield "nltk-tnt", lambda: tnt(nltk, tagged)
        yield "nltk-regexp-tagger", lambda: nltk.RegexpTagger([(".*s", "N")])
        yield "nltk-affix", lambda: nltk.AffixTagger(tagged)
        yield "nltk-maxent", lambda: nltk.MaxentClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")] * 4, max_iter=2, trace=0)
        yield "nltk-tree-classifier", lambda: nltk.DecisionTreeClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")] * 4)
        yield "nltk-sklearn", lambda: nltk.classify.SklearnClassifier(__import__("sklearn.naive_bayes").naive_bayes.BernoulliNB()).train([({"a": 1}, "x"), ({"a": 2}, "y")] * 4)
        yield "nltk-chunk", lambda: nltk.RegexpParser("NP: {<DT><NN>}")
        yield "nltk-snow-german", lambda: nltk.SnowballStemmer("german")
        yield "nltk-brill", lambda: brill(nltk, tagged)
        yield "nltk-text", lambda: nltk.Text(["a", "b", "a"])
        yield "nltk-grammar", lambda: nltk.CFG.fromstring("S -> 'a'")
        yield "nltk-lemmatizer", lambda: nltk.WordNetLemmatizer()
        yield "nltk-wordnet-free", lambda: nltk.probability.FreqDist("abc").most_common(2)
    if found("sacremoses"):
        import sacremoses
        yield "sacremoses-tokenizer", lambda: sacremoses.MosesTokenizer("en")
        yield "sacremoses-truecaser", lambda: sacremoses.MosesTruecaser()
        yield "sacremoses-normalizer", lambda: sacremoses.MosesPunctNormalizer()
        yield "sacremoses-detokenizer", lambda: sacremoses.MosesDetokenizer("en")
    if found("vaderSentiment"):
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
        yield "vader-analyzer", SentimentIntensityAnalyzer
    if found("textblob"):
        from textblob import TextBlob
        from textblob.classifiers import NaiveBayesClassifier
        yield "textblob-bayes", lambda: NaiveBayesClassifier([("good day", "p"), ("bad day", "n")])
    for module in ("keras_preprocessing.text", "keras.src.legacy.preprocessing.text", "keras.preprocessing.text", "tf_keras.preprocessing.text", "tensorflow.keras.preprocessing.text"):
        def tokenizer(module=module):
            kind = importlib.import_module(module).Tokenizer
            made = kind(num_words=10, oov_token="?")
            made.fit_on_texts(["a cat sat", "a dog"])
            return made
        yield f"keras-{module}", tokenizer
    if found("networkx"):
        import networkx
        yield "networkx-graph", lambda: networkx.karate_club_graph()
        yield "networkx-multi", lambda: networkx.MultiDiGraph([(1, 2), (1, 2)])


def perceptron(nltk, tagged):
    made = nltk.PerceptronTagger(load=False)
    made.train(tagged)
    return made


def tnt(nltk, tagged):
    made = nltk.tag.tnt.TnT()
    made.train(tagged)
    return made


def brill(nltk, tagged):
    from nltk.tag import brill, brill_trainer
    return brill_trainer.BrillTaggerTrainer(nltk.UnigramTagger([[("a", "Z")]]), brill.fntbl37(), trace=0).train(tagged, max_rules=3)


def forecasts():
    import numpy as np
    import pandas as pd
    rng = np.random.default_rng(0)
    series = pd.Series(np.cumsum(rng.normal(size=120)) + 50, index=pd.date_range("2020-01-01", periods=120, freq="MS"))
    if found("prophet"):
        import prophet
        frame = pd.DataFrame({"ds": series.index, "y": series.values})
        yield "prophet-linear", lambda: prophet.Prophet().fit(frame)
        def more():
            made = prophet.Prophet(growth="logistic", holidays=pd.DataFrame({"holiday": "a", "ds": pd.to_datetime(["2020-05-01"])}), seasonality_mode="multiplicative")
            made.add_country_holidays("US")
            made.add_seasonality("m", 30.5, 3)
            made.add_regressor("r")
            return made.fit(frame.assign(cap=100.0, r=rng.random(120)))
        yield "prophet-more", more
    if found("pmdarima"):
        import pmdarima
        from pmdarima import pipeline, preprocessing
        yield "pmdarima-auto", lambda: pmdarima.auto_arima(series, start_p=0, start_q=0, max_p=1, max_q=1, seasonal=False)
        yield "pmdarima-arima", lambda: pmdarima.ARIMA((1, 0, 1), (1, 0, 0, 12), maxiter=5).fit(series)
        yield "pmdarima-pipeline", lambda: pipeline.Pipeline([("b", preprocessing.BoxCoxEndogTransformer()), ("f", preprocessing.FourierFeaturizer(m=12)), ("a", pmdarima.AutoARIMA(start_p=0, start_q=0, max_p=1, max_q=1, seasonal=False))]).fit(series)
    if found("statsforecast"):
        import statsforecast
        from statsforecast import models as kinds
        frame = pd.DataFrame({"unique_id": "a", "ds": series.index, "y": series.values})
        for name in ("AutoARIMA", "AutoETS", "AutoCES", "AutoTheta", "SeasonalNaive", "Naive", "HoltWinters", "MSTL", "ARIMA", "CrostonClassic", "HistoricAverage", "WindowAverage", "DynamicOptimizedTheta", "Theta", "TBATS", "GARCH", "SimpleExponentialSmoothing", "RandomWalkWithDrift", "ADIDA"):
            def one(name=name):
                kind = getattr(kinds, name)
                given = {key: 12 for key in inspect.signature(kind).parameters if key == "season_length"}
                given |= {"window_size": 3} if "window_size" in inspect.signature(kind).parameters else {}
                given |= {"alpha": 0.3} if name == "SimpleExponentialSmoothing" else {}
                return statsforecast.StatsForecast([kind(**given)], freq="MS").fit(frame)
            yield f"statsforecast-{name}", one
    if found("sktime"):
        from sktime.forecasting.base import ForecastingHorizon
        from sktime.forecasting.naive import NaiveForecaster
        from sktime.forecasting.exp_smoothing import ExponentialSmoothing
        from sktime.forecasting.theta import ThetaForecaster
        from sktime.forecasting.trend import PolynomialTrendForecaster
        from sktime.forecasting.compose import TransformedTargetForecaster, make_reduction
        from sktime.transformations.series.detrend import Deseasonalizer, Detrender
        from sklearn.linear_model import LinearRegression
        monthly = series.to_period("M") if series.index.freqstr == "MS" else series
        for name, make in {"naive": lambda: NaiveForecaster(sp=12), "smooth": lambda: ExponentialSmoothing(), "theta": lambda: ThetaForecaster(sp=12), "trend": lambda: PolynomialTrendForecaster(), "reduce": lambda: make_reduction(LinearRegression(), window_length=5), "pipe": lambda: TransformedTargetForecaster([("d", Detrender()), ("s", Deseasonalizer(sp=12)), ("f", NaiveForecaster())])}.items():
            yield f"sktime-{name}", lambda make=make: make().fit(monthly, fh=[1, 2])
        yield "sktime-horizon", lambda: ForecastingHorizon([1, 2])
        from sktime.transformations.panel.rocket import MiniRocket, Rocket
        from sktime.classification.interval_based import TimeSeriesForestClassifier
        panel = rng.normal(size=(20, 1, 30))
        yield "sktime-forest", lambda: TimeSeriesForestClassifier(n_estimators=3).fit(panel, np.array([0, 1] * 10))
        yield "sktime-rocket", lambda: Rocket(num_kernels=20).fit(panel)
    if found("statsmodels"):
        import statsmodels.api as sm
        from statsmodels.formula import api as formula
        from statsmodels.tsa import api as tsa
        x, y, frame, _ = data()
        frame["y"] = y
        frame["g"] = np.repeat(range(10), 15)
        frame["b2"] = (y > 0).astype(int)
        values = frame.drop(columns="day")
        yield "sm-formula-logit", lambda: formula.logit("b2 ~ b", values).fit(disp=0)
        yield "sm-formula-glm", lambda: formula.glm("y ~ a + C(e)", values, family=sm.families.Poisson()).fit()
        yield "sm-formula-mixed", lambda: formula.mixedlm("a ~ b", values, groups="g").fit()
        yield "sm-formula-removed", lambda: slim(formula.ols("y ~ a + b", values).fit())
        yield "sm-arima-seasonal", lambda: tsa.ARIMA(series, order=(1, 1, 1), seasonal_order=(1, 0, 0, 12)).fit()
        yield "sm-arima-array", lambda: tsa.ARIMA(series.values, order=(2, 0, 0)).fit()
        yield "sm-sarimax-exog", lambda: tsa.SARIMAX(series, rng.normal(size=(120, 2)), order=(1, 0, 1)).fit(disp=0)
        yield "sm-varmax", lambda: tsa.VARMAX(np.c_[series, series.values[::-1]], order=(1, 0)).fit(disp=0, maxiter=3)
        yield "sm-ets", lambda: importlib.import_module("statsmodels.tsa.exponential_smoothing.ets").ETSModel(series, trend="add", seasonal="add", seasonal_periods=12).fit(disp=0)
        yield "sm-holtwinters", lambda: tsa.ExponentialSmoothing(series, trend="add", seasonal="mul", seasonal_periods=12).fit()
        yield "sm-theta", lambda: importlib.import_module("statsmodels.tsa.forecasting.theta").ThetaModel(series, period=12).fit()
        yield "sm-markov", lambda: tsa.MarkovRegression(series, 2).fit(disp=0, maxiter=3)
        yield "sm-dynamic", lambda: tsa.DynamicFactor(np.c_[series, series.values[::-1]], k_factors=1, factor_order=1).fit(disp=0, maxiter=3)
        yield "sm-ols-frame", lambda: sm.OLS(frame.y, sm.add_constant(frame[["a", "b"]])).fit(cov_type="HC3")
        yield "sm-glm-gam", lambda: sm.GLMGam(y, smoother=importlib.import_module("statsmodels.gam.api").BSplines(x[:, :1], df=[6], degree=[3])).fit()
        yield "sm-ordered", lambda: importlib.import_module("statsmodels.miscmodels.ordinal_model").OrderedModel(y, x[:, :1]).fit(method="bfgs", disp=0)
        yield "sm-pca", lambda: sm.PCA(x)
        yield "sm-phreg", lambda: sm.PHReg(x[:, 0], x[:, 1:3]).fit()
        yield "sm-lowess", lambda: sm.nonparametric.lowess(y, x[:, 0])
        yield "sm-kernelreg", lambda: importlib.import_module("statsmodels.nonparametric.kernel_regression").KernelReg(y, x[:, 0], "c", bw=[0.5])
        yield "sm-zeroinfl", lambda: sm.ZeroInflatedPoisson(y, x[:, :1]).fit(disp=0, maxiter=3)
        yield "sm-recursive", lambda: sm.RecursiveLS(y, x).fit()
        yield "sm-rolling", lambda: importlib.import_module("statsmodels.regression.rolling").RollingOLS(y, x, 30).fit()


def slim(results):
    results.remove_data()
    return results


PARTS = (feature_engine, sklego, mlxtend, lifelines, hmmlearn, gensim, clusters, explained, models, search, recommenders, words, forecasts)
NEEDS = {"feature_engine", "sklego", "mlxtend", "lifelines", "hmmlearn", "gensim"}


def write(out: Path, name: str, value) -> None:
    import joblib

    for protocol in (2, 4 + len(name) % 2):
        try:
            text = pickle.dumps(value, protocol)
        except Exception as error:
            print("not written", name, protocol, repr(error)[:120], file=sys.stderr)
            break
        (out / f"{name}.p{protocol}.pkl").write_bytes(text)
    try:
        joblib.dump(value, out / f"{name}.joblib", compress=len(name) % 2 * 3)
    except Exception as error:
        (out / f"{name}.joblib").unlink(missing_ok=True)
        print("not dumped", name, repr(error)[:120], file=sys.stderr)
    if found("cloudpickle"):
        import cloudpickle

        try:
            (out / f"{name}.cloud.pkl").write_bytes(cloudpickle.dumps(value))
        except Exception as error:
            print("not written", name, "cloud", repr(error)[:120], file=sys.stderr)


def late(_number, _frame):
    raise TimeoutError("takes too long")


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGALRM, late)
    for part in PARTS:
        if part.__name__ in NEEDS and not found(part.__name__) or sys.argv[2:] and part.__name__ not in sys.argv[2:]:
            continue
        rows = part()
        while True:
            try:
                name, make = next(rows)
            except StopIteration:
                break
            except Exception as error:
                print("part ends", part.__name__, repr(error)[:200], file=sys.stderr)
                break
            signal.alarm(60)
            try:
                value = make()
            except Exception as error:
                print("not made", name, repr(error)[:160], file=sys.stderr)
                continue
            finally:
                signal.alarm(0)
            write(out, name, value)


if __name__ == "__main__":
    main()
