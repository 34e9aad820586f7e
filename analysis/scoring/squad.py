"""Exact match and F1 of answer spans: SQuAD 1.1 (XQuAD, TyDiQA-GoldP) and SQuAD 2.0.

The normaliser is the English one of SQuAD 1.1 in every language: lower case, without ASCII
punctuation, without "a", "an" and "the", single spaces (Rajpurkar et al. 2016, arXiv 1606.05250;
XTREME applies it to all languages of XQuAD and TyDiQA-GoldP).
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.errors import InputError

ARTICLES = re.compile(r"\b(?:a|an|the)\b")
PUNCTUATION = str.maketrans("", "", string.punctuation)

Normaliser = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """Scores of predicted answer spans.

    Attributes:
        f1: token overlap, mean over questions, in points.
        exact_match: share of answers that equal a gold answer, in points.
        n_items: questions.
    """

    f1: float
    exact_match: float
    n_items: int

    @property
    def f1_em(self) -> float:
        """XTREME's task score: the mean of both, in points."""
        return (self.f1 + self.exact_match) / 2


def normalised(text: str) -> str:
    """The form of an answer that SQuAD compares."""
    return " ".join(ARTICLES.sub(" ", text.lower().translate(PUNCTUATION)).split())


def squad_score(
    gold: Mapping[str, Sequence[str]], predicted: Mapping[str, str], *, normaliser: Normaliser = normalised
) -> AnswerScore:
    """Scores by SQuAD 1.1: the best match with any gold answer of a question, mean over questions.

    Args:
        gold: question id → its gold answers, at least one.
        predicted: question id → the predicted answer.
        normaliser: the form in which answers are compared.

    Raises:
        InputError: a question has no gold answer or no prediction.
    """
    _complete(gold, predicted)
    if unanswerable := [question for question, answers in gold.items() if not answers]:
        raise InputError(
            "gold answers", f"question {unanswerable[0]!r} has none; such data are scored with squad2_score"
        )
    matches = [_best(predicted[question], answers, normaliser) for question, answers in gold.items()]
    return _mean(matches)


def squad2_score(gold: Mapping[str, Sequence[str]], predicted: Mapping[str, str]) -> AnswerScore:
    """Scores by SQuAD 2.0: as `squad_score`, and an unanswerable question wants the empty answer.

    A gold answer that is empty once normalised does not count as one; where an answer is empty on
    either side, F1 is 1 if both are and 0 if not.

    Args:
        gold: question id → its gold answers; none for an unanswerable question.
        predicted: question id → the predicted answer, "" for "no answer".

    Raises:
        InputError: a question has no prediction.
    """
    _complete(gold, predicted)
    matches = []
    for question, answers in gold.items():
        wanted = [answer for answer in answers if normalised(answer)]
        if wanted and normalised(predicted[question]):
            matches.append(_best(predicted[question], wanted, normalised))
        else:
            right = float(not wanted and not normalised(predicted[question]))
            matches.append((right, right))
    return _mean(matches)


def _best(prediction: str, answers: Sequence[str], normaliser: Normaliser) -> tuple[float, float]:
    """The best F1 and the best exact match over the gold answers, each 0 to 1."""
    predicted = normaliser(prediction)
    wanted = [normaliser(answer) for answer in answers]
    return max(_overlap(predicted.split(), answer.split()) for answer in wanted), float(predicted in wanted)


def _overlap(predicted: Sequence[str], wanted: Sequence[str]) -> float:
    """F1 of two bags of tokens; 0 where nothing is shared, also when both are empty (as in SQuAD 1.1)."""
    shared = sum((Counter(predicted) & Counter(wanted)).values())
    return 2 * shared / (len(predicted) + len(wanted)) if shared else 0.0


def _mean(matches: Sequence[tuple[float, float]]) -> AnswerScore:
    n = len(matches)
    return AnswerScore(100 * sum(f for f, _ in matches) / n, 100 * sum(e for _, e in matches) / n, n)


def _complete(gold: Mapping[str, Sequence[str]], predicted: Mapping[str, str]) -> None:
    if not gold:
        raise InputError("gold answers", "are empty; a score needs at least one question")
    if missing := [question for question in gold if question not in predicted]:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise InputError("predictions", f"no answer to question {missing[0]!r}{more}; every gold question needs one")
