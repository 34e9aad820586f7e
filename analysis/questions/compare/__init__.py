"""Is one row of a leaderboard better than another: over all, in which tasks, in which languages?

Any row may be the baseline. Intervals of one table hold together (Bonferroni), p-values are Holm's.

```
results ─ board_of ─> Board ─ difference ─> overall, by_task, by_language, cells ─> Fit ─> answer
```
"""

from analysis.questions.compare.fit import CompareFit, ask
from analysis.questions.compare.report import answer

__all__ = ["CompareFit", "answer", "ask"]
