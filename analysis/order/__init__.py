"""Does the order of intermediate tasks matter, and does it change robustness to perturbation?

Two sequences of the same tasks, a>b and b>a, are compared with the same seed on clean and on
perturbed text.

```
results ─ runs_of ─> Runs ─┬─ asked ─────────> contrasts by seed, Holm       ─┐
                           ├─ factorial ─────> mixed model                    ├─> Outcome ─> answer
                           ├─ robustness ────> absolute, relative, effective  │
items ─────────────────────┴─ item_tests ────> McNemar, exchange by item     ─┘
```
"""

from analysis.order.asking import Outcome, ask
from analysis.order.saying import answer, answers

__all__ = ["Outcome", "answer", "answers", "ask"]
