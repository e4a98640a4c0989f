"""Hostile twins: each has the shape that an honest library writes, with one part that calls, or would call, something else.

One row for each constructor that honest files use. Where the twin only carries a function that the library calls later, in `predict` or
`transform`, its sentence says so.
"""

import base64

from ..assemble.payload import COMMAND, PYTHON
from ..assemble.pickles import EVIL, EVIL_STREAM, ORDERED, SYSTEM, Code, call, dropped, found, new, persistent, stacked, stream, value
from ..case import Row, malicious_table

EVAL = found("builtins", "eval")
PARTIAL = call(found("functools", "partial"), SYSTEM, COMMAND)
NDARRAY = found("numpy", "ndarray")
RECONSTRUCT = found("numpy.core.multiarray", "_reconstruct")
FLOATS = call(found("numpy", "dtype"), "f8", False, True) + b"(" + b"K\x03X\1\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb"
OBJECTS = call(found("numpy", "dtype"), "O8", False, True) + b"(" + b"K\x03X\1\0\0\0|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb"
STORAGE = persistent(("storage", found("torch", "FloatStorage"), "0", "cpu", 12))


def state(module, name, /, **attributes):
    """An instance made without its constructor, as scikit-learn's are."""
    return Code(new(found(module, name)) + value(attributes) + b"b")


def reconstructed(module, name, **attributes):
    """The same as protocols 0 and 1 write it."""
    made = call(found("copyreg", "_reconstructor"), found(module, name), found("builtins", "object"), None)
    return Code(made + value(attributes) + b"b")


def array(kind=NDARRAY, dtype=FLOATS, data=b"\0" * 8):
    made = call(RECONSTRUCT, kind, (0,), b"b")
    return Code(made + b"(" + values(1, (1,), dtype, False, data) + b"tb")


def values(*parts):
    return b"".join(value(part) for part in parts)


def tensor(storage=STORAGE, hooks=ORDERED, name="_rebuild_tensor_v2"):
    return call(found("torch._utils", name), storage, 0, (3, 4), (4, 1), False, hooks)


NUMPY = {
    "reconstruct-kind": ("_reconstruct of a class that is no array", call(RECONSTRUCT, found("subprocess", "Popen"), (0,), b"b")),
    "reconstruct-type-code": ("_reconstruct with a call's result as type code", call(RECONSTRUCT, NDARRAY, (0,), EVIL)),
    "reconstruct-elsewhere": ("a _reconstruct of another module", call(found("numpy.core.multiarrays", "_reconstruct"), NDARRAY, (0,), b"b")),
    "object-array": ("an object array with a call among its items", array(dtype=OBJECTS, data=Code(b"](" + EVIL + b"e"))),
    "dtype-argument": ("numpy.dtype of a call's result", call(found("numpy", "dtype"), EVIL, False, True)),
    "dtype-metadata": ("a dtype whose metadata hold a call's result", Code(call(found("numpy", "dtype"), "f8", False, True) + b"(" + b"K\x04X\1\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0" + value({"note": EVIL}) + b"tb")),
    "scalar-data": ("numpy scalar whose bytes are a call's result", call(found("numpy.core.multiarray", "scalar"), FLOATS, EVIL)),
    "scalar-object": ("numpy scalar of object type, holding a function", call(found("numpy.core.multiarray", "scalar"), OBJECTS, SYSTEM)),
    "frombuffer": ("_frombuffer over a call's result", call(found("numpy.core.numeric", "_frombuffer"), EVIL, FLOATS, (1,), "C")),
    "frombuffer-neighbour": ("numpy.fromfile in the place of _frombuffer", call(found("numpy", "fromfile"), "/etc/hostname", FLOATS)),
    "random-state": ("__randomstate_ctor with a function for a bit generator", call(found("numpy.random._pickle", "__randomstate_ctor"), SYSTEM)),
    "generator": ("__generator_ctor whose constructor argument is os.system", call(found("numpy.random._pickle", "__generator_ctor"), COMMAND, SYSTEM)),
    "bit-generator": ("__bit_generator_ctor of a class that is none", call(found("numpy.random._pickle", "__bit_generator_ctor"), found("subprocess", "Popen"))),
    "masked-array": ("_mareconstruct with a foreign base class", call(found("numpy.ma.core", "_mareconstruct"), found("subprocess", "Popen"), NDARRAY, (0,), "b")),
    "ufunc": ("_ufunc_reconstruct of a function of os", call(call(found("numpy.core", "_ufunc_reconstruct"), "os", "system"), COMMAND)),
    "poly1d": ("poly1d whose coefficients are a call's result", state("numpy.lib.polynomial", "poly1d", coeffs=EVIL)),
    "vectorize": ("numpy.vectorize around os.system, called", call(call(found("numpy", "vectorize"), SYSTEM), COMMAND)),
}

