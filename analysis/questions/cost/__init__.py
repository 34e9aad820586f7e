"""Cost of accuracy: more intermediate data or more target data, in training FLOPs.

```
results table ── axis.costs_of ──> configurations ── draws.joint_replicates ──┐
                                     ├─ contrasts: learning curve, equal cost ─┤
                                     └─ worth: frontier, ratios, net benefit ──┴─> ask() ──> answer()
more_data_helps: the score against the amount of data, one answer per target
```
"""

from analysis.questions.cost.fit import CostFit, ask
from analysis.questions.cost.more_data import MoreData, more_data_helps
from analysis.questions.cost.report import answer

__all__ = ["CostFit", "MoreData", "answer", "ask", "more_data_helps"]
