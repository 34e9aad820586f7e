"""Assertions → verdicts: cells found, terms measured, formulas decided, evidence weighed."""
