"""F1 over spans of tags (UDPOS, PAN-X), and token accuracy under its own name.

The span F1 is the one of seqeval 0.0.12, with which XTREME and jiant were scored. It reads the
first letter of a tag as its position (B, I, E, S, O) and what follows the last hyphen as its type.
UPOS tags have no prefix, and three things follow: a span is a run of equal tags, not a token;
SCONJ and SYM, which begin with S, are always spans of one token; no tag is "outside".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.scoring.accuracy import same_length

Entity = tuple[str, int, int]
"""Type, first and last token (both counted)."""


@dataclass(frozen=True, slots=True)
class SequenceScore:
    """Scores of tagged sentences.

    Attributes:
        f1: of spans with type and both ends right, in points; 0 where there is no span.
        precision: share of predicted spans that are right, in points.
        recall: share of gold spans that were found, in points.
        n_items: sentences.
    """

    f1: float
    precision: float
    recall: float
    n_items: int


def entity_score(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> SequenceScore:
    """Micro-averaged F1 over the spans of all sentences.

    Args:
        gold: tags of each sentence (of first sub-tokens, where words are split).
        predicted: predicted tags, sentence by sentence of the same length.

    Raises:
        InputError: there is no sentence, or sentences differ in length.
    """
    _aligned(gold, predicted)
    wanted = {(i, *span) for i, tags in enumerate(gold) for span in entities(tags)}
    spans = {(i, *span) for i, tags in enumerate(predicted) for span in entities(tags)}
    right = len(wanted & spans)
    return SequenceScore(
        f1=200.0 * right / (len(wanted) + len(spans)) if right else 0.0,
        precision=100.0 * right / len(spans) if right else 0.0,
        recall=100.0 * right / len(wanted) if right else 0.0,
        n_items=len(gold),
    )


def token_accuracy(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> float:
    """Share of tokens with the right tag, in points.

    Raises:
        InputError: there is no token, or sentences differ in length.
    """
    _aligned(gold, predicted)
    pairs = [pair for tags, guessed in zip(gold, predicted, strict=True) for pair in zip(tags, guessed, strict=True)]
    same_length(pairs, pairs, "tokens")
    return 100.0 * sum(g == p for g, p in pairs) / len(pairs)


def entities(tags: Sequence[str]) -> list[Entity]:
    """The spans of one sentence, in order."""
    found: list[Entity] = []
    before, kind, start = "O", "", 0
    for i, tag in enumerate([*tags, "O"]):
        position, type_ = tag[:1], tag.rsplit("-", maxsplit=1)[-1]
        if _ends(before, position, kind != type_):
            found.append((kind, start, i - 1))
        if _starts(before, position, kind != type_):
            start = i
        before, kind = position, type_
    return found


OUTSIDE = frozenset("O.")


def _ends(before: str, position: str, changed: bool) -> bool:
    """True if a span ends between a tag and the next one."""
    if before in OUTSIDE:
        return False
    return before in {"E", "S"} or (before in {"B", "I"} and position in {"B", "S", "O"}) or changed


def _starts(before: str, position: str, changed: bool) -> bool:
    """True if a span starts with a tag."""
    if position in OUTSIDE:
        return False
    return position in {"B", "S"} or (position in {"E", "I"} and before in {"E", "S", "O"}) or changed


def _aligned(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> None:
    same_length(gold, predicted, "sentences")
    for i, (tags, guessed) in enumerate(zip(gold, predicted, strict=True)):
        if len(tags) != len(guessed):
            same_length(tags or [""], guessed, f"tokens of sentence {i + 1}")
