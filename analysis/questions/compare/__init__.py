"""Is one row of a leaderboard better than another: over all, in which tasks, in which languages?

Any row may be the baseline. Intervals of one table hold together (Bonferroni), p-values are Holm's.

```
results ─ board_of ─> Board ─ difference ─> overall, by_task, by_language, cells ─> CompareFit ─> Answer
```
"""

from analysis.questions.compare.design import CompareDesign
from analysis.questions.compare.fit import CompareFit, fit
from analysis.questions.compare.report import report

DESIGN = CompareDesign

__all__ = ["DESIGN", "CompareDesign", "CompareFit", "fit", "report"]
