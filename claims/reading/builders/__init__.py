"""Clauses → formulas: one module per thing a clause can say."""
