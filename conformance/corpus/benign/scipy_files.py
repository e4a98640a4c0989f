"""SciPy: sparse matrices, distributions, trees, interpolation."""

import numpy
import scipy
import scipy.interpolate
import scipy.optimize
import scipy.sparse
import scipy.spatial
import scipy.stats

from .writer import named


def files(writer):
    library = named(scipy)
    chance = numpy.random.RandomState(1)
    sparse = scipy.sparse.random(60, 40, 0.1, format="csr", random_state=chance)
    values = {"sparse-" + kind: sparse.asformat(kind) for kind in ("csr", "csc", "coo", "lil", "dok", "dia", "bsr")}
    values.update(
        {
            "tree": scipy.spatial.cKDTree(chance.rand(50, 3)),
            "distribution": scipy.stats.norm(1.0, 2.0),
            "kernel-density": scipy.stats.gaussian_kde(chance.rand(40)),
            "interpolation": scipy.interpolate.interp1d([0, 1, 2], [0, 1, 4]),
            "spline": scipy.interpolate.CubicSpline([0, 1, 2, 3], [0, 1, 4, 9]),
            "optimum": scipy.optimize.minimize(numpy.sum, [1.0, 2.0], bounds=[(0, 1), (0, 1)], method="L-BFGS-B"),
        }
    )
    for number, (name, value) in enumerate(values.items()):
        writer.pickle(name, value, (4, 2)[number % 2], library, "SciPy " + name.replace("-", " "))
    writer.write("sparse.npz", lambda path: scipy.sparse.save_npz(path, sparse), library, "npz of a sparse matrix")