SKLEARN = {
    "pipeline-step": ("Pipeline with a call's result as a step", state("sklearn.pipeline", "Pipeline", steps=[("scale", EVIL)], memory=None, verbose=False)),
    "feature-union": ("FeatureUnion with a call's result among its transformers", state("sklearn.pipeline", "FeatureUnion", transformer_list=[("words", EVIL)], n_jobs=None)),
    "function-transformer": ("FunctionTransformer of os.system, called by transform", state("sklearn.preprocessing._function_transformer", "FunctionTransformer", func=SYSTEM, inverse_func=None, validate=False)),
    "function-transformer-partial": ("FunctionTransformer of a partial of os.system, called by transform", state("sklearn.preprocessing._function_transformer", "FunctionTransformer", func=PARTIAL)),
    "vectoriser-analyzer": ("TfidfVectorizer whose analyzer is os.system, called by transform", state("sklearn.feature_extraction.text", "TfidfVectorizer", analyzer=SYSTEM, vocabulary_={"cat": 0})),
    "vectoriser-tokenizer": ("CountVectorizer whose tokenizer is builtins.eval, called by transform", state("sklearn.feature_extraction.text", "CountVectorizer", tokenizer=EVAL, vocabulary_={"cat": 0})),
    "vectoriser-preprocessor": ("CountVectorizer whose preprocessor is builtins.exec, called by transform", state("sklearn.feature_extraction.text", "CountVectorizer", preprocessor=found("builtins", "exec"))),
    "svc-kernel": ("SVC whose kernel is os.system, called by predict", state("sklearn.svm._classes", "SVC", kernel=SYSTEM, C=1.0)),
    "knn-metric": ("KNeighborsClassifier whose metric is builtins.eval", state("sklearn.neighbors._classification", "KNeighborsClassifier", metric=EVAL, n_neighbors=5)),
    "kmeans-init": ("KMeans whose init is os.popen", state("sklearn.cluster._kmeans", "KMeans", init=found("os", "popen"), n_clusters=3)),
    "grid-search-scorer": ("GridSearchCV whose scorer wraps os.system", state("sklearn.model_selection._search", "GridSearchCV", scorer_=state("sklearn.metrics._scorer", "_Scorer", _score_func=SYSTEM, _sign=1, _kwargs={}))),
    "tree": ("Tree whose state is a call's result", Code(call(found("sklearn.tree._tree", "Tree"), 4, array(), 1) + EVIL + b"b")),
    "tree-neighbour": ("a class beside Tree that scikit-learn does not have", call(found("sklearn.tree._tree", "Forest"), 4, 1)),
    "kd-tree": ("binary tree's newObj with a foreign class", call(found("sklearn.neighbors._kd_tree", "newObj"), found("subprocess", "Popen"))),
    "loss": ("a Cython loss whose constructor argument is a call's result", call(found("sklearn._loss._loss", "__pyx_unpickle_CyHalfSquaredError"), found("sklearn._loss._loss", "CyHalfSquaredError"), 1, EVIL)),
    "unpickle-enum": ("Cython's __pyx_unpickle_Enum of another module's class", call(found("sklearn.metrics._dist_metrics", "__pyx_unpickle_Enum"), found("subprocess", "Popen"), 1)),
    "gaussian-process-optimizer": ("GaussianProcessRegressor whose optimizer is os.system", state("sklearn.gaussian_process._gpr", "GaussianProcessRegressor", optimizer=SYSTEM, kernel=None)),
    "transformed-target": ("TransformedTargetRegressor whose inverse_func is builtins.eval, called by predict", state("sklearn.compose._target", "TransformedTargetRegressor", inverse_func=EVAL, func=None)),
    "column-transformer": ("ColumnTransformer whose column selector is os.system", state("sklearn.compose._column_transformer", "ColumnTransformer", transformers=[("x", "passthrough", SYSTEM)])),
    "imputer-statistic": ("SimpleImputer whose strategy is os.system", state("sklearn.impute._base", "SimpleImputer", strategy=SYSTEM)),
    "predict-replaced": ("LogisticRegression whose instance attribute predict is a partial of os.system", state("sklearn.linear_model._logistic", "LogisticRegression", predict=PARTIAL, C=1.0)),
    "coefficients-called": ("LogisticRegression whose coefficients are a call's result", state("sklearn.linear_model._logistic", "LogisticRegression", coef_=EVIL, C=1.0)),
    "old-protocol": ("copyreg._reconstructor of an estimator, with a call in its state", reconstructed("sklearn.linear_model.base", "LinearRegression", coef_=EVIL)),
    "bunch": ("Bunch whose attribute is a call's result", state("sklearn.utils._bunch", "Bunch", data=EVIL)),
    "estimator-elsewhere": ("an estimator of a package that calls itself sklearn_extra", state("sklearn_extra.linear", "LogisticRegression", C=1.0)),
    "estimator-invented": ("a class that scikit-learn does not have", state("sklearn.linear_model._logistic", "LogisticRegressionLoader", C=1.0)),
}

