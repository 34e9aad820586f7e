"""Entity linking (Mewsli-X): mentions in their sentence, and the entities of all languages they may name.

The files of github.com/google-research/google-research, dense_representations_for_entity_retrieval,
as `get-mewsli-x.sh` leaves them. A mention is asked for as XTREME-R's baseline does: the mention,
then its sentence with the mention between braces. An entity is its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from runners.data.reading import read_jsonl
from runners.examples import Ranking, SentenceExample

BRACES = re.compile(r"\{(.*?)\}")
"""They mark the mention, so that those of the text become brackets."""


def read_entities(mentions: Path, entities: Path, language: str) -> Ranking:
    """The mentions in articles of one language, and all entities.

    Args:
        mentions: one JSON object per article and line, with `context` and `mentions`.
        entities: one JSON object per entity and line, with `entity_id`, `description` and
            `sentence_spans`.
        language: of the articles.

    Raises:
        InputError: a file is not of this layout, articles lack their text, or a mention names no
            entity; every fault of a file.
    """
    candidates = tuple(_candidates(entities))
    known = {candidate.id for candidate in candidates}
    queries: list[SentenceExample] = []
    gold: list[tuple[str, str]] = []
    faults: list[str] = []
    for number, article in enumerate(_rows(mentions, ("context", "mentions")), 1):
        context = article["context"]
        if context["language"] != language:
            continue
        if not context["text"]:
            faults.append(f"line {number} has no text; get-mewsli-x.sh restores it")
            continue
        for mention in article["mentions"]:
            name, entity = str(mention["example_id"]), str(mention["entity_id"])
            if entity not in known:
                faults.append(f"mention {name!r} names {entity}, which is not in {entities.name}")
            queries.append(SentenceExample(name, _asked(context, mention["mention_span"])))
            gold.append((name, entity))
    if not queries and not faults:
        faults.append(f"holds no article in {language}")
    if faults:
        raise InputError(str(mentions), faults)
    return Ranking(tuple(queries), candidates, frozenset(gold))


def _asked(context: Mapping[str, Any], span: Mapping[str, Any]) -> str:
    """The mention, a colon, and its sentence with the mention between braces."""
    text, (start, end) = str(context["text"]), (int(span["start"]), int(span["end"]))
    first, last = next(((a, b) for a, b in _spans(context) if a <= start and end <= b), (0, len(text)))
    left, right = (BRACES.sub(r"(\1)", part) for part in (text[first:start], text[end:last]))
    return _one_line(f"{text[start:end]}: {left} {{ {text[start:end]} }} {right}")


def _spans(text: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [(int(span["start"]), int(span["end"])) for span in text["sentence_spans"]]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _candidates(path: Path) -> Iterator[SentenceExample]:
    for row in _rows(path, ("entity_id", "description", "sentence_spans")):
        text = str(row["description"])
        yield SentenceExample(str(row["entity_id"]), _one_line(" ".join(text[a:b] for a, b in _spans(row))))


def _rows(path: Path, keys: tuple[str, ...]) -> list[Mapping[str, Any]]:
    rows = read_jsonl(path)
    wrong = [number for number, row in enumerate(rows, 1) if not set(keys) <= set(row)]
    if wrong:
        raise InputError(str(path), f"line {wrong[0]} has no {' or '.join(keys)}: it is no file of Mewsli-X")
    return rows
