"""Hostile mechanisms and damaged files, one module a family. Payloads are harmless."""