TABLES = {
    "block": ("pandas' new_block of a call's result", call(found("pandas.core.internals.blocks", "new_block"), EVIL, call(found("builtins", "slice"), 0, 1, 1), 2)),
    "unpickle-block": ("pandas' _unpickle_block of a call's result", call(found("pandas._libs.internals", "_unpickle_block"), EVIL, call(found("builtins", "slice"), 0, 1, 1), 2)),
    "index": ("pandas' _new_Index of a class that is no index", call(found("pandas.core.indexes.base", "_new_Index"), found("subprocess", "Popen"), {"args": ["sh", "-c", COMMAND]})),
    "index-data": ("pandas' _new_Index whose data are a call's result", call(found("pandas.core.indexes.base", "_new_Index"), found("pandas.core.indexes.base", "Index"), {"data": EVIL})),
    "timestamp": ("pandas' _unpickle_timestamp whose zone is a call's result", call(found("pandas._libs.tslibs.timestamps", "_unpickle_timestamp"), 0, None, EVIL, 10)),
    "frame": ("DataFrame whose state holds os.system for an attribute", state("pandas.core.frame", "DataFrame", _mgr=None, attrs={"apply": SYSTEM}, _typ="dataframe", query=SYSTEM)),
    "category": ("Categorical whose codes are a call's result", state("pandas.core.arrays.categorical", "Categorical", _codes=EVIL)),
    "pandas-eval": ("pandas.eval in the place of a constructor", call(found("pandas.core.computation.eval", "eval"), "@" + PYTHON)),
    "read-pickle": ("pandas.read_pickle in the place of a constructor", call(found("pandas.io.pickle", "read_pickle"), "weights.pkl")),
    "sparse-matrix": ("csr_matrix whose data are a call's result", state("scipy.sparse._csr", "csr_matrix", _shape=(1, 1), data=EVIL)),
    "frozen-distribution": ("rv_frozen whose distribution is a function", state("scipy.stats._distn_infrastructure", "rv_frozen", dist=SYSTEM, args=(COMMAND,))),
    "interpolation": ("interp1d whose _call is os.system", state("scipy.interpolate._interpolate", "interp1d", _call=SYSTEM)),
    "optimise-result": ("OptimizeResult with a call's result", Code(new(found("scipy.optimize._optimize", "OptimizeResult")) + b"(" + values("x", EVIL) + b"u")),
}

BOOSTERS = {
    "xgboost-handle": ("xgboost Booster whose handle is a call's result", state("xgboost.core", "Booster", handle=EVIL, feature_names=None)),
    "xgboost-objective": ("XGBClassifier whose objective is os.system", state("xgboost.sklearn", "XGBClassifier", objective=SYSTEM)),
    "xgboost-callbacks": ("XGBRegressor whose callbacks hold a call's result", state("xgboost.sklearn", "XGBRegressor", callbacks=[EVIL])),
    "lightgbm-handle": ("lightgbm Booster whose state is a call's result", Code(new(found("lightgbm.basic", "Booster")) + EVIL + b"b")),
    "lightgbm-objective": ("LGBMClassifier whose objective is builtins.eval", state("lightgbm.sklearn", "LGBMClassifier", _objective=EVAL)),
    "catboost-state": ("CatBoostClassifier whose state holds a call's result", state("catboost.core", "CatBoostClassifier", _init_params={"loss_function": EVIL})),
    "catboost-function": ("a function of catboost that reads a file", call(found("catboost.core", "_CatBoostBase._load_model"), None, "weights.cbm", "cbm")),
    "statsmodels": ("statsmodels results with a call's result in their cache", state("statsmodels.regression.linear_model", "RegressionResultsWrapper", _results=EVIL)),
    "transformers-arguments": ("TrainingArguments whose output_dir is a call's result", state("transformers.training_args", "TrainingArguments", output_dir=EVIL)),
    "lightning-attribute-dict": ("Lightning's AttributeDict holding a call's result", Code(new(found("lightning.fabric.utilities.data", "AttributeDict")) + b"(" + values("lr", EVIL) + b"u")),
    "omegaconf": ("an OmegaConf node whose content is a call's result", state("omegaconf.dictconfig", "DictConfig", _content={"lr": EVIL})),
}

