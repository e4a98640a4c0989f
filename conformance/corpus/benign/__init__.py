"""Recipes for honest files, written by the libraries themselves. They run on Python 3.6 and newer."""
