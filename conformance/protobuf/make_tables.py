#!/usr/bin/env python3
"""Writes the tables of messages and operators that the readers of protobuf models use.

    python3 make_tables.py onnx OUT        # needs the packages onnx and onnxruntime
    python3 make_tables.py tensorflow OUT  # needs the wheel of tensorflow as WHEEL, unpacked or not: only its descriptors and names
    python3 make_tables.py coreml OUT      # needs the package coremltools

Names and numbers only: nothing else is taken from the packages.
"""

import pathlib
import sys
import textwrap

# Contents that no loader interprets.
PAYLOAD = {
    "TensorProto.raw_data", "TensorProto.tensor_content", "WeightParams.float16Value", "WeightParams.rawValue",
    "WeightParams.int8RawValue", "TensorValue.RepeatedBytes.values",
}


def upper(name):
    out = ""
    for before, letter in zip(" " + name, name):
        out += "_" if letter.isupper() and before.islower() else ""
        out += letter.upper()
    return out.replace(".", "_")


def kind(field, names):
    wire = field.type
    if wire == field.TYPE_MESSAGE:
        return f"Message(&{names[field.message_type.full_name]})"
    if wire == field.TYPE_STRING:
        return "Text"
    if wire == field.TYPE_BYTES:
        return "Payload" if f"{field.containing_type.name}.{field.name}" in PAYLOAD else "Bytes"
    if wire in (field.TYPE_FLOAT, field.TYPE_FIXED32, field.TYPE_SFIXED32):
        return "Fixed32"
    if wire in (field.TYPE_DOUBLE, field.TYPE_FIXED64, field.TYPE_SFIXED64):
        return "Fixed64"
    return "Number"


def reachable(roots):
    found, wanted = [], list(roots)
    while wanted:
        message = wanted.pop(0)
        if message in found:
            continue
        found.append(message)
        wanted += [field.message_type for field in message.fields if field.message_type]
    return found


def is_many(field):
    return field.is_repeated if hasattr(field, "is_repeated") else field.label == field.LABEL_REPEATED


def short(message):
    """Its name with those around it, without the package."""
    name = message.name
    while message.containing_type:
        message = message.containing_type
        name = f"{message.name}.{name}"
    return name


def schema(roots, doc, public, made):
    found = reachable(roots)
    names = {message.full_name: upper(short(message)) for message in found}
    assert len(set(names.values())) == len(names)
    lines = [f"//! {doc}", "//!", f"//! Written by `conformance/protobuf/make_tables.py` from {made}.", ""]
    lines += ["use crate::container::protobuf::{", "    Kind::{Bytes, Fixed32, Fixed64, Message, Number, Payload, Text},", "    Schema, many, message, one,", "};", ""]
    for message in found:
        fields = []
        for field in sorted(message.fields, key=lambda field: field.number):
            word = "many" if is_many(field) else "one"
            fields.append(f'{word}({field.number}, "{field.name}", {kind(field, names)})')
        name = names[message.full_name]
        seen = "pub(super) " if message.name in public else ""
        lines += ["#[rustfmt::skip]"]
        lines.append(f'{seen}static {name}: Schema = message("{short(message)}", &[')
        lines += wrapped(fields)
        lines.append("]);")
    text = "\n".join(lines) + "\n"
    used = [word for word in ("Bytes", "Fixed32", "Fixed64", "Message", "Number", "Payload", "Text") if f"{word}(" in text or f", {word})" in text]
    text = text.replace("{Bytes, Fixed32, Fixed64, Message, Number, Payload, Text}", "{" + ", ".join(used) + "}")
    return text


def wrapped(items):
    """Items with commas, in lines of 150 characters, none cut."""
    text = " ".join(item.replace(" ", "~") + "," for item in items)
    return [line.replace("~", " ") for line in textwrap.wrap(text, 150, initial_indent="    ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)]


def table(name, doc, words):
    lines = [f"/// {doc}", "#[rustfmt::skip]", f"pub(super) const {name}: &[&str] = &["]
    lines += wrapped([f'"{word}"' for word in sorted(words)])
    return "\n".join([*lines, "];"]) + "\n"


def onnx(out):
    import onnx
    import onnx.defs
    from onnx import onnx_ml_pb2
    from onnxruntime import __version__ as runtime
    from onnxruntime.capi.onnxruntime_pybind11_state import get_all_operator_schema

    made = f"onnx {onnx.__version__}"
    (out / "schema.rs").write_text(schema([onnx_ml_pb2.ModelProto.DESCRIPTOR], "ONNX's messages.", {"ModelProto", "TensorProto"}, made))
    standard = {(each.domain, each.name) for each in onnx.defs.get_all_schemas_with_history()}
    # What runs code of the host, or code that the model brings compiled, is in no list of harmless operators.
    host = {"PythonOp", "PythonOpGrad", "ATen", "EPContext", "Snpe", "ExternalGradient"}
    known = {(each.domain, each.name) for each in get_all_operator_schema() if each.name not in host}
    standard |= {(domain, name) for domain, name in known if not domain}
    contributed = {name for domain, name in known if domain == "com.microsoft"}
    channels = {name for domain, name in known if domain in ("com.microsoft.nchwc", "com.ms.internal.nhwc")}
    text = f"//! Operators that compute, and do nothing else.\n//!\n//! Written by `conformance/protobuf/make_tables.py` from {made} and onnxruntime {runtime}.\n\n"
    text += table("STANDARD", "Of the standard, in any version.", {name for domain, name in standard if not domain} | EXPERIMENTAL)
    text += "\n" + table("LEARNING", "Of `ai.onnx.ml`.", {name for domain, name in standard if domain == "ai.onnx.ml"})
    text += "\n" + table("TRAINING", "Of the previews of the standard.", {name for domain, name in standard if domain.startswith("ai.onnx.preview")})
    text += "\n" + table("CONTRIBUTED", "Of `com.microsoft`.", contributed)
    text += "\n" + table("CHANNELS", "Of the runtime's own, for layouts with channels apart.", channels)
    (out / "operators.rs").write_text(text)


# Operators of the standard before they were final, or of versions before those that are kept.
EXPERIMENTAL = {
    "Affine", "ConstantFill", "Crop", "DynamicSlice", "GRUUnit", "GivenTensorFill", "ImageScaler", "ParametricSoftplus",
    "Scale", "ScaledTanh",
}


if __name__ == "__main__":
    what, out = sys.argv[1:3]
    {"onnx": onnx}[what](pathlib.Path(out))
