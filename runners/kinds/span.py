"""Answers as spans of a context, read in overlapping windows; with or without unanswerable questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from analysis.errors import UsageError
from analysis.scoring import AnswerScore, mlqa_score, squad2_score, squad_score
from runners.clusters import whole_letters
from runners.examples import Dataset, QAExample
from runners.kinds.kind import Kind, Labels, Scored, TokenHead, dropout_of
from runners.kinds.rows import windows
from runners.model.features import Batch, Features, ragged
from runners.trained import Prediction

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.model.subwords import Tokenizer
    from runners.recipe import Recipe

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BestSpan:
    """The best span in one window.

    Attributes:
        value: sum of its two logits. first, last: its pieces, both counted, in the row.
        nothing: sum of the two logits at the row's first piece: "no answer here".
    """

    value: float
    first: int
    last: int
    nothing: float


def encode(dataset: Dataset, labels: Labels, tokenizer: Tokenizer, recipe: Recipe) -> Features:  # noqa: ARG001
    """One row per window; a window without the answer has its target at the first piece.

    A question may take half of a row at most, whatever the recipe allows it.

    Raises:
        UsageError: windows would not move on.
    """
    if recipe.stride == "step" and recipe.doc_stride < 1:
        raise UsageError(f"doc_stride = {recipe.doc_stride} is the step of windows: give 1 or more")
    examples = [e for e in dataset.examples if isinstance(e, QAExample)]
    contexts = list(dict.fromkeys(e.context for e in examples))
    placed = dict(zip(contexts, tokenizer.encode_placed(contexts), strict=True))
    pieces_of = {context: encoding.ids for context, encoding in placed.items()}
    places_of = {context: encoding.offsets for context, encoding in placed.items()}
    inside = recipe.max_length - len(tokenizer.prefix) - len(tokenizer.middle) - len(tokenizer.suffix)
    rows: list[list[int]] = []
    segments, places, bounds, items, targets = [], [], [], [], []
    questions = tokenizer.encode(e.question for e in examples)
    for item, (example, asked) in enumerate(zip(examples, questions, strict=True)):
        pieces, offsets = pieces_of[example.context], places_of[example.context]
        answer = piece_span(offsets, example.answers)
        question = asked[: min(recipe.question_length or inside, inside // 2)]
        before = len(tokenizer.prefix) + len(question) + len(tokenizer.middle)
        room = inside - len(question)
        step = recipe.doc_stride if recipe.stride == "step" else room - min(recipe.doc_stride, room // 2)
        parts = windows(len(pieces), room, step)
        starts = widest(tuple(parts)) if recipe.answer_starts == "widest" else parts
        for (first, end), (low, high) in zip(parts, starts, strict=True):
            rows.append([*tokenizer.prefix, *question, *tokenizer.middle, *pieces[first:end], *tokenizer.suffix])
            segments.append([0] * before + [1] * (len(rows[-1]) - before))
            places += [(0, 0)] * before + offsets[first:end] + [(0, 0)] * len(tokenizer.suffix)
            bounds.append((before, before + end - first, before + low - first, before + high - first))
            items.append(item)
            held = answer is not None and first <= answer[0] and answer[1] < end
            targets.append((answer[0] - first + before, answer[1] - first + before) if answer and held else (0, 0))
    return Features(
        ids=ragged(rows),
        items=np.array(items, dtype=np.int64),
        targets=np.array(targets, dtype=np.int64).reshape(-1, 2),
        segments=ragged(segments) if tokenizer.segments else None,
        contexts=np.array(bounds, dtype=np.int64).reshape(-1, 4),
        places=np.array(places, dtype=np.int64).reshape(-1, 2),
    )


@lru_cache(maxsize=4096)
def widest(parts: tuple[Span, ...]) -> list[Span]:
    """For each window, the subwords that it shows with more context on their scarcer side than any other window.

    The rule of BERT's script for SQuAD, which XTREME runs; a longer window counts a little more.
    """
    found: list[Span] = []
    for first, end in parts:
        best = [at for at in range(first, end) if (first, end) == max(parts, key=lambda part: _margin(part, at))]
        found.append((best[0], best[-1] + 1) if best else (first, first))
    return found


def _margin(part: Span, at: int) -> float:
    first, end = part
    return min(at - first, end - 1 - at) + 0.01 * (end - first) if first <= at < end else -1.0


def piece_span(offsets: Sequence[Span], answers: Sequence[tuple[str, int]]) -> Span | None:
    """First and last piece that touch the first gold answer with a place; None where there is none to learn."""
    text, begin = next((answer for answer in answers if answer[1] >= 0), ("", 0))
    end = begin + len(text)
    touching = [i for i, (first, after) in enumerate(offsets) if first < end and after > begin and after > first]
    return (touching[0], touching[-1]) if touching else None


def head(encoder: Encoder, labels: int) -> nn.Module:  # noqa: ARG001
    """A token head with two outputs: first piece, last piece."""
    return TokenHead(encoder.shape.width, 2, dropout_of(encoder))


def loss(output: Tensor, batch: Batch) -> Tensor:
    """Mean of the cross-entropies of first and last piece, summed over windows."""
    logits = at_real_pieces(output.float(), batch)
    first = functional.cross_entropy(logits[..., 0], batch.targets[:, 0], reduction="sum")
    return (first + functional.cross_entropy(logits[..., 1], batch.targets[:, 1], reduction="sum")) / 2


def at_real_pieces(output: Tensor, batch: Batch) -> Tensor:
    """Logits with padding ruled out, so that they do not depend on the batch."""
    return output.masked_fill(batch.mask[..., None] == 0, torch.finfo(output.dtype).min)


def predict(output: Tensor, batch: Batch, recipe: Recipe) -> Sequence[BestSpan]:
    """The best span in the context part of each window, at most `max_answer_length` pieces long."""
    assert batch.contexts is not None
    output = output.float()
    place = torch.arange(output.shape[1], device=output.device)
    inside, begins = (
        (place >= batch.contexts[:, i : i + 1]) & (place < batch.contexts[:, i + 1 : i + 2]) for i in (0, 2)
    )
    first, last = (output[..., i].masked_fill(~may, -torch.inf) for i, may in ((0, begins), (1, inside)))
    best = torch.full((len(output),), -torch.inf, device=output.device)
    start, extent = (torch.zeros(len(output), dtype=torch.int64, device=output.device) for _ in range(2))
    for more in range(min(recipe.max_answer_length, output.shape[1])):
        value, at = (first[:, : output.shape[1] - more] + last[:, more:]).max(dim=1)
        better = value > best
        best = torch.where(better, value, best)
        start, extent = torch.where(better, at, start), torch.where(better, more, extent)
    columns = (best, start, start + extent, output[:, 0].sum(dim=1))
    return [BestSpan(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def score(dataset: Dataset, features: Features, found: Sequence[BestSpan], labels: Labels) -> Scored:  # noqa: ARG001
    """F1, exact match and their mean, by the rules of the task's own script.

    A data set that holds unanswerable questions is scored as SQuAD 2.0; in any other, no answer is
    not an option.
    """
    examples = [e for e in dataset.examples if isinstance(e, QAExample)]
    allowed = any(not e.answers for e in examples)
    predicted = answers(examples, features, found, allowed)
    total = marked(dataset, examples, predicted, allowed)
    scores = (marked(dataset, [e], predicted, allowed).f1 / 100 for e in examples)
    predictions = tuple(Prediction(e.id, predicted[e.id], score) for e, score in zip(examples, scores, strict=True))
    return Scored({"f1": total.f1, "exact_match": total.exact_match, "f1_em": total.f1_em}, predictions)


def answers(
    examples: Sequence[QAExample], features: Features, found: Sequence[BestSpan], allowed: bool
) -> dict[str, str]:
    """Question id → the text of the best span of all its windows, or "" where no answer is likelier."""
    assert features.places is not None
    predicted = {e.id: "" for e in examples}
    best = dict.fromkeys(predicted, -np.inf)
    nothing = dict.fromkeys(predicted, np.inf)
    for row, (item, one) in enumerate(zip(features.items, found, strict=True)):
        example = examples[item]
        nothing[example.id] = min(nothing[example.id], one.nothing)
        if one.value > best[example.id]:
            best[example.id] = one.value
            begin = features.ids.starts[row]
            first, end = int(features.places[begin + one.first, 0]), int(features.places[begin + one.last, 1])
            predicted[example.id] = whole_letters(example.context, first, end).strip()
    if allowed:
        return {name: "" if nothing[name] > best[name] else text for name, text in predicted.items()}
    return predicted


def marked(dataset: Dataset, examples: Sequence[QAExample], predicted: dict[str, str], allowed: bool) -> AnswerScore:
    """The score of some questions; texts that differ in how their marks are written are the same."""
    gold = {e.id: [normalize("NFC", text) for text, _ in e.answers] for e in examples}
    chosen = {name: normalize("NFC", predicted[name]) for name in gold}
    if allowed:
        return squad2_score(gold, chosen)
    return mlqa_score(gold, chosen, dataset.language) if dataset.task == "mlqa" else squad_score(gold, chosen)


SPAN = Kind("span", encode, head, loss, len, predict, score)
