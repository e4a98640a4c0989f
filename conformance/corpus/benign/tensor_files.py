"""safetensors, GGUF, HDF5 and msgpack: files of tensors that hold no code."""

import json
import os

import numpy

from .data import WORDS
from .writer import named


def files(writer):
    for write in (safetensors_files, hdf5_files, gguf_files, msgpack_files):
        try:
            write(writer)
        except ImportError:
            pass


def weights(layers=3, kind="f4"):
    chance = numpy.random.RandomState(8)
    parts = ("self_attn.q_proj", "self_attn.o_proj", "mlp.up_proj", "input_layernorm")
    return {"model.layers.%d.%s.weight" % (layer, part): chance.rand(8, 8).astype(kind) for layer in range(layers) for part in parts}


def safetensors_files(writer):
    import safetensors
    from safetensors.numpy import save_file

    library = named(safetensors)
    values = {
        "language-model": (weights(), {"format": "pt"}),
        "language-model-half": (weights(4, "f2"), {"format": "pt"}),
        "kinds": ({kind: numpy.ones((2, 3), kind) for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "bool")}, None),
        "no-metadata": ({"weight": numpy.ones(4, "f4")}, None),
        "many-metadata": ({"weight": numpy.ones(4, "f4")}, {"k%d" % number: word for number, word in enumerate(WORDS)}),
        "code-in-metadata": ({"weight": numpy.ones(4, "f4")}, {"notes": "import os; os.system is only named here"}),
        "empty-tensor": ({"a": numpy.zeros((0, 4), "f4"), "b": numpy.ones(2, "f4")}, None),
        "scalar": ({"temperature": numpy.array(0.7, "f4")}, None),
        "many": ({"t%03d" % number: numpy.ones(2, "f4") for number in range(300)}, {"format": "np"}),
        "adapter": ({"base_model.model.layers.%d.q_proj.lora_%s.weight" % (layer, side): numpy.ones((4, 8), "f4") for layer in range(4) for side in "AB"}, {"format": "pt"}),
    }
    for name, (tensors, metadata) in values.items():
        writer.write(name + ".safetensors", lambda path: save_file(tensors, path, metadata=metadata), library, "safetensors " + name.replace("-", " "))
    writer.write("folder-sharded", lambda path: sharded(path, save_file), library, "a Hugging Face folder with two shards and their index")


def sharded(path, save_file):
    os.makedirs(path)
    tensors, index = list(weights().items()), {}
    for number, part in enumerate((tensors[:6], tensors[6:])):
        name = "model-%05d-of-00002.safetensors" % (number + 1)
        save_file(dict(part), os.path.join(path, name), metadata={"format": "pt"})
        index.update({key: name for key, _ in part})
    texts = {
        "model.safetensors.index.json": {"metadata": {"total_size": sum(value.nbytes for _, value in tensors)}, "weight_map": index},
        "config.json": {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 8, "num_hidden_layers": 3, "num_attention_heads": 2, "vocab_size": 120, "torch_dtype": "float32", "transformers_version": "4.46.0"},
        "generation_config.json": {"bos_token_id": 1, "eos_token_id": 2, "temperature": 0.7},
        "tokenizer_config.json": {"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>", "chat_template": CHAT},
        "special_tokens_map.json": {"bos_token": "<s>", "eos_token": "</s>"},
    }
    for name, value in texts.items():
        with open(os.path.join(path, name), "w") as file:
            json.dump(value, file, indent=2)


CHAT = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"


