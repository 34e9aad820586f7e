"""Writes EuroEval's scores of one task as a leaderboard of a stranger's making: a wide CSV with names of languages.

python docs/make_leaderboard.py named-entity-recognition ner.csv
"""

from __future__ import annotations

import sys
from pathlib import Path

from analysis.published.scores import scores_of, words_of
from analysis.registry.vocabulary import vocabulary


def main(task: str, path: Path) -> None:
    """One row a model, one column a language, cells "score ± half width of the 95 % interval" in percent."""
    scores, words = scores_of("euroeval"), words_of(["euroeval"], vocabulary())
    rows = scores[(scores["target"] == task) & (scores["metric"] == scores["metric"][scores["target"] == task].iloc[0])]
    half = ((rows["ci_high"] - rows["ci_low"]) / 2).round(2)
    cells = rows["score"].map("{:.2f}".format) + " ± " + half.map("{:.2f}".format)
    names = rows["language"].astype(str).map(lambda code: words["language"][code].name)
    table = rows.assign(cell=cells, Language=names, Encoder=rows["model"].astype(str))
    wide = table.pivot_table(index="Encoder", columns="Language", values="cell", aggfunc="first", observed=True)
    wide.fillna("").to_csv(path)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
