"""Does the gain fall with the distance of a language from the source language?

```
results ── cells() ──> one outcome per task and language, with distances
           ├─ models           ways to estimate the slope, from plain to honest
           ├─ correlations     over languages; permuted within families
           └─ specification    every combination of choices
```

The answer rests on one model: slopes that differ by task, shared ancestry along the tree of
families, and no more degrees of freedom than families leave. Simulation shows that this one finds
an effect where there is none about as often as it says, where least squares over cells does so in
a fifth to two thirds of the grids (`benchmarks/statistics/families.py`).
"""

from analysis.questions.distance.design import DistanceDesign
from analysis.questions.distance.fit import DistanceFit, fit
from analysis.questions.distance.report import report

DESIGN = DistanceDesign

__all__ = ["DESIGN", "DistanceDesign", "DistanceFit", "fit", "report"]
