"""Words with tags: each word is tagged at its first piece, long sentences in several rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from torch import Tensor, nn
from torch.nn import functional

from analysis.scoring import entity_score, token_accuracy
from runners.examples import Dataset, Tagged
from runners.kinds.kind import Kind, Labels, Scored, TokenHead, dropout_of, numbers_of
from runners.model.features import IGNORED, Batch, Features, ragged
from runners.trained import Prediction

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.model.subwords import Tokenizer
    from runners.recipe import Recipe

Pieces = list[int]


def encode(dataset: Dataset, labels: Labels, tokenizer: Tokenizer, recipe: Recipe) -> Features:
    """One row per sentence; where it is too long, several, or what fits into one (see `Recipe.long_sentences`)."""
    examples = [e for e in dataset.examples if isinstance(e, Tagged)]
    numbers = numbers_of(labels, dataset)
    room, split = room_of(tokenizer, recipe), recipe.long_sentences == "split"
    rows, targets, items = [], [], []
    for item, (example, words) in enumerate(zip(examples, split_words(examples, tokenizer), strict=True)):
        tags = [numbers[tag] for tag in example.tags]
        if split:
            words = [pieces if len(pieces) <= room else nothing(tokenizer) for pieces in words]
        for part in parts(words, room) if split else [begun(words, room)]:
            pieces = [piece for i in part for piece in words[i]][:room]
            part_tags = [t for i in part for t in (tags[i], *[IGNORED] * (len(words[i]) - 1))][:room]
            rows.append([*tokenizer.prefix, *pieces, *tokenizer.suffix])
            targets.append([*[IGNORED] * len(tokenizer.prefix), *part_tags, *[IGNORED] * len(tokenizer.suffix)])
            items.append(item)
    return Features(ragged(rows), np.array(items, dtype=np.int64), ragged(targets))


def split_words(examples: Sequence[Tagged], tokenizer: Tokenizer) -> list[list[Pieces]]:
    """Pieces of every word of every sentence; a word that has none becomes the unknown piece."""
    found = []
    for example, encoding in zip(examples, tokenizer.encode_words(e.words for e in examples), strict=True):
        words: list[Pieces] = [[] for _ in example.words]
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None:
                words[word].append(piece)
        found.append([pieces or nothing(tokenizer) for pieces in words])
    return found


def nothing(tokenizer: Tokenizer) -> Pieces:
    """Placeholder for a word that has no subwords, or more than a row holds."""
    return [tokenizer.pad if tokenizer.unknown is None else tokenizer.unknown]


def room_of(tokenizer: Tokenizer, recipe: Recipe) -> int:
    """Pieces of words in a row; where sentences are split, XTREME also leaves room for a second text's special ones."""
    prefix, middle, suffix = (len(part) for part in (tokenizer.prefix, tokenizer.middle, tokenizer.suffix))
    around = prefix + (max(suffix, middle) if recipe.long_sentences == "split" else suffix)
    return recipe.max_length - around


def begun(words: Sequence[Pieces], room: int) -> range:
    """The words whose first piece is within `room`."""
    starts = np.cumsum([0, *(len(pieces) for pieces in words)])[:-1]
    return range(int((starts < room).sum()))


def parts(words: Sequence[Pieces], room: int) -> list[range]:
    """Runs of consecutive words whose pieces fit into `room`."""
    found, first, used = [], 0, 0
    for i, pieces in enumerate(words):
        size = min(len(pieces), room)
        if i > first and used + size > room:
            found.append(range(first, i))
            first, used = i, 0
        used += size
    return [*found, range(first, len(words))] if words else []


def head(encoder: Encoder, labels: int) -> nn.Module:
    """A token head."""
    return TokenHead(encoder.shape.width, labels, dropout_of(encoder))


def loss(output: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy, summed over words."""
    return functional.cross_entropy(
        output.float().flatten(0, 1), batch.targets.flatten(), ignore_index=IGNORED, reduction="sum"
    )


def count(targets: Tensor) -> int:
    """Words."""
    return int((targets != IGNORED).sum())


def predict(output: Tensor, batch: Batch, recipe: Recipe) -> Sequence[list[int]]:  # noqa: ARG001
    """The likeliest tag of each word, row by row."""
    first = batch.targets != IGNORED
    tags: list[int] = output.argmax(dim=-1)[first].tolist()
    ends = np.cumsum(first.sum(dim=1).tolist()).tolist()
    return [tags[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


def score(dataset: Dataset, features: Features, found: Sequence[list[int]], labels: Labels) -> Scored:
    """F1 of spans, and token accuracy under its own name; words that were cut off are not scored."""
    examples = [e for e in dataset.examples if isinstance(e, Tagged)]
    predicted: list[list[str]] = [[] for _ in examples]
    for item, tags in zip(features.items, found, strict=True):
        predicted[item] += [labels[i] for i in tags]
    gold = [list(e.tags[: len(tags)]) for e, tags in zip(examples, predicted, strict=True)]
    scores = {"f1": entity_score(gold, predicted).f1, "token_accuracy": token_accuracy(gold, predicted)}
    predictions = tuple(
        Prediction(e.id, " ".join(tags), float(np.mean([t == g for t, g in zip(tags, right, strict=True)])))
        for e, tags, right in zip(examples, predicted, gold, strict=True)
    )
    return Scored(scores, predictions)


TAGGING = Kind("tagging", encode, head, loss, count, predict, score, reads="targets")
