"""Keras: configurations that name code, read files or take bytes from elsewhere."""

import base64
import json

from ..assemble.archives import Member, zipped
from ..assemble.hdf5 import File, external, hard
from ..assemble.keras_files import CODE, DENSE, INPUT, LAMBDA_CODE, METADATA, OLD_LAMBDA, function, keras_hdf5, keras_zip, layer, old_layer, old_sequential, sequential, weights
from ..assemble.payload import COMMAND, NOWHERE, PYTHON
from ..assemble.pickles import EVIL_STREAM
from ..case import Row, benign_table, malformed_table, malicious_table

LAMBDA = layer("Lambda", function=LAMBDA_CODE)
PICKLED = base64.b64encode(EVIL_STREAM).decode()


@malicious_table(".keras")
def configurations():
    functional = {"module": "keras", "class_name": "Functional", "config": {"name": "net", "layers": [INPUT, LAMBDA | {"name": "lambda", "inbound_nodes": []}], "input_layers": [["input", 0, 0]], "output_layers": [["lambda", 0, 0]]}, "registered_name": "Functional"}
    rows = {
        "lambda": ("a Lambda layer with code", "CVE-2024-3660", sequential(DENSE, LAMBDA)),
        "lambda-functional": ("a Lambda layer in a functional model", "CVE-2024-3660", functional),
        "lambda-nested": ("a Lambda layer in a model in a model", "CVE-2024-3660", sequential(sequential(sequential(LAMBDA)))),
        "lambda-wrapped": ("a Lambda layer inside TimeDistributed", "CVE-2024-3660", sequential(layer("TimeDistributed", layer=LAMBDA))),
        "lambda-bidirectional": ("a Lambda layer inside Bidirectional", "CVE-2024-3660", sequential(layer("Bidirectional", layer=LAMBDA))),
        "lambda-output-shape": ("code for a Lambda's output shape", "CVE-2024-3660", sequential(layer("Lambda", function=function("relu", "keras.activations"), output_shape=LAMBDA_CODE))),
        "lambda-mask": ("code for a Lambda's mask", "CVE-2024-3660", sequential(layer("Lambda", function=function("relu", "keras.activations"), mask=LAMBDA_CODE))),
        "lambda-activation": ("code for an activation", "CVE-2024-3660", sequential(layer("Dense", units=3, activation=LAMBDA_CODE))),
        "lambda-initialiser": ("code for an initialiser", "CVE-2024-3660", sequential(layer("Dense", units=3, kernel_initializer=LAMBDA_CODE))),
        "module-os": ("a function of os as a layer's activation", "CVE-2025-1550", sequential(layer("Dense", units=3, activation=function("system", "os")))),
        "module-subprocess": ("subprocess.Popen as a layer", "CVE-2025-1550", sequential(layer("Popen", "subprocess", args=["sh", "-c", COMMAND]))),
        "module-builtins": ("builtins.exec as a function", "CVE-2025-1550", sequential(layer("Lambda", function=function("exec"), arguments={"x": PYTHON}))),
        "module-importlib": ("importlib.import_module as a function", "CVE-2025-1550", sequential(layer("Lambda", function=function("import_module", "importlib"), arguments={"name": "this"}))),
        "module-pickle": ("pickle.loads as a function", "CVE-2025-1550", sequential(layer("Lambda", function=function("loads", "pickle")))),
        "module-numpy": ("numpy.load as a function", "CVE-2025-1550", sequential(layer("Lambda", function=function("load", "numpy"), arguments={"allow_pickle": True}))),
        "module-unknown": ("a layer of a package that nobody knows", "CVE-2025-1550", sequential(layer("Attention", "unknown_package.layers", units=3))),
        "module-registered": ("a registered name that hides another module", "own", sequential(layer("Popen", "subprocess", registered="keras.layers>Dense", args=COMMAND))),
        "get-file": ("keras.utils.get_file fetches and unpacks an archive", "CVE-2025-8747", sequential(layer("Lambda", function=function("get_file", "keras.utils"), arguments={"origin": NOWHERE, "extract": True}))),
        "get-file-source": ("the same function by its place in the source", "CVE-2025-8747", sequential(layer("Lambda", function=function("get_file", "keras.src.utils.file_utils"), arguments={"origin": NOWHERE, "cache_dir": "."}))),
        "load-model": ("keras.models.load_model as a function", "own", sequential(layer("Lambda", function=function("load_model", "keras.models"), arguments={"filepath": "other.keras", "safe_mode": False}))),
        "unsafe-enabled": ("the configuration turns the safe mode off", "CVE-2025-9906", sequential(layer("Lambda", function=function("enable_unsafe_deserialization", "keras.config")), LAMBDA)),
        "unsafe-enabled-class": ("the same as a class name", "CVE-2025-9906", {"module": "keras.config", "class_name": "enable_unsafe_deserialization", "config": {}, "registered_name": None}),
        "vocabulary-file": ("StringLookup reads a file", "CVE-2025-12058", sequential(layer("StringLookup", vocabulary="/etc/hostname"))),
        "vocabulary-address": ("StringLookup reads an address", "CVE-2025-12058", sequential(layer("StringLookup", vocabulary=NOWHERE))),
        "vocabulary-integers": ("IntegerLookup reads a file", "CVE-2025-12058", sequential(layer("IntegerLookup", vocabulary="/etc/hostname"))),
        "vocabulary-text": ("TextVectorization reads a file", "CVE-2025-12058", sequential(layer("TextVectorization", vocabulary="/etc/hostname"))),
        "torch-module": ("TorchModuleWrapper holds a pickle", "CVE-2025-49655", sequential(layer("TorchModuleWrapper", module=PICKLED))),
        "saved-model-layer": ("TFSMLayer loads a SavedModel beside the file", "CVE-2026-1462", sequential(layer("TFSMLayer", filepath="../other", call_endpoint="serve"))),
        "jax-layer": ("JaxLayer with code", "own", sequential(layer("JaxLayer", call_fn=LAMBDA_CODE))),
        "flax-layer": ("FlaxLayer with a module of another package", "own", sequential(layer("FlaxLayer", module=layer("Net", "unknown_package")))),
        "build-configuration": ("code in a layer's build configuration", "own", sequential(DENSE | {"build_config": {"input_shape": LAMBDA_CODE}})),
        "whole-model": ("the model itself is a class of another module", "CVE-2025-1550", {"module": "subprocess", "class_name": "Popen", "config": {"args": COMMAND}, "registered_name": None}),
        "dtype-policy": ("a dtype policy of another module", "own", sequential(layer("Dense", units=3, dtype={"module": "subprocess", "class_name": "Popen", "config": {"args": COMMAND}, "registered_name": None}))),
    }
    for name, (mechanism, source, config) in rows.items():
        yield Row(name, mechanism, source, keras_zip(config))
    honest = sequential(DENSE)
    compiled = {
        "compile-loss": {"optimizer": "adam", "loss": LAMBDA_CODE},
        "compile-metric": {"optimizer": "adam", "loss": "mse", "metrics": [function("system", "os")]},
        "compile-optimizer": {"optimizer": {"module": "subprocess", "class_name": "Popen", "config": {"args": COMMAND}, "registered_name": None}, "loss": "mse"},
    }
    for name, config in compiled.items():
        yield Row(name, f"code in the compile configuration: {name.partition('-')[2]}", "CVE-2025-1550", keras_zip(honest, compile_config=config))


