"""Scores of predictions, in points (0 to 100), by the conventions of XTREME, SQuAD, MLQA, BUCC and LAReQA.

One file per convention; plain functions from gold answers and predictions to a number or a small
frozen record. A prediction that is missing is an error, never a zero: what was not predicted was
not measured.
"""

from __future__ import annotations

from analysis.scoring.accuracy import accuracy
from analysis.scoring.bitext import MinedScore, best_threshold, mined_score, pairs_score
from analysis.scoring.mlqa import mlqa_score
from analysis.scoring.retrieval import average_precision, mean_average_precision
from analysis.scoring.sequences import SequenceScore, entities, entity_score, token_accuracy
from analysis.scoring.squad import AnswerScore, squad2_score, squad_score

__all__ = [
    "AnswerScore",
    "MinedScore",
    "SequenceScore",
    "accuracy",
    "average_precision",
    "best_threshold",
    "entities",
    "entity_score",
    "mean_average_precision",
    "mined_score",
    "mlqa_score",
    "pairs_score",
    "squad2_score",
    "squad_score",
    "token_accuracy",
]
