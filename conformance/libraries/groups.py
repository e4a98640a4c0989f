"""Clusters, explanations, searches and recommendations."""

from __future__ import annotations

import importlib

from .common import TEXTS, data, fitted, found


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