def hdf5_files(writer):
    import h5py

    library = named(h5py)
    chance = numpy.random.RandomState(9)

    def plain(path, **options):
        with h5py.File(path, "w", **options) as file:
            for name, value in weights().items():
                file.create_dataset(name.replace(".", "/"), data=value)
            file.attrs["layer_names"] = [word.encode() for word in WORDS[:8]]
            file.attrs["note"] = "weights of a small network"

    def chunked(path):
        with h5py.File(path, "w") as file:
            file.create_dataset("weights", data=chance.rand(64, 32), chunks=(16, 16), compression="gzip", shuffle=True, fletcher32=True)
            file.create_dataset("growing", data=chance.rand(10), maxshape=(None,), chunks=(5,))

    def kinds(path):
        with h5py.File(path, "w") as file:
            file["texts"] = numpy.array([b"cat", b"dog"])
            file["names"] = numpy.array(["cat", "dog"], dtype=h5py.special_dtype(vlen=str))
            file["records"] = numpy.array([(1, 2.5)], dtype=[("id", "i8"), ("score", "f4")])
            file["scalar"] = 1.5
            file["empty"] = numpy.zeros((0, 3))
            file["alias"] = file["scalar"]
            file["soft"] = h5py.SoftLink("/scalar")
            group = file.create_group("group", track_order=True)
            group["b"], group["a"] = 1, 2

    writer.write("weights.h5", plain, library, "HDF5 with the weights of a network")
    writer.write("weights-latest.h5", lambda path: plain(path, libver="latest"), library, "HDF5 in the newest format")
    writer.write("chunked.h5", chunked, library, "HDF5 with chunks, gzip, shuffle and check sums")
    writer.write("kinds.hdf5", kinds, library, "HDF5 with texts, records and links inside the file")


def gguf_files(writer):
    import gguf

    library = "gguf " + __import__("importlib.metadata").metadata.version("gguf")
    chance = numpy.random.RandomState(10)
    templates = {"llama": CHAT, "none": None}
    for name, template in templates.items():
        for kind in ("f4", "f2"):
            writer.write("%s-%s.gguf" % (name, kind), lambda path: small_gguf(gguf, path, template, chance, kind), library, "GGUF with %s chat template, %s" % ("a" if template else "no", kind))
    writer.write("quantised.gguf", lambda path: small_gguf(gguf, path, CHAT, chance, "f4", quantised=True), library, "GGUF with Q8_0 tensors")
    writer.write("adapter.gguf", lambda path: small_gguf(gguf, path, None, chance, "f2", architecture="clip"), library, "GGUF of a projector")


def small_gguf(gguf, path, template, chance, kind, quantised=False, architecture="llama"):
    out = gguf.GGUFWriter(path, architecture)
    out.add_name("small")
    out.add_context_length(2048)
    out.add_embedding_length(32)
    out.add_block_count(2)
    out.add_head_count(2)
    out.add_tokenizer_model("llama")
    out.add_token_list([word.encode() for word in ["<unk>", "<s>", "</s>"] + sorted(set(WORDS))])
    out.add_token_scores([0.0] * (3 + len(set(WORDS))))
    if template:
        out.add_chat_template(template)
    for layer in range(2):
        data = chance.rand(32, 32).astype(kind)
        if quantised:
            out.add_tensor("blk.%d.attn_q.weight" % layer, gguf.quants.quantize(data, gguf.GGMLQuantizationType.Q8_0), raw_dtype=gguf.GGMLQuantizationType.Q8_0)
        else:
            out.add_tensor("blk.%d.attn_q.weight" % layer, data)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


def msgpack_files(writer):
    import msgpack

    library = "msgpack %d.%d.%d" % msgpack.version[:3]
    tree = {"params": {"Dense_%d" % layer: {"kernel": flax_array(numpy.ones((4, 3), "f4")), "bias": flax_array(numpy.zeros(3, "f4"))} for layer in range(3)}, "step": 100}
    writer.write("flax_model.msgpack", lambda path: open(path, "wb").write(msgpack.packb(tree, strict_types=True)), library, "weights laid out as Flax does")


def flax_array(value):
    import msgpack

    return msgpack.ExtType(1, msgpack.packb((value.shape, value.dtype.name, value.tobytes()), use_bin_type=True))
