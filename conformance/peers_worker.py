"""Runs a console script on one file after another, each in a forked child of one interpreter that has imported the script's modules.

    python peers_worker.py SCRIPT LIMIT WORD…

Reads paths from standard input, a line each; answers each with a line: the exit code, or `slow` when it took more than LIMIT seconds. `{}` in the words is the path. What the first
children import is imported here too, so that later ones start with it: starting anew for each file costs more than most files do, and answers the same.
"""

import importlib
import importlib.metadata
import os
import signal
import sys

LEARN = 40


def main():
    script, limit, *words = sys.argv[1:]
    function = next(point for point in importlib.metadata.entry_points(group="console_scripts") if point.name == script).load()
    for number, line in enumerate(sys.stdin):
        path = line.rstrip("\n")
        answer, modules = ask(function, [script, *(path if word == "{}" else word for word in words)], int(limit))
        if number < LEARN:
            learn(modules)
        print(answer, flush=True)


def ask(function, line, limit):
    inner, outer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inner)
        run(function, line, limit, outer)
    os.close(outer)
    with os.fdopen(inner) as pipe:
        modules = pipe.read().split()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return ("slow" if os.WTERMSIG(status) == signal.SIGALRM else -os.WTERMSIG(status)), modules
    return os.WEXITSTATUS(status), modules


def run(function, line, limit, pipe):
    """The child: answers with its exit code and never returns."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    signal.alarm(limit)
    sys.argv = line
    try:
        code = function()
    except SystemExit as end:
        code = end.code
    except BaseException:
        code = 1
    code = 0 if code is None else code if isinstance(code, int) else 1
    try:
        os.write(pipe, " ".join(sys.modules).encode()[:65_000])
    finally:
        os._exit(code & 0xFF)


def learn(modules):
    for name in modules:
        if name not in sys.modules and "__main__" not in name:
            try:
                importlib.import_module(name)
            except BaseException:
                pass


if __name__ == "__main__":
    main()