TORCH = {
    "storage-class": ("a storage whose class is os.system", tensor(persistent(("storage", SYSTEM, "0", "cpu", 12)))),
    "storage-called": ("a storage that is a call's result", tensor(EVIL)),
    "hooks-called": ("backward hooks that are a call's result", tensor(hooks=EVIL)),
    "hooks-named": ("backward hooks that hold os.system", tensor(hooks=Code(ORDERED + b"(" + values(0, SYSTEM) + b"u"))),
    "tensor-v9": ("a _rebuild_tensor that PyTorch does not have", tensor(name="_rebuild_tensor_v9")),
    "parameter-state": ("_rebuild_parameter_with_state with a method replaced", call(found("torch._utils", "_rebuild_parameter_with_state"), tensor(), True, ORDERED, {"backward": SYSTEM})),
    "rebuild-from-type": ("_rebuild_from_type_v2 of os.system", call(found("torch._tensor", "_rebuild_from_type_v2"), SYSTEM, found("torch", "Tensor"), (COMMAND,), {})),
    "wrapper-subclass": ("_rebuild_wrapper_subclass of an unknown class", call(found("torch._utils", "_rebuild_wrapper_subclass"), found("unknown_package", "Tensor"), found("torch", "float32"), (2,), (1,), 0, found("torch", "strided"), None, False)),
    "load-from-bytes": ("_load_from_bytes of a hostile stream", call(found("torch.storage", "_load_from_bytes"), EVIL_STREAM)),
    "load-from-bytes-latin": ("_load_from_bytes of a hostile stream through _codecs.encode", call(found("torch.storage", "_load_from_bytes"), call(found("_codecs", "encode"), EVIL_STREAM.decode("latin1"), "latin1"))),
    "load-from-bytes-computed": ("_load_from_bytes of bytes that a call unpacks", call(found("torch.storage", "_load_from_bytes"), call(found("zlib", "decompress"), b"x\x9c"))),
    "module-hook": ("Linear whose forward hook is os.system", state("torch.nn.modules.linear", "Linear", training=False, _parameters=ORDERED, _forward_pre_hooks={0: SYSTEM})),
    "module-forward": ("Linear whose instance attribute forward is os.system", state("torch.nn.modules.linear", "Linear", training=False, _parameters=ORDERED, forward=SYSTEM)),
    "module-invented": ("a layer that torch.nn does not have", state("torch.nn.modules.linear", "LinearLoader", training=False)),
    "state-dict-metadata": ("a state dict whose _metadata hold a call's result", Code(ORDERED + value({"_metadata": EVIL}) + b"b")),
    "optimizer-hook": ("Adam whose step hooks hold os.system", state("torch.optim.adam", "Adam", defaults={}, state={}, param_groups=[], _optimizer_step_pre_hooks={0: SYSTEM})),
    "lambda-scheduler": ("LambdaLR whose lambda is os.system", state("torch.optim.lr_scheduler", "LambdaLR", lr_lambdas=[SYSTEM], last_epoch=0)),
    "dataset-loader": ("ImageFolder whose loader is os.system", state("torchvision.datasets.folder", "ImageFolder", loader=SYSTEM, samples=[(COMMAND, 0)])),
    "script-module": ("torch.jit's unpickled reader over a path", call(found("torch.jit._serialization", "load"), "weights.pt")),
}

