"""Which classes and functions may be named, and what for."""

from __future__ import annotations

import ast

from . import effects, gadgets
from .sources import REAL, Class, Module, dotted
from .world import BASES, LAYERS, World, methods, uses

#: Methods that loading runs: to make an object, give it state, look a method up on it, use it as a key, and drop it.
HOOKS = ("__new__", "__setstate__", "__setattr__", "__del__", "__getattr__", "__getattribute__", "__hash__", "__eq__", "__call__")
#: Those of a dict, and of a list.
PAIRS = ("__setitem__",)
ITEMS = ("append", "extend")
DICTS = {"dict", "collections.OrderedDict", "collections.defaultdict", "collections.UserDict", "collections.Counter", "collections.abc.MutableMapping", "collections.MutableMapping"}
LISTS = {"list", "collections.UserList"}
ENUMS = {"enum.Enum", "enum.IntEnum", "enum.Flag", "enum.IntFlag", "enum.StrEnum"}


#: What networkx does where a graph is made.
BACKEND = "its decorator asks a backend that is installed, by a keyword; without one it makes an object as any class does"

#: Hooks that were read by hand, and why they do nothing while loading.
AUDITED = {
    ("statsmodels.base.wrapper", "ResultsWrapper", "__getattribute__"): "without results yet it looks the attribute up as any object does",
    ("networkx.classes.digraph", "DiGraph", "__new__"): BACKEND,
    ("networkx.classes.graph", "Graph", "__new__"): BACKEND,
    ("networkx.classes.multidigraph", "MultiDiGraph", "__new__"): BACKEND,
    ("networkx.classes.multigraph", "MultiGraph", "__new__"): BACKEND,
    ("pygam.terms", "MetaTermMixin", "__setattr__"): "a state goes past it, into the `__dict__`; its class takes no other state",
}

#: Functions that were read by hand, and why what they use does nothing.
READ = {
    ("scipy._lib.array_api_compat.common._helpers", "_issubclass_fast"): "asks for a class of a library that its callers name, to compare with",
}

#: State that real pickles of a class have, beside attributes by name.
STATES = {("nltk.tokenize.punkt", "PunktLanguageVars"): "number"}


class Refused(Exception):
    """Why a class or function is left out."""


def class_use(world: World, of: Class) -> tuple[str, str]:
    """How a class may be used, and why; raises `Refused`."""
    line, outside = world.ancestry(of)
    unseen = sorted({base for base in outside if base not in BASES and base not in ("?",)})
    if unseen or "?" in outside:
        raise Refused(f"a base is not seen: {', '.join(unseen) or 'computed'}")
    for ancestor in line:
        reason = loud(world, ancestor)
        if reason:
            raise Refused(reason)
        for name, method in methods(ancestor).items():
            if name in gadgets.SPECIAL:
                quiet(world, world.modules[ancestor.module], method, set(), 4, abroad=True)
    hooks = [hook for hook in HOOKS if hook != "__call__"]
    bases = set(outside)
    package = of.module.split(".")[0]
    if world.modules[of.module].imports.get(of.name, package).split(".")[0] != package:
        raise Refused("the module also imports that name, which may stand for anything")
    if bases & ENUMS:
        return "enumeration", checked(world, line, (*hooks, "_missing_"))
    if bases & DICTS:
        return "mapping" + marks(world, line, ("lookup",)), checked(world, line, (*hooks, *PAIRS))
    if bases & LISTS:
        return "sequence" + marks(world, line, ()), checked(world, line, (*hooks, *ITEMS))
    if bases & LAYERS:
        own = {name for ancestor in line for name in methods(ancestor)}
        if {"__call__", "__getattr__", "__getattribute__"} & own:
            raise Refused("it is called, or looks attributes up, unlike other layers")
        return "object+call", checked(world, line, hooks)
    return "object" + marks(world, line, ("call", "lookup", "slots", "number")), checked(world, line, hooks)


def marks(world: World, line: list[Class], known: tuple[str, ...]) -> str:
    """What else instances of a class have: a call, attributes looked up in a way of its own, a form of state."""
    own = set().union(*(methods(ancestor) for ancestor in line))
    found = []
    if "__call__" in own:
        found.append("call")
    if {"__getattr__", "__getattribute__"} & own:
        found.append("lookup")
    if "__setstate__" not in own and "lookup" not in found and any(has_slots(ancestor) for ancestor in line):
        found.append("slots")
    found += [STATES[key] for key in ((ancestor.module, ancestor.name) for ancestor in line[:1]) if key in STATES]
    if not set(found) <= set(known):
        raise Refused(f"no table has one with {', '.join(found)}")
    real = (line[0].module, line[0].name) in REAL
    if not real:
        for ancestor in line:
            for name, method in methods(ancestor).items():
                if name in gadgets.SPECIAL:
                    reason = gadgets.of_method(method, own)
                    if reason:
                        raise Refused(f"{name} {reason}")
    return "".join(f"+{mark}" for mark in found)


def has_slots(of: Class) -> bool:
    targets = [target for part in of.node.body if isinstance(part, ast.Assign) for target in part.targets]
    return any(isinstance(target, ast.Name) and target.id == "__slots__" for target in targets)


def checked(world: World, line: list[Class], hooks) -> str:
    """The hooks that classes define, all of them found to do nothing but set values."""
    found = []
    for ancestor in line:
        own = methods(ancestor)
        for hook in hooks:
            if hook == "__new__" and ancestor is not line[0] and metaclass(world, ancestor):
                continue
            if hook in own and (ancestor.module, ancestor.name, hook) not in AUDITED:
                harmless(world, line, world.modules[ancestor.module], own[hook], set(), 6)
                found.append(hook)
    names = ", ".join(sorted(set(found)))
    return f"{names} only set values" if found else "nothing of its own runs"


