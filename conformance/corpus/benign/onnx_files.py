"""ONNX: networks made with its helper in several opsets, and scikit-learn models converted by skl2onnx."""

import os

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

from .data import sentences, table
from .writer import named


def files(writer):
    library = named(onnx)
    for opset in (9, 11, 13, 15):
        writer.write("perceptron-%d.onnx" % opset, lambda path: onnx.save(perceptron(opset), path), library, "ONNX perceptron, opset %d" % opset)
    writer.write("convolution.onnx", lambda path: onnx.save(convolution(), path), library, "ONNX convolution")
    writer.write("branches.onnx", lambda path: onnx.save(branches(), path), library, "ONNX with subgraphs")
    writer.write("external", external, library, "ONNX whose tensors are in a file beside it")
    converted(writer)


def initial(name, *shape):
    return numpy_helper.from_array(numpy.random.RandomState(len(name)).rand(*shape).astype("f4"), name)


def model(nodes, inputs, outputs, initializers, opset=13):
    graph = helper.make_graph(nodes, "net", inputs, outputs, initializers, doc_string="a small network")
    made = helper.make_model(graph, producer_name="pytorch", opset_imports=[helper.make_opsetid("", opset)])
    made.ir_version = 7
    helper.set_model_props(made, {"author": "example", "labels": "cat,dog"})
    onnx.checker.check_model(made)
    return made


def tensor(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def perceptron(opset, size=16):
    nodes = [helper.make_node("Gemm", ["x", "w0", "b0"], ["h"], name="first"), helper.make_node("Relu", ["h"], ["r"]), helper.make_node("MatMul", ["r", "w1"], ["s"]), helper.make_node("Softmax", ["s"], ["y"], axis=1)]
    return model(nodes, [tensor("x", "batch", 8)], [tensor("y", "batch", 3)], [initial("w0", 8, size), initial("b0", size), initial("w1", size, 3)], opset)


def convolution():
    nodes = [
        helper.make_node("Conv", ["x", "k"], ["c"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("BatchNormalization", ["c", "s", "b", "m", "v"], ["n"]),
        helper.make_node("GlobalAveragePool", ["n"], ["p"]),
        helper.make_node("Flatten", ["p"], ["y"]),
    ]
    return model(nodes, [tensor("x", 1, 3, 8, 8)], [tensor("y", 1, 4)], [initial("k", 4, 3, 3, 3)] + [initial(name, 4) for name in "sbmv"])


def branches():
    one = helper.make_graph([helper.make_node("Neg", ["x"], ["a"])], "then", [], [tensor("a", 2)])
    two = helper.make_graph([helper.make_node("Abs", ["x"], ["c"])], "else", [], [tensor("c", 2)])
    condition = helper.make_tensor_value_info("q", TensorProto.BOOL, [])
    return model([helper.make_node("If", ["q"], ["y"], then_branch=one, else_branch=two)], [tensor("x", 2), condition], [tensor("y", 2)], [])


def external(path):
    os.makedirs(path)
    onnx.save_model(perceptron(13, 64), os.path.join(path, "model.onnx"), save_as_external_data=True, all_tensors_to_one_file=True, location="model.onnx.data", size_threshold=64, convert_attribute=False)


def converted(writer):
    import skl2onnx
    from skl2onnx.common.data_types import FloatTensorType, StringTensorType
    from sklearn import cluster, decomposition, ensemble, linear_model, naive_bayes, neighbors, neural_network, pipeline, preprocessing, svm, tree
    from sklearn.feature_extraction import text

    library = named(skl2onnx)
    numbers, classes, target = table(60, 5, seed=12)
    models = {
        "line": linear_model.LogisticRegression().fit(numbers, classes),
        "ridge": linear_model.Ridge().fit(numbers, target),
        "tree": tree.DecisionTreeClassifier(max_depth=4).fit(numbers, classes),
        "forest": ensemble.RandomForestClassifier(5, max_depth=4, random_state=0).fit(numbers, classes),
        "boosting": ensemble.GradientBoostingRegressor(n_estimators=4, random_state=0).fit(numbers, target),
        "support-vectors": svm.SVC(probability=False).fit(numbers, classes),
        "neighbours": neighbors.KNeighborsClassifier().fit(numbers, classes),
        "bayes": naive_bayes.GaussianNB().fit(numbers, classes),
        "perceptron": neural_network.MLPRegressor(hidden_layer_sizes=(8,), max_iter=40, random_state=0).fit(numbers, target),
        "clusters": cluster.KMeans(3, n_init=2, random_state=0).fit(numbers),
        "pipeline": pipeline.make_pipeline(preprocessing.StandardScaler(), decomposition.PCA(2), linear_model.LogisticRegression()).fit(numbers, classes),
    }
    for name, made in models.items():
        writer.write(name + ".onnx", lambda path: save(skl2onnx.convert_sklearn(made, initial_types=[("x", FloatTensorType([None, 5]))]), path), library, "ONNX of scikit-learn's " + name)
    lines = sentences(40, seed=12)
    words = pipeline.make_pipeline(text.TfidfVectorizer(), linear_model.LogisticRegression()).fit(lines, [number % 2 for number in range(40)])
    writer.write("text.onnx", lambda path: save(skl2onnx.convert_sklearn(words, initial_types=[("x", StringTensorType([None]))]), path), library, "ONNX of a text classifier with its vocabulary")


def save(made, path):
    with open(path, "wb") as file:
        file.write(made.SerializeToString())
