"""PyTorch's older containers, TorchScript and packages, and tensors that do not fit their storage."""

from ..assemble.archives import Member, folder, tarred, zipped
from ..assemble.payload import COMMAND
from ..assemble.pickles import EVIL, EVIL_STREAM, HONEST_STREAM, SYSTEM, Code, call, dropped, found, new, persistent, stream, value
from ..assemble.torch_files import FLOATS, HONEST, KEYS, LEGACY_STATE, MAGIC, PROTOCOL, STORAGES, SYSTEM_INFORMATION, legacy, state_dict, storage, tensor, torch_tar, torch_zip
from ..case import Row, benign_table, malformed_table, malicious_table

CALL_FIRST = bytes(dropped(EVIL))


def with_call(pickle):
    """The call before everything else of a pickle of protocol 2."""
    return pickle[:2] + CALL_FIRST + pickle[2:]


@malicious_table(".pth")
def older_containers():
    rows = {
        "legacy-magic": ("the call in the pickle of the magic number", "GHSA-97f8-7cmv-76j2", legacy(magic=with_call(MAGIC))),
        "legacy-magic-computed": ("the magic number is made by eval", "GHSA-97f8-7cmv-76j2", legacy(magic=stream(call(found("builtins", "eval"), "0x1950a86a20f9469cfc6c")))),
        "legacy-protocol": ("the call in the pickle of the protocol's number", "own", legacy(protocol=with_call(PROTOCOL))),
        "legacy-information": ("the call in the pickle about the machine", "own", legacy(information=with_call(SYSTEM_INFORMATION))),
        "legacy-state": ("the call in the pickle of the object", "own", legacy(state=with_call(LEGACY_STATE))),
        "legacy-keys": ("the call in the pickle of the keys", "own", legacy(keys=with_call(KEYS))),
        "legacy-behind": ("a pickle behind the storages", "own", legacy(storages=STORAGES + EVIL_STREAM)),
        "legacy-broken": ("the call, then a broken object pickle", "nullifAI (2025)", legacy(state=LEGACY_STATE[:2] + CALL_FIRST + b"\xff")),
        "legacy-source": ("a module id that carries Python source", "own", legacy(state=stream(persistent(("module", found("unknown_package", "Net"), "net.py", "import os\n"))))),
        "legacy-only-state": ("the pickles before the object are missing", "own", with_call(LEGACY_STATE)),
        "tar-object": ("the call in the pickle of the old tar format", "CVE-2025-32434", torch_tar(pickle=EVIL_STREAM)),
        "tar-information": ("the call in sys_info of the old tar format", "CVE-2025-32434", torch_tar(information=with_call(SYSTEM_INFORMATION))),
        "tar-storages": ("the call in storages of the old tar format", "CVE-2025-32434", torch_tar(storages=EVIL_STREAM)),
        "tar-tensors": ("the call in tensors of the old tar format", "CVE-2025-32434", torch_tar(tensors=EVIL_STREAM)),
        "tar-named-model": ("a tar in which the pickle has another name", "own", tarred([("sys_info", SYSTEM_INFORMATION), ("model", EVIL_STREAM)])),
    }
    for name, (mechanism, source, content) in rows.items():
        yield Row(name, mechanism, source, content)


SCRIPT = """class Net(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Net,
    x: Tensor) -> Tensor:
    {body}
    return x
"""


def script(body, **members):
    made = Code(new(found("__torch__", "Net")) + value({"training": False}) + b"b")
    contents = {
        "net/data.pkl": stream(made),
        "net/code/__torch__.py": SCRIPT.format(body=body).encode(),
        "net/constants.pkl": stream(b")"),
        "net/version": b"3\n",
    }
    return folder(contents | {name.replace("__", "/", 1): content for name, content in members.items()})


@malicious_table(".pt")
def torch_script():
    bodies = {
        "save": 'ops.aten.save(x, "coseal-canary")',
        "from-file": 'y = torch.from_file("/etc/hostname", False, 4)',
        "remote-call": 'ops.aten.rpc_async("worker", "f")',
        "custom-operator": "y = ops.unknown_namespace.run(x)",
        "raised-by-import": "y = ops.prim.PythonOp(x)",
        "environment": 'y = ops.aten.getenv("HOME")',
    }
    for name, body in bodies.items():
        yield Row(f"script-{name}", f"TorchScript that says {body.split('(')[0].split()[-1]}", "On the (In)Security of Loading ML Models", script(body))
    yield Row("script-debug-pickle", "a call in the debug information of TorchScript", "own", script("y = x", **{"net__code/__torch__.py.debug_pkl": EVIL_STREAM}))
    yield Row("script-annotation", "a type annotation that an old compiler evaluates", "CVE-2022-45907", script("y = x", **{"net__code/__torch__.py": SCRIPT.replace("x: Tensor", "x: eval(\"__import__('os').getpid()\")").format(body="y = x").encode()}))
    yield Row("script-data-call", "a call in data.pkl of TorchScript", "own", script("y = x", **{"net__data.pkl": EVIL_STREAM}))
    yield Row("script-constants-call", "a call in constants.pkl of TorchScript", "own", script("y = x", **{"net__constants.pkl": EVIL_STREAM}))
    package = {
        "net/.data/version": b"6\n",
        "net/.data/python_version": b"3.11\n",
        "net/.data/extern_modules": b"os\n",
        "net/model/model.pkl": stream(call(found("os", "system"), COMMAND)),
        "net/.data/interned": b"",
    }
    yield Row("package-extern", "torch.package whose pickle calls an external module", "own", folder(package))
    source = package | {"net/model/model.pkl": stream(new(found("net", "Net"))), "net/net.py": f"import os\nos.system('{COMMAND}')\nclass Net: pass\n".encode()}
    yield Row("package-source", "torch.package whose source acts when imported", "own", folder(source))
    yield Row("package-honest-pickle", "torch.package with an honest pickle and a module that acts when imported", "own", folder(source | {"net/model/model.pkl": HONEST_STREAM}))
    exported = {"archive/version": b"0", "archive/serialized_exported_program.json": b"{}", "archive/serialized_example_inputs.pt": EVIL_STREAM}
    yield Row("exported-program", "an exported program whose example inputs are a pickle", "own", folder(exported))
    yield Row("exported-custom-objects", "an exported program whose constants are a hostile archive", "own", folder(exported | {"archive/serialized_example_inputs.pt": HONEST, "archive/serialized_constants.pt": torch_zip(with_call(HONEST))}))


