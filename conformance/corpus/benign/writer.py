"""Where recipes put their files."""

import os
import pickle
import sys


class Writer:
    """Writes files of one environment below `root`, and remembers what each is."""

    def __init__(self, root, environment):
        self.root, self.environment, self.rows, self.failed = root, environment, [], []

    def pickle(self, name, value, protocol, library, what):
        self.write(name + ".pkl", lambda path: dump(path, value, protocol), library, what + ", protocol %d" % protocol)

    def write(self, name, write, library, what):
        """`write` takes the path of a file, or of a folder that it makes."""
        family = library.partition(" ")[0].lower()
        name = "/".join([family, self.environment, name])
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            write(path)
        except Exception as error:  # a library of this version may lack the feature
            self.failed.append((name, repr(error)[:200]))
            if os.path.isfile(path):
                os.remove(path)
            return
        made_by = "%s, Python %d.%d" % ((library,) + sys.version_info[:2])
        self.rows.append((name, family, " ".join(what.split()), made_by))

    def close(self):
        with open(os.path.join(self.root, self.environment + ".tsv"), "w") as file:
            file.writelines("\t".join(row) + "\n" for row in self.rows)
        for name, error in self.failed:
            print("left out: %s: %s" % (name, error))
        print("%s: %d files" % (self.environment, len(self.rows)))


def dump(path, value, protocol):
    with open(path, "wb") as file:
        pickle.dump(value, file, min(protocol, pickle.HIGHEST_PROTOCOL))


def named(module):
    """The library's name on the package index, and its version."""
    names = {"sklearn": "scikit-learn"}
    return "%s %s" % (names.get(module.__name__, module.__name__), module.__version__)
