"""Assertions → verdicts: cells found, terms measured, formulas decided, evidence weighed."""

from claims.checking.judging import judge
from claims.checking.weighing import Context

__all__ = ["Context", "judge"]
