"""Pickles of allowed names whose arrays make compiled code read and write what is not there, and their honest twins."""

import struct

from ..assemble.archives import folder
from ..assemble.pickles import Code, built, call, found, new, stream, value
from ..case import Row, benign_table, malformed_table

SPARSE = "scipy.sparse._csr"
NODE = ("left_child", "right_child", "feature")
TREE = ((1, 2, 0), (-1, -1, -2), (3, 4, 1), (-1, -1, -2), (-1, -1, -2))
POINTS = ((0, 3, 0), (0, 1, 1), (1, 3, 1))
BINS = ("left", "right", "is_leaf", "feature_idx", "is_categorical", "bitset_idx")
BINNED = ((1, 2, 0, 0, 1, 0), (0, 0, 1, 0, 0, 0), (0, 0, 1, 0, 0, 0))


def number_type(code, order="<"):
    return built(call(found("numpy", "dtype"), code, False, True), (3, order, None, None, None, -1, -1, 0))


def record_type(names):
    """Fields of eight bytes each."""
    fields = {name: (number_type("i8"), 8 * at) for at, name in enumerate(names)}
    return built(call(found("numpy", "dtype"), f"V{8 * len(names)}", False, True), (3, "|", None, tuple(names), fields, 8 * len(names), 1, 16))


def array(kind, shape, content):
    empty = call(found("numpy.core.multiarray", "_reconstruct"), found("numpy", "ndarray"), (0,), b"b")
    return built(empty, (1, shape, kind, False, content))


def whole(*numbers):
    return array(number_type("i8"), (len(numbers),), struct.pack(f"<{len(numbers)}q", *numbers))


def floats(*shape):
    count = 1
    for side in shape:
        count *= side
    return array(number_type("f8"), shape, bytes(8 * count))


def rows(names, records):
    numbers = [number for record in records for number in record]
    return array(record_type(names), (len(records),), struct.pack(f"<{len(numbers)}q", *numbers))


def tree(nodes=TREE, count=None, depth=2, features=2):
    state = {"max_depth": depth, "node_count": len(nodes) if count is None else count, "nodes": rows(NODE, nodes), "values": floats(len(nodes), 1, 2)}
    return built(call(found("sklearn.tree._tree", "Tree"), features, whole(2), 1), state)


def estimator(of, features=2):
    return built(new(found("sklearn.tree._classes", "DecisionTreeClassifier")), {"n_features_in_": features, "tree_": of})


def boosted(features):
    return built(new(found("sklearn.ensemble._gb", "GradientBoostingRegressor")), {"estimators_": [estimator(tree()), estimator(tree())], "n_features_in_": features})


def predictor(nodes=BINNED):
    sets = array(number_type("u4"), (1, 8), bytes(32))
    state = {"nodes": rows(BINS, nodes), "binned_left_cat_bitsets": sets, "raw_left_cat_bitsets": sets}
    return built(new(found("sklearn.ensemble._hist_gradient_boosting.predictor", "TreePredictor")), state)


def binned(features=1, nodes=BINNED):
    return built(new(found("sklearn.ensemble._hist_gradient_boosting.gradient_boosting", "HistGradientBoostingRegressor")), {"_predictors": [[predictor(nodes)]], "n_features_in_": features})


def sparse(indices=(0, 2), pointers=(0, 1, 2), data=2, shape=(2, 3)):
    return built(new(found(SPARSE, "csr_matrix")), {"_shape": shape, "indices": whole(*indices), "indptr": whole(*pointers), "data": floats(data)})


def search(points=(2, 0, 1), nodes=POINTS, bounds=(2, 3, 2)):
    made = call(found("sklearn.neighbors._kd_tree", "newObj"), found("sklearn.neighbors._kd_tree", "KDTree"))
    state = (floats(3, 2), whole(*points), rows(("idx_start", "idx_end", "is_leaf"), nodes), floats(*bounds), 1, 2, 3, 0, 0, 0, 0, None, None)
    return built(made, state)


def categorical(*codes):
    index = call(found("pandas.core.indexes.base", "_new_Index"), found("pandas.core.indexes.base", "Index"), {"data": whole(5, 7), "name": None})
    kind = built(new(found("pandas.core.dtypes.dtypes", "CategoricalDtype")), {"categories": index, "ordered": False})
    made = call(found("pandas._libs.arrays", "__pyx_unpickle_NDArrayBacked"), found("pandas", "Categorical"), 82904607, None)
    return built(made, (kind, whole(*codes)))


def frame(*places):
    index = call(found("pandas.core.indexes.base", "_new_Index"), found("pandas.core.indexes.base", "Index"), {"data": whole(5, 7), "name": None})
    columns = call(found("pandas.core.indexes.base", "_new_Index"), found("pandas.core.indexes.range", "RangeIndex"), {"start": 0, "stop": 3, "step": 1, "name": None})
    block = call(found("pandas._libs.internals", "_unpickle_block"), floats(2, 3), call(found("builtins", "slice"), *places), 2)
    return call(found("pandas.core.internals.managers", "BlockManager"), (block,), [index, columns])


