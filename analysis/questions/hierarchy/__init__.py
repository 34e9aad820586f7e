"""Is there one hierarchy of intermediate tasks, and is it the same in every language family?

A block is a (target, language) pair in which every method has a score. Languages of one target
come from the same runs, and targets of one seed from the same intermediate checkpoints; so an order
counts as common where targets agree on it and seeds do, each exchanged as a whole.

```
results ─ blocks_of ─> Blocks ─ complete ─┬─ agreement ──> one order?        ─┐
                                          ├─ positions ──> intervals, ties    ├─> HierarchyFit ─> Answer
                                          └─ families ───> same everywhere?  ─┘
```
"""

from analysis.questions.hierarchy.agreement import Agreement
from analysis.questions.hierarchy.design import HierarchyDesign
from analysis.questions.hierarchy.families import Families
from analysis.questions.hierarchy.fit import HierarchyFit, fit
from analysis.questions.hierarchy.positions import PositionDistribution
from analysis.questions.hierarchy.report import answers, report

DESIGN = HierarchyDesign

__all__ = [
    "DESIGN", "Agreement", "Families", "HierarchyDesign", "HierarchyFit", "PositionDistribution", "answers", "fit",
    "report",
]  # fmt: skip
