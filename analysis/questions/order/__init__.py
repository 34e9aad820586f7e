"""Does the order of intermediate tasks matter, and does it change robustness to perturbation?

Two sequences of the same tasks, a>b and b>a, are compared with the same seed on clean and on
perturbed text.

```
results ─ runs_of ─> Runs ─┬─ asked ─────────> contrasts by seed, Holm       ─┐
                           ├─ factorial ─────> mixed model                    ├─> OrderFit ─> Answer
                           ├─ robustness ────> absolute, relative, effective  │
items ─────────────────────┴─ item_tests ────> McNemar, exchange by item     ─┘
```
"""

from analysis.questions.order.design import OrderDesign
from analysis.questions.order.fit import OrderFit, fit
from analysis.questions.order.report import answers, report

DESIGN = OrderDesign

__all__ = ["DESIGN", "OrderDesign", "OrderFit", "answers", "fit", "report"]