def changed(row, column, number, nodes=TREE):
    return tuple(tuple(number if (at, to) == (row, column) else old for to, old in enumerate(node)) for at, node in enumerate(nodes))


@malformed_table(".pkl")
def outside():
    table = {
        "tree-child": ("a node of a tree whose child is not there", tree(changed(2, 0, 99))),
        "tree-negative-child": ("a node of a tree whose child is before the first", tree(changed(0, 1, -7))),
        "tree-cycle": ("a node of a tree that is its own grandchild", tree(changed(2, 0, 0))),
        "tree-self": ("a node of a tree that is its own child", tree(changed(2, 1, 2))),
        "tree-feature": ("a node of a tree that asks for a feature that is not there", tree(changed(2, 2, 2))),
        "tree-count": ("a tree that says it has more nodes than it has", tree(count=500)),
        "tree-depth": ("a tree that is deeper than it says, which its paths are written by", tree(depth=1)),
        "tree-estimator": ("an estimator that looks for fewer features than its tree asks for", estimator(tree(), 1)),
        "tree-ensemble": ("an ensemble that looks for fewer features than its trees ask for", boosted(1)),
        "bins-child": ("a node of a histogram tree whose child is not there", binned(nodes=changed(0, 0, 9, BINNED))),
        "bins-cycle": ("a node of a histogram tree that is its own child", binned(nodes=changed(0, 1, 0, BINNED))),
        "bins-set": ("a node of a histogram tree that asks for a set of categories that is not there", binned(nodes=changed(0, 5, 4, BINNED))),
        "bins-feature": ("a histogram tree that asks for more features than the ensemble looks for", binned(0)),
        "sparse-index": ("a sparse matrix whose index is beyond its columns", sparse(indices=(0, 3))),
        "sparse-negative": ("a sparse matrix whose index is before its first column", sparse(indices=(-1, 2))),
        "sparse-falling": ("a sparse matrix whose row pointers fall", sparse(pointers=(0, 2, 1))),
        "sparse-pointer": ("a sparse matrix whose row pointers go beyond its data", sparse(pointers=(0, 1, 900))),
        "sparse-shape": ("a sparse matrix with more rows than row pointers", sparse(shape=(1000000, 3))),
        "search-point": ("a search tree that asks for a point that is not there", search(points=(3, 0, 1))),
        "search-end": ("a node of a search tree whose points end beyond them", search(nodes=changed(2, 1, 900, POINTS))),
        "search-child": ("a last node of a search tree that says it has children", search(nodes=changed(2, 2, 0, POINTS))),
        "search-bounds": ("a search tree with bounds of fewer sides", search(bounds=(2, 3, 1))),
        "codes": ("a categorical whose code stands for no category", categorical(0, 2)),
        "blocks": ("a frame whose block stands for columns that are not there", frame(3000, 3002, 1)),
    }
    for name, (mechanism, body) in table.items():
        yield Row(name, mechanism, "own", stream(Code(body), 4))


@benign_table(".pkl")
def inside():
    table = {
        "honest-tree": ("a tree, its estimator and an ensemble", value([estimator(tree()), boosted(2)])),
        "honest-bins": ("an ensemble of histogram trees", binned()),
        "honest-sparse": ("a sparse matrix", sparse()),
        "honest-search": ("a search tree", search()),
        "honest-codes": ("a categorical with a missing value", categorical(0, 1, -1)),
        "honest-frame": ("a frame of one block", frame(0, 2, 1)),
    }
    for name, (mechanism, body) in table.items():
        yield Row(name, mechanism, "own", stream(Code(body), 4))


def view(sides, steps):
    storage = Code(value(("storage", found("torch", "FloatStorage"), "0", "cpu", 4)) + b"Q")
    body = call(found("torch._utils", "_rebuild_tensor_v2"), storage, 0, sides, steps, False, call(found("collections", "OrderedDict")))
    return folder({"m/data.pkl": stream(body), "m/data/0": bytes(16), "m/version": b"3\n"})


@malformed_table(".pt")
def views():
    table = {
        "view-expanded": ("a view of four numbers that stands for a terabyte", view((1 << 20, 1 << 20), (0, 0))),
        "view-overlapping": ("rows that overlap in four numbers and stand for a terabyte", view((2, 1 << 38), (1, 0))),
        "view-overflow": ("sides whose product goes beyond 64 bits", view((1 << 60, 1 << 60), (0, 0))),
    }
    for name, (mechanism, content) in table.items():
        yield Row(name, mechanism, "own", content)


@benign_table(".pt")
def honest_views():
    yield Row("honest-view", "a mask that is a view of four numbers", "own", view((4096, 4), (0, 1)))
