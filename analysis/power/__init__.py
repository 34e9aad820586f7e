"""How many seeds, tasks, families and languages a claim about gains needs.

The spreads (of seeds, runs, tasks, families, languages) come from a results table or are given;
`numerics.power` says how often the claim's own test would find an effect of the stated size.
"""

from analysis.power.answering import answer
from analysis.power.asking import PowerOutcome, ask

__all__ = ["PowerOutcome", "answer", "ask"]
