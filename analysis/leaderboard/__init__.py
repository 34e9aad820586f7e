"""A leaderboard: rows (models, or runs of models) by task and language, with the error of every score.

What `compare`, `ranking` and the heat map of scores read:

```
results ─ one reading ─> Board (scores, errors) ─ two-way model ─> compare, ranking, figures.scores
```
"""

from analysis.leaderboard.board import Board, board_of
from analysis.leaderboard.differences import MeanDifference, difference

__all__ = ["Board", "MeanDifference", "board_of", "difference"]