@malicious_table(".keras")
def archives():
    honest, hostile = sequential(DENSE), json.dumps(sequential(LAMBDA)).encode()
    linked = File()
    linked = linked.bytes(external("layers", "/tmp/no-such-file.h5", "/layers"))
    stored = File()
    stored = stored.bytes(hard("layers", stored.group(hard("dense", stored.stored_elsewhere((4, 3), [("/etc/hostname", 0, 48)])))))
    rows = {
        "weights-external-link": ("weights behind a link to another file", "CVE-2026-1669", keras_zip(honest, weights_file=linked)),
        "weights-external-storage": ("weights whose bytes are in another file", "CVE-2026-1669", keras_zip(honest, weights_file=stored)),
        "weights-user-block": ("a pickle before the weights", "own", keras_zip(honest, weights_file=weights(EVIL_STREAM.ljust(512, b"\0")))),
        "weights-pickle": ("a pickle in the place of the weights", "own", keras_zip(honest, weights_file=EVIL_STREAM)),
        "extra-pickle": ("a pickle among the members", "own", keras_zip(honest, {"assets/state.pkl": EVIL_STREAM})),
        "extra-python": ("Python source among the members", "own", keras_zip(honest, {"assets/setup.py": b"import os\nos.getpid()\n"})),
        "extra-traversal": ("an asset that climbs out", "CVE-2025-12060", keras_zip(honest, {"assets/../../../notes.pth": b"import this\n"})),
        "config-twice": ("config.json twice, the hostile one last", "own", zipped([Member("metadata.json", json.dumps(METADATA).encode()), Member("config.json", json.dumps(honest).encode()), Member("config.json", hostile), Member("model.weights.h5", weights())])),
        "config-twice-first": ("config.json twice, the hostile one first", "own", zipped([Member("metadata.json", json.dumps(METADATA).encode()), Member("config.json", hostile), Member("config.json", json.dumps(honest).encode()), Member("model.weights.h5", weights())])),
        "config-crc-wrong": ("a hostile config.json with a wrong check sum", "own", zipped([Member("metadata.json", json.dumps(METADATA).encode()), Member("config.json", hostile, crc=1), Member("model.weights.h5", weights())])),
        "config-escaped": ("names in config.json written as \\u escapes", "CVE-2025-1550", zipped([Member("metadata.json", json.dumps(METADATA).encode()), Member("config.json", json.dumps(sequential(layer("Popen", "subprocess", args=COMMAND))).replace("subprocess", "\\u0073ubprocess").replace("Popen", "Po\\u0070en").encode()), Member("model.weights.h5", weights())])),
        "config-key-twice": ("a key of config.json twice", "own", zipped([Member("metadata.json", json.dumps(METADATA).encode()), Member("config.json", json.dumps(honest)[:-1].encode() + b', "config": ' + json.dumps(sequential(LAMBDA)["config"]).encode() + b"}"), Member("model.weights.h5", weights())])),
        "config-deflated": ("a deflated hostile config.json", "CVE-2024-3660", keras_zip(sequential(LAMBDA), method=8)),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@malicious_table(".h5")
def older_format():
    dense = old_layer("Dense", units=3, activation="relu")
    functional = {"class_name": "Functional", "config": {"name": "net", "layers": [OLD_LAMBDA | {"name": "lambda", "inbound_nodes": []}], "input_layers": [["lambda", 0, 0]], "output_layers": [["lambda", 0, 0]]}}
    rows = {
        "lambda": ("a Lambda layer, which the safe mode does not stop", "CVE-2025-9905", old_sequential(dense, OLD_LAMBDA)),
        "lambda-functional": ("a Lambda layer in a functional model", "CVE-2025-9905", functional),
        "lambda-nested": ("a Lambda layer in a nested model", "CVE-2025-9905", old_sequential(old_sequential(OLD_LAMBDA))),
        "lambda-wrapped": ("a Lambda layer inside TimeDistributed", "CVE-2025-9905", old_sequential(old_layer("TimeDistributed", layer=OLD_LAMBDA))),
        "lambda-output-shape": ("code for a Lambda's output shape", "CVE-2025-9905", old_sequential(old_layer("Lambda", function="relu", function_type="function", module="keras.activations", output_shape=[CODE, None, None], output_shape_type="lambda"))),
        "lambda-named": ("a Lambda that names a function of os", "CVE-2025-9905", old_sequential(old_layer("Lambda", function="system", function_type="function", module="os"))),
        "lambda-new-style": ("code in the style of Keras 3", "CVE-2025-9905", sequential(LAMBDA)),
        "module": ("a class of another module", "CVE-2025-1550", sequential(layer("Popen", "subprocess", args=COMMAND))),
        "custom-object": ("a layer that nobody knows", "own", old_sequential(old_layer("AttentionLoader", units=3))),
        "vocabulary-file": ("StringLookup reads a file", "CVE-2025-12058", old_sequential(old_layer("StringLookup", vocabulary="/etc/hostname"))),
    }
    for name, (mechanism, source, config) in rows.items():
        yield Row(f"h5-{name}", mechanism, source, keras_hdf5(config))
    honest = old_sequential(dense)
    yield Row("h5-training-loss", "code for the loss in training_config", "CVE-2025-9905", keras_hdf5(honest, {"loss": {"class_name": "__lambda__", "config": {"code": CODE}}, "optimizer_config": {"class_name": "Adam", "config": {}}}))
    yield Row("h5-external-link", "weights behind a link to another file", "CVE-2026-1669", keras_hdf5(honest, messages=[external("optimizer_weights", "/tmp/no-such-file.h5", "/")]))
    file = File(EVIL_STREAM.ljust(512, b"\0"))
    yield Row("h5-user-block", "a pickle in the user block", "own", keras_hdf5(honest, file=file))


@malicious_table(".json")
def architectures():
    yield Row("json-lambda", "a model as JSON with a Lambda layer", "CVE-2024-3660", json.dumps(sequential(LAMBDA)))
    yield Row("json-module", "a model as JSON with a class of another module", "CVE-2025-1550", json.dumps(sequential(layer("Popen", "subprocess", args=COMMAND))))


@malformed_table(".keras")
def broken():
    bomb = File()
    bomb = bomb.bytes(hard("layers", bomb.group(hard("dense", bomb.dataset((1 << 40, 1 << 20))))))
    rows = {
        "weights-shape-bomb": ("weights of 2^62 bytes", "CVE-2026-0897", keras_zip(sequential(DENSE), weights_file=bomb)),
        "config-units": ("a layer of 2^45 units, and weights of a few", "own", keras_zip(sequential(DENSE | {"config": DENSE["config"] | {"units": 1 << 45}}))),
        "config-missing": ("no config.json", "own", zipped([Member("metadata.json", b"{}"), Member("model.weights.h5", weights())])),
        "config-no-json": ("config.json is no JSON", "own", zipped([Member("metadata.json", b"{}"), Member("config.json", b"{oops"), Member("model.weights.h5", weights())])),
        "config-deep": ("config.json of 50,000 brackets", "own", zipped([Member("metadata.json", b"{}"), Member("config.json", b"[" * 50_000), Member("model.weights.h5", weights())])),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@benign_table()
def honest():
    yield Row("honest.keras", "a dense layer", "own", keras_zip(sequential(DENSE)))
    yield Row("honest-vocabulary.keras", "StringLookup with its vocabulary inside", "own", keras_zip(sequential(layer("StringLookup", vocabulary=["cat", "dog"], num_oov_indices=1))))
    yield Row("honest.h5", "a dense layer in the older format", "own", keras_hdf5(old_sequential(old_layer("Dense", units=3, activation="relu"))))
