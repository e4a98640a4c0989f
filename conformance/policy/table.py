"""The table: sorted, a line for each name."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from . import sources
from .decide import Refused, class_use, function_use
from .sources import HERE
from .world import World

TABLE = HERE.parent.parent / "crates/scan/src/artefact/pickle/policy/classes.tsv"

#: Modules whose functions estimators hold: metrics, kernels, scores, activations.
FUNCTIONS = re.compile(
    r"sklearn\.(metrics|feature_selection|preprocessing|gaussian_process\.kernels|decomposition|neighbors|utils\.extmath|model_selection|"
    r"neural_network|cluster|manifold|ensemble|covariance|linear_model|svm|mixture|feature_extraction|impute|calibration|kernel_approximation)(\.|$)"
    r"|scipy\.(stats\.(_?stats|_stats_py|_morestats|_hypotests|mstats)|spatial\.distance|special|interpolate)"
    r"|imblearn\.(metrics|over_sampling|under_sampling|pipeline)|xgboost\.sklearn$|lightgbm\.sklearn$|statsmodels\.(genmod|regression|tsa|tools)|category_encoders\.|kmodes\.util\.dissim$"
)
#: Functions of other modules that files are known to hold.
HELD = {("sklearn.utils.validation", "check_array")}
#: Classes that are left out though their code names nothing: a cache in files, and a formula that another package evaluates.
READ_BY_HAND = {("sklearn.utils", "Memory"), ("sklego.preprocessing.formulaictransformer", "FormulaicTransformer")}
#: In such packages only these modules: the rest are models, whose code is not for pickles.
ONLY = {
    "transformers": re.compile(r"transformers\.(trainer_utils|training_args\w*|trainer_callback|trainer_pt_utils|tokenization_utils_base|feature_extraction_utils|configuration_utils|utils\.generic|generation\.configuration_utils|models\.\w+\.configuration_\w+|image_utils|integrations\.\w+|debug_utils)$"),
    "pytorch-lightning": re.compile(r"pytorch_lightning\.(callbacks|core\.(saving|mixins)|utilities|trainer\.(states|connectors)|loops|accelerators|loggers)"),
    "networkx": re.compile(r"networkx\.classes\.((multi)?(di)?graph|reportviews|coreviews)$"),
    # Not those whose parameters are expressions: they are evaluated when a value is predicted.
    "sklearn2pmml": re.compile(r"sklearn2pmml(\.(customization|decoration|feature_selection|pipeline))?$"),
    "nltk": re.compile(r"nltk\.(classify\.api|classify\.naivebayes|classify\.maxent|classify\.scikitlearn|classify\.decisiontree|probability|tokenize|stem|tag\.(api|sequential|brill|perceptron|hmm|tnt)|tree|grammar|lm|collocations|tbl|util|text|featstruct|metrics|collections$)"),
    "joblib": re.compile(r"joblib\.(numpy_pickle|numpy_pickle_utils|numpy_pickle_compat|hashing)$"),
    "tables": re.compile(r"tables\.filters$"),
    "torchvision": re.compile(r"torchvision\.(models|ops|transforms)(\.|$)"),
    # Not what explains by models of other frameworks.
    "shap": re.compile(r"shap\.(_explanation|links|explainers\._(additive|exact|explainer|linear|permutation|partition|sampling|tree|kernel)|maskers\.\w+|models\._model|utils\._legacy)$"),
    # Not those of neural networks, nor what picks a model for a text.
    "pyod": re.compile(r"pyod\.(models\.(abod|base|cblof|cof|combination|copod|ecod|feature_bagging|gmm|hbos|iforest|inne|kde|kpca|knn|lmdd|loci|loda|lof|lscp|mad|mcd|ocsvm|pca|qmcd|rgraph|sampling|sod|sos|suod|thresholds|xgbod)|utils\.(?!torch)\w+)$"),
    # Not the spaces, whose expressions are worked out by names, nor what talks to databases and clusters.
    "hyperopt": re.compile(r"hyperopt\.base$"),
    "optuna": re.compile(r"optuna\.(distributions|study\.\w+|trial\.\w+|samplers\.\w+|samplers\._tpe\.\w+|samplers\.nsgaii\.\w+|samplers\._ga\.\w+|samplers\._nsgaiii\.\w+|pruners\.\w+|storages\._(base|in_memory)|search_space\.\w+|_transform|_hypervolume\.\w+)$"),
    "skrub": re.compile(r"skrub\._(?!data_ops|reporting|datasets)\w+(\.\w+)?$"),
    "scikit-optimize": re.compile(r"skopt\.(?!callbacks|plots)"),
    "statsforecast": re.compile(r"statsforecast\.(models|arima|ets|ces|theta|tbats|garch|mstl|utils|distributed|core|mfles|simulation)$"),
    "umap-learn": re.compile(r"umap\.(umap_|aligned_umap|spectral|utils)$"),
    "pmdarima": re.compile(r"pmdarima\.(arima|base|compat|model_selection|pipeline|preprocessing|utils|metrics)"),
}
#: What a package's classes build on.
BENEATH = ["scikit-learn", "scipy", "pandas", "joblib"]


def lines(folder: Path, report=None) -> list[str]:
    """The table's lines, made from the wheels in a folder."""
    everything = sources.releases()
    newest = {release.package: release for release in everything}
    beneath = {}
    for package in BENEATH:
        beneath |= sources.read(folder, newest[package])
    found: dict[tuple[str, str], list] = {}
    refused = {}
    for release in everything:
        print(release.package, release.version, file=sys.stderr, flush=True)
        modules = sources.read(folder, release, ONLY.get(release.package))
        if not modules:
            raise SystemExit(f"no module of {release.package} {release.version} was read")
        world = World(beneath | modules)
        for module, name, decide in candidates(world, modules, release.package):
            try:
                use, why = decide()
            except Refused as reason:
                refused[module, name] = (release, str(reason))
                continue
            except RecursionError:
                continue
            found.setdefault((module, name), []).append((release, use, why))
    drop_moved(found, refused)
    # What one version has with an effect, no version's name may stand for.
    for key, (release, why) in sorted(refused.items()):
        found.pop(key, None)
        if report:
            print(*key, f"{release.package} {release.version}: {why}", sep="\t", file=report)
    return [line(*key, uses) for key, uses in sorted(found.items()) if len({use for _, use, _ in uses}) == 1]


