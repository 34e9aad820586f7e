"""The sign of a gap: text that an author wrote and that a reader cannot give."""

from __future__ import annotations

GAP = "\ufffc"
"""Stands for a formula, a cross-reference, a citation key: no reader of sentences knows it as a word."""
