"""What accuracy costs: more intermediate data or more target data, in training FLOPs.

```
results table ── axis.costs_of ──> configurations ── draws.joint_replicates ──┐
                                     ├─ contrasts: learning curve, equal cost ─┤
                                     └─ worth: frontier, ratios, net benefit ──┴─> ask() ──> answer()
more_data_helps: the score against the amount of data, one answer per target
```
"""

from analysis.cost.answering import answer
from analysis.cost.asking import CostOutcome, ask
from analysis.cost.more_data import MoreData, more_data_helps

__all__ = ["CostOutcome", "MoreData", "answer", "ask", "more_data_helps"]