def drop_moved(found, refused) -> None:
    """A class that moved and changed its kind: the old name stands for the new class."""
    kinds: dict[tuple[str, str], set[str]] = {}
    for (module, name), uses in found.items():
        for release, use, _ in uses:
            kinds.setdefault((release.package, name), set()).add(use.split("+")[0])
    for (module, name), uses in found.items():
        of = kinds[uses[0][0].package, name]
        if "mapping" in of and "object" in of and uses[0][1].startswith("object"):
            refused.setdefault((module, name), (uses[0][0], "another version's class of that name is a dict"))


def candidates(world, modules, package):
    only = ONLY.get(package)
    for name, module in sorted(modules.items()):
        if only and not only.match(name):
            continue
        for of in module.classes.values():
            if (name, of.name) in READ_BY_HAND:
                continue
            yield name, of.name, lambda of=of: class_use(world, of)
            if of.known_as:
                yield of.known_as, of.name, lambda of=of: class_use(world, of)
        for function in module.functions.values():
            if FUNCTIONS.match(name) or (name, function.name) in HELD:
                yield name, function.name, lambda module=module, function=function: function_use(world, module, function)


def line(module: str, name: str, uses: list) -> str:
    first, last = uses[0][0], uses[-1][0]
    versions = first.version if first == last else f"{first.version}-{last.version}"
    return "\t".join((module, name, uses[-1][1], f"{last.package} {versions}", uses[-1][2]))
