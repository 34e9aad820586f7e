"""Does intermediate data in another language serve as well as English, and do closer sources help more?

Compared are runs on data of the same task, or of one kind of task, at equal size, with the same
seed.

```
results ─ compared ─> Compared ─┬─ contrasts by seed, Holm, equivalence ─┐
                                └─ closeness: mixed model, permutation   ├─> SourcesFit ─> Answer
```
"""

from analysis.questions.sources.closeness import DistanceEffect, Similarity
from analysis.questions.sources.design import SourcesDesign
from analysis.questions.sources.fit import SourcesFit, fit
from analysis.questions.sources.report import answers, report

DESIGN = SourcesDesign

__all__ = ["DESIGN", "DistanceEffect", "Similarity", "SourcesDesign", "SourcesFit", "answers", "fit", "report"]
