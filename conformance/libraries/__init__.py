"""Fits and pickles what libraries beside scikit-learn save: forecasts, topics, survival, clusters, encoders, explainers, recommenders.

    python3 -m libraries OUT [PART...]

What is not installed is left out. Each is written by pickle in two protocols and by joblib, some by cloudpickle too; `coseal scan` must call
them clean, but for those that hold code of their own. Names of files begin with the library's.
"""
