"""Which recipes run in which environment. Its packages are in `environments/NAME.txt`."""

import importlib

ENVIRONMENTS = {
    "sklearn-current": ["numpy_files", "scipy_files", "sklearn_files", "joblib_files", "python_files"],
    "tabular-current": ["pandas_files", "booster_files"],
    "formats-current": ["onnx_files", "keras_files", "tensor_files", "skops_files"],
    "stack-2024": ["numpy_files", "scipy_files", "sklearn_files", "joblib_files", "pandas_files", "booster_files", "statsmodels_files"],
    "stack-2022": ["numpy_files", "scipy_files", "sklearn_files", "joblib_files", "pandas_files", "booster_files", "onnx_files", "tensor_files"],
    "stack-2019": ["numpy_files", "scipy_files", "sklearn_files", "joblib_files", "pandas_files", "tensor_files"],
    "tensorflow-2.15": ["tensorflow_files"],
    "libraries-current": ["library_files"],
    "torch-1.13": ["torch_files"],
    "torch-2": ["torch_files"],
}


def write_all(writer):
    import random

    for name in ENVIRONMENTS[writer.environment]:
        recipes = importlib.import_module("." + name, __package__)
        random.seed(0)
        recipes.files(writer)
    writer.close()
