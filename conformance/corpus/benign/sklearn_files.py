"""scikit-learn: fitted estimators of every family, pipelines, searches, text vectorisers with their vocabulary."""

import warnings

import numpy
import sklearn
from sklearn import (
    calibration,
    cluster,
    compose,
    cross_decomposition,
    decomposition,
    discriminant_analysis,
    dummy,
    ensemble,
    feature_selection,
    gaussian_process,
    isotonic,
    kernel_approximation,
    kernel_ridge,
    linear_model,
    manifold,
    mixture,
    model_selection,
    multiclass,
    multioutput,
    naive_bayes,
    neighbors,
    neural_network,
    pipeline,
    preprocessing,
    random_projection,
    semi_supervised,
    svm,
    tree,
)
from sklearn.feature_extraction import text
from sklearn.gaussian_process import kernels

from .data import sentences, table
from .writer import named

LINEAR = "LogisticRegression LinearRegression Ridge RidgeCV Lasso LassoCV ElasticNet SGDClassifier Perceptron HuberRegressor BayesianRidge PoissonRegressor QuantileRegressor RANSACRegressor"
FORESTS = "RandomForestClassifier RandomForestRegressor ExtraTreesClassifier GradientBoostingClassifier GradientBoostingRegressor AdaBoostClassifier BaggingRegressor IsolationForest HistGradientBoostingClassifier HistGradientBoostingRegressor"


def files(writer):
    warnings.simplefilter("ignore")
    library = named(sklearn)
    for number, (name, make) in enumerate(recipes().items()):
        protocol = (4, 2, 5, 3)[number % 4]
        try:
            value = make()
        except Exception as error:
            writer.failed.append((name, repr(error)[:120]))
            continue
        writer.pickle(name, value, protocol, library, "fitted " + name.replace("-", " "))


def fitted(module, name, numbers, target, **options):
    kind = getattr(module, name)
    accepted = kind().get_params()
    options = {key: value for key, value in options.items() if key in accepted}
    return lambda: kind(**options).fit(numbers, target)


def recipes():
    numbers, classes, target = table(60, 6)
    positive = numpy.abs(numbers)
    made = {}
    few = {"n_estimators": 8, "max_depth": 4, "max_iter": 60, "random_state": 0, "cv": 3}
    for module, names in (
        (linear_model, LINEAR),
        (ensemble, FORESTS),
        (tree, "DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier"),
        (svm, "SVC NuSVC SVR LinearSVC OneClassSVM"),
        (neighbors, "KNeighborsClassifier KNeighborsRegressor NearestCentroid LocalOutlierFactor"),
        (naive_bayes, "GaussianNB BernoulliNB"),
        (neural_network, "MLPClassifier MLPRegressor"),
        (cluster, "KMeans MiniBatchKMeans DBSCAN AgglomerativeClustering Birch MeanShift SpectralClustering"),
        (decomposition, "PCA TruncatedSVD FastICA FactorAnalysis IncrementalPCA KernelPCA"),
        (discriminant_analysis, "QuadraticDiscriminantAnalysis"),
        (preprocessing, "StandardScaler MinMaxScaler RobustScaler QuantileTransformer PowerTransformer PolynomialFeatures KBinsDiscretizer SplineTransformer"),
        (mixture, "GaussianMixture BayesianGaussianMixture"),
        (manifold, "Isomap"),
        (semi_supervised, "LabelPropagation LabelSpreading"),
        (cross_decomposition, "PLSRegression"),
        (kernel_approximation, "Nystroem RBFSampler"),
        (random_projection, "GaussianRandomProjection"),
        (kernel_ridge, "KernelRidge"),
        (dummy, "DummyClassifier"),
    ):
        for name in names.split():
            if hasattr(module, name):
                goal = target if name.endswith(("Regressor", "Regression", "Ridge", "SVR", "Lasso", "LassoCV", "RidgeCV", "ElasticNet")) and name != "LogisticRegression" else classes
                made[name] = fitted(module, name, numbers, abs(goal) if "Poisson" in name else goal, hidden_layer_sizes=(8,), n_components=2, n_quantiles=20, **few)
    made["LinearDiscriminantAnalysis"] = fitted(discriminant_analysis, "LinearDiscriminantAnalysis", numbers, classes)
    made["NMF"] = lambda: decomposition.NMF(3, max_iter=300, random_state=0).fit(positive)
    made["MultinomialNB"] = lambda: naive_bayes.MultinomialNB().fit(positive, classes)
    made["IsotonicRegression"] = lambda: isotonic.IsotonicRegression().fit(numbers[:, 0], target)
    made["KernelDensity"] = lambda: neighbors.KernelDensity().fit(numbers)
    made["NearestNeighbors-ball-tree"] = lambda: neighbors.NearestNeighbors(algorithm="ball_tree").fit(numbers)
    made["SelectKBest"] = lambda: feature_selection.SelectKBest(feature_selection.f_classif, k=2).fit(numbers, classes)
    made["RFE"] = lambda: feature_selection.RFE(linear_model.LogisticRegression()).fit(numbers, classes)
    made["OneVsRestClassifier"] = lambda: multiclass.OneVsRestClassifier(linear_model.LogisticRegression()).fit(numbers, classes)
    made["MultiOutputRegressor"] = lambda: multioutput.MultiOutputRegressor(linear_model.Ridge()).fit(numbers, numpy.c_[target, target])
    made["CalibratedClassifierCV"] = lambda: calibration.CalibratedClassifierCV(svm.LinearSVC(), cv=3).fit(numbers, classes)
    made["VotingClassifier"] = lambda: ensemble.VotingClassifier([("line", linear_model.LogisticRegression()), ("bayes", naive_bayes.GaussianNB())]).fit(numbers, classes)
    made["StackingRegressor"] = lambda: ensemble.StackingRegressor([("ridge", linear_model.Ridge()), ("tree", tree.DecisionTreeRegressor(max_depth=3))]).fit(numbers, target)
    made["TransformedTargetRegressor"] = lambda: compose.TransformedTargetRegressor(linear_model.Ridge(), func=numpy.log1p, inverse_func=numpy.expm1).fit(numbers, abs(target))
    made["FunctionTransformer-log1p"] = lambda: preprocessing.FunctionTransformer(numpy.log1p, validate=False).fit(positive)
    made.update(gaussian_processes(numbers, classes, target))
    made.update(pipelines(numbers, classes, target))
    made.update(texts())
    return made


