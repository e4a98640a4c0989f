"""Keras models: the zip of Keras 3 and the HDF5 of Keras 2."""

import base64
import json

from .archives import folder
from .hdf5 import File, attribute, hard
from .payload import MARSHALLED

CODE = base64.b64encode(MARSHALLED).decode() + "\n"
LAMBDA_CODE = {"class_name": "__lambda__", "config": {"code": CODE, "defaults": None, "closure": None}}
DENSE = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "dense", "units": 3, "activation": "relu", "use_bias": True}, "registered_name": None}
INPUT = {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 4], "dtype": "float32", "name": "input"}, "registered_name": None}
METADATA = {"keras_version": "3.6.0", "date_saved": "2024-05-01@12:00:00"}


def layer(name, module="keras.layers", registered=None, **config):
    return {"module": module, "class_name": name, "config": {"name": name.lower(), **config}, "registered_name": registered}


def function(name, module="builtins"):
    return {"module": module, "class_name": "function", "config": name, "registered_name": name}


def sequential(*layers, **config):
    return {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "trainable": True, "layers": [INPUT, *layers], **config}, "registered_name": None}


def weights(user_block=b""):
    file = File(user_block)
    kernel = file.dataset((4, 3), bytes(48))
    held = file.group(hard("0", kernel))
    inner = file.group(hard("vars", held))
    return file.bytes(hard("layers", file.group(hard("dense", inner))))


def keras_zip(config, members=None, weights_file=None, metadata=None, compile_config=None, **fields):
    if compile_config is not None:
        config = config | {"compile_config": compile_config}
    contents = {
        "metadata.json": json.dumps(metadata or METADATA).encode(),
        "config.json": json.dumps(config).encode(),
        "model.weights.h5": weights() if weights_file is None else weights_file,
    }
    return folder(contents | (members or {}), **fields)


def keras_hdf5(config, training=None, file=None, messages=()):
    file = file or File()
    held = file.group(attribute("backend", "tensorflow"), attribute("keras_version", "2.15.0"))
    attributes = [attribute("keras_version", "2.15.0"), attribute("backend", "tensorflow"), attribute("model_config", json.dumps(config))]
    if training:
        attributes.append(attribute("training_config", json.dumps(training)))
    return file.bytes(hard("model_weights", held), *attributes, *messages)


def old_sequential(*layers):
    first = {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 4], "dtype": "float32", "sparse": False, "ragged": False, "name": "input"}}
    return {"class_name": "Sequential", "config": {"name": "net", "layers": [first, *layers]}}


def old_layer(name, **config):
    return {"class_name": name, "config": {"name": name.lower(), "trainable": True, **config}}


OLD_LAMBDA = old_layer("Lambda", function=[CODE, None, None], function_type="lambda", module="__main__", output_shape=None, output_shape_type="raw", output_shape_module=None, arguments={})