def metaclass(world: World, of: Class) -> bool:
    """Whether a class makes classes: it runs where they are defined, not where their instances are loaded."""
    return bool({"type", "abc.ABCMeta", "ABCMeta"} & set(world.ancestry(of)[1])) and "__call__" not in methods(of)


def loud(world: World, of: Class) -> str | None:
    """What the code of a class reaches; kept, as many inherit from it."""
    key = (of.module, of.name)
    if key not in world.quiet:
        try:
            quiet(world, world.modules[of.module], of.node, set(), 3)
            world.quiet[key] = None
        except Refused as reason:
            world.quiet[key] = str(reason)
    return world.quiet[key]


def quiet(world: World, module: Module, node: ast.AST, seen: set, depth: int, abroad: bool = False) -> None:
    """Nothing in code, nor in the functions of its module that it uses, reaches outside the process; with `abroad` nor in those of other modules."""
    for kind, name in uses(node):
        if kind == "method":
            if name in effects.METHODS:
                raise Refused(f"calls .{name}()")
            continue
        found = world.resolve(module, name)
        if isinstance(found, str):
            if effects.reaches(found, name.split(".")[0] in module.imports):
                raise Refused(f"uses {found}")
        elif isinstance(found, tuple) and depth and (abroad or found[0] is module):
            key = (found[0].name, found[1].name)
            if key not in seen and key not in READ:
                seen.add(key)
                quiet(world, *found, seen, depth - 1, abroad)


def harmless(world: World, line: list[Class], module: Module, hook: ast.FunctionDef, seen: set, depth: int) -> None:
    """A hook calls nothing but what looks at values and sets them."""
    key = (module.name, hook.name, hook.lineno)
    if key in seen:
        return
    seen.add(key)
    if not depth:
        raise Refused(f"{hook.name} calls too deep")
    local = {argument.arg for argument in hook.args.args}
    for part in ast.walk(hook):
        if isinstance(part, ast.Call):
            called(world, line, module, hook, part, local, seen, depth)


def called(world, line, module, hook, call, local, seen, depth) -> None:
    name = dotted(call.func)
    if isinstance(call.func, ast.Attribute):
        method = call.func.attr
        receiver = dotted(call.func.value)
        found = world.resolve(module, name) if not name.startswith("?") else name
        if isinstance(found, str) and receiver not in local and effects.plain(found):
            return
        if not own(call.func.value, receiver, line):
            if method in effects.PLAIN_METHODS:
                return
            if isinstance(found, tuple):
                return harmless(world, line, found[0], found[1], seen, depth - 1)
            raise Refused(f"{hook.name} calls .{method}()")
        return inherited(world, line, method, hook, seen, depth)
    if name in bound(hook):
        # A function within the hook, whose code was looked at with it.
        return None
    if name in local:
        raise Refused(f"{hook.name} calls its argument {name}")
    if name == "?":
        raise Refused(f"{hook.name} calls what it computes")
    found = world.resolve(module, name)
    if isinstance(found, tuple):
        return harmless(world, line, found[0], found[1], seen, depth - 1)
    if isinstance(found, Class):
        own_line, _ = world.ancestry(found)
        for maker in ("__new__", "__init__"):
            inherited(world, own_line, maker, hook, seen, depth)
        return None
    if not effects.plain(found):
        raise Refused(f"{hook.name} calls {found}")
    return None


def bound(hook: ast.FunctionDef) -> set[str]:
    """Names that a hook gives to functions of its own."""
    functions = {part.name for part in ast.walk(hook) if isinstance(part, ast.FunctionDef)}
    for part in ast.walk(hook):
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Lambda):
            functions |= {target.id for target in part.targets if isinstance(target, ast.Name)}
    return functions - {hook.name}


def own(receiver: ast.expr, name: str, line: list[Class]) -> bool:
    """Whether a method is looked up on the object itself, its class or its bases."""
    if isinstance(receiver, ast.Call) and dotted(receiver.func) == "super":
        return True
    return name in ("self", "cls") or name in {ancestor.name for ancestor in line} or name in ("object", "dict", "list", "tuple", "str", "int", "float")


def inherited(world: World, line: list[Class], method: str, hook: ast.FunctionDef, seen: set, depth: int) -> None:
    """Whatever definition of a method a class has, it must be harmless too."""
    found = False
    for ancestor in line:
        definition = methods(ancestor).get(method)
        if definition is not None:
            found = True
            harmless(world, line, world.modules[ancestor.module], definition, seen, depth - 1)
    if not found and not method.startswith("__") and method not in effects.PLAIN_METHODS:
        raise Refused(f"{hook.name} calls .{method}(), which may be any attribute")


def function_use(world: World, module: Module, node: ast.FunctionDef) -> tuple[str, str]:
    """A function may be held, not called, if nothing that it uses reaches outside; raises `Refused`."""
    if node.decorator_list and any(dotted(d) == "?" for d in node.decorator_list if not isinstance(d, ast.Call)):
        raise Refused("a decorator is computed")
    if (module.name, node.name) not in REAL:
        if node.name.startswith("_"):
            raise Refused("private, and no real file is known to hold it")
        reason = gadgets.of_function(world, module, node)
        if reason:
            raise Refused(reason)
    quiet(world, module, node, {(module.name, node.name)}, 4, abroad=True)
    return "value", "held by estimators, nothing that it uses reaches outside"
