"""One file or folder of the corpus, and how a family's module says what it holds.

A mechanism is a function with one of the decorators below. Its docstring is one sentence, then its source in square brackets:

    @malicious(".pkl")
    def second_stream():
        \"\"\"The payload is in a second pickle behind STOP. [GHSA-xxxx]\"\"\"
        return ...

It returns bytes, or a folder as a dictionary of paths, or, with a table's decorator, rows of such things.
"""

import hashlib
import os
import pathlib
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A symbolic link of a folder, or a second name of the same file."""

    target: str
    hard: bool = False


@dataclass(frozen=True)
class Row:
    """One mechanism of a table."""

    name: str
    mechanism: str
    source: str
    content: object


@dataclass(frozen=True)
class Case:
    name: str
    label: str
    family: str
    mechanism: str
    source: str
    content: object

    def write(self, root):
        path = pathlib.Path(root) / self.name
        if isinstance(self.content, dict):
            for member, content in self.content.items():
                put(path / member, content)
        else:
            put(path, self.content)

    def digest(self):
        """SHA-256 of a file; of a folder, that of its sorted lines `PATH NUL DIGEST LF`."""
        if not isinstance(self.content, dict):
            return digest(self.content)
        lines = (f"{name}\0{digest(content)}\n" for name, content in sorted(self.content.items()))
        return digest("".join(lines).encode())

    def size(self):
        contents = self.content.values() if isinstance(self.content, dict) else [self.content]
        return sum(len(content) for content in contents if isinstance(content, bytes))


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, Link):
        path.write_bytes(content)
    elif content.hard:
        os.link(path.parent / content.target, path)
    else:
        path.symlink_to(content.target)


def digest(content):
    if isinstance(content, Link):
        content = f"{'hard' if content.hard else 'symbolic'} link to {content.target}".encode()
    return hashlib.sha256(content).hexdigest()


def marked(label, table):
    def decorate(suffix=""):
        def mark(make):
            make.label, make.suffix, make.table = label, suffix, table
            return make

        return mark

    return decorate


malicious, malicious_table = marked("malicious", False), marked("malicious", True)
benign, benign_table = marked("benign", False), marked("benign", True)
malformed, malformed_table = marked("malformed", False), marked("malformed", True)


def cases_of(module):
    """What the functions of a family's module make, in the order they stand in."""
    family = module.__name__.rpartition(".")[2].replace("_", "-")
    for make in list(vars(module).values()):
        if not hasattr(make, "label") or make.__module__ != module.__name__:
            continue
        if make.table:
            rows = make()
        else:
            mechanism, source = sentence_and_source(make)
            rows = [Row(make.__name__.replace("_", "-"), mechanism, source, make())]
        for row in rows:
            content = {name: bytes_of(part) for name, part in row.content.items()} if isinstance(row.content, dict) else bytes_of(row.content)
            yield Case(f"{family}/{row.name}{make.suffix}", make.label, family, row.mechanism, row.source, content)


def bytes_of(content):
    if isinstance(content, Link):
        return content
    return content.encode() if isinstance(content, str) else bytes(content)


def sentence_and_source(make):
    text = " ".join((make.__doc__ or "").split())
    found = re.fullmatch(r"(.+) \[([^\]]+)\]", text)
    if not found:
        raise ValueError(f"{make.__module__}.{make.__name__} does not name its source")
    return found.groups()
