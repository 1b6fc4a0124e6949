"""Every component of the look: one tag, one template or one line of markup, one sheet of CSS. The gallery shows them all."""

from . import blocks, charts, fields, lists, proof, words
from .library import register

__all__ = ["blocks", "charts", "fields", "lists", "proof", "register", "words"]