@malicious_table(".mar")
def served_archive():
    manifest = b'{"model":{"modelName":"net","handler":"handler.py","serializedFile":"model.pt","modelVersion":"1.0"},"runtime":"python"}'
    yield Row("served-handler", "a TorchServe archive whose handler acts when imported", "own", folder({"MAR-INF/MANIFEST.json": manifest, "handler.py": f"import os\nos.system('{COMMAND}')\n".encode(), "model.pt": torch_zip()}))
    yield Row("served-weights", "a TorchServe archive with hostile weights", "own", folder({"MAR-INF/MANIFEST.json": manifest.replace(b'"handler.py"', b'"image_classifier"'), "model.pt": torch_zip(with_call(HONEST))}))
    yield Row("served-requirements", "a TorchServe archive that installs packages from elsewhere", "own", folder({"MAR-INF/MANIFEST.json": manifest.replace(b'"handler.py"', b'"image_classifier"')[:-1] + b',"requirementsFile":"requirements.txt"}', "requirements.txt": b"--index-url http://127.0.0.1:9/simple\nnet-helpers\n", "model.pt": torch_zip()}))


@malicious_table(".ckpt")
def checkpoints():
    def checkpoint(**parts):
        return torch_zip(stream(value({"epoch": 3, "global_step": 900, "state_dict": state_dict(), **parts})))

    yield Row("checkpoint-callbacks", "a Lightning checkpoint whose callbacks hold a call's result", "own", checkpoint(callbacks={"ModelCheckpoint": EVIL}))
    yield Row("checkpoint-hyper-parameters", "a Lightning checkpoint whose hyper parameters hold a call's result", "own", checkpoint(hyper_parameters={"lr": EVIL}))
    yield Row("checkpoint-hyper-target", "a Lightning checkpoint whose hyper parameters are a class of the caller's choice", "own", checkpoint(hparams_type=SYSTEM))
    yield Row("checkpoint-loops", "a Lightning checkpoint with a function for a loop", "own", checkpoint(loops={"fit_loop": SYSTEM}))


@malformed_table(".pt")
def tensors():
    rows = {
        "tensor-larger-than-storage": tensor(size=(30, 40), stride=(40, 1)),
        "tensor-negative-stride": tensor(stride=(-4, 1)),
        "tensor-negative-offset": tensor(offset=-5),
        "tensor-offset-beyond": tensor(offset=10**6),
        "tensor-size-overflows": tensor(size=(1 << 62, 8)),
        "tensor-rank-differs": tensor(stride=(4,)),
        "storage-missing": tensor(storage("9")),
        "storage-climbs-out": tensor(storage("../../notes")),
        "storage-count-lies": tensor(storage(count=10**9)),
        "storage-count-differs-by-type": tensor(storage(kind=found("torch", "DoubleStorage"))),
    }
    for name, code in rows.items():
        yield Row(name, f"a state dict: {name.replace('-', ' ')}", "CVE-2026-24747", torch_zip(stream(state_dict(weight=code))))
    yield Row("legacy-cut", "the old format, cut inside its storages", "own", legacy()[:-9])
    yield Row("legacy-storage-count", "the old format with a storage longer than the file", "own", legacy(storages=b"\xff" * 6 + b"\0\0" + FLOATS))
    yield Row("storage-short", "a storage with fewer bytes than its numbers need", "own", zipped([Member("archive/data.pkl", HONEST), Member("archive/data/0", FLOATS[:20]), Member("archive/version", b"3\n")]))


@benign_table()
def honest():
    yield Row("honest-legacy.pth", "an honest state dict in the old format", "own", legacy())
    yield Row("honest-tar.pt", "an honest tensor in the old tar format", "own", torch_tar())
    yield Row("honest-checkpoint.ckpt", "an honest Lightning checkpoint", "own", torch_zip(stream(value({"epoch": 3, "global_step": 900, "pytorch-lightning_version": "2.4.0", "state_dict": state_dict(), "loops": {"fit_loop": {"state_dict": {}}}, "callbacks": {}, "optimizer_states": [], "lr_schedulers": [], "hparams_name": "kwargs", "hyper_parameters": {"learning_rate": 0.001, "layers": 3}}))))
