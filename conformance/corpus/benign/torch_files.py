"""PyTorch: state dicts, checkpoints, whole modules, TorchScript, and the format before 1.6."""

import argparse
import collections
import pathlib

import numpy
import torch
from torch import nn

from .writer import named


def files(writer):
    torch.manual_seed(0)
    torch.set_num_threads(1)
    library = named(torch).replace("+cu124", "")
    values = {"state-" + name: module.state_dict() for name, module in modules().items()}
    values.update({"module-" + name: module for name, module in modules().items()})
    values.update(tensors())
    values.update(training())
    for name, value in values.items():
        writer.write(name + ".pt", lambda path: torch.save(value, path), library, "PyTorch " + name.replace("-", " "))
    older = ["state-perceptron", "checkpoint", "tensors-of-all-kinds", "tied", "state-recurrent"]
    if torch.__file__.startswith("/usr/lib/"):
        # This format keeps where the source of a module lies, so only with the distribution's package.
        older += ["module-convolution", "module-transformer"]
    for name in older:
        what = "PyTorch %s in the format before 1.6" % name.replace("-", " ")
        writer.write(name + "-legacy.pth", lambda path: torch.save(values[name], path, _use_new_zipfile_serialization=False), library, what)
    for protocol in (3, 4, 5):
        what = "PyTorch state dict, pickle protocol %d" % protocol
        writer.write("state-protocol-%d.pt" % protocol, lambda path: torch.save(values["state-perceptron"], path, pickle_protocol=protocol), library, what)
    writer.pickle("plain-pickle", values["state-perceptron"], 2, library, "pickle.dump of a state dict")
    writer.pickle("plain-pickle-module", modules()["perceptron"], 4, library, "pickle.dump of a module")
    scripts(writer, library)


def modules():
    return {
        "perceptron": nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 3)),
        "convolution": nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 2)),
        "recurrent": nn.ModuleDict({"words": nn.Embedding(60, 8, padding_idx=0), "state": nn.LSTM(8, 12, 2, batch_first=True, bidirectional=True), "out": nn.Linear(24, 2)}),
        "gated": nn.GRU(6, 6),
        "transformer": nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 1),
        "attention": nn.MultiheadAttention(8, 2),
        "normalisation": nn.ModuleList([nn.LayerNorm(8), nn.GroupNorm(2, 8), nn.GELU(), nn.Identity()]),
        "loss": nn.CrossEntropyLoss(weight=torch.ones(3)),
    }


def tensors():
    base = torch.rand(64)
    kinds = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int8, torch.int64, torch.uint8, torch.bool, torch.complex64]
    embedding = nn.Embedding(12, 4)
    head = nn.Linear(4, 12, bias=False)
    head.weight = embedding.weight
    return {
        "tensor": torch.rand(3, 4),
        "tensors-of-all-kinds": {str(kind): torch.ones(4).to(kind) for kind in kinds},
        "views": {"all": base, "head": base[:8], "strided": base[::4], "square": base.view(8, 8).t()},
        "sparse": torch.eye(6).to_sparse(),
        "quantised": torch.quantize_per_tensor(torch.rand(4, 4), 0.1, 2, torch.qint8),
        "parameter": nn.Parameter(torch.rand(2, 3)),
        "tied": nn.Sequential(embedding, head).state_dict(),
        "empty-and-scalar": [torch.zeros(0, 3), torch.tensor(1.5)],
        "values": {"kind": torch.float16, "device": torch.device("cpu"), "size": torch.Size([3, 4])},
        "adapter": {"base_model.model.layers.%d.self_attn.q_proj.lora_%s.weight" % (layer, side): torch.rand(4, 8).half() for layer in range(4) for side in "AB"},
        "bert-style": collections.OrderedDict(("bert.encoder.layer.%d.attention.self.%s.weight" % (layer, part), torch.rand(8, 8)) for layer in range(4) for part in ("query", "key", "value")),
    }


def training():
    def stepped(kind, **options):
        model = nn.Linear(4, 3)
        optimizer = kind(model.parameters(), **options)
        model(torch.rand(2, 4)).sum().backward()
        optimizer.step()
        return model, optimizer

    made = {"optimizer-" + kind.__name__.lower(): stepped(kind, lr=0.01)[1].state_dict() for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop, torch.optim.Adagrad)}
    model, optimizer = stepped(torch.optim.AdamW, lr=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)
    made["checkpoint"] = {
        "epoch": 4,
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "best": 0.91,
        "arguments": argparse.Namespace(lr=1e-3, out=pathlib.PurePosixPath("runs/7")),
        "random": torch.get_rng_state()[:64].clone(),
    }
    made["checkpoint-numpy"] = {"weight": torch.rand(2), "mean": numpy.float64(0.5), "history": numpy.arange(4)}
    return made


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.EmbeddingBag(40, 8)
        self.out = nn.Linear(8, 2)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        pooled = self.words(words)
        return torch.softmax(self.out(pooled), dim=-1)


def scripts(writer, library):
    made = {name: modules()[name].eval() for name in ("perceptron", "convolution", "gated")}
    made["words"] = Net().eval()
    for name, module in made.items():
        writer.write("script-%s.pt" % name, lambda path: torch.jit.script(module).save(path), library, "TorchScript of " + name)
    traced = torch.jit.trace(made["perceptron"], torch.rand(1, 8))
    writer.write("script-traced.pt", lambda path: traced.save(path), library, "TorchScript by tracing")
    writer.write("script-frozen.pt", lambda path: torch.jit.freeze(torch.jit.script(made["convolution"])).save(path), library, "frozen TorchScript")
    writer.write("script-mobile.ptl", lambda path: torch.jit.script(made["perceptron"])._save_for_lite_interpreter(path), library, "TorchScript for the lite interpreter")
    writer.write("script-notes.pt", lambda path: torch.jit.save(torch.jit.script(made["perceptron"]), path, _extra_files={"notes.txt": "trained in May", "labels.json": '["cat", "dog"]'}), library, "TorchScript with extra files")
