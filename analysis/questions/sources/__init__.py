"""Does intermediate data in another language serve as well as English, and do closer sources help more?

Compared are runs on data of the same task, or of one kind of task, at equal size, with the same
seed.

```
results ─ compared ─> Compared ─┬─ contrasts by seed, Holm, equivalence ─┐
                                └─ closeness: mixed model, permutation   ├─> Fit ─> answer
```
"""

from analysis.questions.sources.closeness import DistanceEffect, Similarity
from analysis.questions.sources.fit import SourcesFit, ask
from analysis.questions.sources.report import answer, answers

__all__ = ["DistanceEffect", "Similarity", "SourcesFit", "answer", "answers", "ask"]
