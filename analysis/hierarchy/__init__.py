"""Is there one hierarchy of intermediate tasks, and is it the same in every language family?

A block is a (target, language) pair in which every method has a score. Languages of one target
come from the same runs, and targets of one seed from the same intermediate checkpoints; so an order
counts as common where targets agree on it and seeds do, each exchanged as a whole.

```
results ─ blocks_of ─> Blocks ─ complete ─┬─ agreement ──> one order?        ─┐
                                          ├─ positions ──> intervals, ties    ├─> Outcome ─> answer
                                          └─ families ───> same everywhere?  ─┘
```
"""

from analysis.hierarchy.agreement import Agreement
from analysis.hierarchy.asking import Outcome, ask
from analysis.hierarchy.blocks import Ranked
from analysis.hierarchy.families import Families
from analysis.hierarchy.positions import Positions
from analysis.hierarchy.saying import answer, answers

__all__ = ["Agreement", "Families", "Outcome", "Positions", "Ranked", "answer", "answers", "ask"]
