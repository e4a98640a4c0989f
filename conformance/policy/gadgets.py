"""What calls or looks up whatever it is given: of use to who builds a chain of known functions."""

from __future__ import annotations

import ast

from .sources import Module, dotted

#: Functions that look attributes up by name, or make such.
LOOKUPS = {"getattr", "setattr", "delattr", "attrgetter", "operator.attrgetter", "methodcaller", "operator.methodcaller", "vars", "__import__"}
#: Functions that call what they are given.
CALLERS = {
    "map", "filter", "reduce", "functools.reduce", "partial", "functools.partial", "delayed", "joblib.delayed", "apply_along_axis",
    "np.apply_along_axis", "np.vectorize", "np.fromfunction", "np.frompyfunc", "np.piecewise",
}
#: Methods that Python calls for whoever uses an object.
SPECIAL = {
    "__call__", "__getattr__", "__getattribute__", "__array__", "__array_ufunc__", "__len__", "__iter__", "__getitem__", "__contains__",
    "__float__", "__int__", "__index__", "__bool__", "__complex__", "__enter__",
}
#: What looks at attributes of its own object, or makes another of its class.
OWN = {"self.__class__", "self.get", "self.items", "self.keys", "self.values"}


def parameters(node: ast.FunctionDef) -> set[str]:
    given = node.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    return {argument.arg for argument in named}


def of_function(world, module: Module, node: ast.FunctionDef, depth: int = 3) -> str | None:
    """Why a function is one: it calls a parameter, hands one to a function that does, or looks attributes up by a computed name."""
    if not hasattr(node, "gadget"):
        node.gadget = None
        node.gadget = found_in(world, module, node, depth)
    return node.gadget


def found_in(world, module: Module, node: ast.FunctionDef, depth: int) -> str | None:
    given = parameters(node)
    for part in ast.walk(node):
        if not isinstance(part, ast.Call):
            continue
        name = dotted(part.func)
        if name in given or isinstance(part.func, ast.Subscript) and dotted(part.func.value) in given:
            return f"calls its argument {name}"
        handed = given & {dotted(value) for value in [*part.args, *(word.value for word in part.keywords)]}
        if looks_up(part, name) and handed:
            return "looks attributes up by a computed name on its argument"
        if name in CALLERS and handed:
            return f"hands its argument to {name}"
        found = world.resolve(module, name) if handed and depth and "?" not in name else None
        if isinstance(found, tuple) and found[1] is not node:
            reason = of_function(world, found[0], found[1], depth - 1)
            if reason:
                return f"hands its argument to {name}, which {reason}"
    return None


def of_method(node: ast.FunctionDef, methods: set[str]) -> str | None:
    """Why a method that Python itself calls is one: it calls an attribute, an argument, or looks up by a computed name."""
    if not any(isinstance(part, ast.Call) for part in ast.walk(node)):
        return None
    given = parameters(node) - {"self", "cls"}
    for part in ast.walk(node):
        if not isinstance(part, ast.Call):
            continue
        name = dotted(part.func)
        if name in given:
            return f"calls its argument {name}"
        if name.startswith("self.") and name not in OWN and name.split(".")[1] not in methods and name.count(".") == 1:
            return f"calls its attribute {name}"
        if looks_up(part, name) and node.name not in ("__getattr__", "__getattribute__"):
            return "looks attributes up by a computed name"
    return None


def looks_up(call: ast.Call, name: str) -> bool:
    computed = len(call.args) > 1 and not isinstance(call.args[1], ast.Constant)
    return name in LOOKUPS and (computed or "getter" in name or "caller" in name or name in ("vars", "__import__"))
