"""TensorFlow 2 and its Keras 2: SavedModels, frozen graphs, checkpoints, TFLite, .h5 and .keras."""

import os

import tensorflow
from tensorflow import keras

from .data import WORDS
from .writer import named


def files(writer):
    library = named(tensorflow)
    keras.utils.set_random_seed(0)
    models = {"dense": dense(), "convolution": convolution(), "words": words(), "recurrent": recurrent()}
    for name, model in models.items():
        writer.write(name + ".h5", lambda path: model.save(path, save_format="h5"), library, "Keras 2 %s model as HDF5" % name)
        writer.write(name + ".keras", lambda path: model.save(path), library, "Keras 2 %s model" % name)
        writer.write(name + "-saved", lambda path: model.save(path, save_format="tf"), library, "SavedModel of a Keras 2 %s model" % name)
    writer.write("module-saved", module, library, "SavedModel of a tf.Module")
    writer.write("frozen.pb", lambda path: frozen(models["dense"], path), library, "a frozen GraphDef")
    writer.write("checkpoint", lambda path: tensorflow.train.Checkpoint(model=models["dense"]).write(os.path.join(path, "ckpt")), library, "a checkpoint")
    for name in ("dense", "convolution"):
        writer.write(name + ".tflite", lambda path: lite(models[name], path), library, "TFLite of a %s model" % name)
    writer.write("dense-quantised.tflite", lambda path: lite(models["dense"], path, True), library, "TFLite, quantised")


def dense():
    model = keras.Sequential([keras.layers.Input((6,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(2, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


def convolution():
    first = keras.Input((12, 12, 1))
    held = keras.layers.Conv2D(3, 3)(first)
    held = keras.layers.BatchNormalization()(held)
    return keras.Model(first, keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(held)))


def words():
    text = keras.layers.TextVectorization(output_sequence_length=6, vocabulary=sorted(set(WORDS)))
    return keras.Sequential([keras.Input((1,), dtype="string"), text, keras.layers.Embedding(120, 4), keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1)])


def recurrent():
    return keras.Sequential([keras.layers.Input((5, 3)), keras.layers.GRU(4), keras.layers.Dense(1)])


def module(path):
    class Scale(tensorflow.Module):
        def __init__(self):
            self.factor = tensorflow.Variable(2.0)

        @tensorflow.function(input_signature=[tensorflow.TensorSpec([None], tensorflow.float32)])
        def __call__(self, numbers):
            return numbers * self.factor

    tensorflow.saved_model.save(Scale(), path)


def frozen(model, path):
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    function = tensorflow.function(model).get_concrete_function(tensorflow.TensorSpec([None, 6], tensorflow.float32))
    graph = convert_variables_to_constants_v2(function).graph.as_graph_def()
    with open(path, "wb") as file:
        file.write(graph.SerializeToString(deterministic=True))


def lite(model, path, quantised=False):
    converter = tensorflow.lite.TFLiteConverter.from_keras_model(model)
    if quantised:
        converter.optimizations = [tensorflow.lite.Optimize.DEFAULT]
    with open(path, "wb") as file:
        file.write(converter.convert())
