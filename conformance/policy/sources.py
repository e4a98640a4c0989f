"""The packages that the table is made from, and their sources as syntax trees."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent

#: Names that real files hold, and that the rules of `gadgets.py` or a leading underscore would leave out.
REAL = {tuple(line.split()) for line in (HERE / "real.txt").read_text().splitlines() if line and not line.startswith("#")}
#: The folder of a package's modules, where it isn't its name.
FOLDERS = {
    "scikit-learn": ["sklearn"],
    "imbalanced-learn": ["imblearn"],
    "pytorch-lightning": ["pytorch_lightning"],
    "xgboost-cpu": ["xgboost"],
    "scikit-lego": ["sklego"],
    "umap-learn": ["umap"],
    "scikit-survival": ["sksurv"],
    "interpret-core": ["interpret"],
    "scikit-optimize": ["skopt"],
    "scikit-surprise": ["surprise"],
    "bayesian-optimization": ["bayes_opt"],
    "scikit-base": ["skbase"],
}
#: Parts of module names that are no library code.
LEFT_OUT = {
    "tests", "test", "testing", "conftest", "setup", "__main__", "externals", "_build_utils", "benchmarks", "datasets",
    "examples", "app", "chat", "parse", "corpus", "downloader", "sandbox", "tools", "cli", "io", "f2py", "_vendor",
    "data", "downloads", "distributed", "dask", "spark", "scripts", "_testing", "_config", "plotting", "_plot", "utilities",
}


@dataclass
class Class:
    """A class as its source has it."""

    module: str
    name: str
    node: ast.ClassDef
    bases: list[str]
    known_as: str | None = None


@dataclass
class Module:
    """A module: what it defines and what it imports, by name."""

    name: str
    package: bool
    classes: dict[str, Class] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    assigned: dict[str, ast.expr] = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """One version of a package."""

    package: str
    version: str
    python: str


def releases() -> list[Release]:
    """All of `sources.txt`."""
    lines = (HERE / "sources.txt").read_text().splitlines()
    return [Release(*line.split()) for line in lines if line and not line.startswith("#")]


def fetch(folder: Path) -> None:
    """Downloads the wheels that are missing, with pip, and installs nothing."""
    for release in releases():
        if wheel_of(folder, release) or source_of(folder, release):
            continue
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
        command += ["--python-version", release.python, "-d", str(folder)]
        for platform in ("manylinux1", "manylinux2010", "manylinux2014", "manylinux_2_27", "manylinux_2_28"):
            command += ["--platform", f"{platform}_x86_64"]
        command += ["--platform", "any", f"{release.package}=={release.version}"]
        subprocess.run(command, check=True)


def wheel_of(folder: Path, release: Release) -> Path | None:
    stem = f"{release.package.replace('-', '_')}-{release.version}-"
    return next((path for path in sorted(folder.glob("*.whl")) if path.name.lower().startswith(stem.lower())), None)


def source_of(folder: Path, release: Release) -> Path | None:
    """The sources, if the wheel was unpacked to `src/PACKAGE-VERSION`."""
    path = folder / "src" / f"{release.package.replace('-', '_')}-{release.version}"
    return path if path.is_dir() else None


def read(folder: Path, release: Release, only=None) -> dict[str, Module]:
    """The modules of a release by their dotted names; with `only` those and the packages."""
    roots = FOLDERS.get(release.package, [release.package.replace("-", "_")])
    modules = {}
    for path, text in sorted(files(folder, release)):
        parts = path[: -len(".py")].split("/")
        package = parts[-1] == "__init__"
        parts = parts[:-1] if package else parts
        if not all(part.isidentifier() for part in parts):
            continue
        if not parts or parts[0] not in roots or any(part in LEFT_OUT for part in parts):
            continue
        name = ".".join(parts)
        if only and not package and not only.match(name):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        modules[name] = module_of(name, package, tree)
    return modules


def files(folder: Path, release: Release):
    source = source_of(folder, release)
    if source:
        for path in source.rglob("*.py"):
            yield str(path.relative_to(source)), path.read_text("utf-8-sig", errors="replace")
        return
    wheel = wheel_of(folder, release)
    if wheel is None:
        raise SystemExit(f"{release.package} {release.version} is not in {folder}: run `python3 -m policy wheels`")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".py"):
                yield name, archive.read(name).decode("utf-8-sig", errors="replace")


def module_of(name: str, package: bool, tree: ast.Module) -> Module:
    module = Module(name, package)
    for node in statements(tree.body):
        if isinstance(node, ast.ClassDef):
            module.classes[node.name] = Class(name, node.name, node, bases_of(node), known_as(node))
        elif isinstance(node, ast.FunctionDef):
            module.functions[node.name] = node
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            module.assigned[node.targets[0].id] = node.value
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                module.imports[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            source = origin(name, package, node)
            for alias in node.names:
                if alias.name == "*":
                    module.stars.append(source)
                else:
                    module.imports[alias.asname or alias.name] = f"{source}.{alias.name}"
    return module


def statements(body):
    """Top-level statements, those within `if` and `try` too."""
    for node in body:
        yield node
        if isinstance(node, ast.If):
            yield from statements(node.body + node.orelse)
        elif isinstance(node, ast.Try):
            yield from statements(node.body + node.orelse + [s for h in node.handlers for s in h.body])


def origin(name: str, package: bool, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    parts = parts[: len(parts) - node.level + (1 if package else 0)]
    return ".".join(parts + ([node.module] if node.module else []))


def bases_of(node: ast.ClassDef) -> list[str]:
    bases = []
    for base in node.bases:
        if isinstance(base, ast.Call) and dotted(base.func).endswith("with_metaclass"):
            bases += [dotted(argument) for argument in base.args]
        elif isinstance(base, ast.Subscript):
            bases.append(dotted(base.value))
        else:
            bases.append(dotted(base))
    metaclass = [dotted(word.value) for word in node.keywords if word.arg == "metaclass"]
    return bases + metaclass


def known_as(node: ast.ClassDef) -> str | None:
    """The module that a decorator says the class is of."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and dotted(decorator.func) == "set_module":
            argument = decorator.args[0]
            return argument.value if isinstance(argument, ast.Constant) else None
    return None


def dotted(node: ast.expr) -> str:
    """`a.b.c`, or `?` for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"