PLAIN = {
    "ordered-dict": ("OrderedDict built of a call's result", call(found("collections", "OrderedDict"), EVIL)),
    "default-dict": ("defaultdict whose factory is a partial of os.system", call(found("collections", "defaultdict"), PARTIAL)),
    "default-dict-eval": ("defaultdict whose factory is builtins.input", call(found("collections", "defaultdict"), found("builtins", "input"))),
    "counter": ("Counter of a map of os.system over commands", call(found("collections", "Counter"), call(found("builtins", "map"), SYSTEM, [COMMAND]))),
    "deque": ("deque of a map of os.system over commands", call(found("collections", "deque"), call(found("builtins", "map"), SYSTEM, [COMMAND]))),
    "named-tuple": ("namedtuple's factory in the place of a named tuple", call(found("collections", "namedtuple"), "Point", "x y")),
    "set-of-map": ("set of a map of os.system", call(found("builtins", "set"), call(found("builtins", "map"), SYSTEM, [COMMAND]))),
    "list-of-filter": ("list of a filter by os.system", call(found("builtins", "list"), call(found("builtins", "filter"), SYSTEM, [COMMAND]))),
    "bytearray-of-call": ("bytearray of a map of os.system", call(found("builtins", "bytearray"), call(found("builtins", "map"), SYSTEM, [COMMAND]))),
    "getattr-enum": ("getattr as old enums use it, on a module", call(found("builtins", "getattr"), call(found("builtins", "__import__"), "os"), "system")),
    "getattr-class": ("getattr of an allowed class's __subclasses__", call(found("builtins", "getattr"), found("collections", "OrderedDict"), "__subclasses__")),
    "codecs-encode": ("_codecs.encode with a codec that is none of latin1", call(found("_codecs", "decode"), "x", "unicode_escape")),
    "codecs-lookup": ("_codecs.register of a function", call(found("_codecs", "register"), SYSTEM)),
    "partial-state": ("partial of len, turned into os.system by its state, called", call(Code(call(found("functools", "partial"), found("builtins", "len")) + values((SYSTEM, (COMMAND,), {}, None)) + b"b"))),
    "item-getter": ("itemgetter applied to sys.modules", call(call(found("operator", "itemgetter"), "os"), found("sys", "modules"))),
    "attribute-getter": ("attrgetter with a dotted path to os.system", call(call(call(found("operator", "attrgetter"), "_os.system"), call(found("importlib", "import_module"), "random")), COMMAND)),
    "regular-expression": ("re._compile of a call's result", call(found("re", "_compile"), EVIL, 0)),
    "regular-expression-scanner": ("re.Scanner with os.system for an action, in the place of re._compile", call(stacked("re", "Scanner.scan"), call(found("re", "Scanner"), [(".+", call(found("operator", "methodcaller"), "x"))]), COMMAND)),
    "path": ("PosixPath.unlink in the place of PosixPath", call(stacked("pathlib", "PosixPath.unlink"), call(found("pathlib", "PosixPath"), "no-such-file"))),
    "uuid": ("UUID whose state is a call's result", Code(new(found("uuid", "UUID")) + EVIL + b"b")),
    "datetime": ("datetime whose argument is a call's result", call(found("datetime", "datetime"), EVIL)),
    "zone": ("ZoneInfo.from_file in the place of ZoneInfo._unpickle", call(stacked("zoneinfo", "ZoneInfo.from_file"), call(found("builtins", "open"), "/dev/null", "rb"))),
    "decimal": ("Decimal of a call's result", call(found("decimal", "Decimal"), EVIL)),
    "fraction": ("Fraction of a call's result", call(found("fractions", "Fraction"), EVIL)),
    "random": ("Random.seed in the place of Random", call(stacked("random", "Random.__reduce__"), call(found("random", "_os.urandom"), 4))),
    "simple-namespace": ("SimpleNamespace whose attribute is os.system", Code(call(found("types", "SimpleNamespace")) + value({"predict": SYSTEM}) + b"b")),
    "exception": ("an exception whose argument is a call's result", call(found("builtins", "ValueError"), EVIL)),
    "complex": ("builtins.compile in the place of builtins.complex", call(found("builtins", "compile"), PYTHON, "m", "exec")),
    "array": ("array's reconstructor over a call's result", call(found("array", "_array_reconstructor"), found("array", "array"), "d", 16, EVIL)),
    "string-template": ("Template.substitute in the place of Template", call(stacked("string", "Formatter.vformat"), call(found("string", "Formatter")), "{0.__class__}", (1,), {})),
    "logger": ("logging.getLogger with a handler that opens a file", Code(dropped(call(found("logging", "basicConfig"))) + call(found("logging", "FileHandler"), "coseal-canary"))),
    "iterator": ("builtins.iter over a function and a sentinel, taken by list", call(found("builtins", "list"), call(found("builtins", "iter"), PARTIAL, 0))),
    "reduce-function": ("functools.reduce over os.system", call(found("functools", "reduce"), found("os", "execvp"), ["sh", ["sh", "-c", COMMAND]])),
    "star-map": ("itertools.starmap of os.system, taken by list", call(found("builtins", "list"), call(found("itertools", "starmap"), SYSTEM, [(COMMAND,)]))),
    "accumulate": ("itertools.accumulate by os.execvp, taken by list", call(found("builtins", "list"), call(found("itertools", "accumulate"), ["sh", ["sh", "-c", COMMAND]], found("os", "execvp")))),
    "maximum-by-key": ("max with os.system for its key, through partial's keywords", call(Code(call(found("functools", "partial"), found("builtins", "max")) + values((found("builtins", "max"), ([COMMAND, COMMAND],), {"key": SYSTEM}, None)) + b"b"))),
    "resolve-name": ("pkgutil.resolve_name, its result called", call(call(found("pkgutil", "resolve_name"), "os:system"), COMMAND)),
    "cached-property": ("functools.singledispatch over os.system, called", call(call(found("functools", "singledispatch"), SYSTEM), COMMAND)),
    "context-manager": ("contextlib.ExitStack.callback of os.system", call(stacked("contextlib", "ExitStack.callback"), call(found("contextlib", "ExitStack")), SYSTEM, COMMAND)),
    "nested-loads": ("pickle.loads of a hostile stream", call(found("pickle", "loads"), EVIL_STREAM)),
    "nested-loads-base64": ("pickle.loads of base64 text", call(found("_pickle", "loads"), call(found("base64", "b64decode"), base64.b64encode(EVIL_STREAM)))),
}

