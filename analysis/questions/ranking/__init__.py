"""Ranks the rows of a leaderboard, with the certainty of each place.

Incomplete tables are ranked by an additive model (row + task and language), not by dropping tasks.

```
results ─ board_of ─> Board ─┬─ places ────────> rank intervals, ties, each task left out  ─┐
                             ├─ best_where ────> best and not told from it, by task, language ├─> RankingFit ─> Answer
                             ├─ alike ─────────> correlations between tasks                   │
                             └─ hard ──────────> languages beyond distance                   ─┘
```
"""

from analysis.questions.ranking.design import RankingDesign
from analysis.questions.ranking.fit import RankingFit, fit
from analysis.questions.ranking.report import report

DESIGN = RankingDesign

__all__ = ["DESIGN", "RankingDesign", "RankingFit", "fit", "report"]