def gaussian_processes(numbers, classes, target):
    made = {
        "rbf": kernels.RBF(2.0),
        "matern": 1.5 * kernels.Matern(length_scale=[1.0] * 6, nu=1.5),
        "sum": kernels.ConstantKernel(2.0) * kernels.RationalQuadratic() + kernels.WhiteKernel(0.1),
        "periodic": kernels.ExpSineSquared() + kernels.RBF(),
    }
    recipes = {"gaussian-process-" + name: (lambda kernel: lambda: gaussian_process.GaussianProcessRegressor(kernel, optimizer=None).fit(numbers[:25], target[:25]))(kernel) for name, kernel in made.items()}
    recipes["gaussian-process-classifier"] = lambda: gaussian_process.GaussianProcessClassifier(kernels.RBF(), optimizer=None).fit(numbers[:25], classes[:25])
    return recipes


def pipelines(numbers, classes, target):
    def columns():
        parts = [("numbers", pipeline.make_pipeline(preprocessing.StandardScaler(), decomposition.PCA(2)), [0, 1, 2]), ("bins", preprocessing.KBinsDiscretizer(3), [3, 4])]
        return pipeline.Pipeline([("columns", compose.ColumnTransformer(parts, remainder="passthrough")), ("model", linear_model.LogisticRegression())]).fit(numbers, classes)

    def categories():
        kinds = numpy.array([["red", "small"], ["blue", "large"], ["green", "small"]] * 20, dtype=object)
        return pipeline.make_pipeline(preprocessing.OneHotEncoder(handle_unknown="ignore"), ensemble.RandomForestClassifier(6, max_depth=3, random_state=0)).fit(kinds, classes)

    def search():
        return model_selection.GridSearchCV(svm.SVC(), {"C": [0.1, 1.0], "kernel": ["linear", "rbf"]}, cv=3, scoring="accuracy").fit(numbers, classes)

    def random_search():
        import scipy.stats

        return model_selection.RandomizedSearchCV(linear_model.Ridge(), {"alpha": scipy.stats.uniform(0, 2)}, n_iter=4, random_state=0, cv=3).fit(numbers, target)

    def union():
        parts = [("components", decomposition.PCA(2)), ("best", feature_selection.SelectKBest(k=2))]
        return pipeline.Pipeline([("union", pipeline.FeatureUnion(parts)), ("model", svm.SVC(probability=False))]).fit(numbers, classes)

    def imputed():
        from sklearn import impute

        holes = numbers.copy()
        holes[::7, 1] = numpy.nan
        return pipeline.make_pipeline(impute.SimpleImputer(strategy="median"), preprocessing.StandardScaler(), linear_model.Ridge()).fit(holes, target)

    def knn_imputed():
        from sklearn import impute

        holes = numbers.copy()
        holes[::5, 0] = numpy.nan
        return impute.KNNImputer(n_neighbors=3).fit(holes)

    return {"pipeline-columns": columns, "pipeline-categories": categories, "pipeline-union": union, "pipeline-imputed": imputed, "imputer-neighbours": knn_imputed, "grid-search": search, "random-search": random_search}


def texts():
    lines = sentences(120)
    labels = [number % 3 for number in range(len(lines))]

    def topics():
        return pipeline.make_pipeline(text.CountVectorizer(max_features=200), decomposition.LatentDirichletAllocation(4, max_iter=3, random_state=0)).fit(lines)

    return {
        "text-counts": lambda: text.CountVectorizer(ngram_range=(1, 2), stop_words="english", min_df=2).fit(lines),
        "text-weights": lambda: text.TfidfVectorizer(sublinear_tf=True, max_features=500).fit(lines),
        "text-characters": lambda: text.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), max_features=400).fit(lines),
        "text-hashing": lambda: text.HashingVectorizer(n_features=1024),
        "text-classifier": lambda: pipeline.Pipeline([("words", text.TfidfVectorizer()), ("bayes", naive_bayes.MultinomialNB())]).fit(lines, labels),
        "text-line-classifier": lambda: pipeline.Pipeline([("words", text.TfidfVectorizer(token_pattern=r"\b[a-z]{3,}\b")), ("line", linear_model.SGDClassifier(random_state=0, max_iter=20))]).fit(lines, labels),
        "text-topics": topics,
        "label-encoder": lambda: preprocessing.LabelEncoder().fit(["cat", "dog", "mouse"]),
        "label-binariser": lambda: preprocessing.MultiLabelBinarizer().fit([["a", "b"], ["c"]]),
        "ordinal-encoder": lambda: preprocessing.OrdinalEncoder().fit([["low"], ["high"], ["middle"]]),
    }