STEMMER = state("nltk.stem.snowball", "EnglishStemmer", stopwords=[])
GETATTR = found("builtins", "getattr")
ARGUMENTS = {"output_dir": "out", "learning_rate": 5e-05}

WORDS = {
    "keras-tokenizer-analyzer": ("Keras's Tokenizer whose analyzer is os.system, called on texts", state("keras_preprocessing.text", "Tokenizer", analyzer=SYSTEM, word_index={"cat": 1})),
    "keras-tokenizer-words": ("Keras's Tokenizer whose words are a call's result", state("keras.src.legacy.preprocessing.text", "Tokenizer", word_counts=EVIL)),
    "keras-tokenizer-elsewhere": ("tokenizer_from_json in the place of Keras's Tokenizer", call(found("keras_preprocessing.text", "tokenizer_from_json"), "{}")),
    "snowball-stem": ("SnowballStemmer whose stem is os.system, called on words", state("nltk.stem.snowball", "SnowballStemmer", stemmer=STEMMER, stem=SYSTEM)),
    "snowball-other-method": ("another method of the stemmer in the place of its stem", state("nltk.stem.snowball", "SnowballStemmer", stemmer=STEMMER, stem=call(GETATTR, STEMMER, "__init__"))),
    "snowball-other-class": ("stem of an object that is no stemmer", state("nltk.stem.snowball", "SnowballStemmer", stem=call(GETATTR, state("nltk.tokenize.regexp", "RegexpTokenizer"), "stem"))),
    "snowball-called": ("the stem of a stemmer, called while loading", call(call(GETATTR, STEMMER, "stem"), "cats")),
    "punkt-opened": ("PunktTokenizer.load_lang in the place of PunktSentenceTokenizer", call(stacked("nltk.tokenize.punkt", "PunktTokenizer.load_lang"), state("nltk.tokenize.punkt", "PunktSentenceTokenizer"), "../../x")),
    "gensim-scoring": ("Phrases whose scoring is builtins.eval, called on pairs", state("gensim.models.phrases", "Phrases", scoring=EVAL, vocab={})),
    "gensim-hash": ("Word2Vec whose hashfxn is os.system, called on words", state("gensim.models.word2vec", "Word2Vec", hashfxn=SYSTEM, vector_size=4)),
    "gensim-load": ("Word2Vec whose load is a partial of os.system", state("gensim.models.word2vec", "Word2Vec", load=PARTIAL)),
    "gensim-load-known": ("Word2Vec whose load is a known function, as a method would be found", state("gensim.models.word2vec", "Word2Vec", load=found("builtins", "sorted"))),
    "gensim-loaded": ("SaveLoad.load of gensim, which unpickles the file it is given", call(stacked("gensim.utils", "SaveLoad.load"), "weights.pkl")),
    "gensim-unpickle": ("gensim.utils.unpickle in the place of its classes", call(found("gensim.utils", "unpickle"), "weights.pkl")),
    "gensim-shard": ("a Shard of gensim's Similarity, which unpickles the file that it names", state("gensim.similarities.docsim", "Shard", fname="weights.pkl", cls=found("gensim.similarities.docsim", "MatrixSimilarity"))),
    "gensim-vectors": ("KeyedVectors whose vectors are a call's result", state("gensim.models.keyedvectors", "KeyedVectors", vectors=EVIL)),
    "bm25-tokenizer": ("BM25Okapi whose tokenizer is os.system, called on texts", state("rank_bm25", "BM25Okapi", tokenizer=SYSTEM, corpus_size=1)),
    "call-on-class-only": ("gensim's call_on_class_only, called while loading", call(found("gensim.utils", "call_on_class_only"), 1)),
    "hash-called": ("builtins.hash of an object, called while loading", call(found("builtins", "hash"), STEMMER)),
}

