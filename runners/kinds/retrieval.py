"""Finding translations and answers: sentences become vectors, the nearest are taken.

Nearest neighbours by cosine (Tatoeba), the ratio margin in both directions with greedy one-to-one
matching (BUCC; Artetxe and Schwenk 2019, arXiv:1811.01136), and ranking of candidates in many
languages (LAReQA, Mewsli-X).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from analysis.errors import UsageError
from analysis.flops import HeadShape, TextVolume, forward_flops
from analysis.scoring import accuracy, average_precision, best_threshold, mean_average_precision, mined_score
from analysis.scoring.bitext import Scored as Candidate
from runners.examples import Bitext, Dataset, Ranking, SentenceExample
from runners.kinds.kind import Scored
from runners.kinds.neighbours import mutual_neighbours, neighbours
from runners.model.batches import in_order_of_length
from runners.model.execution import hidden_states, layout_of, ready
from runners.model.features import Features, collate, ragged
from runners.model.frozen.words import Frozen
from runners.trained import Prediction

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.recipe import Pooling, Recipe

Embed = Callable[[Sequence[str]], Tensor]

NEIGHBOURS = 4
"""Neighbours of the margin, as in XTREME."""

RANKS = 20


def embedded(
    encoder: Encoder, texts: Sequence[str], layer: int, pooling: Pooling, recipe: Recipe, device: torch.device
) -> tuple[Tensor, float]:
    """Vectors of unit length, shape (texts, width), and the FLOPs of making them."""
    if isinstance(encoder.body, Frozen):
        with torch.inference_mode():
            vectors = encoder.body.sentences(texts).to(device)
        return functional.normalize(vectors, dim=1), 0.0
    tokenizer = encoder.tokenizer
    rows = [tokenizer.single(pieces, recipe.max_length) for pieces in tokenizer.encode(texts)]
    ids = ragged(rows)
    count = torch.arange(len(rows)).numpy()
    features = Features(ids, count, count)
    vectors = torch.empty(len(rows), encoder.shape.width, device=device)
    layout = layout_of(encoder, recipe, device)
    tokens = squares = 0
    bf16 = recipe.precision == "bf16" and device.type == "cuda"
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16, enabled=bf16):
        for units in in_order_of_length(features.lengths, recipe.evaluation_batch_size):
            batch = ready(collate(features, units, tokenizer.pad), "all", layout)
            _, pieces, square = batch.computed
            tokens, squares = tokens + pieces, squares + square
            batch = batch.to(device)
            states = hidden_states(encoder, batch, layer).float()
            vectors[torch.from_numpy(units).to(device)] = pooled(states, batch.mask, batch.last, pooling)
    layers = encoder.shape.layers if layer < 0 else layer
    whole = forward_flops(encoder.shape, HeadShape("none"), TextVolume(len(rows), float(tokens), float(squares))).total
    return functional.normalize(vectors, dim=1), whole * layers / encoder.shape.layers


def pooled(states: Tensor, mask: Tensor, last: Tensor, pooling: Pooling) -> Tensor:
    """One vector per text: the first state, the last, or the mean over real pieces."""
    if pooling == "first":
        return states[:, 0]
    if pooling == "last":
        return states[torch.arange(len(states), device=states.device), last]
    weights = mask[..., None].to(states.dtype)
    return (states * weights).sum(dim=1) / weights.sum(dim=1)


def matched(
    dataset: Dataset, embed: Embed, tune: Dataset | None, *, repeats: str = "leave_out"
) -> tuple[Scored, dict[str, str]]:
    """Scores of a retrieval data set, and what decided them beside layer and pooling.

    Args:
        dataset: of a retrieval task.
        embed: texts → vectors.
        tune: chooses the threshold of mined pairs.
        repeats: of sentences that come more than once (see `Recipe.repeats`).

    Raises:
        UsageError: the data set is no retrieval, or a threshold is needed and nothing chooses it.
    """
    pool = dataset.pool
    if isinstance(pool, Ranking):
        return _ranked(pool, embed), {}
    if not isinstance(pool, Bitext):
        raise UsageError(f"{dataset.task} ({dataset.form}) is not retrieval; it is evaluated with a trained head")
    if len({source for source, _ in pool.gold}) == len(pool.sources):
        return _nearest(pool, embed), {}
    if tune is None or not isinstance(tune.pool, Bitext):
        raise UsageError(
            f"{dataset.task} in {dataset.language} is mined with a threshold: name the split that chooses it"
        )
    candidates = mined(pool, embed, repeats)
    threshold = best_threshold(tune.pool.gold, candidates if tune is dataset else mined(tune.pool, embed, repeats))
    score = mined_score(pool.gold, candidates, threshold)
    settings = {
        "threshold": repr(threshold),
        "threshold_split": f"{tune.language} {tune.split}",
        "neighbours": str(NEIGHBOURS),
        "repeats": repeats,
        "precision": f"{score.precision:.2f}",
        "recall": f"{score.recall:.2f}",
    }
    predictions = tuple(
        Prediction(source, target, float((source, target) in pool.gold))
        for value, (source, target) in candidates
        if value >= threshold
    )
    return Scored({"f1": score.f1}, predictions), settings


def _nearest(pool: Bitext, embed: Embed) -> Scored:
    """For each English sentence the nearest foreign one."""
    sources, targets = embed(_texts(pool.sources)), embed(_texts(pool.targets))
    wanted: dict[str, set[str]] = {}
    for source, target in pool.gold:
        wanted.setdefault(target, set()).add(source)
    asked = [(i, one) for i, one in enumerate(pool.targets) if one.id in wanted]
    _, best = neighbours(targets[[i for i, _ in asked]], sources, 1)
    found = [pool.sources[i].id for i in best[:, 0].tolist()]
    right = [name in wanted[one.id] for name, (_, one) in zip(found, asked, strict=True)]
    predictions = (
        Prediction(one.id, name, float(hit)) for name, hit, (_, one) in zip(found, right, asked, strict=True)
    )
    return Scored({"accuracy": accuracy([True] * len(right), right)}, tuple(predictions))


def mined(pool: Bitext, embed: Embed, repeats: str = "leave_out") -> list[Candidate]:
    """Candidate pairs, each sentence in one at most, the best first.

    The score of a pair is its cosine over the mean of the cosines to the k nearest of either
    sentence. Each sentence proposes its best neighbour; proposals are taken from the best on,
    unless one of the two is taken already.

    A sentence that comes several times on a side is one vector, and nothing tells which of its places a pair
    means: unless `repeats` is "keep", pairs with it are left out.
    """
    if repeats == "leave_out":
        (sources, several), (targets, more) = _unified(pool.sources), _unified(pool.targets)
        unique = mined(replace(pool, sources=sources, targets=targets), embed, "keep")
        return [(value, pair) for value, pair in unique if pair[0] not in several and pair[1] not in more]
    (forward, to_targets), (backward, to_sources) = mutual_neighbours(
        embed(_texts(pool.sources)), embed(_texts(pool.targets)), NEIGHBOURS
    )
    mean_source, mean_target = forward.mean(dim=1), backward.mean(dim=1)
    proposals: dict[tuple[int, int], float] = {}
    for mean, others, cosines, near, turned in (
        (mean_source, mean_target, forward, to_targets, False),
        (mean_target, mean_source, backward, to_sources, True),
    ):
        margins = cosines / ((mean[:, None] + others[near]) / 2)
        best, place = margins.max(dim=1)
        partners = near.gather(1, place[:, None])[:, 0]
        for one, (value, other) in enumerate(zip(best.tolist(), partners.tolist(), strict=True)):
            proposals[(other, one) if turned else (one, other)] = value
    taken_sources, taken_targets, found = set(), set(), []
    for (source, target), value in sorted(proposals.items(), key=lambda item: (-item[1], item[0])):
        if source not in taken_sources and target not in taken_targets:
            taken_sources.add(source)
            taken_targets.add(target)
            found.append((value, (pool.sources[source].id, pool.targets[target].id)))
    return found


def _unified(sentences: Sequence[SentenceExample]) -> tuple[tuple[SentenceExample, ...], set[str]]:
    """Each text once, by its first place, and the ids of those that come again."""
    first: dict[str, SentenceExample] = {}
    several = {first[text].id for one in sentences if first.setdefault(text := one.text.strip(), one) is not one}
    return tuple(first.values()), several


def _ranked(pool: Ranking, embed: Embed) -> Scored:
    """Mean average precision among the best 20 of all candidates, whatever their language."""
    wanted: dict[str, set[str]] = {}
    for query, candidate in pool.gold:
        wanted.setdefault(query, set()).add(candidate)
    queries = [one for one in pool.queries if one.id in wanted]
    candidates = embed(_texts(pool.candidates))
    _, near = neighbours(embed(_texts(queries)), candidates, RANKS)
    ranked = [[pool.candidates[i].id for i in row] for row in near.tolist()]
    relevant = [wanted[one.id] for one in queries]
    predictions = tuple(
        Prediction(one.id, row[0], average_precision(gold, row, RANKS))
        for one, gold, row in zip(queries, relevant, ranked, strict=True)
    )
    return Scored({"map@20": mean_average_precision(relevant, ranked, RANKS)}, predictions)


def _texts(sentences: Sequence[SentenceExample]) -> list[str]:
    return [one.text for one in sentences]
