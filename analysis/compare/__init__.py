"""Is one row of a leaderboard better than another: over all, in which tasks, in which languages?

Any row may be the baseline. Intervals of one table hold together (Bonferroni), p-values are Holm's.

```
results ─ board_of ─> Board ─ difference ─> overall, by_task, by_language, cells ─> Outcome ─> answer
```
"""

from analysis.compare.asking import Outcome, ask
from analysis.compare.saying import answer

__all__ = ["Outcome", "answer", "ask"]