LEARNERS = {
    "training-arguments-state": ("TrainingArguments with a function for a setting", state("transformers.training_args", "TrainingArguments", **ARGUMENTS, optim=SYSTEM)),
    "training-arguments-method": ("TrainingArguments whose to_dict is a known function", state("transformers.training_args", "TrainingArguments", **ARGUMENTS, to_dict=found("builtins", "sorted"))),
    "training-arguments-made": ("TrainingArguments made by its constructor, which asks for devices and folders", call(found("transformers.training_args", "TrainingArguments"), "out")),
    "training-arguments-enumeration": ("an enumeration of Transformers given a call's result", call(found("transformers.trainer_utils", "IntervalStrategy"), EVIL)),
    "training-arguments-invented": ("a class of settings that trl does not have", state("trl.trainer.sft_config", "SFTConfigs", **ARGUMENTS)),
    "generation-config-made": ("GenerationConfig.from_pretrained in the place of its class", call(stacked("transformers.generation.configuration_utils", "GenerationConfig.from_pretrained"), "x")),
    "partial-state-called": ("accelerate's PartialState made by its constructor, which starts a process group", call(found("accelerate.state", "PartialState"))),
    "arrow-array": ("ArrowStringArray whose array is a call's result", state("pandas.core.arrays.string_arrow", "ArrowStringArray", _pa_array=EVIL)),
    "string-dtype": ("StringDtype of a call's result", call(found("pandas.core.arrays.string_", "StringDtype"), "python", EVIL)),
    "regex-flag": ("re.RegexFlag of a function", call(found("re", "RegexFlag"), SYSTEM)),
    "root-results": ("RootResults with a call's result", Code(new(found("scipy.optimize._zeros_py", "RootResults")) + b"(" + values("root", EVIL) + b"u")),
    "lifelines": ("CoxPHFitter whose baseline is a call's result", state("lifelines.fitters.coxph_fitter", "CoxPHFitter", baseline_hazard_=EVIL)),
    "feature-engine": ("MathFeatures whose func is os.system, called by transform", state("feature_engine.creation.math_features", "MathFeatures", func=SYSTEM, variables=["a"])),
    "kmodes": ("KModes whose dissimilarity is os.system, called by predict", state("kmodes.kmodes", "KModes", cat_dissim=SYSTEM, n_clusters=2)),
    "pygam-state": ("LinearGAM given its state in two parts, which would be set one by one", Code(new(found("pygam.pygam", "LinearGAM")) + values(({}, {"terms": EVIL})) + b"b")),
    "state-space": ("SimulationSmoother whose initialization is os.system", state("statsmodels.tsa.statespace.simulation_smoother", "SimulationSmoother", initialization=SYSTEM)),
    "shap-model": ("TreeExplainer whose model is a partial of os.system", state("shap.explainers._tree", "TreeExplainer", model=PARTIAL)),
    "surprise": ("SVD whose training set is a call's result", state("surprise.prediction_algorithms.matrix_factorization", "SVD", trainset=EVIL)),
    "surprise-dump": ("surprise.dump.load in the place of its classes", call(found("surprise.dump", "load"), "weights.pkl")),
    "crf-file": ("sklearn_crfsuite's FileResource, which removes the file that it names when it is dropped", state("sklearn_crfsuite._fileresource", "FileResource", name="weights", auto=True, bytes=None)),
    "prophet-executable": ("CmdStanModel, whose state names the program that a fit runs", state("cmdstanpy.model", "CmdStanModel", _exe_file="/bin/sh", _name="prophet")),
    "optuna-database": ("a storage of Optuna over a database that its state names", state("optuna.storages._rdb.storage", "RDBStorage", url="sqlite:///x.db")),
    "torchvision-forward": ("ResNet whose instance attribute forward is os.system", state("torchvision.models.resnet", "ResNet", training=False, forward=SYSTEM)),
    "torchvision-norm": ("a block of a ResNet whose downsample is a call's result", state("torchvision.models.resnet", "BasicBlock", training=False, downsample=EVIL)),
    "torchvision-weights": ("torchvision's load_state_dict_from_url in the place of a layer", call(found("torchvision._internally_replaced_utils", "load_state_dict_from_url"), "http://127.0.0.1:9/x")),
    "torchvision-lambda": ("torchvision's Lambda over os.system, called on pictures", state("torchvision.transforms.transforms", "Lambda", lambd=SYSTEM)),
    "tensor-dataset": ("a TensorDataset whose tensors are a call's result", state("torch.utils.data.dataset", "TensorDataset", tensors=EVIL)),
}

