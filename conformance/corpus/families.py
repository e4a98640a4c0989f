"""Every family whose files are assembled by hand, in the order of the manifest."""

from .hostile import gadgets, names, near_misses, opcodes, streams, wrappers, zips

FAMILIES = [gadgets, names, opcodes, near_misses, streams, zips, wrappers]
