"""Does the order of intermediate tasks matter, and does it change robustness to perturbation?

Two sequences of the same tasks, a>b and b>a, are compared with the same seed on clean and on
perturbed text.

```
results ─ runs_of ─> Runs ─┬─ asked ─────────> contrasts by seed, Holm       ─┐
                           ├─ factorial ─────> mixed model                    ├─> Fit ─> answer
                           ├─ robustness ────> absolute, relative, effective  │
items ─────────────────────┴─ item_tests ────> McNemar, exchange by item     ─┘
```
"""

from analysis.questions.order.fit import OrderFit, ask
from analysis.questions.order.report import answer, answers

__all__ = ["OrderFit", "answer", "answers", "ask"]
