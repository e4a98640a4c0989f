"""The development corpus: harmless model files, hostile and benign, made by committed code."""
