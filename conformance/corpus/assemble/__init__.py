"""Formats, written byte by byte with the standard library."""
