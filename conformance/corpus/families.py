"""Every family whose files are assembled by hand, in the order of the manifest."""

from .hostile import arrays, gadgets, names, near_misses, opcodes, streams, torch_containers, wrappers, zips

FAMILIES = [gadgets, names, opcodes, near_misses, streams, zips, wrappers, torch_containers, arrays]