LOOKUPS = {
    "getter-private": ("attrgetter of a private name of modules, applied to one", call(call(found("operator", "attrgetter"), "_os.system"), call(found("importlib", "import_module"), "random"))),
    "getter-class": ("attrgetter of __class__.__subclasses__, called on an object, and its result", call(call(call(found("operator", "attrgetter"), "__class__.__subclasses__"), ORDERED))),
    "getter-called": ("attrgetter of a public name, called on the module os while loading, and its result", call(call(call(found("operator", "attrgetter"), "system"), found("os", "path.os")), COMMAND)),
    "getter-neighbour": ("methodcaller in the place of attrgetter, called", call(call(found("operator", "methodcaller"), "system", COMMAND), call(found("importlib", "import_module"), "os"))),
    "text-format": ("str.format of a literal that looks attributes up", call(call(GETATTR, "{0.__globals__}", "format"), found("codecs", "open"))),
    "text-method-called": ("str.join of a literal, called on a map of os.system", call(call(GETATTR, "-", "join"), call(found("builtins", "map"), SYSTEM, [COMMAND]))),
    "som-method": ("MiniSom whose neighbourhood is os.system, called by training", state("minisom", "MiniSom", neighborhood=SYSTEM)),
    "jax-function": ("an array of JAX whose function is os.system", call(found("jax._src.array", "_reconstruct_array"), SYSTEM, (COMMAND,), (1, (1,), FLOATS, False, b"\0" * 8), {})),
    "jax-class": ("an array of JAX whose class is subprocess.Popen", call(found("jax._src.array", "_reconstruct_array"), RECONSTRUCT, (found("subprocess", "Popen"), (0,), b"b"), (1, (1,), FLOATS, False, b"\0" * 8), {})),
    "jax-state": ("an array of JAX whose state holds a call's result", call(found("jax._src.array", "_reconstruct_array"), RECONSTRUCT, (NDARRAY, (0,), b"b"), (1, (1,), OBJECTS, False, [EVIL]), {})),
    "space": ("a Box of gymnasium whose sample is os.system", state("gymnasium.spaces.box", "Box", sample=SYSTEM, _shape=(1,))),
    "replay-buffer": ("a ReplayBuffer whose device is a call's result", state("stable_baselines3.common.buffers", "ReplayBuffer", device=EVIL, pos=0)),
    "normalised-environment": ("VecNormalize.load in the place of a buffer, which unpickles the file that it names", call(stacked("stable_baselines3.common.vec_env.vec_normalize", "VecNormalize.load"), "stats.pkl", None)),
    "ngboost-score": ("NGBRegressor whose score is os.system", state("ngboost.api", "NGBRegressor", Score=SYSTEM, Dist=found("ngboost.distns.normal", "Normal"))),
    "arima-series": ("ARIMA made anew of a call's result", call(found("statsmodels.tsa.arima_model", "ARIMA"), EVIL, (1, 1, 0), None, None, None, "none")),
    "spline-delegate": ("CubicSpline that delegates to os.system", state("scipy.interpolate._cubic", "CubicSpline", _delegate_to=SYSTEM, _xp=array())),
    "tree-node": ("a KDTree in Python whose tree is a call's result", state("scipy.spatial.kdtree", "KDTree", tree=EVIL, n=1, m=1)),
    "period-class": ("__pyx_unpickle_PeriodMixin of subprocess.Popen", call(found("pandas._libs.tslibs.period", "__pyx_unpickle_PeriodMixin"), found("subprocess", "Popen"), 222419149, None)),
    "old-joblib-array": ("scikit-learn's own joblib with os.system for the class of an array", state("sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper", subclass=SYSTEM, shape=(1,), order="C", dtype=FLOATS, allow_mmap=False)),
    "old-joblib-load": ("load of scikit-learn's own joblib in the place of its arrays", call(found("sklearn.externals.joblib.numpy_pickle", "load"), "weights.pkl")),
    "optimiser-state": ("a state of optax that holds os.system's result", call(found("optax._src.transform", "ScaleByAdamState"), EVIL, {}, {})),
    "frozen-dict": ("FrozenDict made of a map of os.system", call(found("flax.core.frozen_dict", "FrozenDict"), call(found("builtins", "map"), SYSTEM, [COMMAND]))),
}


def twins(folder, table):
    for name, (mechanism, code) in table.items():
        yield Row(f"{folder}/{name}", mechanism, "own", stream(code, 4))


@malicious_table(".pkl")
def numpy():
    return twins("numpy", NUMPY)


@malicious_table(".pkl")
def sklearn():
    return twins("sklearn", SKLEARN)


@malicious_table(".pkl")
def tables():
    return twins("tables", TABLES)


@malicious_table(".pkl")
def boosters():
    return twins("boosters", BOOSTERS)


@malicious_table(".pkl")
def torch():
    return twins("torch", TORCH)


@malicious_table(".pkl")
def plain():
    return twins("plain", PLAIN)


@malicious_table(".pkl")
def words():
    return twins("words", WORDS)


@malicious_table(".pkl")
def learners():
    return twins("learners", LEARNERS)


@malicious_table(".pkl")
def lookups():
    return twins("lookups", LOOKUPS)
