"""Every family whose files are assembled by hand, in the order of the manifest."""

from .hostile import gadgets, names, opcodes

FAMILIES = [gadgets, names, opcodes]
