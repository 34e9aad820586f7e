"""Seeds, tasks, families and languages that a claim about gains needs.

The spreads (of seeds, runs, tasks, families, languages) come from a results table or are given;
`numerics.power` says how often the claim's own test would find an effect of the stated size.
"""

from analysis.questions.power.design import PowerDesign
from analysis.questions.power.fit import PowerFit, fit
from analysis.questions.power.report import report

DESIGN = PowerDesign

__all__ = ["DESIGN", "PowerDesign", "PowerFit", "fit", "report"]
