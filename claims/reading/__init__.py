"""Sentences → assertions: names linked, clauses parted by the grammar, formulas built."""

from claims.reading.sentence import Reading, read

__all__ = ["Reading", "read"]
