"""Cost of accuracy: more intermediate data or more target data, in training FLOPs.

```
results ─ costs_of ─> configurations ─ joint_replicates ─┬─ contrasts: learning curve, equal cost ─┐
                                                         └─ worth: frontier, ratios, net benefit ──┴─> CostFit ─> Answer
more_data_helps: the score against the amount of data, one answer per target
```
"""

from analysis.questions.cost.design import CostDesign
from analysis.questions.cost.fit import CostFit, fit
from analysis.questions.cost.more_data import MoreData, more_data_helps
from analysis.questions.cost.report import report

DESIGN = CostDesign

__all__ = ["DESIGN", "CostDesign", "CostFit", "MoreData", "fit", "more_data_helps", "report"]
