"""All modules of a release and, beneath them, those of the packages that it builds on."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from .sources import Class, Module, dotted

#: Bases whose own code does nothing while loading.
BASES = {
    "object", "type", "abc.ABC", "abc.ABCMeta", "ABCMeta", "enum.Enum", "enum.IntEnum", "enum.Flag", "enum.IntFlag", "enum.StrEnum", "enum.EnumMeta",
    "typing.Generic", "typing.NamedTuple", "typing.Protocol", "typing_extensions.Protocol",
    "collections.OrderedDict", "collections.defaultdict", "collections.UserDict", "collections.Counter", "collections.UserList", "collections.namedtuple",
    "sklearn.base._OneToOneFeatureMixin", "dict", "list", "tuple", "set", "frozenset", "str", "int", "float", "numbers.Number", "six.with_metaclass",
    "Exception", "Warning", "UserWarning", "ValueError", "AttributeError", "RuntimeError", "TypeError", "DeprecationWarning", "RuntimeWarning",
    "FutureWarning", "KeyError", "ImportError", "NotImplementedError", "LookupError", "ArithmeticError", "OverflowError", "IndexError",
}
BASES |= {f"collections.abc.{name}" for name in ("Mapping", "MutableMapping", "Sequence", "MutableSequence", "Hashable", "Sized", "Iterable", "Container", "Set", "MutableSet", "Collection", "Callable")}
BASES |= {f"collections.{name}" for name in ("Mapping", "MutableMapping", "Sequence", "Hashable", "Iterable", "Container")}
BASES |= {f"typing.{name}" for name in ("Mapping", "MutableMapping", "Sequence", "Hashable", "Iterable", "Container", "Dict", "List", "Tuple")}
#: Classes of PyTorch that layers are built on: they set their attributes, look up parameters by name, and are called.
LAYERS = {f"torch.nn.{name}" for name in ("Module", "Sequential", "ModuleList", "ModuleDict", "Conv1d", "Conv2d", "Conv3d", "Linear", "BatchNorm2d", "LayerNorm", "GroupNorm", "Embedding", "Transformer", "MultiheadAttention")}
BASES |= LAYERS

#: Libraries whose classes code asks for if they are loaded.
LIBRARIES = {"pandas", "polars", "pyarrow", "numpy", "torch", "jax", "cupy", "dask", "sparse"}


@dataclass
class World:
    """Modules by name."""

    modules: dict[str, Module]
    resolved: dict[tuple[str, str], object] = field(default_factory=dict)
    quiet: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def resolve(self, module: Module, name: str, depth: int = 12):
        """A class, a function with its module, or the dotted name outside that `name` stands for in `module`."""
        if depth != 12:
            return self.looked_up(module, name, depth)
        key = (module.name, name)
        if key not in self.resolved:
            self.resolved[key] = self.looked_up(module, name, depth)
        return self.resolved[key]

    def looked_up(self, module: Module, name: str, depth: int):
        if depth == 0:
            return name
        first, _, rest = name.partition(".")
        if not rest and first in module.classes:
            return module.classes[first]
        if not rest and first in module.functions:
            return (module, module.functions[first])
        if first in module.imports:
            return self.absolute(module.imports[first] + (f".{rest}" if rest else ""), depth - 1)
        for star in module.stars:
            other = self.modules.get(star)
            if other is not None and other is not module:
                found = self.resolve(other, name, depth - 1)
                if not isinstance(found, str):
                    return found
        return name

    def absolute(self, name: str, depth: int):
        parts = name.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            other = self.modules.get(".".join(parts[:cut]))
            if other is not None:
                inner = ".".join(parts[cut:])
                found = self.resolve(other, inner, depth)
                return name if isinstance(found, str) and found == inner else found
        return name

    def ancestry(self, of: Class) -> tuple[list[Class], list[str]]:
        """The classes that `of` inherits from, itself first, and the names of bases outside."""
        seen, outside, queue = {}, [], [of]
        while queue:
            current = queue.pop(0)
            if (current.module, current.name) in seen:
                continue
            seen[current.module, current.name] = current
            module = self.modules[current.module]
            for base in current.bases:
                found = self.resolve(module, base)
                if isinstance(found, Class):
                    queue.append(found)
                else:
                    outside.append(found if isinstance(found, str) else base)
        return list(seen.values()), outside


def methods(of: Class) -> dict[str, ast.FunctionDef]:
    """The functions that a class defines itself."""
    return {node.name: node for node in of.node.body if isinstance(node, ast.FunctionDef)}


def uses(node: ast.AST) -> list[tuple[str, str]]:
    """Every dotted name that code mentions, and every method that it calls; kept with the code."""
    kept = getattr(node, "kept", None)
    if kept is None:
        kept = node.kept = sorted(mentioned(node))
    return kept


def mentioned(node: ast.AST) -> set[tuple[str, str]]:
    found = set()
    # What code binds itself is no builtin: parameters called `input`, variables called `code`.
    own = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    own |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    if isinstance(node, ast.FunctionDef):
        own |= {part.name for part in ast.walk(node) if isinstance(part, ast.FunctionDef) and part is not node}
    asked = {id(asked_for) for part in ast.walk(node) for asked_for in asks_for_module(part)}
    for part in ast.walk(node):
        if id(part) in asked:
            continue
        if isinstance(part, (ast.Name, ast.Attribute)):
            name = dotted(part)
            if not name.startswith("?") and name.split(".")[0] not in own:
                found.add(("name", name))
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and dotted(part.func) != "platform.system":
            found.add(("method", part.func.attr))
    return found


def asks_for_module(part: ast.AST) -> list[ast.expr]:
    """`sys.modules`, where code asks whether a module is loaded, or for a harmless one by its name: to see what class an object is of."""
    if isinstance(part, ast.Compare) and isinstance(part.ops[0], (ast.In, ast.NotIn)):
        asked = part.comparators[0]
    elif isinstance(part, ast.Subscript) and harmless_module(part.slice):
        asked = part.value
    elif isinstance(part, ast.Call) and dotted(part.func) == "sys.modules.get" and part.args and harmless_module(part.args[0]):
        return [part.func, part.func.value]
    else:
        return []
    return [asked] if dotted(asked) == "sys.modules" else []


def harmless_module(name: ast.expr) -> bool:
    return isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value.split(".")[0] in LIBRARIES
