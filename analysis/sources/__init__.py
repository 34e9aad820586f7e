"""Does intermediate data in another language serve as well as English, and do closer sources help more?

Compared are runs on data of the same task, or of one kind of task, at equal size, with the same
seed.

```
results ─ compared ─> Compared ─┬─ contrasts by seed, Holm, equivalence ─┐
                                └─ closeness: mixed model, permutation   ├─> Outcome ─> answer
```
"""

from analysis.sources.asking import Outcome, ask
from analysis.sources.closeness import Closeness, Worth
from analysis.sources.saying import answer, answers

__all__ = ["Closeness", "Outcome", "Worth", "answer", "answers", "ask"]
