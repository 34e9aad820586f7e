"""Which row of a leaderboard is best, and how sure is its place?

Incomplete tables are ranked by an additive model (row + task and language), not by dropping tasks.

```
results ─ board_of ─> Board ─┬─ places ────────> rank intervals, ties, each task left out  ─┐
                             ├─ best_where ────> best and not told from it, by task, language ├─> Outcome ─> answer
                             ├─ alike ─────────> correlations between tasks                   │
                             └─ hard ──────────> languages beyond distance                   ─┘
```
"""

from analysis.ranking.asking import Outcome, ask
from analysis.ranking.saying import answer

__all__ = ["Outcome", "answer", "ask"]
