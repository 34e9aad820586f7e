"""Exact match and F1 of MLQA, which normalises answers by language.

Unicode punctuation is dropped, then the language's articles, and Chinese is compared by character
(Lewis et al. 2020, arXiv 1910.07475, and its evaluation script).
"""

from __future__ import annotations

import re
import string
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, partial

from analysis.errors import InputError
from analysis.scoring.squad import AnswerScore, squad_score

ARTICLES: Mapping[str, re.Pattern[str] | None] = {
    "en": re.compile(r"\b(?:a|an|the)\b"),
    "es": re.compile(r"\b(?:un|una|unos|unas|el|la|los|las)\b"),
    "de": re.compile(r"\b(?:ein|eine|einen|einem|eines|einer|der|die|das|den|dem|des)\b"),
    "vi": re.compile(r"\b(?:của|là|cái|chiếc|những)\b"),
    "ar": re.compile("ال"),
    "hi": None,
    "zh": None,
}
"""Articles by language; the Arabic one is dropped wherever it stands, also inside a word, as in MLQA's script."""

BY_CHARACTER = frozenset({"zh"})
HAN = re.compile(r"([\u4e00-\u9fa5])")


def mlqa_score(gold: Mapping[str, Sequence[str]], predicted: Mapping[str, str], language: str) -> AnswerScore:
    """Scores by MLQA: the best match with any gold answer of a question, mean over questions.

    Args:
        gold: question id → its gold answers, at least one.
        predicted: question id → the predicted answer.
        language: ISO 639-1 code of the answers' language.

    Raises:
        InputError: MLQA has no rule for the language; a question has no gold answer or no prediction.
    """
    if language not in ARTICLES:
        raise InputError("MLQA", f"no normaliser for language {language!r} (one of {', '.join(sorted(ARTICLES))})")
    return squad_score(gold, predicted, normaliser=partial(normalised, language=language))


def normalised(text: str, language: str) -> str:
    """The form of an answer that MLQA compares: tokens with single spaces between them."""
    text = text.lower().translate(_punctuation())
    if (articles := ARTICLES[language]) is not None:
        text = articles.sub(" ", text)
    if language in BY_CHARACTER:
        text = HAN.sub(r" \1 ", text)
    return " ".join(text.split())


@cache
def _punctuation() -> dict[int, None]:
    """ASCII punctuation and every character of a Unicode category that begins with P, to be dropped."""
    marks = {i for i in range(sys.maxunicode) if unicodedata.category(chr(i)).startswith("P")}
    return dict.fromkeys(marks | {ord(sign) for sign in string.punctuation})
